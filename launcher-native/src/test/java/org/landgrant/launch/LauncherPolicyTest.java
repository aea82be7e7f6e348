package org.landgrant.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Launches without an agent: the last written policy, or nothing. */
@Timeout(60)
class LauncherPolicyTest {
    private static final String APP = "app.desktop";

    @TempDir
    Path folder;

    private LauncherRun launcher;

    @BeforeEach
    void home() throws IOException {
        launcher = new LauncherRun(folder);
        launcher.needsAbi(6);
    }

    private void policy(String... lines) throws IOException {
        launcher.writePolicy(APP, LauncherRun.policy(APP, lines));
    }

    private void refuses(String sentence) {
        LauncherRun.Outcome outcome = launcher.launch(APP);
        assertEquals(125, outcome.status(), outcome.err());
        assertEquals("", outcome.out());
        assertEquals(1, outcome.err().lines().count(), outcome.err());
        assertTrue(outcome.err().contains(sentence), outcome.err());
    }

    @Test
    void confinesByTheLastPolicyWhenNoAgentRuns() throws IOException {
        Path secret = Files.writeString(launcher.home.resolve("secret"), "secret\n");
        policy("command sh", "command -c", "command cat " + secret + "; cat /etc/passwd >&2; exit 5");
        LauncherRun.Outcome outcome = launcher.launch(APP);
        assertEquals(5, outcome.status());
        assertEquals("", outcome.out());
        assertTrue(outcome.err().contains("root:"), outcome.err());
    }

    @Test
    void startsNothingForAnAppNobodySetUp() {
        refuses("never been set up");
        assertEquals(125, launcher.launch("../etc.desktop").status());
        assertEquals(125, launcher.launch("no-ending").status());
        assertEquals(125, launcher.launch().status());
    }

    @Test
    void startsNothingByABrokenPolicy() throws IOException {
        policy("command echo", "nonsense", "command ran");
        refuses("line 14: this directive is not known");
        launcher.writePolicy(APP, LauncherRun.policy("other.desktop", "command echo", "command ran"));
        refuses("the policy is for other.desktop");
        policy("command echo", "command ran");
        Path file = launcher.data.resolve("landgrant/policies").resolve(APP + ".policy");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
        refuses("cannot be used");
    }

    @Test
    void whatIsMissingMustBeAccepted() throws IOException {
        String missing = LauncherRun.policy(APP, "command echo", "command ran")
                .replace("protect signals\n", "missing signals this kernel is old\n");
        launcher.writePolicy(APP, missing);
        refuses("nobody accepted");
        launcher.writePolicy(APP, missing + "accept-partial\n");
        assertEquals("ran\n", launcher.launch(APP).out());
    }

    @Test
    void makesFolders() throws IOException {
        Path made = launcher.home.resolve("made/deep");
        policy(
                "create user/1 " + made,
                "file rw user/1 " + made,
                "command sh",
                "command -c",
                "command echo y > " + made + "/f");
        launcher.launch(APP);
        assertEquals("y\n", Files.readString(made.resolve("f")));
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(made)));
    }

    @Test
    void changesTheEnvironment() throws IOException {
        policy("unset HO*", "unset LC_ALL", "set A_B one two\\nthree", "command env");
        String out = launcher.launch(APP).out();
        assertTrue(out.contains("A_B=one two\nthree\n"), out);
        assertTrue(out.lines().noneMatch(line -> line.startsWith("HOME=") || line.startsWith("LC_ALL=")), out);
        assertTrue(out.contains("XDG_DATA_HOME="), out);
    }

    @Test
    void skipsPathsThatDoNotExistAndVariablesThatAreNotSet() throws IOException {
        policy("file rw user/1 /no/such/path", "file-from rw user/2 NO_SUCH_VARIABLE", "command echo", "command ran");
        assertEquals("ran\n", launcher.launch(APP).out());
    }

    @Test
    void grantsThePathInAVariable() throws IOException {
        Path file = Files.writeString(
                Files.createDirectory(launcher.home.resolve("named")).resolve("file"), "read\n");
        policy("file-from r template/base NAMED", "command cat", "command " + file);
        assertEquals("read\n", launcher.launch(APP).out());
    }

    @Test
    void neverGrantsProtectedPlaces() throws IOException {
        for (String path : new String[] {
            launcher.data + "/landgrant",
            launcher.data + "/landgrant/secret",
            launcher.runtime + "/landgrant",
            launcher.runtime + "/landgrant/agent"
        }) {
            policy("file l user/1 " + path, "command echo", "command ran");
            refuses("Landgrant's own folders");
        }
        Path alias = Files.createSymbolicLink(launcher.home.resolve("alias"), launcher.data.resolve("landgrant"));
        policy("file r user/1 " + alias, "command echo", "command ran");
        String err = launcher.launch(APP).err();
        assertTrue(err.contains("is not granted: it leads to Landgrant's own folders"), err);
    }

    @Test
    void whatHoldsProtectedPlacesIsGrantedWithoutThem() throws IOException {
        Files.createDirectories(launcher.runtime.resolve("landgrant"));
        Files.writeString(launcher.runtime.resolve("landgrant/note"), "private\n");
        Files.writeString(launcher.runtime.resolve("other"), "other\n");
        policy(
                "file-from r user/1 XDG_RUNTIME_DIR",
                "command sh",
                "command -c",
                "command cat $XDG_RUNTIME_DIR/*" + " $XDG_RUNTIME_DIR/other $XDG_RUNTIME_DIR/landgrant/note");
        // The pattern finds "other" too: the supervisor lists the folder, which has no rule of its own.
        assertEquals("other\nother\n", launcher.launch(APP).out());
    }

    @Test
    void openingAProtectedFileDoesNotGrantIt() throws IOException {
        policy("command cat", "command %f");
        Path own = Files.writeString(launcher.data.resolve("landgrant/note"), "private\n");
        LauncherRun.Outcome outcome = launcher.launch(APP, own.toString());
        assertEquals("", outcome.out());
        assertEquals(1, outcome.status());
    }

    @Test
    void wordsOfAMenuEntryGrantTheirFiles() throws IOException {
        Path file = Files.writeString(launcher.home.resolve("opened"), "opened\n");
        policy("command cat", "command %f");
        assertEquals(
                "opened\n", launcher.launch(APP, "--", "cat", file.toString()).out());
        assertEquals("", launcher.launch(APP, "--", "head", file.toString()).out());
        assertEquals(125, launcher.launch(APP, "--").status());
    }
}
