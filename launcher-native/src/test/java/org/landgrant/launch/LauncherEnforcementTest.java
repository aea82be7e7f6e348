package org.landgrant.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the kernel refuses and allows under the rules of {@code landgrant run}. */
@Timeout(60)
class LauncherEnforcementTest {
    @TempDir
    Path folder;

    private LauncherRun launcher;
    private Path open;
    private Path closed;

    @BeforeEach
    void home() throws IOException {
        launcher = new LauncherRun(folder);
        launcher.needsAbi(6);
        open = Files.createDirectory(launcher.home.resolve("open"));
        closed = Files.createDirectory(launcher.home.resolve("closed"));
        Files.writeString(open.resolve("file"), "open\n");
        Files.writeString(closed.resolve("file"), "secret\n");
    }

    private List<String> openWritable() {
        return List.of("--rw", open.toString());
    }

    @Test
    void readsOnlyWhatIsGranted() {
        LauncherRun.Outcome refused = launcher.runWith(openWritable(), "cat", closed + "/file");
        assertEquals(1, refused.status());
        assertEquals("", refused.out());
        assertTrue(
                refused.err().contains("landgrant: refused reading " + closed + "/file (allow with --ro"),
                refused.err());
        assertEquals(
                "secret\n",
                launcher.runWith(List.of("--ro", closed + "/file"), "cat", closed + "/file")
                        .out());
    }

    @Test
    void listsOnlyWhatIsGranted() {
        assertNotEquals(
                0, launcher.runWith(openWritable(), "ls", closed.toString()).status());
        assertEquals(
                "file\n",
                launcher.runWith(openWritable(), "ls", open.toString()).out());
    }

    @Test
    void readingIsNotWriting() throws IOException {
        List<String> readOnly = List.of("--ro", open.toString());
        LauncherRun.Outcome refused = launcher.runWith(readOnly, "sh", "-c", "echo changed > " + open + "/file");
        assertNotEquals(0, refused.status());
        assertEquals("open\n", Files.readString(open.resolve("file")));
        assertTrue(refused.err().contains("refused changing " + open + "/file (allow with --rw"), refused.err());
        launcher.runWith(openWritable(), "sh", "-c", "echo changed > " + open + "/file");
        assertEquals("changed\n", Files.readString(open.resolve("file")));
    }

    @Test
    void createsAndRemovesOnlyWhereGranted() {
        LauncherRun.Outcome refused = launcher.runWith(
                openWritable(), "sh", "-c", "cd " + closed + "; mkdir d; ln -s x l; touch n; rm file; mkfifo p");
        assertNotEquals(0, refused.status());
        assertEquals(List.of("file"), namesIn(closed));
        for (String name : List.of("d", "l", "n", "file", "p")) {
            assertTrue(refused.err().contains("refused changing " + closed + "/" + name + " "), refused.err());
        }
        launcher.runWith(openWritable(), "sh", "-c", "cd " + open + "; mkdir d; ln -s x l; touch n; rm file; mkfifo p");
        assertEquals(List.of("d", "l", "n", "p"), namesIn(open));
    }

    @Test
    void renamesOnlyBetweenWritableFolders() throws IOException {
        Path second = Files.createDirectory(launcher.home.resolve("second"));
        LauncherRun.Outcome refused = launcher.runWith(
                openWritable(),
                "perl",
                "-e",
                "rename($ARGV[0], $ARGV[1]) or exit 9",
                closed + "/file",
                open + "/moved");
        assertEquals(9, refused.status());
        assertTrue(refused.err().contains("refused changing " + closed + "/file "), refused.err());
        assertEquals(List.of("file"), namesIn(closed));
        LauncherRun.Outcome allowed = launcher.runWith(
                List.of("--rw", open.toString(), "--rw", second.toString()),
                "perl",
                "-e",
                "rename($ARGV[0], $ARGV[1]) or exit 9",
                open + "/file",
                second + "/moved");
        assertEquals(0, allowed.status(), allowed.err());
        assertEquals(List.of("moved"), namesIn(second));
    }

    @Test
    void executesOnlyWhatIsGranted() throws IOException {
        Path program = open.resolve("program");
        Files.writeString(program, "#!/bin/sh\necho ran\n");
        assertTrue(program.toFile().setExecutable(true));
        LauncherRun.Outcome refused = launcher.runWith(openWritable(), program.toString());
        assertEquals(126, refused.status());
        assertTrue(refused.err().contains("refused running " + program), refused.err());
        assertEquals(
                "ran\n",
                launcher.runWith(List.of("--rox", open.toString()), program.toString())
                        .out());
    }

    @Test
    void linksLeadNowhereNew() throws IOException {
        Files.createSymbolicLink(open.resolve("link"), closed.resolve("file"));
        LauncherRun.Outcome refused = launcher.runWith(openWritable(), "cat", open + "/link");
        assertEquals(1, refused.status());
        assertTrue(refused.err().contains("refused reading " + closed + "/file "), refused.err());
    }

    @Test
    void tellsRelativePathsAndNewLinesWhole() throws IOException {
        Files.writeString(closed.resolve("two\nlines"), "x");
        LauncherRun.Outcome refused =
                launcher.runWith(openWritable(), "sh", "-c", "cd " + open + "; cat '../closed/two\nlines'");
        assertEquals(1, refused.status());
        assertTrue(refused.err().contains("refused reading " + closed + "/two\\nlines "), refused.err());
    }

