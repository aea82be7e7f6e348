package org.landgrant.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What {@code landgrant run} can beside granting single paths and ports. */
@Timeout(60)
class LauncherRunOptionsTest {
    @TempDir
    Path folder;

    private LauncherRun launcher;
    private Path tree;

    @BeforeEach
    void aTree() throws IOException {
        launcher = new LauncherRun(folder);
        launcher.needsAbi(6);
        tree = Files.createDirectories(launcher.home.resolve("tree"));
        Files.createDirectories(tree.resolve("keys"));
        Files.writeString(tree.resolve("keys/key"), "key\n");
        Files.writeString(tree.resolve("file"), "file\n");
    }

    private LauncherRun.Outcome landgrant(String... words) {
        return LauncherRun.finish(launcher.start(List.of(words)));
    }

    @Test
    void anExceptionInsideWhatIsGrantedHolds() {
        List<String> rules = List.of("--rw", tree.toString(), "--except", tree + "/keys," + tree + "/later");
        assertEquals("file\n", launcher.runWith(rules, "cat", tree + "/file").out());
        assertEquals(0, launcher.runWith(rules, "touch", tree + "/new").status());
        assertEquals("", launcher.runWith(rules, "cat", tree + "/keys/key").out());
        assertNotEquals(0, launcher.runWith(rules, "ls", tree + "/keys").status());
        assertEquals(1, launcher.runWith(rules, "mkdir", tree + "/later").status());
    }

    @Test
    void privateFoldersAreEmptyWritableAndGoneAfterwards() {
        LauncherRun.Outcome outcome = launcher.runWith(
                List.of("--private-home", "--private-tmp"),
                "sh",
                "-c",
                "cd && ls -A && echo x > .rc && echo y > $TMPDIR/y && cat .rc $TMPDIR/y && echo $HOME");
        assertEquals(0, outcome.status(), outcome.err());
        List<String> lines = outcome.out().lines().toList();
        assertEquals(List.of("x", "y"), lines.subList(0, 2));
        assertFalse(lines.get(2).startsWith(launcher.home.toString()));
        assertFalse(Files.exists(Path.of(lines.get(2))));
        LauncherRun.Outcome real = launcher.runWith(List.of("--private-home"), "cat", launcher.home + "/tree/file");
        assertEquals("", real.out());
    }

    @Test
    void whatADryRunPrintsIsAProfile() throws IOException {
        LauncherRun.Outcome dry = launcher.runWith(
                List.of("--ro", tree.toString(), "--env", "WORD=100%", "--dry-run"),
                "sh",
                "-c",
                "cat " + tree + "/file; echo $WORD; touch " + tree + "/new");
        assertEquals(0, dry.status(), dry.err());
        assertTrue(dry.out().contains("file r - " + tree + "\n"), dry.out());
        assertFalse(Files.exists(tree.resolve("new")));
        Path profile = Files.writeString(folder.resolve("rules.policy"), dry.out());
        LauncherRun.Outcome again = landgrant("run", "--profile", profile.toString());
        assertEquals("file\n100%\n", again.out());
        assertFalse(Files.exists(tree.resolve("new")));
        LauncherRun.Outcome more = landgrant(
                "run", "--profile", profile.toString(), "--rw", tree.toString(), "--", "touch", tree + "/new");
        assertEquals(0, more.status(), more.err());
        assertTrue(Files.exists(tree.resolve("new")));
    }

    @Test
    void landlockConfigFilesAreProfiles() throws IOException {
        Path toml = Files.writeString(folder.resolve("rules.toml"), """
                abi = 6
                [[ruleset]]
                handled_access_fs = ["abi.all"]
                handled_access_net = ["abi.all"]
                scoped = ["abi.all"]
                [[path_beneath]]
                allowed_access = ["abi.read_execute"]
                parent = ["/usr", "/bin", "/lib", "/lib64", "/etc"]
                [[path_beneath]]
                allowed_access = ["read_file"]
                parent = ["%s/file"]
                """.formatted(tree));
        assertEquals(
                "file\n",
                landgrant("run", "--profile", toml.toString(), "--", "cat", tree + "/file")
                        .out());
        assertEquals(
                "",
                landgrant("run", "--profile", toml.toString(), "--", "cat", tree + "/keys/key")
                        .out());
        Path wrong = Files.writeString(folder.resolve("wrong.toml"), "abi = 6\n[[rulesets]]\n");
        LauncherRun.Outcome refused = landgrant("run", "--profile", wrong.toString(), "--", "true");
        assertEquals(125, refused.status());
        assertEquals("landgrant: the profile " + wrong + ", line 2: \"rulesets\" is not known here\n", refused.err());
    }

