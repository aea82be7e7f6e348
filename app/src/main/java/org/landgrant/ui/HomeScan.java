package org.landgrant.ui;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Adds up how much lies where in the home folder, two levels deep, a little at a time. Follows no link and
 * enters no other file system, which may be far away. Not safe for several threads at once.
 */
final class HomeScan {
    /** Beyond this many files the rest is not counted. */
    static final long MOST_FILES = 1_000_000;

    private static final int LEVELS = 2;

    /** A folder and what lies in it. */
    static final class Folder {
        private final String path;
        private final String name;
        private long bytes;
        private final Map<String, Folder> inside = new LinkedHashMap<>();

        private Folder(String path, String name) {
            this.path = path;
            this.name = name;
        }

        String path() {
            return path;
        }

        String name() {
            return name;
        }

        /** Of the files that lie directly in it, or anywhere in it where it has no folders of its own here. */
        long ownBytes() {
            return bytes;
        }

        /** Of everything in it. */
        long bytes() {
            return bytes + inside.values().stream().mapToLong(Folder::bytes).sum();
        }

        Iterable<Folder> inside() {
            return inside.values();
        }
    }

    private record Pending(Path path, Folder counts, int level) {}

    private final Deque<Pending> pending = new ArrayDeque<>();
    private final Folder home;
    private final Object device;
    private long files;

    /** Begins with the home folder; reads nothing but its attributes yet. */
    HomeScan(Path home) {
        this.home = new Folder(home.toString(), "");
        this.device = device(home);
        pending.add(new Pending(home, this.home, 0));
    }

    Folder home() {
        return home;
    }

    /** How many files were counted so far. */
    long files() {
        return files;
    }

    boolean finished() {
        return pending.isEmpty() || files >= MOST_FILES;
    }

    /** Reads folders until about that many files more were counted. Blocks. */
    void step(long most) {
        long enough = files + most;
        while (!finished() && files < enough) {
            read(pending.pop());
        }
    }

    private void read(Pending folder) {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder.path())) {
            for (Path entry : entries) {
                if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                    enter(folder, entry);
                } else {
                    files++;
                    folder.counts().bytes += size(entry);
                }
            }
        } catch (IOException | DirectoryIteratorException unreadable) {
            // What the person cannot list counts as empty.
            files++;
        }
    }

    private void enter(Pending folder, Path entry) {
        if (device(entry).equals(device)) {
            String name = Objects.toString(entry.getFileName(), "");
            Folder counts = folder.level() < LEVELS
                    ? folder.counts().inside.computeIfAbsent(name, none -> new Folder(entry.toString(), name))
                    : folder.counts();
            pending.push(new Pending(entry, counts, folder.level() + 1));
        }
    }

    private static long size(Path file) {
        try {
            return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) ? Files.size(file) : 0;
        } catch (IOException gone) {
            return 0;
        }
    }

    private static Object device(Path folder) {
        try {
            return Files.getAttribute(folder, "unix:dev", LinkOption.NOFOLLOW_LINKS);
        } catch (IOException | UnsupportedOperationException unknown) {
            return folder;
        }
    }
}
