package org.landgrant.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Which sockets a session reaches, asked by a real program of a real kernel. */
@Timeout(60)
class LauncherSocketsTest {
    /** Errors as Linux numbers them. */
    private static final String DONE = "0";

    private static final String NOT_PERMITTED = "1";
    private static final String DENIED = "13";

    private static final String PERL = "use Socket; use IO::Handle; sub say_it { print((shift) ? 0 : $! + 0); }"
            + " sub unix { my $s; socket($s, AF_UNIX, SOCK_STREAM, 0) or die; $s }"
            + " sub tcp { my $s; socket($s, AF_INET, SOCK_STREAM, 0) or die; $s } ";

    @TempDir
    Path folder;

    private LauncherRun launcher;
    private Path shared;
    private final List<AutoCloseable> open = new ArrayList<>();

    @BeforeEach
    void home() throws IOException {
        launcher = new LauncherRun(folder);
        launcher.needsAbi(6);
        shared = Files.createDirectory(folder.resolve("shared"));
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable one : open) {
            one.close();
        }
    }

    private Path foreignSocket(String name) throws IOException {
        Path path = shared.resolve(name);
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        open.add(server);
        server.bind(UnixDomainSocketAddress.of(path));
        return path;
    }

    private String inside(List<String> rules, String script) {
        LauncherRun.Outcome outcome = launcher.runWith(rules, "perl", "-e", PERL + script);
        assertEquals(0, outcome.status(), outcome.err());
        return outcome.out();
    }

    private static String connectTo(Object path) {
        return "say_it(connect(unix(), pack_sockaddr_un('" + path + "')));";
    }

    @Test
    void aSocketOfOthersIsNotReachedThroughItsFolder() throws IOException {
        Path foreign = foreignSocket("foreign");
        assertEquals(DENIED, inside(List.of("--rw", shared.toString()), connectTo(foreign)));
    }

    @Test
    void aSocketThatIsNamedIsReached() throws IOException {
        Path named = foreignSocket("named");
        assertEquals(DONE, inside(List.of("--rw", named.toString()), connectTo(named)));
    }

    @Test
    void aLinkToASocketOfOthersOpensNothing() throws IOException {
        Path foreign = foreignSocket("foreign");
        Path link = Files.createSymbolicLink(shared.resolve("link"), foreign);
        assertEquals(DENIED, inside(List.of("--rw", shared.toString()), connectTo(link)));
    }

    @Test
    void theRefusedSocketIsTold() throws IOException {
        Path foreign = foreignSocket("foreign");
        LauncherRun.Outcome outcome =
                launcher.runWith(List.of("--rw", shared.toString()), "perl", "-e", PERL + connectTo(foreign));
        assertTrue(outcome.err().contains("refused connecting to " + foreign), outcome.err());
    }

    @Test
    void aSocketOfItsOwnIsReachedUnderEveryName() {
        String script = "my $l = unix(); bind($l, pack_sockaddr_un('" + shared + "/own')) or die; listen($l, 5) or die;"
                + connectTo(shared + "/own") + "rename('" + shared + "/own', '" + shared + "/other');"
                + connectTo(shared + "/other");
        assertEquals(DONE + DONE, inside(List.of("--rw", shared.toString()), script));
    }

    @Test
    void aSocketOfOthersUnderTheNameOfItsOwnIsNotReached() throws IOException {
        Path foreign = foreignSocket("foreign");
        String script = "my $l = unix(); bind($l, pack_sockaddr_un('" + shared + "/own')) or die; listen($l, 5) or die;"
                + "rename('" + foreign + "', '" + shared + "/own') or die;" + connectTo(shared + "/own");
        assertEquals(DENIED, inside(List.of("--rw", shared.toString()), script));
    }

    @Test
    void anotherProcessOfTheSessionReachesItsSockets() {
        String script = "my $l = unix(); bind($l, pack_sockaddr_un('" + shared + "/own')) or die; listen($l, 5) or die;"
                + "if (fork() == 0) {" + connectTo(shared + "/own") + " exit 0; } wait;";
        assertEquals(DONE, inside(List.of("--rw", shared.toString()), script));
    }

    @Test
    void namesWithoutAFileBelongToTheirSession() throws Exception {
        Process others = new ProcessBuilder(
                        "perl",
                        "-e",
                        "use Socket; socket($s, AF_UNIX, SOCK_STREAM, 0); bind($s, pack_sockaddr_un(\"\\0$ARGV[0]\"))"
                                + " or die; listen($s, 5); $| = 1; print \"up\\n\"; <STDIN>;",
                        folder.toString())
                .start();
        others.inputReader().readLine();
        String connect = "say_it(connect(unix(), pack_sockaddr_un(\"\\0%s\")));";
        String own = "my $l = unix(); bind($l, pack_sockaddr_un(\"\\0own" + folder + "\")) or die; listen($l, 5);";
        assertEquals(
                NOT_PERMITTED + DONE,
                inside(List.of(), String.format(connect, folder) + own + String.format(connect, "own" + folder)));
        others.getOutputStream().close();
        others.waitFor();
    }

    @Test
    void portsAreReachedAsGranted() throws IOException {
        try (ServerSocket one = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                ServerSocket other = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            String script = "for (" + one.getLocalPort() + ", " + other.getLocalPort()
                    + ") { say_it(connect(tcp(), pack_sockaddr_in($_, INADDR_LOOPBACK))); }";
            assertEquals(DONE + DENIED, inside(List.of("--connect-tcp", String.valueOf(one.getLocalPort())), script));
        }
    }

    @Test
    void listeningNeedsAGrantAlsoWithoutAName() {
        String listen = "say_it(listen(tcp(), 5));";
        assertEquals(DENIED, inside(List.of(), listen));
        assertEquals(DONE, inside(List.of("--bind-tcp", "0"), listen));
        assertEquals(
                DONE,
                inside(
                        List.of("--bind-tcp", "0"),
                        "my $s = tcp(); bind($s, pack_sockaddr_in(0, INADDR_LOOPBACK)) or die; say_it(listen($s, 5));"));
    }

    @Test
    void otherKindsOfSocketsAreClosed() {
        String script =
                "for ([AF_INET, SOCK_RAW, 1], [AF_INET, SOCK_STREAM, 262], [17, SOCK_RAW, 0], [16, SOCK_RAW, 4],"
                        + " [40, SOCK_STREAM, 0], [31, SOCK_STREAM, 3]) { print((socket(my $s, $$_[0], $$_[1], $$_[2]) ? 0 : $! + 0), ' '); }";
        assertEquals("1 93 97 93 97 97 ", inside(List.of(), script));
    }

    @Test
    void aPairOfStreamsAndRoutesWork() {
        String script =
                "say_it(socketpair(my $a, my $b, AF_UNIX, SOCK_STREAM, 0)); say_it(socket(my $s, 16, SOCK_RAW, 0));";
        assertEquals(DONE + DONE, inside(List.of(), script));
    }
}
