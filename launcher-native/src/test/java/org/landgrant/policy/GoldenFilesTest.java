package org.landgrant.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The files both languages read; a folder without any is a failure. */
final class GoldenFilesTest {
    private static final Path GOLDEN = Path.of("golden");

    static List<Path> good() throws IOException {
        return policies("policy");
    }

    static List<Path> invalid() throws IOException {
        return policies("invalid");
    }

    @ParameterizedTest
    @MethodSource
    void good(Path file) throws Exception {
        Policy policy = PolicyText.parse(Files.readAllBytes(file));
        assertEquals(Files.readString(besides(file, ".dump")), policy.canonicalText());
        assertEquals(policy, PolicyText.parse(policy.canonicalText()));
        assertEquals(policy, PolicyText.parse(policy.text()));
    }

    @ParameterizedTest
    @MethodSource
    void invalid(Path file) throws Exception {
        String expected = Files.readAllLines(besides(file, ".error"), StandardCharsets.UTF_8)
                .getFirst();
        byte[] text = Files.readAllBytes(file);
        PolicySyntaxException refused = assertThrows(PolicySyntaxException.class, () -> PolicyText.parse(text));
        assertEquals(
                expected.substring(0, expected.indexOf(':')), "line " + refused.line(), () -> refused.getMessage());
    }

    private static List<Path> policies(String folder) throws IOException {
        try (Stream<Path> files = Files.list(GOLDEN.resolve(folder))) {
            return files.filter(file -> file.toString().endsWith(".policy"))
                    .sorted()
                    .toList();
        }
    }

    private static Path besides(Path file, String ending) {
        String name = file.getFileName().toString();
        return file.resolveSibling(name.substring(0, name.length() - ".policy".length()) + ending);
    }
}
