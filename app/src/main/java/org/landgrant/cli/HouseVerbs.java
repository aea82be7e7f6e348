package org.landgrant.cli;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.landgrant.grants.AppId;
import org.landgrant.launch.SelfTest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Landgrant itself: its window, and what it can do on this computer. */
final class HouseVerbs {
    private HouseVerbs() {}

    @Command(
            name = "settings",
            aliases = "show",
            description = "Shows the settings window.",
            mixinStandardHelpOptions = true)
    static final class Settings extends Verb {
        @Parameters(paramLabel = "ID", arity = "0..1", description = "the app to show")
        private @Nullable AppId app;

        @Override
        void run() {
            ports().showSettings().accept(Optional.ofNullable(app));
        }
    }

    @Command(
            name = "check",
            description = "Tries out what this computer enforces; says what it does not.",
            mixinStandardHelpOptions = true,
            footer = {"", "Exit status: 0 when everything holds that can be tried, 1 when something is open or unknown."
            })
    static final class Check extends Verb {
        @Option(names = "--json", description = "for programs")
        private boolean json;

        @Override
        public Integer call() {
            SelfTest.Report report = ports().selfTest().run(row -> {});
            out().print(json ? CheckText.json(report) : CheckText.table(report));
            return report.fine() ? Commands.OK : Commands.REFUSED;
        }
    }
}
