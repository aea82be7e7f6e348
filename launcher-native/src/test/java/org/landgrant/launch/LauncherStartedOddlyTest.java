package org.landgrant.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whoever starts the launcher may have left things in an odd state; and so may the app. */
@Timeout(60)
class LauncherStartedOddlyTest {
    private static final String APP = "app.desktop";
    private static final Path PROGRAMS = Path.of("target/native/programs").toAbsolutePath();

    @TempDir
    Path folder;

    private LauncherRun launcher;
    private Path docs;

    @BeforeEach
    void home() throws IOException {
        launcher = new LauncherRun(folder);
        launcher.needsAbi(6);
        docs = Files.createDirectory(launcher.home.resolve("docs"));
    }

    private LauncherRun.Outcome shell(String script) throws IOException {
        launcher.writePolicy(
                APP,
                LauncherRun.policy(
                        APP,
                        "file r t /proc",
                        "private-tmp " + folder.resolve("private"),
                        "command sh",
                        "command -c",
                        "command " + script));
        return launcher.launch(APP);
    }

    @Test
    void anUmaskThatAllowsNothingIsTheAppsAndHarmsNoFolderOfOurs() throws IOException {
        launcher.within(List.of("sh", "-c", "umask 0777; exec \"$@\"", "sh"));
        assertEquals("0777\n700\n", shell("umask; stat -c %%a $TMPDIR").out());
    }

    @Test
    void aParentThatIgnoresTheEndOfChildrenStillLearnsHowTheAppEnded() throws IOException {
        launcher.within(List.of("sh", "-c", "trap '' CHLD; exec \"$@\"", "sh"));
        assertEquals(5, shell("exit 5").status());
    }

    @Test
    void whatIsClosedIsNothingInTheApp() throws IOException {
        launcher.within(List.of("sh", "-c", "exec \"$@\" <&- 2>&-", "sh"));
        assertEquals(
                "/dev/null\n/dev/null\n",
                shell("readlink /proc/self/fd/0; readlink /proc/$$/fd/2").out());
    }

    @Test
    void fewDescriptorsForTheSupervisorRefuseOrServeButNeverHang() throws IOException {
        launcher.within(List.of("sh", "-c", "ulimit -n 18; exec \"$@\"", "sh"));
        Path secret = Files.writeString(launcher.home.resolve("secret"), "secret");
        List<String> command = new ArrayList<>(List.of("sh", "-c"));
        command.add("for i in 1 2 3 4 5 6 7 8; do (for j in 1 2 3 4 5; do cat " + secret + "; chmod 666 " + secret
                + "; done) & done; wait; echo end");
        LauncherRun.Outcome outcome = launcher.runWith(List.of(), command.toArray(String[]::new));
        assertEquals("end\n", outcome.out());
    }

    @Test
    void anAppWithoutAFreeDescriptorCutsAndMakesNoFile() throws IOException {
        Files.writeString(docs.resolve("file"), "content");
        String policy = LauncherRun.policy(
                APP,
                "file rx t " + PROGRAMS,
                "ask file " + docs,
                "command " + PROGRAMS.resolve("full"),
                "command " + docs);
        try (FakeAgent agent = new FakeAgent(launcher.runtime)) {
            Process process = launcher.start(List.of("launch", APP));
            try (FakeAgent.Line line = agent.accept()) {
                line.begin(policy);
                List<String> question = line.next(13);
                line.grant("rw", docs);
                line.answer(question, "allow");
                assertEquals(List.of("exit", "0"), line.next(6));
            }
            assertEquals(
                    "filled to 199 EMFILE\ncut EMFILE\nmade EMFILE\nnew ENOENT\nfile whole\nmade 199\n",
                    LauncherRun.finish(process).out());
        }
    }

    @Test
    void ofFiveHundredThatWaitSomeAreAnsweredFromTheLastOnAndTheDeathOfTheAgentRefusesTheRest() throws IOException {
        for (int i = 1; i <= 500; i++) {
            Files.createFile(docs.resolve(String.valueOf(i)));
        }
        String policy = LauncherRun.policy(
                APP,
                "file rx t " + PROGRAMS,
                "ask file " + docs,
                "command " + PROGRAMS.resolve("wait"),
                "command 500",
                "command each",
                "command " + docs);
        try (FakeAgent agent = new FakeAgent(launcher.runtime)) {
            Process process = launcher.start(List.of("launch", APP));
            try (FakeAgent.Line line = agent.accept()) {
                line.begin(policy);
                List<List<String>> questions = new ArrayList<>();
                for (int i = 0; i < 500; i++) {
                    questions.add(line.next(13));
                }
                for (int i = 499; i >= 400; i--) {
                    line.answer(questions.get(i), "deny");
                }
                assertEquals(5, line.read().type());
            }
            assertEquals(
                    "opened 0 refused 500 other 0\n",
                    LauncherRun.finish(process).out());
        }
    }
}
