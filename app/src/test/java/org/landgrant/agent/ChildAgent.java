package org.landgrant.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.landgrant.grants.RefusedException;
import org.landgrant.launch.AgentClient;
import org.landgrant.launch.OwnFolders;
import org.landgrant.launch.Secret;

/** A {@link CrashedAgent} in a process of its own, and how tests talk to it. */
record ChildAgent(Path home, Process process) {
    static ChildAgent start(Path home, String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-cp",
                classPath(),
                CrashedAgent.class.getName()));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("XDG_") || name.endsWith("DISPLAY"));
        builder.environment().put("HOME", home.toString());
        builder.environment()
                .put(
                        "XDG_RUNTIME_DIR",
                        Files.createDirectories(home.resolve("run")).toString());
        builder.redirectOutput(home.resolve("out").toFile());
        builder.redirectError(home.resolve("err").toFile());
        return new ChildAgent(home, builder.start());
    }

    static OwnFolders folders(Path home) {
        return new OwnFolders(home.resolve(".local/share/landgrant"), home.resolve("run/landgrant"));
    }

    /** Connects as soon as the agent serves. */
    AgentClient connect() throws IOException {
        OwnFolders folders = folders(home);
        while (process.isAlive()) {
            if (Files.exists(folders.socket())) {
                try {
                    return AgentClient.connect(folders.socket(), Secret.in(folders.secret()), "0.0-test");
                } catch (IOException | RefusedException notYet) {
                    // Left by the one before, or just being opened.
                }
            }
            java.util.concurrent.locks.LockSupport.parkNanos(2_000_000);
        }
        throw new IOException("the agent ended: " + Files.readString(home.resolve("err")));
    }

    /** No toolkit on it: the start is what takes the time. */
    private static String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(":"))
                .filter(part -> !part.contains("javafx") && !part.contains("junit") && !part.contains("testfx"))
                .collect(Collectors.joining(":"));
    }
}
