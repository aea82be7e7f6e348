package org.landgrant.launch;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
    void foldersOfOtherEnvironmentsStayClosed() throws IOException {
        Files.createDirectories(launcher.home.resolve(".local/share"));
        for (String place : List.of(launcher.home.toString(), launcher.home + "/.local")) {
            LauncherRun.Outcome refused = launcher.runWith(
                    List.of("--rw", place), "mkdir", "-p", launcher.home + "/.local/share/landgrant/policies");
            assertNotEquals(0, refused.status(), place);
            assertFalse(Files.exists(launcher.home.resolve(".local/share/landgrant")), place);
        }
    }

    @Test
    void aDataFolderThatIsNotThereYetCannotBeForged() {
        assertFalse(Files.exists(launcher.data));
        launcher.runWith(List.of("--rw", folder.toString()), "mkdir", "-p", launcher.data + "/landgrant/policies");
        assertFalse(Files.exists(launcher.data.resolve("landgrant")));
    }

    @Test
    void aLinkOnTheWayToTheDataFolderCannotBeReplaced() throws IOException {
        Path real = Files.createDirectories(folder.resolve("elsewhere/real"));
        Files.createSymbolicLink(launcher.data, real);
        for (Path path : List.of(real, real.getParent(), folder)) {
            launcher.runWith(
                    List.of("--rw", path.toString()),
                    "sh",
                    "-c",
                    "mkdir -p " + real + "/landgrant/policies; rm -f " + launcher.data + "; mv " + real + " " + real
                            + "2");
            assertFalse(Files.exists(real.resolve("landgrant")), path.toString());
            assertTrue(Files.isSymbolicLink(launcher.data), path.toString());
        }
    }

    @Test
    void aCallerThatIgnoresItsChildrenStillHearsTheStatus() throws Exception {
        Process process = new ProcessBuilder(
                        "perl",
                        "-e",
                        "$SIG{CHLD} = 'IGNORE'; exec @ARGV",
                        LauncherRun.LAUNCHER.toString(),
                        "run",
                        "--rox",
                        "/usr",
                        "--ro",
                        "/etc",
                        "--",
                        "sh",
                        "-c",
                        "sleep 0.2; exit 7")
                .start();
        assertEquals(7, process.waitFor());
    }

    /** Calls that have one fixed answer inside, and another outside: name, call in perl, errno inside. */
    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            typing into the terminal ; syscall(16, 0, 0x5412, 0) ; 1
            removing a subvolume ; syscall(16, 0, 0x5000940f, 0) ; 1
            a detached mount ; syscall(428, -1, 0, 1) ; 1
            changing a mount ; syscall(442, -1, 0, 0, 0, 0) ; 1
            kernel keys ; syscall(250, 0x7fff, 0, 0, 0, 0) ; 1
            kernel programs ; syscall(321, 0x7fff, 0, 0) ; 1
            performance events ; syscall(298, 0, 0, -1, -1, 0) ; 1
            user faults ; syscall(323, 0x7fff) ; 1
            io_uring ; syscall(425, 0, 0) ; 38
            clone with unreadable flags ; syscall(435, 0, 0) ; 38
            a mount namespace ; syscall(272, 0x20000 | 0x10000000 | 1) ; 1
            multipath TCP ; syscall(41, 2, 1, 262) ; 93
            """)
    void theCallIsClosedInsideAndNotOutside(String name, String call, int errno) throws Exception {
        assumeTrue(System.getProperty("os.arch").equals("amd64"), "system call numbers of x86_64");
        String script = call + "; print $! + 0";
        assertEquals(
                String.valueOf(errno),
                launcher.runWith(List.of(), "perl", "-e", script).out(),
                name);
        Process outside = new ProcessBuilder("perl", "-e", script).start();
        assertNotEquals(
                String.valueOf(errno), new String(outside.getInputStream().readAllBytes(), US_ASCII), name);
    }

    @Test
    void limitsOfOtherProcessesStay() {
        assumeTrue(System.getProperty("os.arch").equals("amd64"), "system call numbers of x86_64");
        String script = "my $l = \"\\0\" x 16; syscall(302, getppid, 4, 0, $l); print $! + 0, ' ';"
                + " syscall(302, getppid, 4, $l, 0); print $! + 0;";
        assertEquals("0 1", launcher.runWith(List.of(), "perl", "-e", script).out());
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
