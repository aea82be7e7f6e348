package org.landgrant.desktop;

import java.nio.file.Path;
import org.landgrant.grants.AppId;

/**
 * A desktop file that gives an app its menu entry, or would if none came before it.
 *
 * @param file where its bytes are now: the place itself, or our backup of it
 * @param place where the desktop sees it when we are not there
 * @param relative its path below the {@code applications} folder
 */
record EntrySource(AppId id, Path file, Path place, String relative) {}
