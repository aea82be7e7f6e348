package org.landgrant.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Help that fits every width, and mistakes said plainly. */
final class HelpText {
    /** What begins a line of its own. */
    private static final Set<String> HEADS = Set.of("Examples:", "Example:", "Exit status:");

    private HelpText() {}

    /** Sentences that were written on several lines become one, which is broken where the terminal ends. */
    static void join(CommandLine line) {
        String[] footer = line.getCommandSpec().usageMessage().footer();
        line.getCommandSpec().usageMessage().footer(joined(footer).toArray(String[]::new));
        line.getSubcommands().values().forEach(HelpText::join);
    }

    /** Examples, which are set in by two blanks, and empty lines stay as they are. */
    static List<String> joined(String... lines) {
        List<String> joined = new ArrayList<>();
        boolean sentence = false;
        for (String line : lines) {
            boolean kept = line.isBlank() || line.startsWith("  ");
            String rest = line;
            for (String head : HEADS) {
                if (!kept && rest.endsWith(" " + head)) {
                    String before = rest.substring(0, rest.length() - head.length() - 1);
                    add(joined, before, sentence);
                    rest = head;
                    sentence = false;
                }
            }
            boolean begins = HEADS.stream().anyMatch(rest::startsWith);
            add(joined, rest, sentence && !kept && !begins);
            sentence = !kept && !HEADS.contains(rest);
        }
        return joined;
    }

    private static void add(List<String> lines, String line, boolean on) {
        if (on) {
            lines.set(lines.size() - 1, lines.getLast() + " " + line);
        } else {
            lines.add(line);
        }
    }

    /** What is wrong with the words. */
    static String of(ParameterException mistake) {
        if (mistake instanceof UnmatchedArgumentException unmatched
                && mistake.getCommandLine().getParent() == null
                && !unmatched.getUnmatched().getFirst().startsWith("-")) {
            List<String> near = unmatched.getSuggestions();
            return "There is no command \"" + unmatched.getUnmatched().getFirst() + "\""
                    + (near.isEmpty() ? "." : "; did you mean " + String.join(", or ", near) + "?");
        }
        return String.valueOf(mistake.getMessage());
    }
}
