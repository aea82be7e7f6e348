package org.landgrant.kernel;

import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs confined by the launcher, tries everything, and answers with one line for each trial. */
public final class TrialProgram {
    /** Longer than any answer. */
    private static final int LONGEST_LINE = 64;

    private TrialProgram() {}

    /**
     * Tries everything once.
     *
     * @param words {@link TrialStage#words}
     */
    public static void main(String[] words) {
        Trials trials = new Trials(Trials.load(), TrialStage.of(List.of(words)));
        PrintStream out = System.out;
        for (Trial trial : Trial.values()) {
            if (trials.possible(trial)) {
                out.println(trial.word() + " " + trials.attempt(trial));
                out.flush();
            }
        }
    }

    /** What one line of the answer says; empty for what is none, as a program under test may say anything. */
    public static Optional<Map.Entry<Trial, Integer>> read(String line) {
        String[] words = line.split(" ", 3);
        if (line.length() > LONGEST_LINE || words.length != 2 || !words[1].matches("[0-9]{1,4}")) {
            return Optional.empty();
        }
        return Trial.ofWord(words[0]).map(trial -> Map.entry(trial, Integer.parseInt(words[1])));
    }
}
