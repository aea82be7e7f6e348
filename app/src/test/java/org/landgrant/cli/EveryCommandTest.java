package org.landgrant.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Model.CommandSpec;

/** Every command works, refuses words that make no sense, and says so when there is no agent. */
class EveryCommandTest {
    private static final Path LAUNCHER = Path.of("../launcher-native/target/native/landgrant");
    private static final String FILE = "--text={\"format\":\"landgrant-grants\",\"version\":1,\"apps\":[]}";

    /** Words that work, the status they end with, and words that make no sense. */
    private record Words(int status, List<String> good, List<String> bad) {}

    private static final Map<String, Words> WORDS = new TreeMap<>(Map.ofEntries(
            words("apps", 0, List.of(), List.of("x")),
            words("confine", 0, List.of("editor"), List.of()),
            words("release", 0, List.of("editor"), List.of()),
            words("close", 0, List.of("editor"), List.of("a", "b")),
            words("grants", 0, List.of("editor"), List.of("../x")),
            words("grant", 0, List.of("editor", "tcp:1", "connect"), List.of("editor", "tcp:1", "read")),
            words("revoke", 0, List.of("editor", "tcp:1"), List.of("editor")),
            words("deny", 0, List.of("editor", "tcp:1"), List.of("editor", "tcp:x")),
            words("explain", 0, List.of("editor", "/usr/x", "read"), List.of("editor", "x")),
            words("policy", 0, List.of("editor"), List.of()),
            words("denials", 0, List.of("editor"), List.of("a", "b")),
            words("prompts", 0, List.of(), List.of("--next", "x")),
            words("answer", 0, List.of("3", "once"), List.of("3", "yes")),
            words("sessions", 0, List.of(), List.of("x")),
            words("log", 0, List.of(), List.of("--since", "x")),
            words("watch", 0, List.of(), List.of("--since", "1d")),
            words("export", 0, List.of("--all"), List.of()),
            words("import", 0, List.of("x", FILE), List.of("x", "--text={}")),
            words("check", 1, List.of(), List.of("x")),
            words("show", 0, List.of("editor"), List.of("a", "b"))));

    @TempDir
    Path folder;

    private static Map.Entry<String, Words> words(String name, int status, List<String> good, List<String> bad) {
        return Map.entry(name, new Words(status, good, bad));
    }

    private static String[] typed(String name, List<String> words) {
        return Stream.concat(Stream.of(name), words.stream()).toArray(String[]::new);
    }

    @Test
    void theTableHasEveryCommand() {
        assertEquals(
                WORDS.keySet(),
                Manual.commands().stream().map(CommandSpec::name).collect(Collectors.toCollection(TreeSet::new)));
    }

    @TestFactory
    Stream<DynamicTest> works() {
        return WORDS.entrySet().stream()
                .map(row -> dynamicTest(row.getKey(), () -> {
                    CommandGround ground = new CommandGround(Files.createTempDirectory(folder, row.getKey()));
                    ground.run("confine", "editor");
                    ground.prompts.add(CommandGround.prompt());
                    if (row.getKey().equals("watch")) {
                        ground.left();
                    }
                    Commands.Outcome outcome =
                            ground.run(typed(row.getKey(), row.getValue().good()));
                    assertEquals(row.getValue().status(), outcome.status(), outcome.err());
                    assertEquals("", outcome.err());
                    if (row.getValue().status() == 0) {
                        assertEquals(
                                "",
                                quiet(ground, row.getKey(), row.getValue().good())
                                        .err());
                    }
                }));
    }

    private static Commands.Outcome quiet(CommandGround ground, String name, List<String> words) {
        return ground.run(
                Stream.concat(Stream.of(typed(name, words)), Stream.of("-q")).toArray(String[]::new));
    }

    @TestFactory
    Stream<DynamicTest> refusesWhatMakesNoSense() {
        return WORDS.entrySet().stream()
                .map(row -> dynamicTest(row.getKey(), () -> {
                    CommandGround ground = new CommandGround(Files.createTempDirectory(folder, row.getKey()));
                    for (List<String> bad : List.of(row.getValue().bad(), List.of("--no-such-option"))) {
                        Commands.Outcome outcome = ground.run(typed(row.getKey(), bad));
                        assertEquals(2, outcome.status(), outcome.out());
                        assertEquals("", outcome.out());
                        assertTrue(outcome.err().startsWith("landgrant: "), outcome.err());
                        assertTrue(
                                outcome.err().endsWith("Try \"landgrant " + row.getKey() + " --help\".\n"),
                                outcome.err());
                    }
                    assertEquals(List.of(), ground.house.book().grants());
                    assertEquals(0, ground.run(row.getKey(), "--help").status());
                }));
    }

    @TestFactory
    Stream<DynamicTest> saysThatThereIsNoAgent() throws Exception {
        // Beside this one lies no agent that could be started.
        Path alone = Files.copy(LAUNCHER, folder.resolve("landgrant"));
        Path file = Files.writeString(folder.resolve("x"), "{}");
        return WORDS.entrySet().stream()
                .map(row -> dynamicTest(row.getKey(), () -> {
                    List<String> good = row.getKey().equals("import")
                            ? List.of(file.toString())
                            : row.getValue().good();
                    Path out = folder.resolve(row.getKey() + ".out");
                    ProcessBuilder builder = new ProcessBuilder(
                                    Stream.concat(Stream.of(alone.toString()), Stream.of(typed(row.getKey(), good)))
                                            .toList())
                            .redirectOutput(out.toFile());
                    builder.environment().clear();
                    builder.environment().put("HOME", folder.toString());
                    builder.environment().put("PATH", "/usr/bin:/bin");
                    builder.environment().put("DISPLAY", ":0");
                    Process process = builder.start();
                    String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
                    assertEquals(125, process.waitFor(), err);
                    assertEquals("", Files.readString(out));
                    assertEquals(1, err.lines().count(), err);
                    assertTrue(err.startsWith("landgrant: ") && err.contains("cannot be started"), err);
                }));
    }
}
