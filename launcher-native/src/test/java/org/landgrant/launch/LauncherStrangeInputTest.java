package org.landgrant.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Paths, pointers, lengths and numbers that no sane program uses end as they do without a supervisor. */
@Timeout(60)
class LauncherStrangeInputTest {
    private static final Path PROGRAMS = Path.of("target/native/programs").toAbsolutePath();
    private static final String APP = "strange.desktop";

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"strange", "sizes"})
    void everyTrappedCallGivesTheErrorTheKernelGives(String program) throws Exception {
        LauncherRun launcher = new LauncherRun(folder);
        launcher.needsAbi(6);
        List<String> free = unconfined(program);
        List<String> live = confined(launcher, program);
        List<String> differences = new ArrayList<>();
        for (int i = 0; i < free.size() && differences.size() < 10; i++) {
            String other = i < live.size() ? live.get(i) : "nothing";
            if (!free.get(i).equals(other)) {
                differences.add(free.get(i) + " became " + other);
            }
        }
        assertEquals(List.of(), differences);
        assertEquals(free.size(), live.size());
        assertTrue(free.size() > 1000);
    }

    private Path deep(String twin) throws IOException {
        return Files.createDirectories(folder.resolve(twin + "/1/play"));
    }

    private List<String> unconfined(String program) throws IOException {
        Process process = new ProcessBuilder(
                        PROGRAMS.resolve(program).toString(), deep("free").toString())
                .start();
        return LauncherRun.finish(process).out().lines().toList();
    }

    private List<String> confined(LauncherRun launcher, String program) throws Exception {
        Path root = deep("live");
        String policy = LauncherRun.policy(
                APP,
                "file rx t " + PROGRAMS,
                "connect 0 t",
                "listen 0 t",
                "ask file " + folder.resolve("live"),
                "command " + PROGRAMS.resolve(program),
                "command " + root);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                FakeAgent agent = new FakeAgent(launcher.runtime)) {
            Process process = launcher.start(List.of("launch", APP));
            Future<?> serving = threads.submit(() -> serve(agent, policy));
            LauncherRun.Outcome outcome = LauncherRun.finish(process);
            serving.get();
            assertEquals("", outcome.err());
            return outcome.out().lines().toList();
        }
    }

    /** Allows the whole folder at the first question; there is no other. */
    private Void serve(FakeAgent agent, String policy) throws IOException {
        try (FakeAgent.Line line = agent.accept()) {
            line.begin(policy);
            List<String> question = line.next(13);
            line.grant("rw", folder.resolve("live"));
            line.answer(question, "allow");
            assertEquals(new FakeAgent.Frame(6, List.of("exit", "0")), line.read());
        }
        return null;
    }
}
