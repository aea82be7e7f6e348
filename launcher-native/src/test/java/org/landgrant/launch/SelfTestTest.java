package org.landgrant.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.landgrant.kernel.KernelProbe;
import org.landgrant.launch.SelfTestRow.Reason;
import org.landgrant.launch.SelfTestRow.Subject;
import org.landgrant.launch.SelfTestRow.Verdict;

/** The self-test as people run it: this kernel, the real launcher. */
@Timeout(60)
class SelfTestTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private static int abi;

    @TempDir
    Path folder;

    @BeforeAll
    static void askTheKernel() {
        abi = KernelProbe.ask().facts().landlockAbi();
        assumeTrue(abi > 0, "needs Landlock");
    }

    private static Map<Subject, SelfTestRow> bySubject(List<SelfTestRow> rows) {
        Map<Subject, SelfTestRow> found = new EnumMap<>(Subject.class);
        rows.forEach(row -> found.put(row.subject(), row));
        return found;
    }

    private static List<Path> leftOver() throws IOException {
        try (Stream<Path> all = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return all.filter(path -> path.getFileName().toString().startsWith("landgrant-check-"))
                    .toList();
        }
    }

    @Test
    void everyRowIsFoundByTryingAndNothingIsLeftBehind() throws IOException {
        Path bus = folder.resolve("bus");
        List<SelfTestRow> seen = new ArrayList<>();
        try (ServerSocketChannel listens = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            listens.bind(UnixDomainSocketAddress.of(bus));
            SelfTest.Report report = new SelfTest(
                            LauncherRun.LAUNCHER,
                            Map.of("DISPLAY", ":7", "DBUS_SESSION_BUS_ADDRESS", "unix:path=" + bus + ",guid=1"),
                            LIMIT)
                    .run(seen::add);
            Map<Subject, SelfTestRow> rows = bySubject(report.rows());
            assertEquals(Subject.values().length, rows.size());
            assertEquals(rows, bySubject(seen));
            assertEquals(seen.size(), rows.size(), "each is told once");
            Map<Subject, Verdict> verdicts = new EnumMap<>(Subject.class);
            rows.forEach((subject, row) -> verdicts.put(subject, row.verdict()));
            assertEquals(
                    Map.of(
                            Subject.FILES, abi >= 3 ? Verdict.KERNEL : Verdict.LANDGRANT,
                            Subject.PERMISSIONS, Verdict.LANDGRANT,
                            Subject.TCP, abi >= 4 ? Verdict.KERNEL : Verdict.LANDGRANT,
                            Subject.UDP, abi >= 10 ? Verdict.KERNEL : Verdict.LANDGRANT,
                            Subject.SOCKETS, abi >= 9 ? Verdict.KERNEL : Verdict.LANDGRANT,
                            Subject.PROGRAMS, abi >= 6 ? Verdict.KERNEL : Verdict.NOBODY,
                            Subject.SERVICES, abi >= 9 ? Verdict.KERNEL : Verdict.LANDGRANT,
                            Subject.DISPLAY, Verdict.NOBODY),
                    verdicts);
            assertFalse(report.fine(), "X11 lets every app see the keyboard");
        }
        assertEquals(List.of(), leftOver());
    }

    @Test
    void theVirtualMachineIsAsFreeAsBefore() throws IOException, InterruptedException {
        new SelfTest(LauncherRun.LAUNCHER, Map.of(), LIMIT).run(row -> {});
        Path file = Files.writeString(folder.resolve("file"), "still readable");
        assertEquals("still readable", Files.readString(file));
        Process cat = new ProcessBuilder("cat", file.toString()).start();
        assertEquals(
                "still readable",
                new String(cat.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8));
        assertEquals(0, cat.waitFor());
        assertTrue(cat.onExit().thenApply(ended -> file.toFile().canRead()).join());
        try (Stream<Path> threads = Files.list(Path.of("/proc/self/task"))) {
            for (Path thread : threads.toList()) {
                String status = Files.readString(thread.resolve("status"));
                assertTrue(status.contains("NoNewPrivs:\t0"), status);
            }
        }
    }

    @Test
    void withoutALauncherNothingIsClaimed() {
        SelfTest.Report report =
                new SelfTest(folder.resolve("landgrant"), Map.of("WAYLAND_DISPLAY", "wayland-0"), LIMIT).run(row -> {});
        SelfTestRow files = bySubject(report.rows()).get(Subject.FILES);
        assertEquals(Verdict.UNKNOWN, files.verdict());
        assertEquals(Reason.NOT_STARTED, files.reason());
        assertFalse(report.fine());
    }

    @Test
    void aLauncherThatConfinesNothingIsFound() throws IOException {
        Path fake = folder.resolve("fake");
        Files.writeString(fake, "#!/bin/sh\nwhile [ \"$1\" != -- ]; do shift; done\nshift\nexec \"$@\"\n");
        assertTrue(fake.toFile().setExecutable(true));
        Map<Subject, SelfTestRow> rows =
                bySubject(new SelfTest(fake, Map.of(), LIMIT).run(row -> {}).rows());
        for (Subject subject : List.of(Subject.FILES, Subject.PERMISSIONS, Subject.TCP, Subject.UDP, Subject.SOCKETS)) {
            assertEquals(Verdict.NOBODY, rows.get(subject).verdict(), subject.word());
            assertEquals(Reason.REACHED, rows.get(subject).reason(), subject.word());
        }
        assertEquals(Verdict.ABSENT, rows.get(Subject.SERVICES).verdict());
    }

    @Test
    void aLauncherThatNeverAnswersIsGivenUp() throws IOException {
        Path fake = folder.resolve("fake");
        Files.writeString(fake, "#!/bin/sh\nexec sleep 60\n");
        assertTrue(fake.toFile().setExecutable(true));
        SelfTest.Report report = new SelfTest(fake, Map.of(), Duration.ofMillis(300)).run(row -> {});
        assertEquals(
                Verdict.UNKNOWN, bySubject(report.rows()).get(Subject.FILES).verdict());
    }
}
