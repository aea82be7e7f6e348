package org.landgrant.launch;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.landgrant.grants.AppId;
import org.landgrant.grants.RefusedException;

/**
 * Starts the native launcher. It gets a session of its own, so that neither the agent's end nor a
 * Ctrl-C in the agent's terminal reaches it.
 *
 * @param program path of {@code landgrant}
 */
public record LauncherProgram(Path program) {
    private static final Path SETSID = Path.of("/usr/bin/setsid");

    /** The variable that says which file a session hands on; source: {@code gesture.h}. */
    public static final String HANDED = "LANDGRANT_HANDED";

    /** Starts {@code landgrant launch APP ARGUMENT…} in the agent's own environment. */
    public Process launch(AppId app, List<String> arguments, Path folder) {
        return launch(app, arguments, folder, Map.of());
    }

    /**
     * Starts {@code landgrant launch APP ARGUMENT…}; returns at once.
     *
     * @param folder the working folder; that of the agent when it is gone
     * @param more what the environment has besides
     * @throws RefusedException when it could not be started
     */
    public Process launch(AppId app, List<String> arguments, Path folder, Map<String, String> more) {
        List<String> command = new ArrayList<>();
        if (Files.isExecutable(SETSID)) {
            command.add(SETSID.toString());
        }
        command.addAll(List.of(program.toString(), "launch", app.value()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(Redirect.from(new File("/dev/null")))
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.DISCARD);
        // An agent that a launcher started has that launcher's.
        builder.environment().remove(HANDED);
        builder.environment().putAll(more);
        if (Files.isDirectory(folder)) {
            builder.directory(folder.toFile());
        }
        if (!Files.isExecutable(program)) {
            throw new RefusedException("There is no launcher at " + program + ", so " + app + " cannot be started.");
        }
        try {
            return builder.start();
        } catch (IOException failure) {
            throw new RefusedException(app + " cannot be started: " + Reasons.of(failure), failure);
        }
    }
}