    @Test
    void refusalsAreReportedAsJsonWhereTheCommandCannotReach() throws IOException {
        Path report = folder.resolve("report.jsonl");
        launcher.runWith(List.of("--report", report.toString()), "sh", "-c", "cat " + tree + "/file " + tree + "/file");
        List<String> lines = Files.readAllLines(report);
        String first = lines.stream()
                .filter(line -> line.contains("\"what\":\"" + tree + "/file\""))
                .findFirst()
                .orElseThrow();
        assertTrue(
                first.matches("\\{\"schema\":1,\"time\":\\d+,\"count\":\\d,\"kind\":\"file\",\"access\":\"read\","
                        + "\"what\":\".*\",\"program\":\"cat\",\"option\":\"--ro\",\"value\":\".*\"\\}"),
                first);
        LauncherRun.Outcome inside =
                launcher.runWith(List.of("--rw", launcher.home.toString(), "--report", tree + "/report"), "true");
        assertEquals(125, inside.status());
        assertTrue(inside.err().contains("would lie where the command may change files"), inside.err());
        assertFalse(Files.exists(tree.resolve("report")));
        Path link = Files.createSymbolicLink(folder.resolve("link"), tree.resolve("file"));
        assertEquals(
                125,
                launcher.runWith(List.of("--report", link.toString()), "true").status());
        assertEquals("file\n", Files.readString(tree.resolve("file")));
    }

    @Test
    void watchingTellsBeforeTheEnd() throws Exception {
        launcher.within(List.of("sh", "-c", "exec 2>&1; exec \"$@\"", "sh"));
        List<String> words = new ArrayList<>(List.of("run", "--watch"));
        words.addAll(LauncherRun.SYSTEM);
        words.addAll(List.of("--", "sh", "-c", "cat " + tree + "/file; read x"));
        Process running = launcher.start(words);
        StringBuilder printed = new StringBuilder();
        while (printed.indexOf("refused reading " + tree + "/file") < 0) {
            int next = running.getInputStream().read();
            assertFalse(next < 0, printed::toString);
            printed.append((char) next);
        }
        assertTrue(running.isAlive());
        assertFalse(LauncherRun.finish(running).out().contains("refused reading " + tree + "/file"));
    }

    @Test
    void namedVariablesComeThrough() {
        launcher.environment.put("GITHUB_TOKEN", "secret");
        assertEquals(
                "\n",
                launcher.runWith(List.of(), "sh", "-c", "echo $GITHUB_TOKEN").out());
        assertEquals(
                "secret other\n",
                launcher.runWith(List.of("--env", "GITHUB_TOKEN", "--env=X=other"), "sh", "-c", "echo $GITHUB_TOKEN $X")
                        .out());
    }

    @Test
    void aSocketsFolderOpensTheSocketsInItButNotLandgrantsOwn() throws Exception {
        Path sockets = Files.createDirectory(folder.resolve("sockets"));
        String connect = "import socket,sys; socket.socket(socket.AF_UNIX).connect(sys.argv[1])";
        FakeAgent agent = new FakeAgent(launcher.runtime);
        try {
            Path own = launcher.runtime.resolve("landgrant/agent");
            assertTrue(Files.exists(own));
            LauncherRun.Outcome refused = launcher.runWith(
                    List.of("--unix", folder.toString()), "/usr/bin/python3", "-Sc", connect, own.toString());
            assertEquals(1, refused.status());
        } finally {
            agent.close();
        }
        Process server = new ProcessBuilder(
                        "/usr/bin/python3",
                        "-Sc",
                        "import socket,sys; s=socket.socket(socket.AF_UNIX); s.bind(sys.argv[1]); s.listen(9);"
                                + " print('', flush=True); sys.stdin.read()",
                        sockets + "/one")
                .start();
        try {
            assertEquals('\n', server.getInputStream().read());
            String[] client = {"/usr/bin/python3", "-Sc", connect, sockets + "/one"};
            assertEquals(
                    1,
                    launcher.runWith(List.of("--rw", sockets.toString()), client)
                            .status());
            assertEquals(
                    0,
                    launcher.runWith(List.of("--unix", sockets.toString()), client)
                            .status());
            assertEquals(
                    1,
                    launcher.runWith(List.of("--unix", sockets.toString(), "--except", sockets + "/one"), client)
                            .status());
        } finally {
            server.destroyForcibly();
        }
    }

    @Test
    void theKernelCanBeUsedAsIfItKnewLess() {
        assertEquals(0, launcher.runWith(List.of("--abi", "6", "--udp"), "true").status());
        LauncherRun.Outcome refused = launcher.runWith(List.of("--abi", "4"), "true");
        assertEquals(125, refused.status());
        assertTrue(refused.err().contains("(Landlock 4) cannot restrict signals"), refused.err());
        assertEquals(
                0,
                launcher.runWith(List.of("--abi", "4", "--best-effort"), "true").status());
        assertEquals(
                125,
                launcher.runWith(List.of("--abi", "6", "--log-disable-subdomains"), "true")
                        .status());
    }

    @Test
    void helpNamesEveryOptionAndEndsWell() {
        LauncherRun.Outcome help = landgrant("run", "--ro", "/usr", "--help", "--", "x");
        assertEquals(0, help.status());
        for (String option : List.of("--except", "--ask", "--profile", "--dry-run", "--report", "--ldd", "--abi")) {
            assertTrue(help.out().contains(option), option);
        }
        assertEquals("", help.err());
    }
}
