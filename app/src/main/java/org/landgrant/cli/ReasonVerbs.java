package org.landgrant.cli;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.landgrant.grants.AppId;
import org.landgrant.grants.Denial;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Why an app may reach what it may, and what it was refused. */
final class ReasonVerbs {
    private static final int MOST_DENIALS = 200;

    private ReasonVerbs() {}

    @Command(
            name = "policy",
            description = "Prints an app's policy as the launcher reads it.",
            mixinStandardHelpOptions = true)
    static final class PolicyText extends Verb {
        @Parameters(paramLabel = "ID", description = "the app")
        private AppId app;

        @Override
        void run() {
            out().print(ports().policy().apply(app));
        }
    }

    @Command(
            name = "denials",
            description = "Shows what an app was refused, newest first.",
            mixinStandardHelpOptions = true)
    static final class Denials extends Verb {
        @Parameters(paramLabel = "ID", description = "the app")
        private AppId app;

        @Override
        void run() {
            List<List<String>> rows = new ArrayList<>();
            for (Denial denial : ports().gatekeeper().denials(app, MOST_DENIALS)) {
                rows.add(List.of(
                        moment(denial.last()),
                        denial.count() + "×",
                        Typed.words(EnumSet.of(denial.access())),
                        denial.resource().text(),
                        denial.program()));
            }
            table(rows);
        }
    }
}
