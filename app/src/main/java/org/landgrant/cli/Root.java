package org.landgrant.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code landgrant}: the commands that the agent carries out, and what they act on. */
@Command(
        name = "landgrant",
        mixinStandardHelpOptions = true,
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
            GrantVerbs.Deny.class,
            GrantVerbs.Reset.class,
            ReasonVerbs.PolicyText.class,
            ReasonVerbs.Denials.class,
            PastVerbs.Log.class,
            PastVerbs.Sessions.class,
            PromptVerbs.Prompts.class,
            PromptVerbs.Answer.class,
            HouseVerbs.Settings.class,
            HouseVerbs.Check.class,
        },
        footer = {
            "",
            "Examples:",
            "  landgrant apps",
            "  landgrant grant firefox-esr folder:documents read",
            "  landgrant grant firefox-esr ~/Work read,write",
            "  landgrant grant firefox-esr tcp:8080 connect",
            "  landgrant deny firefox-esr folder:documents",
            "  landgrant answer 3 once",
        })
final class Root implements Runnable {
    private final Commands.Ports ports;
    private final NextPrompt next;

    @Spec
    private @Nullable CommandSpec spec;

    Root(Commands.Ports ports, NextPrompt next) {
        this.ports = ports;
        this.next = next;
    }

    Commands.Ports ports() {
        return ports;
    }

    NextPrompt next() {
        return next;
    }

    @Override
    public void run() {
        if (spec != null) {
            spec.commandLine().usage(spec.commandLine().getOut());
        }
    }
}
