package org.landgrant.desktop;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.landgrant.grants.AppId;
import org.landgrant.grants.RefusedException;

/**
 * The menu entries of a few hundred packages of Debian, against GLib. {@code ./dev test} fetches them without
 * installing anything; which packages, stands in {@code debian-packages.txt}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DebianEntriesTest {
    private static final String FOLDER = System.getenv().getOrDefault("LANDGRANT_TEST_ENTRIES", "");
    private static final Path LAUNCHER = Path.of("/opt/land grant/bin/landgrant");
    private static final List<String> FILES = List.of("/srv/one.txt", "/srv/two $x `y`.txt", "/srv/three%20ü.txt");
    private static final Pattern WITHIN_A_WORD = Pattern.compile("[^\\s]%[fFuU]|%[fFuU][^\\s]");

    /** GLib leaves quotes around what stands for a code in quotes; the specification leaves it open. */
    private static final Pattern CODE_IN_QUOTES = Pattern.compile("\"%[ck]\"");

    /** What we leave alone because desktops would not agree about it. */
    private static final Set<String> UNCLEAR = Set.of("lomiri-clock-app.desktop");

    private static final List<String> URIS = List.of("https://example.org/%20?a=b&c#d", "smb://host/x", "mailto:ada");

    @TempDir
    static Path root;

    private List<Path> entries = List.of();
    private Glib glib;

    /** An entry and the ways of GLib with it. */
    private interface Check {
        void of(EntrySource source, byte[] bytes) throws IOException, InterruptedException;
    }

    @BeforeAll
    void find() throws IOException, InterruptedException {
        assumeTrue(!FOLDER.isEmpty(), "The packages were not fetched: run ./dev test.");
        glib = new Glib(root);
        try (Stream<Path> folders = Files.list(Path.of(FOLDER))) {
            long packages = folders.count();
            assumeTrue(packages >= 200, () -> "Only " + packages + " packages could be fetched to " + FOLDER + ".");
        }
        try (Stream<Path> files = Files.walk(Path.of(FOLDER))) {
            entries = files.filter(Files::isRegularFile)
                    .filter(file -> file.toString().endsWith(".desktop"))
                    .sorted()
                    .toList();
        }
    }

    private void all(Check check) {
        Function<Path, Executable> one = file -> () -> {
            String name = file.getFileName().toString();
            byte[] bytes = Files.readAllBytes(file);
            // What GLib cannot load is in no menu.
            if (!glib.launch(file, List.of()).isEmpty()) {
                check.of(new EntrySource(new AppId(name), file, file, name), bytes);
            }
        };
        assertAll(entries.parallelStream().map(one));
    }

    private static Optional<List<String>> words(EntrySource source, DesktopEntry entry) {
        ExecLine.Facts facts = new ExecLine.Facts(
                entry.text("Icon").filter(icon -> !icon.isEmpty()),
                entry.text("Name").orElse(""),
                source.place().toString());
        try {
            return entry.text("Exec").filter(value -> !value.isBlank()).map(value -> ExecLine.words(value, facts));
        } catch (RefusedException unclear) {
            return Optional.empty();
        }
    }

    /** What the words of a policy start for those files, one command line a process. */
    private static List<List<String>> expand(List<String> words, List<String> files) {
        int at = -1;
        for (int i = 0; i < words.size(); i++) {
            at = words.get(i).matches("%[fFuU]") ? i : at;
        }
        boolean together = files.isEmpty() || (at >= 0 && words.get(at).matches("%[FU]"));
        List<List<String>> started = new ArrayList<>();
        for (List<String> share :
                together ? List.of(files) : files.stream().map(List::of).toList()) {
            List<String> line = new ArrayList<>();
            for (int i = 0; i < words.size(); i++) {
                if (i == at) {
                    line.addAll(share);
                } else {
                    line.add(words.get(i).replace("%%", "%"));
                }
            }
            if (at < 0) {
                line.addAll(share);
            }
            started.add(line);
        }
        return started;
    }

    private static List<List<String>> withoutTerminal(List<List<String>> started, DesktopEntry entry) {
        return entry.flag("Terminal")
                ? started.stream().map(line -> line.subList(2, line.size())).toList()
                : started;
    }

    @Test
    void commandLinesAreReadAsGlibReadsThem() {
        all((source, bytes) -> {
            DesktopEntry entry = DesktopEntry.parse(bytes);
            Optional<List<String>> words = words(source, entry);
            assertEquals(words.isEmpty(), UNCLEAR.contains(source.relative()), source.relative());
            String exec = entry.text("Exec").orElseThrow();
            if (words.isEmpty() || CODE_IN_QUOTES.matcher(exec).find()) {
                return;
            }
            boolean uris = entry.flag("X-GIO-NoFuse");
            for (int count : WITHIN_A_WORD.matcher(exec).find() ? List.of(0) : List.of(0, 1, 3)) {
                List<String> files = FILES.subList(0, count);
                assertEquals(
                        expand(words.get(), uris ? asUris(files) : files),
                        withoutTerminal(glib.launch(source.file(), files), entry),
                        () -> source.file() + " with " + count);
            }
        });
    }

    private static List<String> asUris(List<String> files) {
        return files.stream().map(file -> Path.of(file).toUri().toASCIIString()).toList();
    }

    @Test
    void overridesStartTheSameThroughTheLauncher() {
        all((source, bytes) -> {
            DesktopEntry entry = DesktopEntry.parse(bytes);
            if (UNCLEAR.contains(source.relative())) {
                return;
            }
            Path override = override(source, bytes);
            List<String> prefix =
                    List.of(LAUNCHER.toString(), "launch", source.id().value(), "--");
            for (List<String> files :
                    List.of(List.<String>of(), FILES.subList(0, 1), FILES, URIS.subList(0, 1), URIS)) {
                List<List<String>> expected = withoutTerminal(glib.launch(source.file(), files), entry).stream()
                        .map(line ->
                                Stream.concat(prefix.stream(), line.stream()).toList())
                        .toList();
                assertEquals(
                        expected,
                        withoutTerminal(glib.launch(override, files), entry),
                        () -> source.file() + " with " + files);
            }
        });
    }

    @Test
    void theValidatorFindsNothingNewInOverrides() {
        all((source, bytes) -> {
            if (!UNCLEAR.contains(source.relative())) {
                assertEquals(complaints(source.file()), complaints(override(source, bytes)), source.relative());
            }
        });
    }

    private static Path override(EntrySource source, byte[] bytes) throws IOException {
        Path folder = Files.createTempDirectory(root, "override");
        return Files.write(folder.resolve(source.relative()), new OverrideText(LAUNCHER).menuEntry(source, bytes));
    }

    private static List<String> complaints(Path file) throws IOException, InterruptedException {
        return Glib.run(new ProcessBuilder("desktop-file-validate", file.toString()))
                .replace(file.toString(), "")
                .replace("\"" + LAUNCHER + "\" launch " + file.getFileName() + " -- ", "")
                .lines()
                .toList();
    }
}
