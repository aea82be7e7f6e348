package org.landgrant.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A second start of an app finds the window that is open, and nobody else's. */
@Timeout(60)
class LauncherCompanionsTest {
    private static final String APP = "first.desktop";
    private static final String DENIED = "13";
    private static final String LISTENS =
            "use Socket; $| = 1; socket(my $s, AF_UNIX, SOCK_STREAM, 0) or die; bind($s, pack_sockaddr_un(\"$ENV{TMPDIR}/window\")) or die;"
                    + " listen($s, 5) or die; print \"$ENV{TMPDIR}\\n\"; read(STDIN, my $end, 1);";

    @TempDir
    Path folder;

    private LauncherRun launcher;

    @BeforeEach
    void home() throws IOException {
        launcher = new LauncherRun(folder);
        launcher.needsAbi(1);
    }

    private void policy(String app, String script) throws IOException {
        Path temporary = Files.createDirectories(folder.resolve("tmp"));
        launcher.writePolicy(
                app,
                LauncherRun.policy(
                        app,
                        "private-tmp " + temporary.resolve(app),
                        "command perl",
                        "command -e",
                        "command " + script.replace("%", "%%")));
    }

    /** The number of the error with which an app's session connects there; 0 is none. */
    private String connects(String app, Path socket) throws IOException {
        policy(
                app,
                "use Socket; socket(my $s, AF_UNIX, SOCK_STREAM, 0) or die; print(connect($s, pack_sockaddr_un('"
                        + socket + "')) ? 0 : $! + 0);");
        LauncherRun.Outcome outcome = launcher.launch(app);
        assertEquals(0, outcome.status(), outcome.err());
        return outcome.out();
    }

    @Test
    void itIsReachedByTheSameAppOnly() throws IOException {
        policy(APP, LISTENS);
        Process first = launcher.start(List.of("launch", APP));
        Path socket = Path.of(first.inputReader().readLine()).resolve("window");
        assertEquals("0", connects(APP, socket));
        assertEquals(DENIED, connects("other.desktop", socket));
        assertEquals(0, LauncherRun.finish(first).status());
    }

    @Test
    void aSocketOfSomebodyOutsideIsNotReachedBesideIt() throws IOException {
        policy(APP, LISTENS);
        Process first = launcher.start(List.of("launch", APP));
        Path socket = Path.of(first.inputReader().readLine()).resolve("window");
        Path foreign = socket.resolveSibling("foreign");
        try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(foreign));
            assertEquals(DENIED, connects(APP, foreign));
        }
        assertEquals(0, LauncherRun.finish(first).status());
    }
}
