package org.landgrant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line as it is built: native client, real agent, real database. */
class CommandLineIT {
    private static final String APP = "reader.desktop";

    @TempDir
    Path folder;

    private World world;

    @BeforeEach
    void anAppThatIsConfined() throws Exception {
        world = new World(folder);
        world.install(APP, "true");
        world.landgrant("confine", APP);
    }

    @AfterEach
    void nothingStays() {
        world.close();
    }

    @Test
    void whatIsTypedBesideAFileMeansThatFile() throws Exception {
        // Commands are typed in the home folder.
        assertEquals(
                0, world.landgrant("grant", APP, "./Documents/../Work", "read").status());
        String file = world.landgrant("export", APP).out();
        assertTrue(file.contains("place:" + world.home.toRealPath() + "/Work"), file);

        assertEquals(0, world.landgrant("revoke", APP, "./Work").status());
        Files.writeString(world.home.resolve("grants.json"), file);
        World.Outcome shown = world.landgrant("import", "grants.json");
        assertTrue(shown.out().endsWith("nothing is yet. \"--apply\" does it.\n"), shown.out());
        assertFalse(world.landgrant("grants", APP).out().contains("/Work"));
        assertEquals(0, world.landgrant("import", "./grants.json", "--apply").status());
        assertTrue(world.landgrant("grants", APP).out().contains("/Work"));

        Files.writeString(world.home.resolve("grants.json"), file.replace("\"read\"", "\"fly\""));
        World.Outcome refused = world.landgrant("import", "grants.json", "--apply");
        assertEquals(2, refused.status());
        assertTrue(refused.err().contains("apps[0].grants[0].access is one of read,"), refused.err());
        World.Outcome missing = world.landgrant("import", "nosuch.json");
        assertEquals(1, missing.status());
        assertEquals("landgrant: nosuch.json cannot be read: No such file or directory\n", missing.err());
    }

    @Test
    void theAgentIsEndedByACommandAndStartedByTheNext() throws Exception {
        World.Outcome runs = world.landgrant("agent", "status");
        assertEquals(0, runs.status());
        assertEquals(
                "The agent runs (process " + world.agents().getFirst().pid()
                        + "), without a display, so it shows no windows.\n",
                runs.out());
        assertEquals(0, world.landgrant("grant", APP, "./Work", "read").status());

        World.Outcome ended = world.landgrant("agent", "stop");
        assertEquals(0, ended.status(), ended.err());
        assertTrue(ended.out().startsWith("The agent has ended."), ended.out());
        assertEquals(List.of(), world.agents());
        assertEquals(1, world.landgrant("agent", "status").status());
        assertEquals("No agent runs.\n", world.landgrant("agent", "stop").out());

        World.Outcome window = world.landgrant();
        assertEquals(125, window.status());
        assertTrue(window.err().startsWith("landgrant: there is no display to show the window on"), window.err());
        assertEquals(List.of(), world.agents(), "one without a display was started");

        assertTrue(world.landgrant("grants", "reader").out().contains("/Work"), "what was decided is lost");
        World.Outcome blind = world.landgrant("show");
        assertEquals(1, blind.status());
        assertTrue(blind.err().contains("\"landgrant agent stop\""), blind.err());
    }

    @Test
    void anAppIsLaunchedByItsNameToo() throws Exception {
        world.install("org.example.teller.desktop", "echo told");
        world.until("apps", 1, "teller");
        assertEquals(0, world.landgrant("confine", "teller").status());
        assertEquals("told\n", world.landgrant("launch", "teller").out());
        World.Outcome unknown = world.landgrant("launch", "tellr");
        assertEquals(125, unknown.status());
        assertEquals("landgrant: There is no app tellr.desktop; did you mean org.example.teller?\n", unknown.err());
    }

    @Test
    void followingEndsWithItsReaderAndWithTheAgent() throws Exception {
        until(() -> connections() == 0);
        Process follower = world.start("log", "--follow");
        try (BufferedReader lines = follower.inputReader(StandardCharsets.UTF_8)) {
            AtomicInteger port = new AtomicInteger();
            until(() -> {
                // Whoever begins to follow late hears of the next one.
                world.landgrant("deny", APP, "tcp:" + port.incrementAndGet());
                return lines.ready();
            });
            String line = lines.readLine();
            assertTrue(line.matches(".*" + APP + "  changed  deny  connect,listen  tcp:[0-9]+"), line);
        }
        follower.destroy();
        assertTrue(follower.waitFor(20, TimeUnit.SECONDS));
        until(() -> connections() == 0);

        Process second = world.start("watch", "--json");
        until(() -> connections() == 1);
        world.killAgent();
        assertTrue(second.waitFor(20, TimeUnit.SECONDS));
        assertEquals(125, second.exitValue());
    }

    @Test
    void checkAnswersForProgramsAndExplainByItsStatus() throws Exception {
        World.Outcome check = world.landgrant("check", "--json");
        assertEquals(check.out().contains("\"fine\" : true") ? 0 : 1, check.status());
        assertEquals(
                1,
                world.landgrant("explain", "-q", APP, "./Documents/x", "read").status());
        world.landgrant("grant", APP, "folder:documents", "read");
        assertEquals(
                0,
                world.landgrant("explain", "-q", APP, "./Documents/x", "read").status());
        assertEquals(1, world.landgrant("explain", "-q", APP, "~/.ssh/id_rsa").status());
    }

    @Test
    void theTreeHasAManualAndCompletions() {
        for (String name : List.of(
                "man/man1/landgrant.1",
                "man/man1/landgrant-run.1",
                "bash-completion/completions/landgrant",
                "zsh/site-functions/_landgrant",
                "fish/vendor_completions.d/landgrant.fish",
                "doc/landgrant/schema/export.schema.json")) {
            assertTrue(Files.isRegularFile(Path.of("target/landgrant/share", name)), name);
        }
    }

    /** How many commands and launchers the agent has at its socket: each has one socket of the agent's name, connected. */
    private long connections() throws IOException {
        String place = " " + folder.toRealPath() + "/run/landgrant/";
        try (Stream<String> sockets = Files.lines(Path.of("/proc/net/unix"), StandardCharsets.ISO_8859_1)) {
            return sockets.filter(line -> line.contains(" 03 ") && line.contains(place))
                    .count();
        }
    }

    private interface Condition {
        boolean holds() throws Exception;
    }

    private static void until(Condition condition) throws Exception {
        for (long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
                !condition.holds();
                TimeUnit.MILLISECONDS.sleep(20)) {
            assertTrue(System.nanoTime() < end, "that never came true");
        }
    }
}
