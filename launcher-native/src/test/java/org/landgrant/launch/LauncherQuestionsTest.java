package org.landgrant.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Programs that wait for an answer, on the real kernel. */
@Timeout(120)
class LauncherQuestionsTest {
    private static final String APP = "app.desktop";
    private static final Path PROGRAMS = Path.of("target/native/programs").toAbsolutePath();

    @TempDir
    Path folder;

    private LauncherRun launcher;
    private FakeAgent agent;
    private Path docs;

    @BeforeEach
    void home() throws IOException {
        launcher = new LauncherRun(folder);
        launcher.needsAbi(6);
        docs = Files.createDirectory(launcher.home.resolve("docs"));
        Files.writeString(docs.resolve("letter"), "dear\n");
        agent = new FakeAgent(launcher.runtime);
    }

    @AfterEach
    void close() throws IOException {
        agent.close();
    }

    /** Asks about everything in the home. */
    private String policy(String... words) {
        List<String> lines = new ArrayList<>(List.of("file rx t " + PROGRAMS, "ask file " + launcher.home));
        for (String word : words) {
            lines.add("command " + word);
        }
        return LauncherRun.policy(APP, lines.toArray(String[]::new));
    }

    private String shell(String script) {
        return policy("sh", "-c", script);
    }

    private Process launch() {
        return launcher.start(List.of("launch", APP));
    }

    @Test
    void everyKindOfChangeWorksAfterOneAllow() throws IOException {
        Process process = launch();
        try (FakeAgent.Line line = agent.accept()) {
            line.begin(shell(
                    "cd docs; test -e new; echo a > new && echo b >> new && mkdir sub && mv new sub/new && ln sub/new hard"
                            + " && ln -s sub/new soft && cat soft && truncate -s 2 hard && cat sub/new && mkfifo pipe"
                            + " && rm pipe soft hard && rm -r sub && ls"));
            List<String> question = line.next(13);
            assertEquals(List.of("1", "file", "w", docs.resolve("new").toString(), "sh"), question);
            line.grant("rw", docs);
            line.answer(question, "allow");
            assertEquals(List.of("exit", "0"), line.next(6));
        }
        assertEquals("a\nb\na\nletter\n", LauncherRun.finish(process).out());
    }

    @Test
    void aDeniedCallIsRefusedToldAndNotAskedAgain() throws IOException {
        Process process = launch();
        try (FakeAgent.Line line = agent.accept()) {
            line.begin(shell("cat docs/letter; cat docs/letter; echo $?"));
            line.answer(line.next(13), "deny");
            List<String> denied = new ArrayList<>();
            FakeAgent.Frame frame = line.read();
            for (; frame.type() == 5; frame = line.read()) {
                denied.addAll(frame.fields());
            }
            assertEquals(6, frame.type());
            assertTrue(denied.contains(docs.resolve("letter").toString()));
        }
        LauncherRun.Outcome outcome = LauncherRun.finish(process);
        assertEquals("1\n", outcome.out());
        assertTrue(outcome.err().contains("Permission denied"), outcome.err());
    }

    @Test
    void manyThreadsThatWantTheSameAreOneQuestion() throws IOException {
        Process process = launch();
        try (FakeAgent.Line line = agent.accept()) {
            line.begin(policy(
                    PROGRAMS.resolve("wait").toString(),
                    "500",
                    "same",
                    docs.resolve("letter").toString()));
            List<String> question = line.next(13);
            line.grant("r", docs.resolve("letter"));
            line.answer(question, "allow");
            assertEquals(new FakeAgent.Frame(6, List.of("exit", "0")), line.read());
        }
        assertEquals(
                "opened 500 refused 0 other 0\n", LauncherRun.finish(process).out());
    }

    @Test
    void fiveHundredQuestionsAreEachAnswered() throws IOException {
        for (int i = 1; i <= 500; i++) {
            Files.createFile(docs.resolve(String.valueOf(i)));
        }
        Process process = launch();
        try (FakeAgent.Line line = agent.accept()) {
            line.begin(policy(PROGRAMS.resolve("wait").toString(), "500", "each", docs.toString()));
            List<List<String>> questions = new ArrayList<>();
            Set<String> paths = new HashSet<>();
            for (int i = 0; i < 500; i++) {
                questions.add(line.next(13));
                paths.add(questions.getLast().get(3));
            }
            assertEquals(500, paths.size());
            line.grant("r", docs);
            for (int i = 0; i < 500; i++) {
                line.answer(questions.get(i), i % 5 == 0 ? "deny" : "allow");
            }
            assertEquals(List.of("exit", "0"), line.next(6));
        }
        assertEquals(
                "opened 400 refused 100 other 0\n", LauncherRun.finish(process).out());
    }

