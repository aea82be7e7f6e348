package org.landgrant.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Mode, owner, times and extended attributes: changed where files may be written, and nowhere else. */
@Timeout(60)
class LauncherAttributesTest {
    private static final FileTime THEN = FileTime.fromMillis(86_400_000);

    @TempDir
    Path folder;

    private LauncherRun launcher;
    private Path file;

    @BeforeEach
    void home() throws IOException {
        launcher = new LauncherRun(folder);
        launcher.needsAbi(6);
        file = Files.writeString(folder.resolve("file"), "text\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        Files.setLastModifiedTime(file, THEN);
    }

    private LauncherRun.Outcome perl(String flag, String script) {
        return launcher.runWith(List.of(flag, file.toString()), "perl", "-e", script, file.toString());
    }

    private void assertUnchanged() throws IOException {
        assertEquals("rw-r-----", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertEquals(THEN, Files.getLastModifiedTime(file));
    }

    @Test
    void aFileThatMayOnlyBeReadKeepsItsMode() throws IOException {
        assertEquals("13", perl("--ro", "chmod(0777, $ARGV[0]); print $! + 0").out());
        assertEquals(
                "13",
                perl("--ro", "open(F, '<', $ARGV[0]); chmod(0777, *F); print $! + 0")
                        .out());
        assertUnchanged();
    }

    @Test
    void aFileThatMayOnlyBeReadKeepsItsTimes() throws IOException {
        assertEquals("13", perl("--ro", "utime(1, 2, $ARGV[0]); print $! + 0").out());
        assertEquals(
                "13",
                perl("--ro", "open(F, '<', $ARGV[0]); utime(1, 2, *F); print $! + 0")
                        .out());
        assertUnchanged();
    }

    @Test
    void aFileThatMayOnlyBeReadKeepsItsOwner() {
        assertEquals("13", perl("--ro", "chown(-1, -1, $ARGV[0]); print $! + 0").out());
    }

    @Test
    void aFileThatMayBeWrittenIsChanged() throws IOException {
        assertEquals(
                "111",
                perl("--rw", "print chmod(0600, $ARGV[0]), utime(5, 7, $ARGV[0]), chown(-1, -1, $ARGV[0])")
                        .out());
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertEquals(FileTime.fromMillis(7000), Files.getLastModifiedTime(file));
    }

    @Test
    void aLinkLeadsToWhatItLeadsTo() throws IOException {
        Path mine = Files.createDirectory(folder.resolve("mine"));
        Path link = Files.createSymbolicLink(mine.resolve("link"), file);
        LauncherRun.Outcome outcome = launcher.runWith(
                List.of("--rw", mine.toString()), "perl", "-e", "chmod(0777, $ARGV[0]); print $! + 0", link.toString());
        assertEquals("13", outcome.out());
        assertUnchanged();
    }

    @Test
    void theRefusalIsTold() {
        LauncherRun.Outcome outcome = perl("--ro", "chmod(0777, $ARGV[0])");
        assertTrue(outcome.err().contains("refused changing " + file), outcome.err());
    }

    @Test
    void flagsOfAFileOpenedForReadingStay() {
        assertEquals(
                "1",
                perl("--ro", "open(F, '<', $ARGV[0]); my $f = pack('l', 0); ioctl(F, 0x40086602, $f); print $! + 0")
                        .out());
    }

    @Test
    void prioritiesChangeWithinTheSessionOnly() {
        assumeTrue(System.getProperty("os.arch").equals("amd64"), "system call numbers of x86_64");
        String script =
                "my $parent = getppid; sub nice_to { print syscall(141, $_[0] + 0, $_[1] + 0, 1) == 0 ? 0 : $! + 0, ' '; }"
                        + " nice_to(0, $parent); nice_to(0, $$); nice_to(0, 0); nice_to(2, 0); nice_to(1, 0);"
                        + " my $child = fork(); if ($child == 0) { sleep 60; exit; } nice_to(0, $child); kill(9, $child);";
        assertEquals("1 0 0 1 1 0 ", perl("--ro", script).out());
    }

    /** They are set by the supervisor, on its own copy of what the program says. */
    @Test
    void schedulersAndProcessorsOfAnotherProcessAreSetAsTheProgramSaidIt() {
        assumeTrue(System.getProperty("os.arch").equals("amd64"), "system call numbers of x86_64");
        String script = "my $child = fork(); if ($child == 0) { sleep 60; exit; } my $idle = pack('l', 0);"
                + " sub try { my $got = syscall(shift, @_); print $got < 0 ? 'e' . ($! + 0) : $got, ' '; }"
                + " my $batch = pack('LLQlLQQQ', 48, 3, 0, 0, 0, 0, 0, 0); my $one = pack('Q', 1); my $back = ' ' x 8;"
                + " try(144, $child, 5, $idle); try(145, $child); try(314, $child, $batch, 0); try(145, $child);"
                + " try(142, $child, $idle); try(144, $child, 5, 8); try(144, $child, 77, $idle);"
                + " try(203, $child, 8, $one); try(204, $child, 8, $back); print unpack('Q', $back), ' ';"
                + " try(251, 1, $child, 16389); try(252, 1, $child); kill(9, $child);";
        assertEquals("0 5 0 3 0 e14 e22 0 8 1 0 16389 ", perl("--ro", script).out());
    }
}
