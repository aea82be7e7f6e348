package org.landgrant.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The launcher's side of the messages, against an agent that speaks them over a real socket. */
@Timeout(60)
class LauncherAgentTest {
    private static final String APP = "app.desktop";
    private static final FakeAgent.Frame NOTHING_LIVE = new FakeAgent.Frame(17, List.of());

    @TempDir
    Path folder;

    private LauncherRun launcher;

    @BeforeEach
    void home() throws IOException {
        launcher = new LauncherRun(folder);
        launcher.needsAbi(6);
    }

    /** Hello, welcome. */
    private static void welcome(FakeAgent.Line line) throws IOException {
        FakeAgent.Frame hello = line.read();
        assertEquals(1, hello.type());
        assertEquals("1", hello.fields().getFirst());
        line.send(12, "test");
    }

    /** Hello, welcome, launch, policy, started; returns what was started. */
    private static List<String> begin(FakeAgent.Line line, String policy, Path... opened) throws IOException {
        welcome(line);
        assertEquals(new FakeAgent.Frame(2, List.of(APP)), line.read());
        line.send(3, policy);
        for (Path file : opened) {
            takesNothing(line, file);
        }
        FakeAgent.Frame started = line.read();
        assertEquals(4, started.type());
        assertEquals(NOTHING_LIVE, line.read());
        return started.fields();
    }

    /** What it opens is offered to sessions that run; there are none. */
    private static void takesNothing(FakeAgent.Line line, Path file) throws IOException {
        assertEquals(new FakeAgent.Frame(20, List.of("rw", file.toString())), line.read());
        line.send(21, "0");
    }

    private static String policy(String... lines) {
        return LauncherRun.policy(APP, lines);
    }

    @Test
    void saysWhoItIsWhatStartedAndHowItEnded() throws IOException {
        Path file = Files.writeString(launcher.home.resolve("opened"), "opened\n");
        try (FakeAgent agent = new FakeAgent(launcher.runtime)) {
            Process process = launcher.start(List.of("launch", APP, file.toUri().toString(), "https://example.org"));
            try (FakeAgent.Line line = agent.accept()) {
                List<String> hello = line.read().fields();
                assertEquals(Files.readString(launcher.data.resolve("landgrant/secret")), hello.get(1));
                assertTrue(hello.get(1).matches("[0-9a-f]{64}"));
                line.send(12, "test");
                line.read();
                line.send(
                        3, policy("command sh", "command -c", "command cat \"$1\"; exit 7", "command -", "command %F"));
                takesNothing(line, file);
                List<String> started = line.read().fields();
                assertEquals(APP, started.get(0));
                assertEquals(String.valueOf(process.pid()), started.get(1));
                assertEquals(launcher.home.toString(), started.get(3));
                assertEquals(List.of(file.toUri().toString(), "https://example.org"), started.subList(4, 6));
                assertEquals(NOTHING_LIVE, line.read());
                assertEquals(new FakeAgent.Frame(6, List.of("exit", "7")), line.read());
            }
            LauncherRun.Outcome outcome = LauncherRun.finish(process);
            assertEquals(7, outcome.status());
            assertEquals("opened\n", outcome.out(), outcome.err());
        }
    }

    @Test
    void tellsWhatWasRefusedOnceWithACount() throws IOException {
        Path secret = Files.writeString(launcher.home.resolve("secret"), "x");
        try (FakeAgent agent = new FakeAgent(launcher.runtime)) {
            Process process = launcher.start(List.of("launch", APP));
            try (FakeAgent.Line line = agent.accept()) {
                begin(
                        line,
                        policy("command perl", "command -e", "command for (1..50) { open(F, '<', '" + secret + "') }"));
                int count = 0;
                FakeAgent.Frame frame = line.read();
                for (; frame.type() == 5; frame = line.read()) {
                    for (int at = 0; at < frame.fields().size(); at += 6) {
                        assertEquals(
                                List.of("file", "r", secret.toString(), "perl"),
                                frame.fields().subList(at, at + 4));
                        count += Integer.parseInt(frame.fields().get(at + 4));
                    }
                }
                assertEquals(50, count);
                assertEquals(new FakeAgent.Frame(6, List.of("exit", "0")), frame);
            }
            assertEquals(0, LauncherRun.finish(process).status());
        }
    }