    @Test
    void whatDoesNotExistIsNotTold() {
        LauncherRun.Outcome outcome = launcher.runWith(openWritable(), "cat", closed + "/none", "/no/such");
        assertEquals(1, outcome.status());
        assertFalse(outcome.err().contains("refused"), outcome.err());
    }

    @Test
    void connectsOnlyToGrantedPorts() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            int port = server.getLocalPort();
            String connect = "exec 3<>/dev/tcp/127.0.0.1/" + port;
            LauncherRun.Outcome refused = launcher.runWith(List.of(), "bash", "-c", connect);
            assertNotEquals(0, refused.status());
            assertTrue(
                    refused.err().contains("refused connecting to TCP port " + port + " (allow with --connect-tcp"),
                    refused.err());
            assertEquals(
                    0,
                    launcher.runWith(List.of("--connect-tcp", String.valueOf(port)), "bash", "-c", connect)
                            .status());
        }
    }

    @Test
    void listensOnlyOnGrantedPorts() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        String listen =
                "use Socket; socket(my $s, PF_INET, SOCK_STREAM, 0); setsockopt($s, SOL_SOCKET, SO_REUSEADDR, 1);"
                        + " bind($s, sockaddr_in(" + port + ", INADDR_LOOPBACK)) or exit 9; listen($s, 1) or exit 8";
        LauncherRun.Outcome refused = launcher.runWith(List.of(), "perl", "-e", listen);
        assertEquals(9, refused.status());
        assertTrue(
                refused.err().contains("refused listening on TCP port " + port + " (allow with --bind-tcp"),
                refused.err());
        LauncherRun.Outcome allowed =
                launcher.runWith(List.of("--bind-tcp", String.valueOf(port)), "perl", "-e", listen);
        assertEquals(0, allowed.status(), allowed.err());
    }

    @Test
    void waysAroundTheWallAreClosed() {
        String probe = "$! = 0; my $r = syscall(%s); print $! + 0, ' ';";
        String script = String.format(probe, "425, 1, 0") // io_uring_setup: ENOSYS
                + String.format(probe, "272, 0x20000") // unshare(CLONE_NEWNS): EPERM
                + String.format(probe, "16, 0, 0x5412, 0") // ioctl(TIOCSTI): EPERM
                + String.format(probe, "41, 43, 1, 0") // socket(AF_SMC): EAFNOSUPPORT
                + String.format(probe, "435, 0, 0") // clone3: ENOSYS
                + String.format(probe, "41, 2, 1, 262"); // socket(IPPROTO_MPTCP): EPROTONOSUPPORT
        assumeTrue(System.getProperty("os.arch").equals("amd64"), "system call numbers of x86_64");
        assertEquals(
                "38 1 1 97 38 93 ",
                launcher.runWith(List.of(), "perl", "-e", script).out());
    }

    @Test
    void signalsStayInside() {
        String pid = String.valueOf(ProcessHandle.current().pid());
        assertNotEquals(
                0, launcher.runWith(List.of(), "sh", "-c", "kill -0 " + pid).status());
        assertEquals(
                0,
                launcher.runWith(List.of(), "sh", "-c", "sleep 60 & kill -0 $! && kill $!")
                        .status());
    }

    @Test
    void aPlantedLinkGrantsNothing() throws IOException {
        Path planted = Files.createSymbolicLink(open.resolve("planted"), closed);
        LauncherRun.Outcome outcome =
                launcher.runWith(List.of("--rw", open.toString(), "--ro", planted.toString()), "cat", closed + "/file");
        assertEquals(1, outcome.status());
        assertTrue(outcome.err().contains(planted + " is not granted"), outcome.err());
        Path honest = Files.createSymbolicLink(launcher.home.resolve("honest"), closed);
        assertEquals(
                "secret\n",
                launcher.runWith(List.of("--rw", open.toString(), "--ro", honest.toString()), "cat", closed + "/file")
                        .out());
    }

    @Test
    void refusesRulesInItsOwnFolders() throws IOException {
        Path own = Files.createDirectories(launcher.data.resolve("landgrant"));
        for (Path path : List.of(own, own.resolve("policies"))) {
            LauncherRun.Outcome refused = launcher.runWith(List.of("--ro", path.toString()), "echo", "ran");
            assertEquals(125, refused.status(), path.toString());
            assertEquals("", refused.out());
            assertTrue(refused.err().contains("Landgrant's own folders"), refused.err());
        }
        Files.writeString(own.resolve("secret"), "secret\n");
        for (Path path : List.of(launcher.data, folder, Path.of("/"))) {
            LauncherRun.Outcome around = launcher.runWith(
                    List.of("--rw", path.toString()),
                    "cat",
                    open + "/file",
                    own.resolve("secret").toString());
            assertEquals(path.equals(launcher.data) ? "" : "open\n", around.out(), path.toString());
            assertTrue(around.err().contains("refused reading " + own + "/secret"), around.err());
        }
        Path alias = Files.createSymbolicLink(folder.resolve("alias"), own);
        LauncherRun.Outcome aliased = launcher.runWith(
                List.of("--ro", alias.toString()), "cat", own.resolve("secret").toString());
        assertEquals("", aliased.out());
        assertTrue(aliased.err().contains(alias + " is not granted"), aliased.err());
    }

    private static List<String> namesIn(Path folder) {
        String[] names = folder.toFile().list();
        Arrays.sort(names);
        return List.of(names);
    }
}
