package org.landgrant.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a session may change of processes and of shared memory: its own, and nobody else's. */
@Timeout(60)
class LauncherMembersTest {
    private static final Path MEMBERS =
            Path.of("target/native/programs/members").toAbsolutePath();

    @TempDir
    Path folder;

    private LauncherRun launcher;
    private Process stranger;

    @BeforeEach
    void begin() throws IOException {
        launcher = new LauncherRun(folder);
        launcher.needsAbi(6);
        stranger = new ProcessBuilder("sleep", "60").start();
    }

    @AfterEach
    void end() {
        stranger.destroyForcibly();
    }

    private Map<String, String> inside(String... rules) throws IOException {
        Path writable = Files.createDirectories(folder.resolve("writable"));
        List<String> all = new ArrayList<>(List.of("--rw", writable.toString(), "--rox", MEMBERS.toString()));
        all.addAll(List.of(rules));
        LauncherRun.Outcome outcome = launcher.runWith(
                all,
                MEMBERS.toString(),
                String.valueOf(stranger.pid()),
                "-1",
                writable.resolve("link").toString());
        assertEquals(0, outcome.status(), outcome.err());
        return outcome.out()
                .lines()
                .map(line -> line.split(": ", 2))
                .collect(Collectors.toMap(line -> line[0], line -> line[1]));
    }

    private static void assertAll(String wanted, Map<String, String> said, String... names) {
        for (String name : names) {
            assertEquals(wanted, said.get(name), name);
        }
    }

    @Test
    void aRuleToWriteInProcIsForTheProcessesOfTheSessionOnly() throws IOException {
        Map<String, String> said = inside("--rw", "/proc");
        assertAll("ok", said, "own oom", "own name", "thread name", "own mem", "child oom", "child dump");
        assertAll("EACCES", said, "stranger oom", "stranger dump", "launcher oom", "linked oom");
        assertAll("EACCES", said, "child mem", "own group");
    }

    @Test
    void aBrowserCanMapTheUserOfItsInnerNamespaces() throws IOException {
        assertAll(
                "ok",
                inside("--rw", "/proc"),
                "user namespace",
                "user and process namespace",
                "namespace in a namespace");
    }

    @Test
    void aRuleToWriteEverywhereIsNoWiderInProc() throws IOException {
        Map<String, String> said = inside("--rw", "/");
        assertAll("ok", said, "own oom", "child oom", "user namespace");
        assertAll("EACCES", said, "stranger oom", "stranger dump", "launcher oom");
    }

    @Test
    void aRuleToReadProcLetsNothingBeWrittenThere() throws IOException {
        Map<String, String> said = inside("--ro", "/proc");
        assertAll("EACCES", said, "own oom", "child oom", "stranger oom", "user namespace");
    }

    @Test
    void memoryIsSharedWithinTheSession() throws IOException {
        Map<String, String> said = inside();
        assertAll("ok", said, "memory of an ended child", "memory asked about", "memory removed");
        assertAll("ok", said, "much memory one after another");
        assertAll("EINVAL", said, "memory gone");
    }

    @Test
    void nothingIsSharedByKeysWithOtherPrograms() throws IOException {
        Map<String, String> said = inside();
        assertAll("EPERM", said, "memory by key");
        assertAll("ENOSYS", said, "semaphores");
    }

    @Test
    void memoryHasItsMostAndIsGoneAfterTheSession() throws IOException {
        Map<String, String> said = inside();
        assertAll("ENOSPC", said, "too much memory", "too many pieces of memory");
        assertAll("1024", said, "pieces");
        List<String> numbers = Files.readAllLines(Path.of("/proc/sysvipc/shm")).stream()
                .map(line -> line.strip().split("\\s+", -1)[1])
                .toList();
        assertFalse(numbers.contains(said.get("left")), numbers::toString);
    }
}
