package org.landgrant.desktop;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
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
 * The way around menu entries that people type themselves. For an app whose terminal somebody switched on there is a
 * program of the same name in {@code ~/.local/bin}, of three lines, which starts the real one through the launcher. It
 * names the real one by its absolute path, so that it never finds itself. A file there that is not ours is never
 * changed. What the file says is all there is to know about it: no other memory has to agree with it.
 *
 * <p>Terminals look there before the system's folders only when {@code PATH} says so; most systems do that at log-in
 * once the folder exists.
 */
public final class TerminalShims implements Terminals {
    private static final Logger LOG = LoggerFactory.getLogger(TerminalShims.class);
    private static final String MARK = "# X-Landgrant-Managed=true";
    private static final String OF_APP = "# X-Landgrant-App=";
    private static final String MADE = "# X-Landgrant-Made=";
    private static final String FOLDER = ".local/bin";
    private static final int MAX_BYTES = 16_384;
    private static final int MAX_FILES = 4_096;

    private final Path folder;
    /** What may have to be made for it, the nearest first. */
    private final List<Path> folders;

    private final List<Path> path;
    private final Programs programs;
    private final Path launcher;

    /**
     * @param environment its {@code PATH} is a terminal's
     * @param launcher absolute path of the program that starts confined apps
     */
    public TerminalShims(BaseDirectories directories, Map<String, String> environment, Path launcher) {
        this.folder = directories.home().resolve(FOLDER);
        this.folders = List.of(folder, directories.home().resolve(".local"));
        this.programs = new Programs(environment);
        this.path = programs.folders();
        this.launcher = launcher;
    }

    @Override
    public State state(InstalledApp app) {
        Optional<Path> program = program(app);
        if (program.isEmpty()) {
            return State.NO_COMMAND;
        }
        Path shim = shim(program.get());
        if (!appOf(shim).equals(Optional.of(app.id()))) {
            return State.OPEN;
        }
        int ours = path.indexOf(folder);
        int theirs = path.indexOf(program.get().getParent());
        return ours >= 0 && (theirs < 0 || ours < theirs) ? State.COVERED : State.COVERED_LATER;
    }

    @Override
    public synchronized void cover(InstalledApp app) {
        if (app.notOurs().isPresent()) {
            throw new RefusedException(app.notOurs().get());
        }
        Path program = program(app)
                .orElseThrow(() -> new RefusedException(
                        "A terminal finds no command of " + app.id() + ", so there is nothing to cover."));
        Path shim = shim(program);
        Optional<AppId> there = appOf(shim);
        if (there.isEmpty() && Files.exists(shim, LinkOption.NOFOLLOW_LINKS)) {
            throw new RefusedException(shim + " is a file of your own, which Landgrant does not change.");
        }
        if (there.isPresent() && !there.get().equals(app.id())) {
            throw new RefusedException(
                    "What is typed as " + program.getFileName() + " starts " + there.get() + " confined already.");
        }
        write(shim, app.id(), program);
    }

    /** The folder goes, too, when we made it and nothing else is in it. */
    @Override
    public synchronized void uncover(AppId app) {
        try {
            for (Path shim : ours(app)) {
                int made = Shim.of(shim).map(Shim::made).orElse(0);
                Files.delete(shim);
                for (Path at : folders.subList(0, Math.clamp(made, 0, folders.size()))) {
                    if (Files.isDirectory(at) && isEmpty(at)) {
                        Files.delete(at);
                    }
                }
            }
        } catch (IOException failure) {
            throw new RefusedException("What covers it in a terminal could not be removed: " + failure, failure);
        }
    }

    /** Brings what is there in line with where the app's program is now; adds nothing. */
    public synchronized void sync(InstalledApp app) {
        for (Path shim : ours(app.id())) {
            Optional<Path> program = program(app).filter(found -> shim(found).equals(shim));
            if (app.notOurs().isEmpty() && program.isPresent()) {
                write(shim, app.id(), program.get());
            }
        }
    }

    /** The apps that are covered. */
    synchronized Set<AppId> covered() {
        Set<AppId> apps = new TreeSet<>();
        files().forEach(file -> appOf(file).ifPresent(apps::add));
        return apps;
    }

