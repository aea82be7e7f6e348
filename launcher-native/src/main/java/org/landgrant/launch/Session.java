package org.landgrant.launch;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.landgrant.grants.AppId;

/**
 * One confined run of an app, from launch to the end of its last process.
 *
 * @param id number of the session in this agent's life
 * @param pid process ID of the session's supervisor
 * @param workingFolder where the launcher was started
 * @param arguments what followed the app's ID on the launcher's command line: files and URIs
 */
public record Session(long id, AppId app, long pid, Instant started, Path workingFolder, List<String> arguments) {
    public Session {
        arguments = List.copyOf(arguments);
    }
}
