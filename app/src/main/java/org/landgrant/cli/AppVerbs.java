package org.landgrant.cli;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.landgrant.desktop.InstalledApp;
import org.landgrant.grants.AppId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** Which apps there are, and which of them are confined. */
final class AppVerbs {
    private AppVerbs() {}

    @Command(
            name = "apps",
            description = "Lists the installed apps and which of them are confined.",
            mixinStandardHelpOptions = true)
    static final class Apps extends Verb {
        @Override
        void run() {
            Set<AppId> confined = confined();
            table(ports().apps().all().stream()
                    .map(app -> List.of(app.id().value(), state(app, confined), app.name()))
                    .toList());
        }

        private static String state(InstalledApp app, Set<AppId> confined) {
            if (confined.contains(app.id())) {
                return "confined";
            }
            return app.notOurs().isPresent() ? "not ours" : "-";
        }
    }

    @Command(
            name = "confine",
            description = "From now on the app's menu entries start it confined.",
            mixinStandardHelpOptions = true)
    static final class Confine extends Verb {
        @Parameters(paramLabel = "ID", description = "the app, as \"landgrant apps\" lists it")
        private AppId app;

        @Override
        void run() {
            installed(app);
            ports().gatekeeper().confine(app);
            say(app + " is confined. If it is open now, close it first: what runs already has no limits.");
        }
    }

    @Command(
            name = "release",
            description = "The app's menu entries are as they were.",
            mixinStandardHelpOptions = true)
    static final class Release extends Verb {
        @Parameters(paramLabel = "ID", arity = "0..1", description = "the app")
        private @Nullable AppId app;

        @Option(names = "--all", description = "every confined app")
        private boolean all;

        @Override
        void run() {
            if (all == (app != null)) {
                throw new ParameterException(line(), "Name either one app or --all.");
            }
            List<AppId> apps = app == null ? List.copyOf(confined()) : List.of(app);
            for (AppId each : apps) {
                ports().gatekeeper().release(each);
                say(each + " is no longer confined.");
            }
            if (apps.isEmpty()) {
                say("No app is confined.");
            }
        }
    }
}
