package org.landgrant.desktop;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.landgrant.grants.RefusedException;

/**
 * Our files in one folder of the user's, each with a mark, and the user's own files that they hide. A
 * file without our mark is never changed: it is set aside whole, and put back whole.
 */
final class Overrides {
    /** The key that makes a file ours. */
    static final String MARK = "X-Landgrant-Managed";

    private final Path folder;
    private final Path originals;
    private final String group;
    private final Footprint footprint;

    /**
     * @param folder where the files lie, for instance {@code $XDG_DATA_HOME/applications}
     * @param originals where hidden files of the user are kept
     * @param group the group of the key file that has the mark
     */
    Overrides(Path folder, Path originals, String group, Footprint footprint) {
        this.folder = folder;
        this.originals = originals;
        this.group = group;
        this.footprint = footprint;
    }

    /** The overrides of menu entries. */
    static Overrides ofMenus(BaseDirectories directories) {
        Path home = directories.dataHome();
        return new Overrides(
                home.resolve("applications"),
                home.resolve("landgrant/originals/applications"),
                DesktopEntry.MAIN,
                new Footprint(home));
    }

    Path folder() {
        return folder;
    }

    Path backup(String relative) {
        return originals.resolve(relative);
    }

    /** Where the content of the file set aside can be read. */
    Path readable(String relative) {
        Path backup = backup(relative);
        try {
            // A link keeps its text when it is set aside, so a relative one is read from its old place.
            return Files.isSymbolicLink(backup)
                    ? parent(folder.resolve(relative)).resolve(Files.readSymbolicLink(backup))
                    : backup;
        } catch (IOException unreadable) {
            return backup;
        }
    }

    boolean isThere(String relative) {
        return Files.exists(folder.resolve(relative), LinkOption.NOFOLLOW_LINKS);
    }

    boolean hasBackup(String relative) {
        return Files.exists(backup(relative), LinkOption.NOFOLLOW_LINKS);
    }

    /** Whether the file there bears our mark. */
    boolean isOurs(String relative) {
        Path file = folder.resolve(relative);
        try {
            // We never write links; a link to a marked file belongs to the user.
            return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                    && KeyFile.parse(EntryFiles.read(file)).line(group, MARK).isPresent();
        } catch (IOException | RefusedException unreadable) {
            return false;
        }
    }

    /** The paths of all files set aside. */
    List<String> backups() {
        if (!Files.isDirectory(originals)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(originals)) {
            return files.filter(file -> !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS))
                    .map(file -> originals.relativize(file).toString())
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            throw failed(unreadable);
        }
    }

    /** Puts our file there; what the user has there is set aside first. Nobody ever sees half a file. */
    void put(String relative, byte[] content) {
        Path file = folder.resolve(relative);
        try {
            if (Files.isDirectory(file)) {
                throw new RefusedException("There is a folder where its menu entry belongs.");
            }
            footprint.makeFolders(parent(file));
            if (isThere(relative) && !isOurs(relative)) {
                setAside(file, backup(relative));
            }
            Path beside = Files.createTempFile(parent(file), ".landgrant-", ".new");
            try {
                try (FileChannel channel = FileChannel.open(beside, StandardOpenOption.WRITE)) {
                    ByteBuffer bytes = ByteBuffer.wrap(content);
                    while (bytes.hasRemaining()) {
                        channel.write(bytes);
                    }
                    channel.force(true);
                }
                Files.setPosixFilePermissions(beside, PosixFilePermissions.fromString("rw-r--r--"));
                Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(beside);
            }
            syncFolder(parent(file));
        } catch (IOException failure) {
            throw failed(failure);
        }
    }

    /** Takes our file away, and puts the user's back. A file without our mark stays. */
    void restore(String relative) {
        Path file = folder.resolve(relative);
        try {
            boolean ours = isOurs(relative);
            if (hasBackup(relative) && (ours || !isThere(relative))) {
                footprint.makeFolders(parent(file));
                Files.move(backup(relative), file, StandardCopyOption.ATOMIC_MOVE);
            } else if (ours) {
                Files.delete(file);
            }
            if (Files.isDirectory(parent(file))) {
                syncFolder(parent(file));
            }
            footprint.removeEmptied();
        } catch (IOException failure) {
            throw failed(failure);
        }
    }

    /** A second name first, so that the user's file is never without one. */
    private void setAside(Path file, Path backup) throws IOException {
        footprint.makeFolders(parent(backup));
        Files.deleteIfExists(backup);
        try {
            Files.createLink(backup, file);
        } catch (UnsupportedOperationException | FileSystemException noHardLinks) {
            Files.copy(file, backup, StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
        }
        syncFolder(parent(backup));
    }

    private static void syncFolder(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static Path parent(Path file) {
        Path parent = file.getParent();
        if (parent == null) {
            throw new IllegalArgumentException("a file in a folder has a parent");
        }
        return parent;
    }

    private static RefusedException failed(IOException failure) {
        return new RefusedException("The menu entry could not be changed: " + failure.getMessage(), failure);
    }
}
