package org.landgrant.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How sessions begin and end: statuses, signals, descriptors, nesting, mistakes on the command line. */
@Timeout(60)
class LauncherSessionTest {
    @TempDir
    Path folder;

    private LauncherRun launcher;

    @BeforeEach
    void home() throws IOException {
        launcher = new LauncherRun(folder);
        launcher.needsAbi(6);
    }

    private Process startShell(String script) {
        List<String> arguments = new ArrayList<>(List.of("run", "--quiet"));
        arguments.addAll(LauncherRun.SYSTEM);
        arguments.addAll(List.of("--", "sh", "-c", script));
        return launcher.start(arguments);
    }

    @Test
    void leavesWithTheAppsStatus() {
        assertEquals(7, launcher.runWith(List.of(), "sh", "-c", "exit 7").status());
        assertEquals(
                128 + 9,
                launcher.runWith(List.of(), "sh", "-c", "kill -KILL $$").status());
        assertEquals(127, launcher.runWith(List.of(), "/usr/no-such-program").status());
        assertEquals(126, launcher.runWith(List.of(), "/etc/passwd").status());
    }

    @Test
    void withoutRulesNothingRuns() {
        LauncherRun.Outcome outcome = launcher.run(List.of(), "/usr/bin/touch", launcher.home + "/made");
        assertEquals(126, outcome.status());
        assertFalse(Files.exists(launcher.home.resolve("made")));
        assertTrue(outcome.err().contains("could not be started"), outcome.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"70000", "65536", "-1", "", "http", "080", "99999999999999999999"})
    void refusesPortsThatAreNone(String port) {
        LauncherRun.Outcome outcome = launcher.runWith(List.of("--connect-tcp", port), "echo", "ran");
        assertEquals(125, outcome.status());
        assertEquals("", outcome.out());
        assertTrue(outcome.err().contains("a port"), outcome.err());
    }

    @Test
    void refusesMistakesInOneSentence() {
        for (List<String> rules : List.of(
                List.of("--ro", "/no/such/path"), List.of("--ro", ""), List.of("--nonsense"), List.of("--ro"))) {
            LauncherRun.Outcome outcome = launcher.runWith(rules, "echo", "ran");
            assertEquals(125, outcome.status(), rules.toString());
            assertEquals("", outcome.out());
            assertEquals(1, outcome.err().lines().count(), outcome.err());
        }
        assertEquals(125, LauncherRun.finish(launcher.start(List.of("run"))).status());
        assertEquals(
                125, LauncherRun.finish(launcher.start(List.of("run", "--"))).status());
        assertEquals(
                125, LauncherRun.finish(launcher.start(List.of("--nonsense"))).status());
    }

    @Test
    void aSignalToTheLauncherEndsTheAppWithIt() throws Exception {
        Process process = startShell("echo $$; exec sleep 60");
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            long app = Long.parseLong(out.readLine());
            process.destroy(); // SIGTERM
            assertEquals(128 + 15, process.waitFor());
            assertFalse(ProcessHandle.of(app).isPresent());
        }
    }

    @Test
    void theAppDiesWithItsSupervisor() throws Exception {
        Process process = startShell("echo $$; exec sleep 60");
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            ProcessHandle app = ProcessHandle.of(Long.parseLong(out.readLine())).orElseThrow();
            process.destroyForcibly();
            process.waitFor();
            app.onExit().join();
            assertFalse(app.isAlive());
        }
    }

    @Test
    void lastsUntilTheLastProcessEnded() {
        LauncherRun.Outcome outcome = launcher.runWith(
                List.of("--rw", "/dev/null"), "sh", "-c", "(setsid sh -c 'sleep 0.3; echo late') & exit 3");
        assertEquals(3, outcome.status());
        assertEquals("late\n", outcome.out());
    }

    @Test
    void inheritsNoDescriptors() throws Exception {
        Path secret = Files.writeString(launcher.home.resolve("secret"), "secret\n");
        String inner = LauncherRun.LAUNCHER + " run --quiet --rox /usr --ro /etc -- sh -c 'cat <&9'";
        Process process = new ProcessBuilder("sh", "-c", "exec 9<" + secret + "; exec " + inner).start();
        LauncherRun.Outcome outcome = LauncherRun.finish(process);
        assertNotEquals(0, outcome.status());
        assertEquals("", outcome.out());
    }

    @Test
    void hasNoNewPrivilegesAndAFilter() {
        LauncherRun.Outcome outcome =
                launcher.runWith(List.of("--ro", "/proc"), "grep", "-E", "^(NoNewPrivs|Seccomp):", "/proc/self/status");
        assertEquals("NoNewPrivs:\t1\nSeccomp:\t2\n", outcome.out());
    }

    @Test
    void runsWithinAnotherSession() {
        String own = LauncherRun.LAUNCHER.toString();
        LauncherRun.Outcome outcome = launcher.runWith(
                List.of("--rox", own, "--ro", "/proc"),
                own,
                "run",
                "--rox",
                "/usr",
                "--ro",
                "/etc/passwd",
                "--",
                "sh",
                "-c",
                "cat /etc/hostname || exit 5");
        assertEquals(5, outcome.status(), outcome.err());
        assertTrue(outcome.err().contains("within another session"), outcome.err());
    }

    /** Handlers that restart calls, as nearly all programs install them; receive.h says what others get. */
    @Test
    void survivesStormsOfCallsAndSignals() {
        String storm = "use POSIX; use Time::HiRes 'setitimer', 'ITIMER_REAL';"
                + " my $h = POSIX::SigAction->new(sub {}, POSIX::SigSet->new, SA_RESTART); $h->safe(1);"
                + " sigaction(SIGALRM, $h);"
                + " setitimer(ITIMER_REAL, 0.005, 0.005);"
                + " for (1..20000) { open(my $f, '<', '/etc/passwd') or do { print \"$!\\n\"; exit 1 } }"
                + " print 'done';";
        LauncherRun.Outcome outcome = launcher.runWith(List.of(), "perl", "-e", storm);
        assertEquals("done", outcome.out());
        assertEquals(0, outcome.status());
    }

    @Test
    void worksWithoutHomeAndRuntimeFolder() throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                LauncherRun.LAUNCHER.toString(), "run", "--rox", "/usr", "--ro", "/etc", "--", "echo", "ran");
        builder.environment().clear();
        LauncherRun.Outcome outcome = LauncherRun.finish(builder.start());
        assertEquals("ran\n", outcome.out(), outcome.err());
    }
}
