package org.landgrant.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.landgrant.grants.AppId;
import org.landgrant.launch.SelfTest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Landgrant itself: its window, and what it can do on this computer. */
final class HouseVerbs {
    private HouseVerbs() {}

    @Command(
            name = "show",
            aliases = "settings",
            description = "Shows the settings window; with an app, its page.",
            footer = {
                "",
                "The command ends when the window is there; closing the window ends no app and not the agent.",
                "\"landgrant\" alone is the same. Where no agent runs, one is started in the background. One that was",
                "started without a display shows nothing: \"landgrant agent stop\" ends it, and the next \"landgrant",
                "show\" starts another. Examples:",
                "  landgrant show",
                "  landgrant show firefox-esr",
                "  landgrant show gedit",
                "Exit status: 0 shown, 1 there is no such app, or the agent has no display, 125 no agent.",
            })
    static final class Show extends Verb {
        @Parameters(paramLabel = "APP", arity = "0..1", description = "the app to show")
        private @Nullable AppId app;

        @Override
        void run() {
            if (app != null && !AppWord.isKnown(app, ports())) {
                installed(app);
            }
            ports().showSettings().accept(Optional.ofNullable(app));
            changed(List.of());
        }
    }

    @Command(
            name = "check",
            description = "Tries out what this computer enforces; says what it does not.",
            footer = {
                "",
                "What can be tried is tried, by a small program that has no permissions; then come kernel, display,",
                "session bus, database, menu entries and more, each with what it means. Examples:",
                "  landgrant check",
                "  landgrant check --json",
                "Exit status: 0 when confinement is full here, 1 when something is open, unknown or not in order.",
            })
    static final class Check extends Verb {
        @Override
        public Integer call() {
            SelfTest.Report report = ports().selfTest().run(row -> {});
            List<CheckFacts.Fact> facts = new ArrayList<>(CheckFacts.around(report.facts()));
            facts.addAll(CheckFacts.own(ports()));
            if (manner().json()) {
                json(CheckText.shape(report, facts));
            } else if (!manner().quiet()) {
                out().print(CheckText.table(report, facts, root().paint()));
            }
            return CheckText.fine(report, facts) ? Commands.OK : Commands.REFUSED;
        }
    }
}
