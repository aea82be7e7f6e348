package org.landgrant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Answers while the app waits, with the built product: real launcher, real agent, real database, no window. */
@Timeout(300)
class LiveAnswersIT {
    private static final String APP = "shell.desktop";
    private static final String SECRET = "the key is under the third stone";
    private static final List<String> READ = List.of(SECRET, "= 0");
    private static final String NOBODY = "No app waits for an answer.\n";

    @TempDir
    Path folder;

    private World world;
    private Path secret;

    @BeforeEach
    void aConfinedShell() throws Exception {
        folder = folder.toRealPath();
        world = new World(folder);
        secret = Files.writeString(world.home.resolve("Documents/secret.txt"), SECRET + "\n");
        world.install(APP, "sh");
        done("confine", APP);
    }

    @AfterEach
    void nothingStays() {
        world.close();
    }

    @Test
    void onceLetsTheWaitingCallThroughAndTheNextSessionAsksAgain() throws Exception {
        WaitingShell shell = world.shell(APP);
        shell.type("cat " + secret);
        String prompt = world.until("prompts", 1, APP).getFirst();
        assertTrue(prompt.contains(APP) && prompt.contains("Documents"), prompt);
        assertTrue(shell.isSilent());
        done("answer", number(prompt), "once");
        assertEquals(READ, shell.said());
        assertEquals(READ, shell.run("cat " + secret));
        assertEquals(NOBODY, done("prompts"));
        assertEquals(0, shell.end());

        WaitingShell next = world.shell(APP);
        next.type("cat " + secret);
        world.answer(APP, "deny");
        refused(next.said());
    }

    @Test
    void allowIsRememberedAndTheNextSessionIsNotAsked() throws Exception {
        WaitingShell shell = world.shell(APP);
        shell.type("cat " + secret);
        world.answer(APP, "allow");
        assertEquals(READ, shell.said());
        assertTrue(granted("allow", "folder:documents"));
        assertEquals(0, shell.end());

        world.killAgent();
        assertEquals(READ, world.shell(APP).run("cat " + secret));
        assertEquals(NOBODY, done("prompts"));
    }

    @Test
    void theSecondDenyIsKeptAndNobodyIsAskedAThirdTime() throws Exception {
        for (String kept : List.of("ask", "deny")) {
            WaitingShell shell = world.shell(APP);
            shell.type("cat " + secret);
            world.answer(APP, "deny");
            refused(shell.said());
            refused(shell.run("cat " + secret));
            assertTrue(granted(kept, "folder:documents"), kept);
            assertEquals(0, shell.end());
        }
        refused(world.shell(APP).run("cat " + secret));
        assertEquals(NOBODY, done("prompts"));
    }

    @Test
    void aWaitingAppCannotAnswerItself() throws Exception {
        Path tree = Path.of("target/landgrant").toAbsolutePath();
        done("grant", APP, tree.toString(), "read,execute");
        WaitingShell shell = world.shell(APP);
        shell.type("{ cat " + secret + " & }");
        shell.said();
        String id = number(world.until("prompts", 1, APP).getFirst());
        List<String> tried = shell.run(tree + "/bin/landgrant answer " + id + " allow");
        assertEquals("= 125", tried.getLast(), tried.toString());
        assertTrue(tried.toString().contains("cannot reach the agent"), tried.toString());
        assertEquals(id, number(world.until("prompts", 1, APP).getFirst()));
        assertFalse(granted("allow", "folder:documents"));
        done("answer", id, "deny");
        assertTrue(shell.run("wait").toString().contains("Permission denied"));
    }

    @Test
    void whatIsTakenBackStopsAtOnceAndWhatIsOpenReadsOn() throws Exception {
        for (String way : List.of("deny", "reset")) {
            WaitingShell shell = world.shell(APP);
            if (way.equals("reset")) {
                done("reset", APP, "folder:documents");
            }
            shell.type("exec 3< " + secret);
            world.answer(APP, "allow");
            assertEquals(List.of("= 0"), shell.said());
            assertEquals(READ, shell.run("cat " + secret));

            done(way, APP, "folder:documents");
            shell.type("cat " + secret);
            if (way.equals("reset")) {
                world.answer(APP, "deny");
            }
            refused(shell.said());
            assertEquals(READ, shell.run("cat <&3"));
            assertEquals(0, shell.end());
        }
    }

    @Test
    void theAgentsDeathDeniesWhatIsOpenAndNothingElse() throws Exception {
        List<Path> files = new ArrayList<>();
        for (int i = 1; i <= 51; i++) {
            files.add(Files.writeString(world.home.resolve("letter" + i), SECRET + "\n"));
        }
        WaitingShell shell = world.shell(APP);
        // What each says goes out as one piece.
        shell.type(
                "for i in $(seq 50); do (said=$(cat " + world.home + "/letter$i 2>&1); echo \"$said\") & done; wait");
        world.until("prompts", 50, APP);
        world.killAgent();
        List<String> said = new ArrayList<>(shell.said());
        assertEquals("= 0", said.removeLast());
        List<String> expected = new ArrayList<>(IntStream.rangeClosed(1, 50)
                .mapToObj(i -> "cat: " + world.home + "/letter" + i + ": Permission denied")
                .toList());
        Collections.sort(said);
        Collections.sort(expected);
        assertEquals(expected, said);
        assertEquals(List.of("alive", "= 0"), shell.run("echo alive"));

        world.until("sessions", 1, APP);
        shell.type("cat " + files.getLast());
        world.answer(APP, "once");
        assertEquals(READ, shell.said());
    }

    @Test
    void aFolderThatIsALinkToAnotherDiskIsAskedAboutByItsName() throws Exception {
        Path disk = Files.createDirectories(folder.resolve("disk/papers"));
        Files.move(secret, disk.resolve("secret.txt"));
        Files.delete(world.home.resolve("Documents"));
        Files.createSymbolicLink(world.home.resolve("Documents"), disk);
        WaitingShell shell = world.shell(APP);
        shell.type("cat " + secret);
        String prompt = world.answer(APP, "allow");
        assertTrue(prompt.contains("Documents"), prompt);
        assertEquals(READ, shell.said());
        assertTrue(granted("allow", "folder:documents"));
        assertEquals(0, shell.end());
        assertEquals(READ, world.shell(APP).run("cat " + secret));
    }

    private static String number(String prompt) {
        return prompt.strip().split(" ", 2)[0];
    }

    private boolean granted(String decision, String resource) throws Exception {
        return done("grants", APP).lines().anyMatch(line -> line.startsWith(decision) && line.contains(resource));
    }

    private String done(String... words) throws IOException, InterruptedException {
        World.Outcome outcome = world.landgrant(words);
        assertEquals(0, outcome.status(), () -> String.join(" ", words) + ": " + outcome.err());
        return outcome.out();
    }

    private static void refused(List<String> said) {
        assertEquals("= 1", said.getLast(), said.toString());
        assertTrue(said.toString().contains("Permission denied"), said.toString());
    }
}
