package org.landgrant.launch;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the supervisor does for an app cannot be told from what the kernel does. */
class LauncherTwinTest {
    private static final Path OPERATIONS =
            Path.of("target/native/programs/operations").toAbsolutePath();
    private static final String APP = "twin.desktop";
    private static final int OPERATIONS_EACH = 500;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void generatedFileOperationsGiveTheSameInALiveGrantedFolderAndInAnUnconfinedTwin(int seed) throws Exception {
        String policy = policy(seed, deep("live"), "ask file " + folder.resolve("live"));
        try (ExecutorService agent = Executors.newVirtualThreadPerTaskExecutor()) {
            assertSame(unconfined(seed), confined(agent, policy));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {21, 22, 23, 24, 25, 26})
    void generatedFileOperationsGiveTheSameAroundAnExceptionAndInAnUnconfinedTwin(int seed) throws Exception {
        Path root = deep("live");
        String policy = policy(
                seed,
                root,
                "file rw user/1 " + folder.resolve("live"),
                "except rwx user/2 " + root.resolve("not-this"));
        try (ExecutorService agent = Executors.newVirtualThreadPerTaskExecutor()) {
            assertSame(unconfined(seed), confined(agent, policy));
        }
    }

    /** Line by line, so that the first difference is what is told. */
    private static void assertSame(String unconfined, String confined) {
        assertEquals(
                "",
                IntStream.range(0, (int) unconfined.lines().count())
                        .mapToObj(line -> difference(unconfined.split("\n", -1)[line], confined.split("\n", -1), line))
                        .filter(text -> !text.isEmpty())
                        .limit(5)
                        .collect(joining("\n")));
        assertEquals(unconfined.lines().count(), confined.lines().count());
    }

    private static String difference(String unconfined, String[] confined, int line) {
        String other = line < confined.length ? confined[line] : "nothing";
        return unconfined.equals(other) ? "" : "- " + unconfined + "\n+ " + other;
    }

    /** A folder whose parents are granted too: {@code ..} leads out of it. */
    private Path deep(String twin) throws IOException {
        return Files.createDirectories(folder.resolve(twin + "/1/2/3/4/play"));
    }

    private static String policy(int seed, Path root, String... lines) {
        String command =
                "command " + OPERATIONS + "\ncommand " + seed + "\ncommand " + OPERATIONS_EACH + "\ncommand " + root;
        return LauncherRun.policy(APP, "file rx template/base " + OPERATIONS, String.join("\n", lines), command);
    }

    private String confined(ExecutorService threads, String policy) throws Exception {
        LauncherRun launcher = new LauncherRun(folder.resolve("own"));
        try (FakeAgent agent = new FakeAgent(launcher.runtime)) {
            Process process = launcher.start(List.of("launch", APP));
            Future<?> serving = threads.submit(() -> serve(agent, policy));
            LauncherRun.Outcome outcome = LauncherRun.finish(process);
            serving.get();
            assertEquals("", outcome.err());
            return outcome.out().replace("/live/", "/TWIN/");
        }
    }

    /** Allows the whole folder at the first question. */
    private Void serve(FakeAgent agent, String policy) throws IOException {
        try (FakeAgent.Line line = agent.accept()) {
            line.read();
            line.send(12, "0.1.0");
            line.read();
            line.send(3, policy);
            for (FakeAgent.Frame frame = line.read(); frame.type() != 6; frame = line.read()) {
                if (frame.type() == 13) {
                    line.send(16, "grant", "file", "rw", folder.resolve("live").toString());
                    line.send(14, frame.fields().getFirst(), "allow");
                }
            }
        }
        return null;
    }

    private String unconfined(int seed) throws IOException {
        Process process = new ProcessBuilder(
                        OPERATIONS.toString(),
                        String.valueOf(seed),
                        String.valueOf(OPERATIONS_EACH),
                        deep("free").toString())
                .start();
        return LauncherRun.finish(process).out().replace("/free/", "/TWIN/");
    }
}
