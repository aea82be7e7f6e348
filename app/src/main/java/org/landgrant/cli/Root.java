package org.landgrant.cli;

import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code landgrant}: the commands that the agent carries out, and what they act on. */
@Command(
        name = "landgrant",
        synopsisSubcommandLabel = "COMMAND",
        description = "Shows and changes what apps may reach.",
        commandListHeading = "%nCommands:%n",
        subcommands = {
            AppVerbs.Apps.class,
            AppVerbs.Confine.class,
            AppVerbs.Release.class,
            OutsideVerbs.Close.class,
            GrantVerbs.Grants.class,
            GrantVerbs.Allow.class,
            GrantVerbs.Revoke.class,
            GrantVerbs.Deny.class,
            ReasonVerbs.Explain.class,
            ReasonVerbs.PolicyText.class,
            ReasonVerbs.Denials.class,
            PromptVerbs.Prompts.class,
            PromptVerbs.Answer.class,
            PastVerbs.Sessions.class,
            PastVerbs.Log.class,
            PastVerbs.Watch.class,
            BookVerbs.Export.class,
            BookVerbs.Import.class,
            HouseVerbs.Check.class,
            HouseVerbs.Show.class,
        },
        footer = {
            "",
            "Examples:",
            "  landgrant apps",
            "  landgrant grant firefox-esr folder:documents read",
            "  landgrant grant firefox-esr ~/Work read,write",
            "  landgrant grant firefox-esr tcp:8080 connect",
            "  landgrant explain firefox-esr ~/Work/plan.txt",
            "  landgrant deny firefox-esr folder:documents",
            "  landgrant answer 3 once",
            "",
            "Exit status: 0 done, 1 refused (or, where a command says so, no), 2 the words make no sense,",
            "125 no agent. \"landgrant COMMAND --help\" has examples of each.",
        })
final class Root implements Runnable {
    private static final Map<String, Paint> PAINTS = Map.ofEntries(
            Map.entry("confined", Paint.GOOD),
            Map.entry("allow", Paint.GOOD),
            Map.entry("yes", Paint.GOOD),
            Map.entry("good", Paint.GOOD),
            Map.entry("ask", Paint.DOUBTFUL),
            Map.entry("asks", Paint.DOUBTFUL),
            Map.entry("note", Paint.DOUBTFUL),
            Map.entry("deny", Paint.BAD),
            Map.entry("no", Paint.BAD),
            Map.entry("bad", Paint.BAD),
            Map.entry("refused", Paint.BAD));

    private final Commands.Ports ports;
    private final NextPrompt next;
    private final boolean terminal;
    private final Presence presence;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "this help")
    boolean help;

    /** Set by the native program where {@code NO_COLOR} is. */
    @Option(names = "--no-color", hidden = true)
    private boolean noColor;

    /** @param terminal whether a person sits before one */
    Root(Commands.Ports ports, NextPrompt next, boolean terminal, Presence presence) {
        this.ports = ports;
        this.next = next;
        this.terminal = terminal;
        this.presence = presence;
    }

    /** One that is only read: for its words, not for its deeds. */
    @SuppressWarnings("NullAway") // Nothing is carried out by it.
    static Root forItsWords() {
        return new Root(null, null, false, new Presence());
    }

    Commands.Ports ports() {
        return ports;
    }

    NextPrompt next() {
        return next;
    }

    boolean terminal() {
        return terminal;
    }

    Presence presence() {
        return presence;
    }

    /** The colours of words in tables, by column. */
    BiFunction<Integer, String, Paint> paint() {
        boolean colour = terminal && !noColor;
        return (column, word) -> colour ? PAINTS.getOrDefault(word, Paint.PLAIN) : Paint.PLAIN;
    }

    boolean colour() {
        return terminal && !noColor;
    }

    @Override
    public void run() {
        if (spec != null) {
            spec.commandLine().usage(spec.commandLine().getOut());
        }
    }
}
