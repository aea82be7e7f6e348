package org.landgrant.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a session finds around it: its temporary folder, its environment, its descriptors. */
@Timeout(60)
class LauncherSurroundingsTest {
    private static final String APP = "app.desktop";

    @TempDir
    Path folder;

    private LauncherRun launcher;
    private Path tmp;

    @BeforeEach
    void home() throws IOException {
        launcher = new LauncherRun(folder);
        launcher.needsAbi(6);
        tmp = launcher.home.resolve("private/tmp");
    }

    private void policy(String script, String... lines) throws IOException {
        List<String> all = new ArrayList<>(Arrays.asList(lines));
        all.addAll(List.of("command sh", "command -c", "command " + script.replace("%", "%%")));
        launcher.writePolicy(APP, LauncherRun.policy(APP, all.toArray(String[]::new)));
    }

    private LauncherRun.Outcome launchWithTmp(String script) throws IOException {
        policy(script, "private-tmp " + tmp);
        return launcher.launch(APP);
    }

    private Process startWithTmp(String script) throws IOException {
        policy(script, "private-tmp " + tmp);
        return launcher.start(List.of("launch", APP));
    }

    private static String firstLine(Process process) throws IOException {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)).readLine();
    }

    private List<String> left() {
        String[] names = tmp.toFile().list();
        return names == null ? List.of() : List.of(names);
    }

    @Test
    void theTemporaryFolderIsTheSessionsAloneAndGoesWithIt() throws IOException {
        String script = "echo $TMPDIR; echo x > $TMPDIR/f && cat $TMPDIR/f; ls -ld $TMPDIR | cut -c1-10;"
                + " touch $TMPDIR/../beside; ls " + tmp;
        LauncherRun.Outcome first = launchWithTmp(script);
        List<String> lines = first.out().lines().toList();
        assertTrue(lines.getFirst().matches(tmp + "/[0-9a-f]{16}/tmp"), first.out());
        assertEquals(List.of("x", "drwx------"), lines.subList(1, lines.size()));
        assertEquals(
                2, first.err().lines().filter(line -> line.contains("denied")).count(), first.err());
        assertEquals(List.of(), left());
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(tmp)));
        assertNotEquals(
                lines.getFirst(),
                launchWithTmp(script).out().lines().findFirst().orElseThrow());
    }

    @Test
    void nothingAnAppMakesInItKeepsItFromBeingRemoved() throws IOException {
        Path kept = Files.writeString(launcher.home.resolve("kept"), "kept\n");
        String script = "cd $TMPDIR && mkdir -p a/b/c 'two\\nlines' .hidden && touch a/b/c/f && ln -s " + launcher.home
                + " a/link && ln -s " + kept + " link && mkfifo pipe && chmod 0 a/b/c a/b a && echo made";
        assertEquals("made\n", launchWithTmp(script).out());
        assertEquals(List.of(), left());
        assertEquals("kept\n", Files.readString(kept));
    }

    @Test
    void aSecondSessionLeavesTheFirstOnesFolderAlone() throws Exception {
        Process first = startWithTmp("echo x > $TMPDIR/f; echo $TMPDIR; read line; cat $TMPDIR/f >&2");
        String path = firstLine(first);
        assertEquals(0, launchWithTmp("touch $TMPDIR/other").status());
        assertEquals(1, left().size());
        assertTrue(Files.exists(Path.of(path, "f")));
        LauncherRun.Outcome outcome = LauncherRun.finish(first);
        assertEquals("x\n", outcome.err());
        assertEquals(List.of(), left());
    }

    @Test
    void theNextLaunchRemovesWhatAKilledLauncherLeft() throws Exception {
        Process killed = startWithTmp("mkdir $TMPDIR/d; echo x > $TMPDIR/d/f; echo made; exec sleep 60");
        assertEquals("made", firstLine(killed));
        killed.destroyForcibly().waitFor();
        assertEquals(1, left().size());
        Path strange = Files.writeString(tmp.resolve("not-ours"), "x");
        assertEquals(0, launchWithTmp("exit 0").status());
        assertEquals(List.of("not-ours"), left());
        Files.delete(strange);
    }

    @Test
    void theFolderOfASessionWhoseAppCouldNotStartIsRemoved() throws IOException {
        launcher.writePolicy(APP, LauncherRun.policy(APP, "private-tmp " + tmp, "command /no/such/program"));
        assertEquals(127, launcher.launch(APP).status());
        assertEquals(List.of(), left());
    }

    @Test
    void aFolderThatIsNoneOrProtectedStartsNothing() throws IOException {
        Path real = Files.createDirectory(launcher.home.resolve("real"));
        for (Path bad : List.of(
                Files.createSymbolicLink(launcher.home.resolve("link"), real),
                launcher.data.resolve("landgrant/tmp"),
                launcher.runtime.resolve("landgrant/tmp"))) {
            tmp = bad;
            LauncherRun.Outcome outcome = launchWithTmp("echo ran");
            assertEquals(125, outcome.status(), bad.toString());
            assertEquals("", outcome.out());
            assertTrue(outcome.err().contains("private folder"), outcome.err());
        }
    }

    @Test
    void keysLoadersAndSocketsAreTakenOutOfEveryEnvironment() throws IOException {
        Path socket = folder.resolve("agent-socket");
        launcher.environment.put("SSH_AUTH_SOCK", socket.toString());
        launcher.environment.put("SWAYSOCK_LIKE", socket + ",1");
        for (String name : List.of("GITHUB_TOKEN", "DB_PASSWORD", "AWS_REGION", "PYTHONPATH", "GPG_AGENT_INFO")) {
            launcher.environment.put(name, "/taken-out");
        }
        launcher.environment.put("XDG_ACTIVATION_TOKEN", "stays-1");
        launcher.environment.put("DISPLAY", ":stays-2");
        launcher.environment.put("EDITOR", "stays-3");
        policy("env");
        try (ServerSocketChannel agent = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            agent.bind(UnixDomainSocketAddress.of(socket));
            for (LauncherRun.Outcome outcome : List.of(launcher.launch(APP), launcher.runWith(List.of(), "env"))) {
                assertFalse(outcome.out().contains("/taken-out"), outcome.out());
                assertFalse(outcome.out().contains(socket.toString()), outcome.out());
                for (int i = 1; i <= 3; i++) {
                    assertTrue(outcome.out().contains("stays-" + i), outcome.out());
                }
            }
            String granted =
                    launcher.runWith(List.of("--rw", socket.toString()), "env").out();
            assertTrue(granted.contains("SSH_AUTH_SOCK=" + socket), granted);
        }
    }

    @Test
    void aPolicysOwnVariablesCome() throws IOException {
        policy("echo $LD_LIBRARY_PATH", "set LD_LIBRARY_PATH /usr/lib/own");
        assertEquals("/usr/lib/own\n", launcher.launch(APP).out());
    }

    @Test
    void theAppHasItsThreeDescriptorsAndNoOther() throws IOException {
        policy("ls /proc/self/fd", "private-tmp " + tmp, "file r user/1 /proc");
        launcher.within(List.of("sh", "-c", "exec \"$0\" \"$@\" 7</etc/passwd 9</"));
        // The fourth is how ls reads the folder.
        assertEquals("0\n1\n2\n3\n", launcher.launch(APP).out());
    }
}
