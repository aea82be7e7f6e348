package org.landgrant.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Ways out that somebody found once. */
@Timeout(60)
class LauncherAttackTest {
    @TempDir
    Path folder;

    private LauncherRun launcher;

    @BeforeEach
    void home() throws IOException {
        launcher = new LauncherRun(folder);
        launcher.needsAbi(6);
    }

    @Test
    void foldersOfOtherEnvironmentsStayClosed() {
        for (String place : List.of("/tmp", launcher.home + "/.local")) {
            LauncherRun.Outcome refused = launcher.runWith(List.of("--rw", place), "echo", "ran");
            assertEquals(125, refused.status(), place);
            assertTrue(refused.err().contains("Landgrant's own folders"), refused.err());
        }
    }

    @Test
    void limitsOfOtherProcessesStay() {
        assumeTrue(System.getProperty("os.arch").equals("amd64"), "system call numbers of x86_64");
        String script = "my $l = \"\\0\" x 16; syscall(302, getppid, 4, 0, $l); print $! + 0, ' ';"
                + " syscall(302, getppid, 4, $l, 0); print $! + 0;";
        assertEquals(
                "0 1", launcher.runWith(List.of(), "perl", "-e", script).out());
    }

    @Test
    void aLinkBehindAnHonestLinkGrantsNothing() throws IOException {
        Path real = Files.createDirectory(launcher.home.resolve("real"));
        Path link = Files.createSymbolicLink(launcher.home.resolve("link"), real);
        Path secret = Files.createDirectory(launcher.home.resolve("private"));
        Files.writeString(secret.resolve("key"), "secret\n");
        Files.createSymbolicLink(real.resolve("sub"), secret);
        LauncherRun.Outcome refused =
                launcher.runWith(List.of("--rw", real.toString(), "--ro", link + "/sub"), "cat", secret + "/key");
        assertFalse(refused.out().contains("secret"), refused.out());
    }
}
