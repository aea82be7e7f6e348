package org.landgrant.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
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
        ArgSpec argument = mistake.getArgSpec();
        return switch (mistake) {
            case UnmatchedArgumentException unmatched -> unmatched(unmatched);
            case MissingParameterException missing -> missing(missing.getMissing());
            case OverwrittenOptionException twice -> name(twice.getOverwritten()) + " is there more than once.";
            case ParameterException conversion
            when argument != null && conversion.getCause() instanceof TypeConversionException reason ->
                name(argument) + " \"" + conversion.getValue() + "\": " + reason.getMessage() + ".";
            default -> String.valueOf(mistake.getMessage());
        };
    }

    private static String unmatched(UnmatchedArgumentException mistake) {
        CommandLine line = mistake.getCommandLine();
        String word = mistake.getUnmatched().getFirst();
        if (word.startsWith("-")) {
            return "There is no option \"" + word + "\""
                    + meant(Near.to(word, line.getCommandSpec().optionsMap().keySet()));
        }
        if (line.getParent() != null) {
            return "\"" + word + "\" is one word too many.";
        }
        List<String> commands = new ArrayList<>(line.getSubcommands().keySet());
        commands.addAll(Manual.NATIVE);
        return "There is no command \"" + word + "\"" + meant(Near.to(word, commands));
    }

    private static String meant(List<String> near) {
        return near.isEmpty() ? "." : "; did you mean " + String.join(", or ", near) + "?";
    }

    /** Either words that were not there, or one option behind which nothing stands. */
    private static String missing(List<ArgSpec> missing) {
        if (missing.size() == 1 && missing.getFirst() instanceof OptionSpec option) {
            return option.longestName() + " is followed by " + option.paramLabel() + ".";
        }
        // Of words in a row the parser names the first one.
        List<? extends ArgSpec> all = missing.getFirst() instanceof PositionalParamSpec first
                ? first.command().positionalParameters().stream()
                        .filter(one -> one.required()
                                && one.index().min() >= first.index().min())
                        .toList()
                : missing;
        return all.stream().map(HelpText::name).collect(Collectors.joining(" and "))
                + (all.size() == 1 ? " is missing." : " are missing.");
    }

    private static String name(ArgSpec argument) {
        return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
    }
}
