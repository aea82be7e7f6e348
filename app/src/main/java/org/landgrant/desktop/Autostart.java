package org.landgrant.desktop;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.landgrant.grants.AppId;
import org.landgrant.grants.RefusedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Another way around a menu entry: what starts at log-in. A file in {@code $XDG_CONFIG_HOME/autostart} hides
 * the system's of the same name. It is an app's when it has the app's ID for its name, or starts the same
 * program.
 *
 * <p>Source: Desktop Application Autostart Specification 0.5.
 */
final class Autostart {
    private static final Logger LOG = LoggerFactory.getLogger(Autostart.class);
    private static final String FOLDER = "autostart";
    private static final int MAX_FILES = 4_096;

    /** Programs that are many apps; only the name tells which one it is. */
    private static final Set<String> SHARED =
            Set.of("env", "sh", "bash", "dash", "java", "node", "gjs", "perl", "ruby", "electron", "flatpak", "snap");

    private final Overrides overrides;
    private final List<Path> folders;
    private final Programs programs;
    private final OverrideText text;

    Autostart(BaseDirectories directories, Map<String, String> environment, OverrideText text) {
        this.overrides = new Overrides(
                directories.configHome().resolve(FOLDER),
                directories.configHome().resolve("landgrant/originals/autostart"),
                DesktopEntry.MAIN,
                new Footprint(directories.configHome()));
        this.folders = directories.configDirs().stream()
                .map(dir -> dir.resolve(FOLDER))
                .toList();
        this.programs = new Programs(environment);
        this.text = text;
    }

    /** Every folder that counts, for watching. */
    static List<Path> folders(BaseDirectories directories) {
        List<Path> all = new ArrayList<>(List.of(directories.configHome().resolve(FOLDER)));
        directories.configDirs().forEach(dir -> all.add(dir.resolve(FOLDER)));
        return all;
    }

    /**
     * Makes what starts the app at log-in start it through the launcher.
     *
     * @throws RefusedException when a command line cannot be kept, or a file not be written
     */
    void confine(InstalledApp app) {
        for (String name : names()) {
            Optional<EntrySource> source = source(app.id(), name);
            Optional<byte[]> wanted = source.flatMap(from -> wanted(app, from));
            if (wanted.isPresent()) {
                Path place = overrides.folder().resolve(name);
                if (!overrides.isOurs(name) || !Arrays.equals(read(place).orElse(null), wanted.get())) {
                    overrides.put(name, wanted.get());
                }
            } else if (source.isPresent() && isOf(app.id(), name)) {
                // What it hides starts something else now, or nothing.
                overrides.restore(name);
            }
        }
    }

    void release(AppId app) {
        for (String name : names()) {
            if (!isOf(app, name)) {
                continue;
            }
            if (source(app, name).isPresent()) {
                overrides.restore(name);
            } else {
                // Somebody had the desktop start the app at log-in while it was confined, which copied our entry.
                read(overrides.folder().resolve(name)).ifPresent(bytes -> overrides.put(name, text.without(bytes)));
            }
        }
    }

    /** The override of an entry that starts the app; empty when it starts something else or nothing. */
    private Optional<byte[]> wanted(InstalledApp app, EntrySource source) {
        return read(source.file())
                .filter(bytes -> starts(app, source, bytes))
                .map(bytes -> text.autostart(source, bytes));
    }

    private boolean starts(InstalledApp app, EntrySource source, byte[] bytes) {
        try {
            DesktopEntry entry = DesktopEntry.parse(bytes);
            Optional<String> exec = entry.text("Exec").filter(value -> !value.isBlank());
            if (exec.isEmpty() || entry.flag("Hidden")) {
                return false;
            }
            return source.relative().equals(app.id().value())
                    || program(ExecLine.words(exec.get(), ExecLine.Facts.NONE))
                            .filter(program -> !isShared(program))
                            .equals(program(app.command()));
        } catch (RefusedException unclear) {
            return false;
        }
    }

    private Optional<Path> program(List<String> words) {
        return programs.find(words.getFirst().replace("%%", "%")).map(program -> {
            try {
                return program.toRealPath();
            } catch (IOException gone) {
                return program;
            }
        });
    }

    private static boolean isShared(Path program) {
        return isShared(program.getFileName().toString());
    }

    static boolean isShared(String name) {
        return SHARED.contains(name) || name.startsWith("python");
    }

    /** The entry that counts when we are not there; empty when there is only ours. */
    private Optional<EntrySource> source(AppId app, String name) {
        Path place = overrides.folder().resolve(name);
        if (overrides.isThere(name) && !overrides.isOurs(name)) {
            return Optional.of(new EntrySource(app, place, place, name));
        }
        if (overrides.hasBackup(name)) {
            return Optional.of(new EntrySource(app, overrides.readable(name), place, name));
        }
        return folders.stream()
                .map(folder -> folder.resolve(name))
                .filter(Files::isRegularFile)
                .findFirst()
                .map(file -> new EntrySource(app, file, file, name));
    }

    /** Whether the file of that name is ours and starts that app. */
    private boolean isOf(AppId app, String name) {
        return overrides.isOurs(name)
                && read(overrides.folder().resolve(name))
                        .flatMap(text::app)
                        .filter(app::equals)
                        .isPresent();
    }

    private Set<String> names() {
        Set<String> names = new TreeSet<>(overrides.backups());
        List<Path> all = new ArrayList<>(folders);
        all.add(overrides.folder());
        for (Path folder : all) {
            if (!Files.isDirectory(folder)) {
                continue;
            }
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.desktop")) {
                for (Path file : files) {
                    if (names.size() < MAX_FILES) {
                        names.add(file.getFileName().toString());
                    }
                }
            } catch (IOException unreadable) {
                LOG.warn("The folder of what starts at log-in could not be read: {}", folder, unreadable);
            }
        }
        return names;
    }

    private static Optional<byte[]> read(Path file) {
        try {
            return Optional.of(EntryFiles.read(file));
        } catch (IOException unreadable) {
            LOG.debug("An autostart entry could not be read", unreadable);
            return Optional.empty();
        }
    }
}
