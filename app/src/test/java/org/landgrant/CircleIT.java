package org.landgrant;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole circle with the built product: real launcher, real agent, real database, no window. */
class CircleIT {
    private static final String APP = "reader.desktop";
    private static final String SECRET = "the key is under the third stone";

    @TempDir
    Path folder;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private World world;

    @BeforeEach
    void anAppThatReadsDocuments() throws IOException {
        world = new World(folder);
        Path secret = Files.writeString(world.home.resolve("Documents/secret.txt"), SECRET);
        world.install(APP, "cat " + secret);
    }

    @AfterEach
    void nothingStays() {
        world.close();
        threads.close();
    }

    @Test
    void aRefusalBecomesADenialAndAGrantOpensTheDoor() throws Exception {
        expect(0, world.landgrant("confine", APP));
        refused(launchedAndDenied());
        World.Outcome denials = expect(0, world.landgrant("denials", APP));
        assertTrue(denials.out().contains("Documents/secret.txt"), denials.out());

        expect(0, world.landgrant("grant", APP, "folder:documents", "read"));
        assertEquals(SECRET, expect(0, world.landgrant("launch", APP)).out());

        expect(0, world.landgrant("deny", APP, "folder:documents"));
        refused(world.landgrant("launch", APP));
    }

    @Test
    void theMenuEntryStartsTheAppConfinedUntilItIsReleased() throws Exception {
        Path entry = world.home.resolve(".local/share/applications").resolve(APP);
        byte[] before = Files.readAllBytes(entry);
        expect(0, world.landgrant("confine", APP));
        assertTrue(Files.readString(entry).contains(" launch " + APP + " -- "), Files.readString(entry));
        expect(0, world.landgrant("release", APP));
        assertArrayEquals(before, Files.readAllBytes(entry));
    }

    @Test
    void aLaunchWithTheAgentDownIsConfinedByTheLastPolicy() throws Exception {
        expect(0, world.landgrant("confine", APP));
        world.killAgent();
        refused(world.landgrant("launch", APP));

        expect(0, world.landgrant("grant", APP, "folder:documents", "read"));
        world.killAgent();
        assertEquals(SECRET, expect(0, world.landgrant("launch", APP)).out());
    }

    @Test
    void anAppNeverSeenIsNotStartedWithoutTheAgent() throws Exception {
        World.Outcome outcome = expect(125, world.landgrant("launch", "stranger.desktop"));
        assertEquals("", outcome.out());
        assertEquals(1, outcome.err().lines().count(), outcome.err());
    }

    @Test
    void aDamagedDatabaseIsLeftAloneAndTheAppStaysConfined() throws Exception {
        expect(0, world.landgrant("confine", APP));
        world.killAgent();
        Path database = databaseFiles().getFirst();
        byte[] damaged = Files.readAllBytes(database);
        java.util.Arrays.fill(damaged, 0, damaged.length, (byte) 'x');
        Files.write(database, damaged);

        World.Outcome outcome = world.landgrant("agent");
        assertEquals(125, outcome.status(), outcome.err());
        assertTrue(outcome.err().contains(database.getFileName().toString()), outcome.err());
        assertArrayEquals(damaged, Files.readAllBytes(database));
        refused(world.landgrant("launch", APP));

        Files.delete(database);
        assertTrue(expect(0, world.landgrant("apps")).out().matches("(?s).*" + APP + " +confined .*"));
        assertTrue(
                Files.readString(world.home.resolve(".local/share/applications").resolve(APP))
                        .contains(" launch "));
    }

    @Test
    void everythingWorksWithoutARuntimeFolder() throws Exception {
        world.environment("XDG_RUNTIME_DIR", "");
        expect(0, world.landgrant("confine", APP));
        refused(launchedAndDenied());
        assertTrue(expect(0, world.landgrant("denials", APP)).out().contains("secret.txt"));
    }

    @Test
    void aConfinedAppCannotTalkToTheAgent() throws Exception {
        Path tree = Path.of("target/landgrant").toAbsolutePath();
        Path script = Files.writeString(
                world.home.resolve("burglary.sh"), tree + "/bin/landgrant grant " + APP + " folder:documents read\n");
        world.install("burglar.desktop", "sh " + script);
        expect(0, world.landgrant("confine", APP));
        expect(0, world.landgrant("confine", "burglar.desktop"));
        expect(0, world.landgrant("grant", "burglar.desktop", script.toString(), "read"));
        expect(0, world.landgrant("grant", "burglar.desktop", tree.toString(), "read,execute"));

        World.Outcome burglary = world.landgrant("launch", "burglar.desktop");
        assertEquals(125, burglary.status(), burglary.err());
        assertTrue(burglary.err().contains("cannot reach the agent"), burglary.err());
        refused(launchedAndDenied());
    }

    /** The app asks, and is told no. */
    private World.Outcome launchedAndDenied() throws Exception {
        Future<World.Outcome> launch = threads.submit(() -> world.landgrant("launch", APP));
        world.answer(APP, "deny");
        return launch.get();
    }

    private List<Path> databaseFiles() throws IOException {
        try (var files = Files.list(world.data(""))) {
            return files.filter(file -> file.toString().endsWith(".mv.db")).toList();
        }
    }

    private static World.Outcome expect(int status, World.Outcome outcome) {
        assertEquals(status, outcome.status(), outcome::err);
        return outcome;
    }

    private static void refused(World.Outcome outcome) {
        assertNotEquals(0, outcome.status());
        assertFalse(outcome.out().contains(SECRET));
    }
}
