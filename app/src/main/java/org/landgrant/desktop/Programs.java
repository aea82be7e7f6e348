package org.landgrant.desktop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds programs as the desktop does, and says which of them gain privileges when they start. */
final class Programs {
    private static final int SET_UID_OR_GID = 06000;
    private static final String USUAL_PATH = "/usr/local/bin:/usr/bin:/bin";

    private final List<Path> folders;

    Programs(Map<String, String> environment) {
        String path = environment.getOrDefault("PATH", USUAL_PATH);
        this.folders = Arrays.stream(path.split(":"))
                .filter(folder -> folder.startsWith("/"))
                .flatMap(folder -> path(folder).stream())
                .limit(256)
                .toList();
    }

    /** Where programs of a plain name lie, the first that counts first. */
    List<Path> folders() {
        return folders;
    }

    /** The executable file of an absolute path, or of a plain name in {@code $PATH}. */
    Optional<Path> find(String program) {
        if (program.startsWith("/")) {
            return path(program).filter(Programs::isProgram).filter(file -> !TerminalShims.isShim(file));
        }
        if (program.isEmpty() || program.indexOf('/') >= 0) {
            return Optional.empty();
        }
        return path(program)
                .flatMap(name -> folders.stream()
                        .map(folder -> folder.resolve(name))
                        .filter(Programs::isProgram)
                        .filter(file -> !TerminalShims.isShim(file))
                        .findFirst());
    }

    /** Whether the file is set-uid, set-gid or has file capabilities; all are lost when confined. */
    static boolean gainsPrivileges(Path program) {
        try {
            Object mode = Files.getAttribute(program, "unix:mode");
            return (mode instanceof Integer bits && (bits & SET_UID_OR_GID) != 0)
                    || FileCapabilities.has(program.toRealPath());
        } catch (IOException | UnsupportedOperationException unknown) {
            return false;
        }
    }

    private static boolean isProgram(Path path) {
        return Files.isRegularFile(path) && Files.isExecutable(path);
    }

    private static Optional<Path> path(String text) {
        try {
            return Optional.of(Path.of(text));
        } catch (InvalidPathException notAPath) {
            return Optional.empty();
        }
    }
}
