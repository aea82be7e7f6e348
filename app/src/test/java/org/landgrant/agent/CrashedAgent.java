package org.landgrant.agent;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.landgrant.profiles.H2GrantBook;

/** The agent's process without windows: database, policies, socket. Started and killed by tests. */
final class CrashedAgent {
    private CrashedAgent() {}

    /** Arguments as those of the real agent; the environment says where everything lies. */
    public static void main(String[] words) {
        Map<String, String> environment = System.getenv();
        Path home = Path.of(environment.getOrDefault("HOME", "/"));
        Startup startup = new Startup(
                environment,
                System.err,
                "0.0-test",
                folders -> Agent.start(
                        House.parts(folders, home, H2GrantBook.open(folders.data()), new House.Entries()),
                        (keeper, sessions, live, history, outside) ->
                                DesktopWindows.of(environment, sessions, live, () -> {
                                    throw new IllegalStateException("the tests' agents have no display");
                                })));
        System.exit(startup.run(List.of(words)));
    }
}
