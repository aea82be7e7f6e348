package org.landgrant.desktop;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.landgrant.grants.AppId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The desktop files of all {@code applications} folders, in the order in which they count. Our own
 * overrides are looked through: in their place stands what they hide.
 *
 * <p>Source: Desktop Entry Specification 1.5, "Desktop File ID"; Desktop Menu Specification.
 */
final class EntryFiles {
    private static final Logger LOG = LoggerFactory.getLogger(EntryFiles.class);
    private static final int MAX_DEPTH = 8;
    private static final int MAX_FILES = 20_000;
    private static final String ENDING = ".desktop";

    private final Overrides overrides;
    private final List<Path> folders;

    EntryFiles(BaseDirectories directories, Overrides overrides) {
        this.overrides = overrides;
        this.folders = directories.dataDirs().stream()
                .map(dir -> dir.resolve("applications"))
                .filter(folder -> !folder.equals(overrides.folder()))
                .toList();
    }

    /** For each ID the files that claim it, the one that counts first. */
    Map<AppId, List<EntrySource>> sources() {
        Map<AppId, List<EntrySource>> sources = new TreeMap<>();
        under(overrides.folder()).forEach((relative, id) -> {
            Path place = overrides.folder().resolve(relative);
            if (!overrides.isOurs(relative)) {
                add(sources, new EntrySource(id, place, place, relative));
            }
        });
        // What we hide comes after an unmarked file of the same ID, which the user put there later.
        overrides
                .backups()
                .forEach(relative -> id(relative).ifPresent(id -> {
                    if (overrides.isOurs(relative) || !overrides.isThere(relative)) {
                        Path place = overrides.folder().resolve(relative);
                        add(sources, new EntrySource(id, overrides.readable(relative), place, relative));
                    }
                }));
        for (Path folder : folders) {
            under(folder).forEach((relative, id) -> {
                Path place = folder.resolve(relative);
                add(sources, new EntrySource(id, place, place, relative));
            });
        }
        return sources;
    }

    /** Our overrides: ID and path below the user's {@code applications} folder. */
    Map<String, AppId> managed() {
        Map<String, AppId> managed = under(overrides.folder());
        managed.keySet().removeIf(relative -> !overrides.isOurs(relative));
        return managed;
    }

    /** Every folder that holds or may come to hold desktop files, for watching. */
    List<Path> folders() {
        List<Path> all = new ArrayList<>();
        all.add(overrides.folder());
        all.addAll(folders);
        return all;
    }

    /** The whole file, at most 1 MiB; what is no regular file, or larger, is an error. */
    static byte[] read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException("no regular file");
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(KeyFile.MAX_BYTES + 1);
            if (bytes.length > KeyFile.MAX_BYTES) {
                throw new IOException("larger than 1 MiB");
            }
            return bytes;
        }
    }

    /** The ID of a path below an {@code applications} folder; empty when it cannot be one. */
    private static Optional<AppId> id(String relative) {
        try {
            return Optional.of(new AppId(relative.replace('/', '-')));
        } catch (IllegalArgumentException noId) {
            LOG.debug("A desktop file has a name that is no ID", noId);
            return Optional.empty();
        }
    }

    private static void add(Map<AppId, List<EntrySource>> sources, EntrySource source) {
        sources.computeIfAbsent(source.id(), id -> new ArrayList<>()).add(source);
    }

    private static Map<String, AppId> under(Path folder) {
        Map<String, AppId> found = new LinkedHashMap<>();
        if (!Files.isDirectory(folder)) {
            return found;
        }
        try {
            Files.walkFileTree(folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS), MAX_DEPTH, new SimpleFileVisitor<>() {
                private int seen;

                @Override
                public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes attributes) {
                    // The desktop takes such a folder for a file and never looks inside.
                    boolean odd = !visited.equals(folder) && visited.toString().endsWith(ENDING);
                    return odd ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (attributes.isRegularFile() && file.toString().endsWith(ENDING)) {
                        String relative = folder.relativize(file).toString();
                        id(relative).ifPresent(id -> found.put(relative, id));
                    }
                    return ++seen < MAX_FILES ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException unreadable) {
                    // Loops of links end up here, too.
                    return ++seen < MAX_FILES ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException unreadable) {
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException unreadable) {
            LOG.warn("A folder of menu entries could not be read: {}", folder, unreadable);
        }
        return found;
    }
}
