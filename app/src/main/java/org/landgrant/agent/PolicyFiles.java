package org.landgrant.agent;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.landgrant.grants.AppId;

/**
 * The written policies: what a launch uses when no agent answers. A reader sees the old text or the
 * new one, never half of one, and a power cut changes nothing about that.
 *
 * @param folder of this user alone; made when it is missing
 */
record PolicyFiles(Path folder) {
    private static final String ENDING = ".policy";
    private static final String DRAFT = ".draft-";

    /** Makes the folder and clears away what a killed agent had begun to write. */
    static PolicyFiles in(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectory(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path draft : files.filter(file -> file.getFileName().toString().startsWith(DRAFT))
                    .toList()) {
                Files.delete(draft);
            }
        }
        return new PolicyFiles(folder);
    }

    /** The app's written policy. */
    Optional<String> read(AppId app) throws IOException {
        try {
            return Optional.of(new String(Files.readAllBytes(file(app)), StandardCharsets.UTF_8));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        }
    }

    /** Writes the app's policy durably in the place of the former one. */
    void write(AppId app, String text) throws IOException {
        Path draft = Files.createTempFile(
                folder, DRAFT, "", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            try (FileChannel out = FileChannel.open(draft, Set.of(StandardOpenOption.WRITE))) {
                ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    out.write(bytes);
                }
                out.force(true);
            }
            Files.move(draft, file(app), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            sync();
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    /** Takes the app's policy away durably, so that it cannot start without an agent. */
    void remove(AppId app) throws IOException {
        if (Files.deleteIfExists(file(app))) {
            sync();
        }
    }

    /** The apps that have a written policy. */
    List<AppId> apps() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".desktop" + ENDING) && !name.startsWith("."))
                    .map(name -> new AppId(name.substring(0, name.length() - ENDING.length())))
                    .sorted()
                    .toList();
        }
    }

    Path file(AppId app) {
        return folder.resolve(app.value() + ENDING);
    }

    private void sync() throws IOException {
        try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
            directory.force(true);
        }
    }
}
