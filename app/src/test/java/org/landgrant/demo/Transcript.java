package org.landgrant.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What happened, step by step, with the seconds since the beginning. */
final class Transcript {
    private final PrintStream out;
    private final long began = System.nanoTime();
    private int steps;

    Transcript(Path file) throws IOException {
        out = new PrintStream(Files.newOutputStream(file), true, StandardCharsets.UTF_8);
    }

    interface Step {
        void run() throws IOException;
    }

    /** A step that is believed because it came to its end. */
    void step(String sentence, Step step) throws IOException {
        step.run();
        steps++;
        say("%02d  %3d s  %s".formatted(steps, (System.nanoTime() - began) / 1_000_000_000, sentence));
    }

    int steps() {
        return steps;
    }

    void say(String line) {
        out.println(line);
        System.out.println(line);
    }

    void failed(Throwable failure) {
        say("FAILED after step " + steps + ": " + failure);
        failure.printStackTrace(out);
    }
}
