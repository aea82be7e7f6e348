package org.landgrant.desktop;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.landgrant.grants.UserFolder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the user's Documents, Downloads and so on are.
 *
 * <p>Read from {@code $XDG_CONFIG_HOME/user-dirs.dirs}; a folder that is not named there, or is the
 * home folder itself, does not exist for this user. Only when the file is missing the English names
 * below the home folder count: Desktop, Downloads, Documents, Music, Pictures, Videos, Templates and
 * Public, each if it is there.
 *
 * <p>Source: xdg-user-dirs 0.18, {@code user-dirs.dirs(5)}: lines {@code XDG_NAME_DIR="$HOME/path"} or
 * {@code "/path"}, in which a backslash escapes the next character.
 */
public final class UserFolders {
    private static final Logger LOG = LoggerFactory.getLogger(UserFolders.class);
    private static final Pattern LINE =
            Pattern.compile("\\s*(XDG_[A-Z]+_DIR)\\s*=\\s*\"(\\$HOME)?(/(?:[^\"\\\\]|\\\\.)*)?\".*");
    private static final Map<UserFolder, String> ENGLISH = Map.of(
            UserFolder.DESKTOP, "Desktop",
            UserFolder.DOWNLOAD, "Downloads",
            UserFolder.DOCUMENTS, "Documents",
            UserFolder.MUSIC, "Music",
            UserFolder.PICTURES, "Pictures",
            UserFolder.VIDEOS, "Videos",
            UserFolder.TEMPLATES, "Templates",
            UserFolder.PUBLICSHARE, "Public");

    private final BaseDirectories directories;

    public UserFolders(BaseDirectories directories) {
        this.directories = directories;
    }

    /** The absolute path of each folder this user has, read anew; they need not exist on disk. */
    public Map<UserFolder, String> paths() {
        Path file = directories.configHome().resolve("user-dirs.dirs");
        Map<UserFolder, String> paths = new EnumMap<>(UserFolder.class);
        if (!Files.exists(file)) {
            ENGLISH.forEach((folder, name) -> {
                Path path = directories.home().resolve(name);
                if (Files.isDirectory(path)) {
                    paths.put(folder, path.toString());
                }
            });
            return paths;
        }
        try {
            String text = new String(EntryFiles.read(file), StandardCharsets.UTF_8);
            text.lines().forEach(line -> read(line, paths));
        } catch (IOException unreadable) {
            LOG.warn("The list of your folders could not be read: {}", file, unreadable);
        }
        return paths;
    }

    /** What people call each folder: the last part of its path. */
    public Map<UserFolder, String> names() {
        Map<UserFolder, String> names = new EnumMap<>(UserFolder.class);
        paths().forEach((folder, path) ->
                names.put(folder, DisplayText.clean(path.substring(path.lastIndexOf('/') + 1))));
        return names;
    }

    private void read(String line, Map<UserFolder, String> paths) {
        Matcher parts = LINE.matcher(line);
        if (!parts.matches()) {
            return;
        }
        for (UserFolder folder : UserFolder.values()) {
            if (folder.variable().equals(parts.group(1))) {
                // The last line of a name counts, also when it switches the folder off.
                paths.remove(folder);
                path(parts.group(2) != null, parts.group(3)).ifPresent(path -> paths.put(folder, path));
            }
        }
    }

    private Optional<String> path(boolean belowHome, @Nullable String rest) {
        String unescaped = rest == null ? "" : rest.replaceAll("\\\\(.)", "$1");
        Path home = directories.home().normalize();
        try {
            Path path = Path.of(belowHome ? home + unescaped : unescaped).normalize();
            // A folder that holds the whole home would grant everything under a harmless name.
            return path.isAbsolute() && !home.startsWith(path) ? Optional.of(path.toString()) : Optional.empty();
        } catch (InvalidPathException notAPath) {
            return Optional.empty();
        }
    }
}
