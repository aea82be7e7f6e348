package org.landgrant.ui;

import java.util.Optional;
import org.landgrant.grants.Resource;
import org.landgrant.grants.UserFolder;

/**
 * One row of the card “Files and folders”.
 *
 * @param folder which of the person's folders; empty for a folder that was added
 * @param name what the person calls it, clean
 * @param place its absolute path; empty when it is not known
 * @param path the same for people
 * @param changed whether somebody decided otherwise than the template
 * @param never whether it was refused for good, so that nobody asks
 * @param file whether it is a file
 * @param note what is to be said about that or about how long it holds; empty when there is nothing
 */
record FolderRow(
        Resource resource,
        Optional<UserFolder> folder,
        String name,
        String place,
        String path,
        Level level,
        boolean changed,
        boolean never,
        boolean file,
        String note) {}
