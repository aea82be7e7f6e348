package org.landgrant.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
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

/** {@code landgrant run} where servers, containers and careful people run it. */
@Timeout(60)
class LauncherRunOddlyTest {
    @TempDir
    Path folder;

    private LauncherRun launcher;
    private Path open;

    @BeforeEach
    void aFile() throws IOException {
        launcher = new LauncherRun(folder);
        launcher.needsAbi(6);
        open = Files.writeString(folder.resolve("open"), "open\n");
        Files.writeString(folder.resolve("closed"), "closed\n");
        // Other users have to get here.
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static List<String> words(String... words) {
        return Arrays.asList(words);
    }

    /** One file is read, one is not, and folders of one's own are made. */
    private void works() {
        LauncherRun.Outcome outcome = launcher.runWith(
                List.of("--ro", open.toString(), "--private-tmp", "--private-home"),
                "sh",
                "-c",
                "cat " + open + " " + folder + "/closed; echo x > $TMPDIR/x; echo y > $HOME/y; cat $TMPDIR/x $HOME/y");
        assertEquals("open\nx\ny\n", outcome.out(), outcome.err());
        assertTrue(outcome.err().contains("refused reading " + folder + "/closed"), outcome.err());
    }

    private void needsRoot() {
        assumeTrue("root".equals(System.getProperty("user.name")), "becoming somebody else needs root");
    }

    /** A copy where everybody can read it. */
    private void readable() throws IOException {
        launcher.install(folder.resolve("installed"));
    }

    @Test
    void withoutAnyVariable() {
        launcher.within(words("env", "-i", "PATH=/usr/bin:/bin"));
        works();
    }

    @Test
    void withoutAHome() {
        launcher.within(words("env", "-u", "HOME", "-u", "XDG_DATA_HOME", "-u", "XDG_RUNTIME_DIR", "-u", "DISPLAY"));
        works();
    }

    @Test
    void asAUserNobodyKnows() throws IOException {
        needsRoot();
        readable();
        launcher.within(words(
                "env",
                "-u",
                "HOME",
                "-u",
                "XDG_DATA_HOME",
                "-u",
                "XDG_RUNTIME_DIR",
                "setpriv",
                "--reuid=54321",
                "--regid=54321",
                "--clear-groups"));
        works();
    }

    @Test
    void asAnOrdinaryUserWithAHomeThatCannotBeWritten() throws IOException {
        needsRoot();
        readable();
        launcher.within(words(
                "unshare",
                "--mount",
                "sh",
                "-c",
                "mount --bind " + launcher.home + " " + launcher.home + " && mount -o remount,bind,ro " + launcher.home
                        + " && exec setpriv --reuid=65534 --regid=65534 --clear-groups \"$@\"",
                "sh"));
        works();
    }

    @Test
    void asRootInAUserNamespaceOfItsOwn() throws IOException {
        launcher.within(words("unshare", "--user", "--map-root-user", "--pid", "--fork", "--mount-proc"));
        LauncherRun.Outcome allowed =
                LauncherRun.finish(new ProcessBuilder("unshare", "--user", "--map-root-user", "true").start());
        assumeTrue(allowed.status() == 0, "this system gives nobody a user namespace");
        // No private folders: those of the real root are somebody else's there.
        LauncherRun.Outcome outcome =
                launcher.runWith(List.of("--ro", open.toString()), "cat", open.toString(), folder + "/closed");
        assertEquals("open\n", outcome.out(), outcome.err());
        assertTrue(outcome.err().contains("refused reading " + folder + "/closed"), outcome.err());
    }

    /** As over ssh: the kernel tells only the first process of the terminal that it is gone. */
    @Test
    void aTerminalThatIsLostEndsTheCommand() {
        launcher.within(words(
                Path.of("target/native/programs/hangs_up").toAbsolutePath().toString()));
        LauncherRun.Outcome outcome =
                launcher.runWith(List.of(), "sh", "-c", "sleep 1000 & echo up; exec sleep 1000 2> /dev/null");
        assertEquals(128 + 1, outcome.status(), outcome.err());
    }

    @Test
    void whereNothingCanBeKeptThatIsSaidAndNoAgentIsWaitedFor() throws IOException {
        needsRoot();
        readable();
        Path agent =
                Files.createDirectories(folder.resolve("installed/libexec")).resolve("landgrant-agent");
        Files.writeString(agent, "#!/bin/sh\nexit 0\n");
        Files.setPosixFilePermissions(agent, PosixFilePermissions.fromString("rwxr-xr-x"));
        launcher.environment.put("XDG_RUNTIME_DIR", "");
        launcher.within(words("setpriv", "--reuid=54321", "--regid=54321", "--clear-groups"));
        LauncherRun.Outcome outcome = LauncherRun.finish(launcher.start(List.of("apps")));
        assertEquals(125, outcome.status());
        assertEquals(
                "landgrant: the agent cannot be started, because nothing can be written in " + launcher.data
                        + "/landgrant: Permission denied\n",
                outcome.err());
    }

    @Test
    void aSessionWithinASessionSaysWhoTellsOfRefusals() {
        List<String> inner = new ArrayList<>(List.of(LauncherRun.LAUNCHER.toString(), "run"));
        inner.addAll(LauncherRun.SYSTEM);
        inner.addAll(List.of("--", "cat", open.toString()));
        LauncherRun.Outcome outcome = launcher.runWith(
                List.of("--rox", LauncherRun.LAUNCHER.getParent().toString(), "--ro", "/proc," + folder),
                inner.toArray(String[]::new));
        assertEquals(1, outcome.status());
        assertEquals("", outcome.out());
        assertTrue(outcome.err().contains("this runs within another session"), outcome.err());
    }

    @Test
    void theSeventeenthLayerIsOneSentence() {
        List<String> rules = List.of("-q", "--rox", "/usr," + LauncherRun.LAUNCHER.getParent(), "--ro", "/etc,/proc");
        List<String> command = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            command.addAll(List.of(LauncherRun.LAUNCHER.toString(), "run"));
            command.addAll(rules);
            command.add("--");
        }
        command.add("true");
        LauncherRun.Outcome outcome = launcher.run(rules, command.toArray(String[]::new));
        assertEquals(125, outcome.status(), outcome.err());
        assertTrue(
                outcome.err().contains("this is nested too deeply: the kernel takes 16 layers of rules"),
                outcome.err());
    }
}
