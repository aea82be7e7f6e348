package org.landgrant.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How the launcher finds and starts the agent's program beside it. */
@Timeout(60)
class LauncherStartsAgentTest {
    @TempDir
    Path folder;

    private LauncherRun launcher;
    private Path pipe;
    private Path program;

    /** A stand-in for the agent's program: writes its words into a pipe, which is how the test waits for it. */
    @BeforeEach
    void install() throws Exception {
        launcher = new LauncherRun(folder);
        launcher.needsAbi(6);
        launcher.install(folder.resolve("opt"));
        pipe = folder.resolve("pipe");
        assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
        program = Files.createDirectories(folder.resolve("opt/libexec")).resolve("landgrant-agent");
        Files.writeString(program, "#!/bin/sh\necho \"$# $*\" > " + pipe + "\nexit 6\n");
        assertTrue(program.toFile().setExecutable(true));
    }

    private String wordsOf(List<String> command, int status) throws IOException {
        Process process = launcher.start(command);
        String words = Files.readString(pipe);
        assertEquals(status, LauncherRun.finish(process).status());
        return words;
    }

    @Test
    void becomesTheAgentWithTheSameWords() throws IOException {
        assertEquals("2 --one two\n", wordsOf(List.of("agent", "--one", "two"), 6));
    }

    @Test
    void theWindowIsShownByAnAgentInTheBackground() throws IOException {
        launcher.environment.put("DISPLAY", ":77");
        for (List<String> words : List.of(List.<String>of(), List.of("show"), List.of("settings", "an app"))) {
            Process process = launcher.start(words);
            assertEquals("0 \n", Files.readString(pipe));
            try (FakeAgent agent = new FakeAgent(launcher.runtime);
                    FakeAgent.Line line = agent.accept()) {
                line.read();
                line.send(12, "test");
                List<String> asked = line.next(8);
                assertEquals(words.isEmpty() ? List.of("show") : words, asked.subList(1, asked.size()));
                line.send(10, "0");
            }
            assertEquals(0, LauncherRun.finish(process).status());
        }
    }

    @Test
    void withoutADisplayNoAgentIsStartedForTheWindow() throws IOException {
        launcher.environment.put("DISPLAY", "");
        LauncherRun.Outcome refused = LauncherRun.finish(launcher.start(List.of()));
        assertEquals(125, refused.status());
        assertEquals(
                "landgrant: there is no display to show the window on; \"landgrant --help\" has what works without one\n",
                refused.err());
    }

    @Test
    void whereNoAgentRunsNoneIsStoppedOrSaidToRun() throws IOException {
        LauncherRun.Outcome stopped = LauncherRun.finish(launcher.start(List.of("agent", "stop")));
        assertEquals("No agent runs.\n", stopped.out());
        assertEquals(0, stopped.status());
        assertEquals(
                1,
                LauncherRun.finish(launcher.start(List.of("agent", "status"))).status());
        assertEquals(
                125,
                LauncherRun.finish(launcher.start(List.of("agent", "stpo"))).status());
    }

    @Test
    void aLaunchByTheLastPolicyStartsTheAgentInTheBackground() throws IOException {
        launcher.writePolicy(
                "app.desktop", LauncherRun.policy("app.desktop", "command sh", "command -c", "command exit 3"));
        assertEquals("0 \n", wordsOf(List.of("launch", "app.desktop"), 3));
    }

    @Test
    void aRunningAppThatIsRefusedSomethingStartsTheAgentThatWasKilled() throws IOException {
        Process process;
        try (FakeAgent agent = new FakeAgent(launcher.runtime)) {
            process = launcher.start(List.of("launch", "app.desktop"));
            try (FakeAgent.Line line = agent.accept()) {
                line.begin(LauncherRun.policy(
                        "app.desktop",
                        "command sh",
                        "command -c",
                        "command read lost; cat " + program + "; read started"));
            }
        }
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
        assertEquals("0 \n", Files.readString(pipe));
        assertEquals(1, LauncherRun.finish(process).status());
    }

    @Test
    void furtherFilesGetLaunchersOfTheirOwn() throws IOException {
        Files.delete(folder.resolve("opt/libexec/landgrant-agent")); // nobody would read its pipe
        Path answers = folder.resolve("answers");
        assertEquals(0, LauncherRun.finish(mkfifo(answers)).status());
        launcher.writePolicy(
                "app.desktop",
                LauncherRun.policy(
                        "app.desktop",
                        "file w user/1 " + answers,
                        "command sh",
                        "command -c",
                        "command echo $# $1 > " + answers,
                        "command sh",
                        "command %f"));
        Process process = launcher.start(List.of("launch", "app.desktop", "one", "two"));
        // Both sessions open the pipe for writing; it ends when both are done, or is opened again for the second.
        String all = Files.readString(answers);
        if (all.lines().count() < 2) {
            all += Files.readString(answers);
        }
        assertEquals(List.of("1 one", "1 two"), all.lines().sorted().toList());
        assertEquals(0, LauncherRun.finish(process).status());
    }

    private static Process mkfifo(Path path) throws IOException {
        return new ProcessBuilder("mkfifo", path.toString()).start();
    }
}
