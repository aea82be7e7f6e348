package org.landgrant.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A call waits for its answer, and meanwhile the program that made it goes on living, or does not. */
@Timeout(60)
class LauncherLivesTest {
    private static final String APP = "app.desktop";
    private static final Path LIVES = Path.of("target/native/programs/lives").toAbsolutePath();

    @TempDir
    Path folder;

    private LauncherRun launcher;
    private FakeAgent agent;
    private Path docs;
    private Path letter;

    @BeforeEach
    void home() throws IOException {
        launcher = new LauncherRun(folder);
        launcher.needsAbi(6);
        docs = Files.createDirectory(launcher.home.resolve("docs"));
        letter = docs.resolve("letter");
        Files.writeString(letter, "dear\n");
        agent = new FakeAgent(launcher.runtime);
    }

    @AfterEach
    void close() throws IOException {
        agent.close();
    }

    private static String policy(Path asked, Object... words) {
        StringBuilder commands = new StringBuilder("file rx t " + LIVES + "\nask file " + asked);
        for (Object word : words) {
            commands.append("\ncommand ").append(word);
        }
        return LauncherRun.policy(APP, commands.toString());
    }

    private static void goOn(Process process) throws IOException {
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
    }

    private static String line(Process process) throws IOException {
        return process.inputReader().readLine();
    }

    @Test
    void aProgramBecomesAnotherWhileOneOfItsThreadsWaits() throws IOException {
        Process process = launcher.start(List.of("launch", APP));
        try (FakeAgent.Line line = agent.accept()) {
            line.begin(policy(docs, LIVES, "exec", letter));
            List<String> first = line.next(13);
            goOn(process);
            line.answer(first, "deny"); // which nobody may wait for any more, or already the other program
            FakeAgent.Frame frame = line.read();
            for (; frame.type() != 6; frame = line.read()) {
                if (frame.type() == 13) {
                    line.grant("r", letter);
                    line.answer(frame.fields(), "allow");
                }
            }
            assertEquals("exit", frame.fields().getFirst());
        }
        LauncherRun.Outcome outcome = LauncherRun.finish(process);
        assertTrue(outcome.out().equals("dear\n") || outcome.err().contains("Permission denied"), outcome::err);
    }

    @Test
    void aProgramThatEndsWhileItsThreadsWaitEndsAtOnceAndItsQuestionIsWithdrawn() throws IOException {
        Process process = launcher.start(List.of("launch", APP));
        try (FakeAgent.Line line = agent.accept()) {
            line.begin(policy(
                    docs,
                    "sh",
                    "-c",
                    LIVES + " exit " + letter + "; echo $?; read line; exec " + LIVES + " stop " + letter));
            List<String> question = line.next(13);
            goOn(process);
            assertEquals("9", line(process));
            assertEquals(List.of(question.getFirst()), line.next(15));
            goOn(process);
            line.answer(line.next(13), "deny");
            goOn(process);
            goOn(process);
            assertEquals(List.of("exit", "0"), line.next(6));
        }
        LauncherRun.finish(process);
    }

    @Test
    void aProgramForksWhileOneOfItsThreadsWaits() throws IOException {
        Process process = launcher.start(List.of("launch", APP));
        try (FakeAgent.Line line = agent.accept()) {
            line.begin(policy(docs, LIVES, "fork", letter));
            List<String> question = line.next(13);
            goOn(process);
            assertEquals("child ok", line(process));
            line.grant("r", letter);
            line.answer(question, "allow");
            assertEquals(List.of("exit", "0"), line.next(6));
            assertEquals("open ok", line(process));
        }
        LauncherRun.finish(process);
    }

    @Test
    void aProgramThatIsStoppedAndContinuedWhileItWaitsGetsItsAnswer() throws IOException {
        Process process = launcher.start(List.of("launch", APP));
        try (FakeAgent.Line line = agent.accept()) {
            line.begin(policy(docs, LIVES, "stop", letter));
            List<String> question = line.next(13);
            goOn(process);
            assertEquals("stopped ok", line(process));
            goOn(process);
            line.grant("r", letter);
            line.answer(question, "allow");
            assertEquals(List.of("exit", "0"), line.next(6));
            assertEquals("open ok", line(process));
            assertEquals("ended ok", line(process));
        }
        LauncherRun.finish(process);
    }

