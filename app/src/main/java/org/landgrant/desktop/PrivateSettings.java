package org.landgrant.desktop;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.landgrant.grants.Access;
import org.landgrant.grants.AppId;
import org.landgrant.grants.Resource;
import org.landgrant.grants.Template;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of settings of an app that saves by replacing files in {@code $XDG_CONFIG_HOME}, as those of KDE do. It
 * takes the place of that folder for the app: the app's own files lie in it, copied when the app is confined first and
 * given back when it is released, and what the app may read in the person's folder, such as colours and fonts: folders
 * as links, files as copies. Links to files would be read-only, but KDE's library waits forever for the lock of a file
 * that it may not change and that looks as if it could; its file chooser changes one.
 *
 * <p>The app may put anything into its folder, so nothing there is followed or believed: only plain files of the names
 * in the template are given back, and only names directly in the folder are made.
 */
public final class PrivateSettings {
    private static final Logger LOG = LoggerFactory.getLogger(PrivateSettings.class);
    private static final String CONFIG = "$XDG_CONFIG_HOME/";
    private static final String FOLDER = "landgrant-settings";
    private static final int MOST_BYTES = 4 * 1024 * 1024;

    private final Path config;
    private final Path all;

    public PrivateSettings(BaseDirectories directories) {
        this.config = directories.configHome();
        this.all = directories.stateHome().resolve(FOLDER);
    }

    /** Makes the app's folder ready for a launch. What is there already stays; a failure costs looks, not limits. */
    public synchronized void prepare(AppId app, Template template) {
        if (template.settings().isEmpty()) {
            return;
        }
        Path own = all.resolve(app.value());
        try {
            Files.createDirectories(all);
            if (!Files.isDirectory(own, LinkOption.NOFOLLOW_LINKS)) {
                Files.createDirectory(
                        own, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
            for (String name : template.settings()) {
                Path from = config.resolve(name);
                if (isPlain(from) && !Files.exists(own.resolve(name), LinkOption.NOFOLLOW_LINKS)) {
                    Files.copy(from, own.resolve(name), LinkOption.NOFOLLOW_LINKS, StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
            for (String name : shown(template)) {
                show(config.resolve(name), own, name);
            }
        } catch (IOException failure) {
            LOG.warn("The folder of settings {} could not be made ready", own, failure);
        }
    }

    /** Gives the person the app's settings back, where they are newer than what is there. */
    public synchronized void giveBack(AppId app, Template template) {
        Path own = all.resolve(app.value());
        if (!Files.isDirectory(own, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try {
            for (String name : template.settings()) {
                giveBack(own.resolve(name), config.resolve(name));
            }
            for (String name : shown(template)) {
                if (Files.isSymbolicLink(own.resolve(name)) || isPlain(own.resolve(name))) {
                    Files.delete(own.resolve(name));
                }
            }
            removeWhenEmpty(own);
            removeWhenEmpty(all);
        } catch (IOException failure) {
            LOG.warn("The settings in {} could not all be given back", own, failure);
        }
    }

    private void giveBack(Path from, Path to) throws IOException {
        if (!isPlain(from)) {
            return;
        }
        // The app may still run. What lies out of its reach no longer becomes a link or a pipe.
        Path room = Files.createTempDirectory(all, ".");
        Path taken = room.resolve(from.getFileName());
        try {
            Files.move(from, taken, StandardCopyOption.ATOMIC_MOVE);
            if (isPlain(taken) && replace(taken, to)) {
                Files.delete(taken);
            }
        } finally {
            if (Files.exists(taken, LinkOption.NOFOLLOW_LINKS)) {
                Files.move(taken, from, StandardCopyOption.ATOMIC_MOVE);
            }
            Files.deleteIfExists(room);
        }
    }

    /** Whether the person has that now; their own is the right one when it is newer, but neither is thrown away. */
    private boolean replace(Path from, Path to) throws IOException {
        byte[] bytes = read(from);
        boolean there = Files.exists(to, LinkOption.NOFOLLOW_LINKS);
        boolean same = isPlain(to) && Arrays.equals(bytes, read(to));
        boolean newer =
                !there || (isPlain(to) && Files.getLastModifiedTime(from).compareTo(Files.getLastModifiedTime(to)) > 0);
        if (!same && newer) {
            Files.createDirectories(config);
            Path beside = Files.createTempFile(config, ".landgrant-", ".new");
            try {
                Files.write(beside, bytes);
                if (Files.exists(to)) {
                    Files.setPosixFilePermissions(beside, Files.getPosixFilePermissions(to));
                }
                Files.move(beside, to, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(beside);
            }
        }
        return same || newer;
    }

    /** An app that still has the file open can let it grow. */
    private static byte[] read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new IOException(file + " is larger than settings are");
            }
            return bytes;
        }
    }

    /** What the template lets the app read directly in the person's folder. */
    private static Set<String> shown(Template template) {
        Set<String> names = new TreeSet<>();
        for (Template.Entry entry : template.grants()) {
            if (entry.resource() instanceof Resource.Place(String path)
                    && path.startsWith(CONFIG)
                    && entry.access().equals(Set.of(Access.READ))) {
                String name = path.substring(CONFIG.length());
                if (!name.isEmpty()
                        && name.indexOf('/') < 0
                        && !template.settings().contains(name)) {
                    names.add(name);
                }
            }
        }
        return names;
    }

    private static void show(Path from, Path own, String name) throws IOException {
        Path to = own.resolve(name);
        if (isPlain(from)) {
            if (!isPlain(to) || Files.getLastModifiedTime(from).compareTo(Files.getLastModifiedTime(to)) > 0) {
                copy(from, own, to);
            }
        } else if (Files.isDirectory(from) && !Files.exists(to, LinkOption.NOFOLLOW_LINKS)) {
            try {
                Files.createSymbolicLink(to, from);
            } catch (FileAlreadyExistsException theAppWasFaster) {
                LOG.debug("Something is at {} already", to);
            }
        }
    }

    /** The app may exchange anything in its folder meanwhile, so what is written is what was just made. */
    private static void copy(Path from, Path own, Path to) throws IOException {
        if (Files.isDirectory(to, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Path beside = own.resolve(".landgrant-" + UUID.randomUUID() + ".new");
        try {
            try (OutputStream out = Files.newOutputStream(beside, StandardOpenOption.CREATE_NEW)) {
                out.write(Files.readAllBytes(from));
            }
            Files.move(beside, to, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    private static boolean isPlain(Path file) throws IOException {
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && Files.size(file) <= MOST_BYTES;
    }

    private static void removeWhenEmpty(Path folder) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            if (files.iterator().hasNext()) {
                return;
            }
        }
        Files.delete(folder);
    }
}