    private Path shim(Path program) {
        return folder.resolve(program.getFileName());
    }

    /** What a terminal would start for the name of the app's program, were we not there. */
    private Optional<Path> program(InstalledApp app) {
        String word = app.command().getFirst().replace("%%", "%");
        String name = word.substring(word.lastIndexOf('/') + 1);
        if (Autostart.isShared(name)) {
            return Optional.empty();
        }
        // A name in the folder itself is not behind it.
        return programs.find(name).filter(found -> !folder.equals(found.getParent()));
    }

    private byte[] text(Shim shim, Path program) {
        return ("#!/bin/sh\n" + MARK + "\n" + OF_APP + shim.app() + "\n" + MADE + shim.made() + "\n"
                        + "# Made by Landgrant: what is typed in a terminal starts confined, too.\n"
                        + "# \"landgrant release\" takes it away.\n"
                        + "exec " + quoted(launcher.toString()) + " launch "
                        + quoted(shim.app().value()) + " -- " + quoted(program.toString()) + " \"$@\"\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }

    private void write(Path file, AppId app, Path program) {
        try {
            int made = Shim.of(file).map(Shim::made).orElse(0);
            made += (int) folders.stream().filter(at -> !Files.exists(at)).count();
            // Whoever goes last takes the folder along, so all know of it.
            byte[] text = text(new Shim(app, Math.max(made, madeByOthers())), program);
            if (isShim(file) && Arrays.equals(Files.readAllBytes(file), text)) {
                return;
            }
            Files.createDirectories(folder);
            Path beside = Files.createTempFile(folder, ".landgrant-", ".new");
            try {
                Files.write(beside, text);
                Files.setPosixFilePermissions(beside, PosixFilePermissions.fromString("rwxr-xr-x"));
                Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(beside);
            }
        } catch (IOException failure) {
            throw new RefusedException("What covers it in a terminal could not be written: " + failure, failure);
        }
    }

    private int madeByOthers() {
        return files().stream()
                .flatMap(file -> Shim.of(file).stream())
                .mapToInt(Shim::made)
                .max()
                .orElse(0);
    }

    private List<Path> ours(AppId app) {
        return files().stream()
                .filter(file -> appOf(file).equals(Optional.of(app)))
                .toList();
    }

    private List<Path> files() {
        List<Path> found = new ArrayList<>();
        if (!Files.isDirectory(folder)) {
            return found;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                if (found.size() < MAX_FILES) {
                    found.add(file);
                }
            }
        } catch (IOException unreadable) {
            LOG.warn("What covers terminals could not be read: {}", folder, unreadable);
        }
        return found;
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            return !files.iterator().hasNext();
        }
    }

    static boolean isShim(Path file) {
        return Shim.of(file).isPresent();
    }

    private static Optional<AppId> appOf(Path file) {
        return Shim.of(file).map(Shim::app);
    }

    /**
     * What a shim says about itself.
     *
     * @param made how many of the folders above it, from the nearest up, we made
     */
    private record Shim(AppId app, int made) {
        /** Empty when the file is none. Links are somebody else's. */
        static Optional<Shim> of(Path file) {
            try {
                if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) > MAX_BYTES) {
                    return Optional.empty();
                }
                List<String> lines;
                try (InputStream in = Files.newInputStream(file)) {
                    lines = new String(in.readNBytes(MAX_BYTES), StandardCharsets.UTF_8)
                            .lines()
                            .limit(4)
                            .toList();
                }
                boolean ours = lines.size() == 4
                        && lines.get(1).equals(MARK)
                        && lines.get(2).startsWith(OF_APP)
                        && lines.get(3).startsWith(MADE);
                return ours
                        ? Optional.of(new Shim(
                                new AppId(lines.get(2).substring(OF_APP.length())),
                                Integer.parseInt(lines.get(3).substring(MADE.length()))))
                        : Optional.empty();
            } catch (IOException | IllegalArgumentException notOurs) {
                return Optional.empty();
            }
        }
    }
}
