package org.landgrant.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Model.CommandSpec;

/** The manual and the completions as they are built, in the programs that read them. */
class ManualTest {
    private static final Path LAUNCHER = Path.of("../launcher-native/target/native/landgrant");
    private static final Path SCRIPTS = Path.of("src/test/resources/org/landgrant/cli");

    @TempDir
    static Path folder;

    private static Path share;

    @BeforeAll
    static void build() throws Exception {
        Path entries = Files.createDirectories(folder.resolve("data/applications"));
        Files.createFile(entries.resolve("firefox-esr.desktop"));
        Files.createFile(entries.resolve("gimp.desktop"));
        Files.createFile(folder.resolve("grants.json"));
        share = folder.resolve("share");
        Manual.write(share, Manual.natives(LAUNCHER));
    }

    @Test
    void everyCommandHasAPageWithExamples() throws IOException {
        for (CommandSpec command : Manual.commands()) {
            String page = page("landgrant-" + command.name());
            assertTrue(page.contains("landgrant " + command.name()), page);
            assertTrue(
                    String.join("\n", command.usageMessage().footer()).contains("  landgrant " + command.name()),
                    command.name() + " has no example");
        }
        for (String name : Manual.NATIVE) {
            assertTrue(page("landgrant-" + name).contains("landgrant"));
        }
        assertTrue(page("landgrant").contains("landgrant\\-explain (1)"));
        assertTrue(page("landgrant-run").contains("\\-\\-connect\\-tcp"));
    }

    @Test
    void everyCommandTakesTheCommonOptions() {
        for (CommandSpec command : Manual.commands()) {
            assertTrue(
                    command.optionsMap().keySet().containsAll(List.of("--json", "-q", "--quiet", "-h", "--help")),
                    command.name());
        }
    }

    @Test
    void theReaderOfManualsHasNothingToComplainAbout() throws Exception {
        needs("mandoc");
        try (Stream<Path> pages = Files.list(share.resolve("man/man1"))) {
            for (Path page : pages.toList()) {
                assertEquals("", said("mandoc", "-T", "lint", "-W", "warning", page.toString()));
            }
        }
        String seen = said(
                "mandoc",
                "-T",
                "utf8",
                share.resolve("man/man1/landgrant-grant.1").toString());
        assertTrue(seen.contains("landgrant grant firefox-esr ~/Work read,write"), seen);
    }

    @Test
    void bashOffersWhatComesNext() throws Exception {
        needs("bash");
        List<String> offers = press(
                List.of(
                        "bash",
                        "--norc",
                        "--noprofile",
                        SCRIPTS.resolve("press-tab.bash").toString()),
                share.resolve("bash-completion/completions/landgrant"),
                "landgrant gr",
                "landgrant grant fi",
                "landgrant grant x folder:do",
                "landgrant grant x tcp:443 l",
                "landgrant answer 3 ",
                "landgrant agent st",
                "landgrant log --app g",
                "landgrant log --fo",
                "landgrant import grants",
                "landgrant run --rwx",
                "landgrant settings gi");
        assertEquals(
                List.of(
                        "grant grants",
                        "firefox-esr.desktop",
                        "documents download", // behind the colon a new word begins
                        "listen",
                        "allow deny later once",
                        "status stop",
                        "gimp.desktop",
                        "--follow",
                        "grants.json",
                        "--rwx",
                        "gimp.desktop"),
                offers);
    }

    @Test
    void zshCompletesWhatComesNext() throws Exception {
        needs("zsh");
        List<String> lines = press(
                List.of("zsh", "-f", SCRIPTS.resolve("press-tab.zsh").toString()),
                share.resolve("zsh/site-functions"),
                "landgrant expl",
                "landgrant grant fi",
                "landgrant grant x folder:doc",
                "landgrant answer 3 la",
                "landgrant log --app g",
                "landgrant log --fo",
                "landgrant import gran",
                "landgrant run --bind-t",
                "landgrant settings gi");
        assertEquals(
                List.of(
                        "landgrant explain ",
                        "landgrant grant firefox-esr.desktop ",
                        "landgrant grant x folder:documents ",
                        "landgrant answer 3 later ",
                        "landgrant log --app gimp.desktop ",
                        "landgrant log --follow ",
                        "landgrant import grants.json ",
                        "landgrant run --bind-tcp ",
                        "landgrant settings gimp.desktop "),
                lines);
    }

    @Test
    void fishOffersWhatComesNext() throws Exception {
        needs("fish");
        List<String> offers = press(
                List.of("fish", "--no-config", SCRIPTS.resolve("press-tab.fish").toString()),
                share.resolve("fish/vendor_completions.d/landgrant.fish"),
                "landgrant gr",
                "landgrant grant fi",
                "landgrant grant x folder:do",
                "landgrant answer 3 ",
                "landgrant log --app g",
                "landgrant log --fo",
                "landgrant import gran",
                "landgrant run --rwx",
                "landgrant settings gi");
        assertEquals(
                List.of(
                        "grant grants",
                        "firefox-esr.desktop",
                        "folder:documents folder:download",
                        "allow deny later once",
                        "gimp.desktop",
                        "--follow",
                        "grants.json",
                        "--rwx",
                        "gimp.desktop"),
                offers);
    }

    @Test
    void theLaunchersOptionsAreReadFromItsHelp() throws Exception {
        NativeHelp run = Manual.natives(LAUNCHER).getFirst();
        assertEquals("run", run.command());
        assertEquals(true, run.options().get("--rox"));
        assertEquals(false, run.options().get("--best-effort"));
        assertFalse(run.options().containsKey("--version"));
    }

    private List<String> press(List<String> shell, Path script, String... lines) throws Exception {
        List<String> words = new ArrayList<>();
        shell.forEach(word -> words.add(
                word.startsWith("src/") ? Path.of(word).toAbsolutePath().toString() : word));
        words.add(script.toString());
        words.addAll(List.of(lines));
        return said(words.toArray(String[]::new))
                .lines()
                .map(line -> line.replace("\r", ""))
                .toList();
    }

    private static String said(String... words) throws Exception {
        ProcessBuilder builder =
                new ProcessBuilder(words).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().put("PATH", "/usr/bin:/bin");
        builder.environment().put("HOME", folder.toString());
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().put("TERM", "dumb");
        builder.environment().put("XDG_DATA_HOME", folder.resolve("data").toString());
        builder.environment().put("XDG_DATA_DIRS", "/nonexistent");
        Process process = builder.start();
        process.getOutputStream().close();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return text;
    }

    private static void needs(String program) {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin", program)), program + " is not installed; ./dev test does it");
    }

    private static String page(String name) throws IOException {
        return Files.readString(share.resolve("man/man1").resolve(name + ".1"));
    }
}