    @Test
    void opensAgainWithTheSameFilesAndTheNewPolicy() throws IOException {
        Path file = Files.writeString(launcher.home.resolve("opened"), "opened\n");
        try (FakeAgent agent = new FakeAgent(launcher.runtime)) {
            Process process = launcher.start(List.of("launch", APP, "opened"));
            try (FakeAgent.Line line = agent.accept()) {
                List<String> started =
                        begin(line, policy("command sh", "command -c", "command sleep 60 & sleep 61"), file);
                assertEquals(List.of(file.toString()), started.subList(4, 5));
                line.send(7, "reopen");
                assertEquals(new FakeAgent.Frame(6, List.of("signal", "15")), line.read());
            }
            try (FakeAgent.Line line = agent.accept()) {
                List<String> started = begin(line, policy("command cat", "command %f"), file);
                assertEquals(String.valueOf(process.pid()), started.get(1));
                assertEquals(new FakeAgent.Frame(6, List.of("exit", "0")), line.read());
            }
            assertEquals("opened\n", LauncherRun.finish(process).out());
        }
    }

    @Test
    void killsWhatDoesNotEndByItself() throws IOException {
        try (FakeAgent agent = new FakeAgent(launcher.runtime)) {
            Process process = launcher.start(List.of("launch", APP));
            try (FakeAgent.Line line = agent.accept()) {
                begin(
                        line,
                        policy(
                                "command perl",
                                "command -e",
                                "command $| = 1; $SIG{TERM} = 'IGNORE'; print 1; sleep 60 while 1"));
                assertEquals('1', process.getInputStream().read()); // it ignores SIGTERM from here on
                line.send(7, "end");
                line.send(7, "kill");
                assertEquals(new FakeAgent.Frame(6, List.of("signal", "9")), line.read());
            }
            assertEquals(128 + 9, LauncherRun.finish(process).status());
        }
    }

    @Test
    void comesBackToAnAgentThatWasAwayAndKeepsWhatWasRefused() throws IOException {
        Path secret = Files.writeString(launcher.home.resolve("secret"), "x");
        Process process;
        FakeAgent first = new FakeAgent(launcher.runtime);
        process = launcher.start(List.of("launch", APP));
        try (FakeAgent.Line line = first.accept()) {
            begin(line, policy("command sh", "command -c", "command read line; cat " + secret + "; read line; exit 3"));
            first.close();
        }
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
        try (FakeAgent second = new FakeAgent(launcher.runtime);
                FakeAgent.Line line = second.accept()) {
            welcome(line);
            assertEquals(4, line.read().type());
            assertEquals(NOTHING_LIVE, line.read());
            FakeAgent.Frame denied = line.read();
            assertEquals(5, denied.type());
            assertEquals(secret.toString(), denied.fields().get(2));
            process.getOutputStream().close();
            assertEquals(
                    new FakeAgent.Frame(6, List.of("exit", "1")).type(),
                    line.read().type());
        }
        LauncherRun.finish(process);
    }

    @Test
    void aGarbledAgentCostsOnlyTheLine() throws IOException {
        try (FakeAgent agent = new FakeAgent(launcher.runtime)) {
            Process process = launcher.start(List.of("launch", APP));
            try (FakeAgent.Line line = agent.accept()) {
                begin(line, policy("command sh", "command -c", "command read line; exit 4"));
                line.sendRaw(ByteBuffer.wrap(new byte[] {(byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff}));
                assertThrows(EOFException.class, line::read);
            }
            try (FakeAgent.Line line = agent.accept()) {
                welcome(line);
                assertEquals(4, line.read().type());
                assertEquals(NOTHING_LIVE, line.read());
                process.getOutputStream().close();
                assertEquals(6, line.read().type());
            }
            assertEquals(4, LauncherRun.finish(process).status());
        }
    }

    @Test
    void theAgentsRefusalIsFinal() throws IOException {
        launcher.writePolicy(APP, policy("command echo", "command ran"));
        try (FakeAgent agent = new FakeAgent(launcher.runtime)) {
            Process process = launcher.start(List.of("launch", APP));
            try (FakeAgent.Line line = agent.accept()) {
                welcome(line);
                line.read();
                line.send(11, "This app is switched off.");
            }
            LauncherRun.Outcome outcome = LauncherRun.finish(process);
            assertEquals(125, outcome.status());
            assertEquals("", outcome.out());
            assertEquals("landgrant: This app is switched off.\n", outcome.err());
        }
    }

    @Test
    void passesCommandsOnAndPrintsTheAnswer() throws IOException {
        try (FakeAgent agent = new FakeAgent(launcher.runtime)) {
            Process process = launcher.start(List.of("grants", "--all", "größe"));
            try (FakeAgent.Line line = agent.accept()) {
                welcome(line);
                assertEquals(new FakeAgent.Frame(8, List.of("0", "grants", "--all", "größe")), line.read());
                line.send(9, "out", "one\n");
                line.send(9, "err", "two\n");
                line.send(10, "42");
            }
            assertEquals(new LauncherRun.Outcome(42, "one\n", "two\n"), LauncherRun.finish(process));
        }
    }
}