    @Test
    void whatTheFirstProcessLeftBehindIsStillAskedAbout() throws IOException {
        Process process = launcher.start(List.of("launch", APP));
        try (FakeAgent.Line line = agent.accept()) {
            line.begin(policy(docs, LIVES, "orphan", letter));
            goOn(process);
            List<String> question = line.next(13);
            line.grant("r", letter);
            line.answer(question, "allow");
            assertEquals(List.of("exit", "7"), line.next(6));
        }
        LauncherRun.Outcome outcome = LauncherRun.finish(process);
        assertEquals("open ok\n", outcome.out());
        assertEquals(7, outcome.status());
    }

    /** Answers the one question after the program has changed what its call depends on; gives what it said. */
    private String whenItIsLost(String mode, Path asked, Path meant, Object... more) throws IOException {
        Process process = launcher.start(List.of("launch", APP));
        try (FakeAgent.Line line = agent.accept()) {
            Object[] words = new Object[3 + more.length];
            words[0] = LIVES;
            words[1] = mode;
            words[2] = meant;
            System.arraycopy(more, 0, words, 3, more.length);
            line.begin(policy(asked, words));
            List<String> question = line.next(13);
            assertEquals(meant.toString(), question.get(3));
            goOn(process);
            assertEquals("lost ok", line(process));
            line.grant("rw", meant);
            line.answer(question, "allow");
            assertEquals(List.of("exit", "0"), line.next(6));
        }
        return line(process);
    }

    @Test
    void aCallWhoseFolderIsClosedMeanwhileFails() throws IOException {
        assertEquals("openat EBADF", whenItIsLost("close-folder", docs, letter));
    }

    @Test
    void aCallWhoseFolderBecomesAnotherMeanwhileIsJudgedByWhatItIsThen() throws IOException {
        Path secret = Files.createDirectory(launcher.home.resolve("secret"));
        Files.writeString(secret.resolve("letter"), "secret\n");
        assertEquals("openat EACCES", whenItIsLost("other-folder", docs, letter, secret));
    }

    @Test
    void aConnectionWhoseSocketIsClosedOrReplacedMeanwhileFails() throws IOException {
        Path socket = docs.resolve("socket");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));
            assertEquals("connect EBADF", whenItIsLost("close-socket", docs, socket));
            assertEquals("connect ENOTSOCK", whenItIsLost("other-socket", docs, socket));
        }
    }

    /** By no name of its own does the app keep what it is given for a while; programs then copy. */
    @Test
    void whatIsGrantedForAWhileIsNotKeptWhereThePolicyGivesMore() throws IOException {
        Path own = Files.createDirectory(launcher.home.resolve("own"));
        Files.writeString(own.resolve("mine"), "mine\n");
        Files.writeString(docs.resolve("other"), "other\n");
        Object other = Files.getAttribute(docs.resolve("other"), "unix:ino");
        String script = "cat letter; ln letter " + own + "/kept; echo $?; mv letter moved; mv other " + own + "/;"
                + " mv " + own + "/mine .; ln moved linked; ls; cat " + own + "/*";
        Process process = launcher.start(List.of("launch", APP));
        try (FakeAgent.Line line = agent.accept()) {
            line.begin(policy(docs, "sh", "-c", "cd " + docs + "; " + script) + "file rw t " + own + "\n");
            List<String> question = line.next(13);
            line.grant("rw", docs);
            line.answer(question, "allow");
            assertEquals("dear", line(process));
            assertEquals("1", line(process));
            for (String name : List.of("linked", "mine", "moved")) {
                assertEquals(name, line(process));
            }
            assertEquals("other", line(process));
            assertEquals(List.of("exit", "0"), line.next(6));
        }
        assertEquals("", LauncherRun.finish(process).out());
        assertNotEquals(other, Files.getAttribute(own.resolve("other"), "unix:ino"));
    }
}
