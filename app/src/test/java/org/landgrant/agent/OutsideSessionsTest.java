package org.landgrant.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.landgrant.desktop.BaseDirectories;
import org.landgrant.desktop.HandOff;
import org.landgrant.desktop.InstalledApp;
import org.landgrant.desktop.InstalledApps;
import org.landgrant.desktop.Instance;
import org.landgrant.desktop.Instances;
import org.landgrant.grants.AppId;
import org.landgrant.launch.Doorkeeper.Admission;
import org.landgrant.launch.Session;

/** Real processes, some of them below the process that stands for a session's launcher. */
class OutsideSessionsTest {
    private static final AppId APP = new AppId("firefox.desktop");

    @TempDir
    Path folder;

    private final List<Process> processes = new ArrayList<>();
    private final List<Session> sessions = new ArrayList<>();
    private final List<HandOff> shown = new ArrayList<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private Path program;
    private Path lock;
    private Instant now = Instant.now();
    private OutsideSessions outside;

    @BeforeEach
    void aBrowser() throws IOException {
        program = Files.copy(Path.of("/bin/sleep"), folder.resolve("firefox"));
        lock = Files.createDirectories(folder.resolve(".mozilla/firefox/a.default"))
                .resolve("lock");
        InstantSource later = () -> now;
        Map<String, String> environment = Map.of("HOME", folder.toString(), "PATH", folder + ":/bin");
        InstalledApp app = new InstalledApp(
                APP, "Firefox", "", "", List.of(), List.of("firefox", "%u"), folder, true, Optional.empty());
        InstalledApps apps = new InstalledApps() {
            @Override
            public List<InstalledApp> all() {
                return List.of(app);
            }

            @Override
            public void watch(Runnable listener) {}
        };
        outside = new OutsideSessions(
                apps,
                new Instances(BaseDirectories.from(environment, folder), environment, folder),
                () -> List.copyOf(sessions),
                APP::equals,
                later);
        now = now.plusSeconds(60);
    }

    @AfterEach
    void nothingStays() throws Exception {
        clock.shutdownNow();
        threads.shutdownNow();
        for (Process process : processes) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
        }
    }

    /** Starts the app; below a parent that stands for a launcher, when wanted. */
    private long start(boolean belowAnother) throws IOException {
        ProcessBuilder builder = belowAnother
                ? new ProcessBuilder("sh", "-c", program + " 600 & echo $!; wait")
                : new ProcessBuilder("sh", "-c", "echo $$; exec " + program + " 600");
        builder.environment().put("HOME", folder.toString());
        Process process = builder.start();
        processes.add(process);
        long pid = Long.parseLong(
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)).readLine());
        Path exe = Path.of("/proc", String.valueOf(pid), "exe");
        while (!Files.readSymbolicLink(exe).equals(program)) {
            Thread.onSpinWait();
        }
        Files.deleteIfExists(lock);
        Files.createSymbolicLink(lock, Path.of("127.0.0.1:+" + pid));
        return pid;
    }

    private void session(Instant started) {
        sessions.add(new Session(1, APP, processes.getLast().pid(), started, folder, List.of()));
    }

    private List<Long> found() {
        return outside.of(APP).stream().map(Instance::pid).toList();
    }

    private Threshold threshold(boolean display) {
        return new Threshold(
                outside,
                app -> "Firefox",
                handOff -> {
                    shown.add(handOff);
                    return display;
                },
                clock,
                threads);
    }

    @Test
    void whatIsBelowALauncherIsInsideAndAllElseOutside() throws IOException {
        long pid = start(true);
        assertEquals(List.of(pid), found());
        session(Instant.now());
        assertEquals(List.of(), found());
        long second = start(false);
        assertEquals(List.of(second), found());
        assertEquals(1, outside.takingOver(APP).size());
    }

    @Test
    void aProcessThatOnlyGotTheNumberOfALauncherMakesNothingInside() throws IOException {
        long pid = start(true);
        session(Instant.now().minusSeconds(600));
        assertEquals(List.of(pid), found());
    }

    @Test
    void closingAsksAndWaits() throws Exception {
        start(false);
        outside.close(APP);
        assertTrue(processes.getFirst().waitFor(10, TimeUnit.SECONDS));
        assertEquals(List.of(), found());
        outside.close(APP);
    }

    @Test
    void aLaunchWaitsUntilWhatIsOpenWasClosed() throws Exception {
        assertEquals(Admission.FREE, threshold(true).admit(APP));
        start(false);
        Threshold threshold = threshold(true);
        Admission one = threshold.admit(APP);
        Admission two = threshold.admit(APP);
        assertTrue(one.sentence()
                .contains("is open without limits (process "
                        + processes.getFirst().pid() + ")"));
        assertEquals(1, shown.size(), "one window for both");
        assertFalse(one.answer().isDone());
        shown.getFirst().close();
        assertEquals(Optional.empty(), one.answer().get(20, TimeUnit.SECONDS));
        assertEquals(Optional.empty(), two.answer().get(20, TimeUnit.SECONDS));
        shown.getFirst().over().get(20, TimeUnit.SECONDS);
    }

    @Test
    void aConfinedAppThatHandsOnAgainAndAgainCannotHaveLaunchesPileUp() throws Exception {
        start(false);
        Threshold threshold = threshold(true);
        for (int i = 0; i < 16; i++) {
            assertFalse(threshold.admit(APP).answer().isDone());
        }
        Admission last = threshold.admit(APP);
        assertTrue(last.answer().get(20, TimeUnit.SECONDS).orElseThrow().endsWith("Too much waits for that already."));
        shown.getFirst().refuse();
        assertEquals(1, shown.size());
    }

    @Test
    void aLaunchThatIsRefusedStartsNothingAndClosesNothing() throws Exception {
        start(false);
        Admission one = threshold(true).admit(APP);
        shown.getFirst().refuse();
        assertTrue(one.answer().get(20, TimeUnit.SECONDS).orElseThrow().contains("nothing was started"));
        assertTrue(processes.getFirst().isAlive());
    }

    @Test
    void withoutADisplayTheLaunchEndsWithASentence() throws Exception {
        start(false);
        Admission one = threshold(false).admit(APP);
        assertTrue(one.answer().isDone());
        assertTrue(one.answer().get().orElseThrow().endsWith("Close it first: landgrant close firefox.desktop"));
    }

    @Test
    void theQuestionGoesWithTheLastLauncherThatWaits() throws Exception {
        start(false);
        Admission one = threshold(true).admit(APP);
        one.answer().cancel(false);
        CompletableFuture<Void> over = shown.getFirst().over();
        over.get(20, TimeUnit.SECONDS);
        assertTrue(processes.getFirst().isAlive());
    }
}
