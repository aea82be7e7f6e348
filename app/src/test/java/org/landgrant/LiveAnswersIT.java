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
import java.util.concurrent.TimeUnit;
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
        String prompt = prompts(1).getFirst();
        assertTrue(prompt.contains(APP) && prompt.contains("Documents"), prompt);
        assertTrue(shell.isSilent());
        done("answer", number(prompt), "once");
        assertEquals(READ, shell.said());
        assertEquals(READ, shell.run("cat " + secret));
        assertEquals(NOBODY, done("prompts"));
        assertEquals(0, shell.end());

        WaitingShell next = world.shell(APP);
        next.type("cat " + secret);
        done("answer", number(prompts(1).getFirst()), "deny");
        refused(next.said());
    }

    @Test
    void allowIsRememberedAndTheNextSessionIsNotAsked() throws Exception {
        WaitingShell shell = world.shell(APP);
        shell.type("cat " + secret);
        done("answer", number(prompts(1).getFirst()), "allow");
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
            done("answer", number(prompts(1).getFirst()), "deny");
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
        shell.type("cat " + secret + " &");
        shell.said();
        String id = number(prompts(1).getFirst());
        List<String> tried = shell.run(tree + "/bin/landgrant answer " + id + " allow");
        assertEquals("= 125", tried.getLast(), tried.toString());
        assertTrue(tried.toString().contains("secret"), tried.toString());
        assertEquals(id, number(prompts(1).getFirst()));
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
            done("answer", number(prompts(1).getFirst()), "allow");
            assertEquals(List.of("= 0"), shell.said());
            assertEquals(READ, shell.run("cat " + secret));

            done(way, APP, "folder:documents");
            shell.type("cat " + secret);
            if (way.equals("reset")) {
                done("answer", number(prompts(1).getFirst()), "deny");
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
        shell.type("for i in $(seq 50); do cat " + world.home + "/letter$i & done; wait");
        prompts(50);
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

        until("sessions", 1, APP);
        shell.type("cat " + files.getLast());
        done("answer", number(prompts(1).getFirst()), "once");
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
        String prompt = prompts(1).getFirst();
        assertTrue(prompt.contains("Documents"), prompt);
        done("answer", number(prompt), "allow");
        assertEquals(READ, shell.said());
        assertTrue(granted("allow", "folder:documents"));
        assertEquals(0, shell.end());
        assertEquals(READ, world.shell(APP).run("cat " + secret));
    }

    /** The prompts, as soon as there are so many. */
    private List<String> prompts(int many) throws Exception {
        return until("prompts", many, APP);
    }

    /** The lines of that command that hold the word, as soon as there are so many. */
    private List<String> until(String command, int many, String word) throws Exception {
        for (long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60); ; TimeUnit.MILLISECONDS.sleep(20)) {
            String said = done(command);
            List<String> lines =
                    said.lines().filter(line -> line.contains(word)).toList();
            if (lines.size() == many) {
                return lines;
            }
            assertTrue(System.nanoTime() < end, "landgrant " + command + " still says " + said);
        }
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
