package org.landgrant.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.landgrant.kernel.KernelRefusal;

/** The real program that reads audit records, with the capability and without, called by friends and by others. */
@Timeout(60)
class AuditHelperTest {
    private static final Path BUILT = Path.of("target/libexec/landgrant-audit").toAbsolutePath();
    private static final String APP = "audited.desktop";

    /** CAP_AUDIT_READ, permitted and effective, as linux/capability.h has it (VFS_CAP_REVISION_2). */
    private static final String GIVE = "import os, struct, sys;"
            + "os.setxattr(sys.argv[1], 'security.capability', struct.pack('<5I', 0x02000001, 0, 0, 0x20, 0))";

    @TempDir
    Path folder;

    private Path installed;
    private Path helper;

    /** Whoever is nobody's user here. */
    private static List<String> stranger(String id) {
        return List.of("setpriv", "--reuid=" + id, "--regid=" + id, "--clear-groups");
    }

    @BeforeEach
    void copies() throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        installed = folder.resolve("installed");
        helper = Files.createDirectories(installed.resolve("libexec")).resolve("landgrant-audit");
        copy(helper);
    }

    /** Without a capability that the one which was built may have. */
    private static Path copy(Path to) throws IOException {
        Files.copy(BUILT, to);
        return Files.setPosixFilePermissions(to, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static LauncherRun.Outcome run(List<String> before, String... words) throws IOException {
        List<String> command = new ArrayList<>(before);
        command.addAll(List.of(words));
        return LauncherRun.finish(new ProcessBuilder(command).start());
    }

    private static void needsRoot() {
        assumeTrue("root".equals(System.getProperty("user.name")), "giving a file a capability needs root");
    }

    private void give() throws IOException {
        needsRoot();
        LauncherRun.Outcome outcome = run(List.of(), "python3", "-c", GIVE, helper.toString());
        assumeTrue(outcome.status() == 0, () -> "this file system keeps no capabilities: " + outcome.err());
        assumeTrue(
                new AuditHelper(helper).state() == AuditHelper.State.READABLE,
                "the kernel lets nobody read audit records here");
    }

    private void needsRecords() throws IOException {
        give();
        String enabled = run(
                        List.of(),
                        Path.of("target/native/programs/audit_state")
                                .toAbsolutePath()
                                .toString())
                .out()
                .strip();
        assumeTrue(!enabled.isEmpty() && !enabled.equals("0"), "auditing is switched off on this kernel");
    }

    /** The helper as another user, ready; then what it prints. */
    private final class Reader implements AutoCloseable {
        final Process process;
        final BufferedReader lines;

        Reader(String user) throws IOException {
            List<String> command = new ArrayList<>(stranger(user));
            command.add(helper.toString());
            process = new ProcessBuilder(command).start();
            lines = process.inputReader();
            assertEquals("ready", lines.readLine());
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }

    @Test
    void withoutTheCapabilityItSaysWhoCanHelp() throws IOException {
        LauncherRun.Outcome outcome = run(List.of(), helper.toString());
        assertEquals(3, outcome.status());
        assertEquals("", outcome.out());
        assertTrue(outcome.err().contains("landgrant check"), outcome.err());
        assertEquals(AuditHelper.State.SWITCHED_OFF, new AuditHelper(helper).state());
        assertEquals(Optional.empty(), new AuditHelper(helper).open());
        assertEquals(AuditHelper.State.NONE, new AuditHelper(folder.resolve("none")).state());
    }

    @Test
    void itTakesNoWords() throws IOException {
        assertEquals(2, run(List.of(), helper.toString(), "--help").status());
    }

    @Test
    void whoMayRunItCanNeitherLookIntoItNorTakeItsSocket() throws IOException {
        give();
        try (Reader reader = new Reader("1777")) {
            String pid = String.valueOf(reader.process.pid());
            String status = Files.readString(Path.of("/proc/" + pid + "/status"));
            assertTrue(status.contains("\nUid:\t1777\t1777\t1777\t1777\n"), status);
            assertTrue(status.contains("\nCapEff:\t0000000000000000\n"), status);
            assertTrue(status.contains("\nCapPrm:\t0000000000000000\n"), status);
            assertTrue(status.contains("\nNoNewPrivs:\t1\n"), status);
            for (String what : List.of("fd", "mem", "maps", "environ")) {
                assertNotEquals(
                        0,
                        run(stranger("1777"), "head", "-c1", "/proc/" + pid + "/" + what)
                                .status(),
                        what);
            }
            assertNotEquals(
                    0, run(stranger("1777"), "ls", "/proc/" + pid + "/fd").status());
            Path take = Files.copy(Path.of("target/native/programs/takes"), folder.resolve("takes"));
            Files.setPosixFilePermissions(take, PosixFilePermissions.fromString("rwxr-xr-x"));
            assertEquals(1, run(stranger("1777"), take.toString(), pid, "3").status(), "EPERM");
            assertEquals(0, run(List.of(), take.toString(), pid, "3").status(), "root can, so the try is a real one");
        }
    }

    @Test
    void itsInputsAndItsEnvironmentChangeNothing() throws IOException {
        give();
        for (String odd : List.of(
                "exec <&-; exec 2>&-; exec \"$0\" | head -n 1",
                "LD_PRELOAD=/nonexistent.so GLIBC_TUNABLES=glibc.malloc.check=3 exec -a '' \"$0\" | head -n 1",
                "trap '' PIPE TERM; ulimit -n 8; \"$0\" </dev/full | head -n 1",
                "for fd in 3 4 5 6 7 8 9; do eval \"exec $fd</etc/passwd\"; done; \"$0\" | head -n 1")) {
            LauncherRun.Outcome outcome = run(stranger("1777"), "bash", "-c", odd, helper.toString());
            assertEquals("ready\n", outcome.out(), odd + outcome.err());
        }
        // Without an output it is no use, and ends.
        assertEquals(
                0,
                run(stranger("1777"), "bash", "-c", "\"$0\" >&- 2>&-; true", helper.toString())
                        .status());
    }

    @Test
    void itEndsWhenNobodyReadsAnyMore() throws IOException, InterruptedException {
        give();
        try (Reader reader = new Reader("1777")) {
            reader.lines.close();
            assertTrue(reader.process.waitFor(20, TimeUnit.SECONDS));
        }
    }

    @Test
    void aConfinedAppGetsNothingByIt() throws IOException {
        give();
        LauncherRun launcher = new LauncherRun(folder);
        launcher.needsAbi(1);
        LauncherRun.Outcome outcome = launcher.runWith(List.of("--rox", installed.toString()), helper.toString());
        assertNotEquals(0, outcome.status());
        assertFalse(outcome.out().contains("ready"), outcome.out());
    }

    private String signalsRoot() throws IOException {
        LauncherRun launcher = new LauncherRun(Files.createTempDirectory(folder, "run"));
        launcher.needsAbi(7);
        launcher.install(installed);
        // A process of the same user, so that only the kernel's rules stand between them.
        launcher.writePolicy(
                APP, LauncherRun.policy(APP, "command /usr/bin/env", "command kill", "command -0", "command 1"));
        return launcher.launch(APP).err();
    }

    @Test
    void whatOnlyTheKernelRefusedIsToldToWhoTriedItAndToNobodyElse() throws IOException, InterruptedException {
        needsRecords();
        LinkedBlockingQueue<KernelRefusal> heard = new LinkedBlockingQueue<>();
        try (AuditHelper.Ear ear = new AuditHelper(helper).open().orElseThrow();
                Reader other = new Reader("1777")) {
            Thread listener = Thread.ofVirtual().start(() -> ear.listen(heard::add));
            String said = signalsRoot();
            KernelRefusal refusal = heard.poll(20, TimeUnit.SECONDS);
            while (refusal != null && !refusal.rights().contains("scope.signal")) {
                refusal = heard.poll(20, TimeUnit.SECONDS);
            }
            assertTrue(refusal != null, said);
            assertEquals("1", refusal.object().get("opid"));
            assertFalse(said.contains("refused"), "the supervisor cannot see it: " + said);
            // By now the other one would have heard it; it hears its own only.
            LauncherRun own = new LauncherRun(Files.createTempDirectory(folder, "own"));
            own.install(folder.resolve("readable"));
            own.within(stranger("1778"));
            own.run(List.of("--rox", "/usr", "--ro", "/etc", "--log-enable-subprocesses"), "cat", "/usr/../root/x");
            own.within(stranger("1777"));
            own.run(List.of("--rox", "/usr", "--ro", "/etc", "--log-enable-subprocesses"), "cat", "/srv");
            String first = other.lines.readLine();
            while (first.equals("lost")) { // where much else is written down meanwhile
                first = other.lines.readLine();
            }
            assertTrue(first.contains("\"/srv\""), first);
            ear.stop();
            listener.join();
        }
    }

    @Test
    void withoutTheCapabilityNothingIsWrittenDown() throws IOException {
        needsRecords();
        Path listening = copy(folder.resolve("listening"));
        run(List.of(), "python3", "-c", GIVE, listening.toString());
        run(
                List.of(),
                "python3",
                "-c",
                "import os, sys; os.removexattr(sys.argv[1], 'security.capability')",
                helper.toString());
        try (AuditHelper.Ear ear = new AuditHelper(listening).open().orElseThrow()) {
            signalsRoot();
            // What is asked for is written; so what came before would have come before.
            new LauncherRun(Files.createTempDirectory(folder, "asked"))
                    .run(List.of("--rox", "/usr", "--ro", "/etc", "--log-enable-subprocesses"), "cat", "/srv");
            List<KernelRefusal> heard = new ArrayList<>();
            ear.listen(refusal -> {
                heard.add(refusal);
                if (refusal.path().equals(Optional.of("/srv"))) {
                    ear.stop();
                }
            });
            assertTrue(heard.stream().noneMatch(refusal -> refusal.rights().contains("scope.signal")), heard::toString);
            assertTrue(heard.stream().anyMatch(refusal -> refusal.path().equals(Optional.of("/srv"))), heard::toString);
        }
    }
}
