package org.landgrant.cli;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * Manual pages of the first section.
 *
 * <p>Source: man(7).
 */
final class ManPage {
    private static final String LINE = "\n";

    private ManPage() {}

    /** The page of an agent's command. */
    static String of(CommandSpec command) {
        String name = "landgrant-" + command.name();
        StringBuilder page = head(name, join(command.usageMessage().description()));
        page.append(".SH SYNOPSIS\n.B ")
                .append(text("landgrant " + command.name()))
                .append(LINE);
        page.append(text("[OPTION]... "
                        + command.positionalParameters().stream()
                                .map(ManPage::synopsis)
                                .collect(Collectors.joining(" "))))
                .append(LINE);
        page.append(".SH DESCRIPTION\n")
                .append(text(join(command.usageMessage().description())))
                .append(LINE);
        String[] aliases = command.aliases();
        if (aliases.length > 0) {
            page.append(".PP\nAlso called ")
                    .append(text(String.join(", ", aliases)))
                    .append(".\n");
        }
        if (!command.positionalParameters().isEmpty()) {
            page.append(".SH ARGUMENTS\n");
            for (PositionalParamSpec parameter : command.positionalParameters()) {
                item(page, parameter.paramLabel(), join(parameter.description()));
            }
        }
        page.append(".SH OPTIONS\n");
        for (OptionSpec option : options(command).toList()) {
            item(page, names(option), join(option.description()));
        }
        footer(page, List.of(command.usageMessage().footer()));
        return end(page);
    }

    /** The page of one of the launcher's own commands. */
    static String of(NativeHelp help) {
        StringBuilder page = head("landgrant-" + help.command(), help.summary());
        page.append(".SH DESCRIPTION\n.nf\n");
        help.text().lines().forEach(line -> page.append(text(line)).append(LINE));
        page.append(".fi\n");
        return end(page);
    }

    /** The page that leads to the others. */
    static String overview(List<CommandSpec> commands, List<NativeHelp> natives) {
        StringBuilder page = head("landgrant", "lets programs reach only what you granted");
        page.append(".SH SYNOPSIS\n.B landgrant\n[COMMAND [ARGUMENT]...]\n.SH DESCRIPTION\n");
        page.append("Confines ordinary programs, so that each of them reaches only the folders, ports and devices you\n"
                + "granted it; asks when one wants more, while it waits. Without a command the settings window"
                + " opens.\n");
        page.append(".SH COMMANDS\n");
        for (NativeHelp help : natives) {
            item(page, help.command(), help.summary());
        }
        for (CommandSpec command : commands) {
            item(page, command.name(), join(command.usageMessage().description()));
        }
        page.append(".PP\nEach has a page of its own,\n.BR landgrant-COMMAND (1).\n");
        page.append(".SH EXIT STATUS\n");
        item(page, "0", "Done.");
        item(page, "1", "Refused, and nothing was changed; of check and explain: no.");
        item(page, "2", "The words make no sense.");
        item(page, "125", "Landgrant itself failed; of run and launch: nothing was started.");
        item(page, "126, 127", "Of run and launch: not executable, not found.");
        page.append(".SH ENVIRONMENT\n");
        item(page, "NO_COLOR", "Not empty: nothing is coloured, not even on a terminal.");
        item(page, "LANDGRANT_JAVA", "The java program that the agent runs on.");
        page.append(".SH FILES\n");
        item(page, "$XDG_DATA_HOME/landgrant", "The database, the written policies, the secret.");
        item(page, "$XDG_RUNTIME_DIR/landgrant", "The socket of the agent.");
        page.append(".SH SEE ALSO\n");
        page.append(Stream.concat(
                        natives.stream().map(NativeHelp::command),
                        commands.stream().map(CommandSpec::name))
                .map(name -> ".BR landgrant\\-" + text(name) + " (1)")
                .collect(Collectors.joining(",\n")));
        return page.append(LINE).toString();
    }

    /** Options a person may type, in their order; those of every command last. */
    static Stream<OptionSpec> options(CommandSpec command) {
        return command.options().stream().filter(option -> !option.hidden());
    }

    private static StringBuilder head(String name, String summary) {
        String line = summary.endsWith(".") ? summary.substring(0, summary.length() - 1) : summary;
        return new StringBuilder(".TH ")
                .append(text(name).toUpperCase(java.util.Locale.ROOT))
                .append(" 1 2026-01-01 Landgrant \"User Commands\"\n.SH NAME\n")
                .append(text(name))
                .append(" \\- ")
                .append(text(line))
                .append(LINE);
    }

    private static String end(StringBuilder page) {
        return page.append(".SH SEE ALSO\n.BR landgrant (1)\n").toString();
    }

    private static void item(StringBuilder page, String term, String words) {
        page.append(".TP\n.B ")
                .append(text(term))
                .append(LINE)
                .append(text(words))
                .append(LINE);
    }

    /** What stands below the options; what is set in by two blanks is an example and stays as it is. */
    private static void footer(StringBuilder page, List<String> lines) {
        if (lines.isEmpty()) {
            return;
        }
        page.append(".SH NOTES\n");
        boolean example = false;
        for (String line : lines) {
            boolean now = line.startsWith("  ");
            if (now != example) {
                page.append(now ? ".PP\n.RS\n.nf\n" : ".fi\n.RE\n.PP\n");
            }
            example = now;
            if (!line.isBlank()) {
                page.append(text(line.strip())).append(LINE);
            }
        }
        page.append(example ? ".fi\n.RE\n" : "");
    }

    private static String synopsis(PositionalParamSpec parameter) {
        return parameter.required() ? parameter.paramLabel() : "[" + parameter.paramLabel() + "]";
    }

    private static String names(OptionSpec option) {
        String names = String.join(", ", option.names());
        return option.arity().max() > 0 ? names + " " + option.paramLabel() : names;
    }

    private static String join(String... lines) {
        return String.join(" ", lines).replace("%%", "%").replace("%n", " ");
    }

    /** Letters that roff would take for its own. */
    private static String text(String plain) {
        String escaped = plain.replace("\\", "\\e")
                .replace("-", "\\-")
                .replace("\u2026", "...")
                .replace("~", "\\(ti")
                .replace("^", "\\(ha");
        return escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" + escaped : escaped;
    }
}