    @Test
    void anAgentThatDiesRefusesWhatIsOpenAndTheNextOneIsAskedAgain() throws IOException {
        for (int i = 1; i <= 50; i++) {
            Files.createFile(docs.resolve(String.valueOf(i)));
        }
        Process process = launch();
        try (FakeAgent.Line line = agent.accept()) {
            line.begin(shell(PROGRAMS.resolve("wait") + " 50 each " + docs + "; read line; cat docs/letter"));
            for (int i = 0; i < 50; i++) {
                line.next(13);
            }
            line.grant("r", launcher.home.resolve("other"));
        }
        try (FakeAgent.Line line = agent.accept()) {
            line.read();
            line.send(12, "test");
            assertEquals(4, line.read().type());
            assertEquals(
                    new FakeAgent.Frame(
                            17,
                            List.of("file", "r", launcher.home.resolve("other").toString())),
                    line.read());
            process.getOutputStream().write('\n');
            process.getOutputStream().flush();
            List<String> question = line.next(13);
            assertEquals(docs.resolve("letter").toString(), question.get(3));
            line.grant("r", docs);
            line.answer(question, "allow");
            assertEquals(List.of("exit", "0"), line.next(6));
        }
        assertEquals(
                "opened 0 refused 50 other 0\ndear\n",
                LauncherRun.finish(process).out());
    }

    @Test
    void aQuestionIsWithdrawnWhenWhoAskedIsKilled() throws IOException {
        Process process = launch();
        try (FakeAgent.Line line = agent.accept()) {
            line.begin(shell("cat docs/letter & read line; kill -9 $!; wait $!; read line; echo on"));
            List<String> question = line.next(13);
            process.getOutputStream().write('\n');
            process.getOutputStream().flush();
            assertEquals(List.of(question.getFirst()), line.next(15));
            line.answer(question, "allow"); // too late; means nothing
            process.getOutputStream().write('\n');
            process.getOutputStream().flush();
            assertEquals(List.of("exit", "0"), line.next(6));
        }
        assertEquals("on\n", LauncherRun.finish(process).out());
    }

    @Test
    void otherCallsGoOnWhileAQuestionIsOpen() throws IOException {
        Process process = launch();
        try (FakeAgent.Line line = agent.accept()) {
            line.begin(shell("cat docs/letter & for i in 1 2 3 4 5 6 7 8 9; do cat /etc/hostname > /dev/null; done;"
                    + " echo others; wait"));
            List<String> question = line.next(13);
            assertEquals("others", process.inputReader().readLine());
            line.grant("r", docs);
            line.answer(question, "allow");
            assertEquals(List.of("exit", "0"), line.next(6));
            assertEquals("dear", process.inputReader().readLine());
        }
        LauncherRun.finish(process);
    }

    @Test
    void whatIsTakenBackIsRefusedButReadsOnWhereItIsOpen() throws IOException {
        Files.writeString(launcher.home.resolve("other"), "other\n");
        Process process = launch();
        try (FakeAgent.Line line = agent.accept()) {
            line.begin(shell("exec 3< docs/letter; cat other; cat <&3; cat docs/letter; echo $?"));
            List<String> question = line.next(13);
            line.grant("r", docs);
            line.answer(question, "allow");
            question = line.next(13);
            assertEquals(launcher.home.resolve("other").toString(), question.get(3));
            line.send(16, "revoke", "file", "r", launcher.home.toString());
            line.answer(question, "deny");
            question = line.next(13);
            assertEquals(docs.resolve("letter").toString(), question.get(3));
            line.answer(question, "deny");
            assertEquals(List.of("exit", "0"), line.next(6));
        }
        assertEquals("dear\n1\n", LauncherRun.finish(process).out());
    }

    @Test
    void programsThatWaitForAPipeBlockNobodyAndLeaveNothingBehindWhenTheyDie() throws IOException {
        Process process = launch();
        try (FakeAgent.Line line = agent.accept()) {
            line.begin(shell("mkfifo docs/pipe docs/other;"
                    + " for i in $(seq 60); do cat docs/pipe 2> /dev/null & all=\"$all $!\"; done;"
                    + " cat docs/letter; kill -9 $all; wait;"
                    + " until echo through > docs/other; do :; done 2> /dev/null & "
                    + " until cat docs/other; do :; done 2> /dev/null; wait; true"));
            List<String> question = line.next(13);
            line.grant("rw", docs);
            line.answer(question, "allow");
            assertEquals(List.of("exit", "0"), line.next(6));
        }
        assertEquals("dear\nthrough\n", LauncherRun.finish(process).out());
    }

    @Test
    void exceptionsInsideAGrantedFolderStayWhereTheyAre() throws IOException {
        Path secret = Files.createDirectories(launcher.home.resolve("keys"));
        Files.writeString(secret.resolve("id"), "secret\n");
        String policy = LauncherRun.policy(
                APP,
                "file rw t " + launcher.home,
                "except rw t " + secret,
                "command sh",
                "command -c",
                "command ls; echo x > fresh && cat fresh; mkdir d && mv fresh d/fresh && cat d/fresh; cat keys/id;"
                        + " mv keys other; rm -r keys; ln keys/id key; mv d keys/d; mv ../home/keys d; echo y > keys/n;"
                        + " cat other key d/keys/id; true");
        Process process = launch();
        try (FakeAgent.Line line = agent.accept()) {
            line.begin(policy);
            assertEquals(List.of("exit", "0"), line.next(6));
        }
        LauncherRun.Outcome outcome = LauncherRun.finish(process);
        assertEquals("docs\nkeys\nx\nx\n", outcome.out(), outcome.err());
        assertEquals("secret\n", Files.readString(secret.resolve("id")));
    }
}
