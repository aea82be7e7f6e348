package org.landgrant.desktop;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** Which program runs a script. Source: {@code execve(2)}, {@code env(1)}. */
final class Interpreters {
    /** As much of the first line as the kernel reads. */
    private static final int LINE = 256;

    private Interpreters() {}

    /** The program that runs this file when it is started, as it really lies; empty when the file is no script. */
    static Optional<Path> of(Path script, Programs programs) {
        String line = firstLine(script);
        if (!line.startsWith("#!")) {
            return Optional.empty();
        }
        String[] words = line.substring(2).strip().split("[ \t]+");
        boolean looksUp = words[0].endsWith("/env");
        return Arrays.stream(words)
                .skip(looksUp ? 1 : 0)
                .filter(word -> !looksUp || !(word.startsWith("-") || word.contains("=")))
                .findFirst()
                .flatMap(programs::find)
                .flatMap(Interpreters::real);
    }

    private static String firstLine(Path script) {
        try (var in = Files.newInputStream(script)) {
            String start = new String(in.readNBytes(LINE), StandardCharsets.ISO_8859_1);
            int end = start.indexOf('\n');
            return end < 0 ? start : start.substring(0, end);
        } catch (IOException unreadable) {
            return "";
        }
    }

    private static Optional<Path> real(Path program) {
        try {
            return Optional.of(program.toRealPath());
        } catch (IOException gone) {
            return Optional.empty();
        }
    }
}
