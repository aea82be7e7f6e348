package org.landgrant.cli;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.landgrant.desktop.InstalledApp;
import org.landgrant.desktop.Terminals;
import org.landgrant.grants.AppId;
import org.landgrant.grants.RefusedException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** Which apps there are, and which of them are confined. */
final class AppVerbs {
    private AppVerbs() {}

    @Command(
            name = "apps",
            description = "Lists the installed apps and which of them are confined.",
            footer = {"", "Examples:", "  landgrant apps", "  landgrant apps --confined --json"})
    static final class Apps extends Verb {
        @Option(names = "--confined", description = "only those that are confined")
        private boolean only;

        /** For the native program: prints the ID of the app that a word means. */
        @Option(names = "--find", hidden = true)
        private @Nullable String word;

        @Override
        void run() {
            if (word != null) {
                find(word);
                return;
            }
            Set<AppId> confined = confined();
            List<InstalledApp> apps = ports().apps().all().stream()
                    .filter(app -> !only || confined.contains(app.id()))
                    .toList();
            if (manner().json()) {
                json(apps.stream().map(app -> shape(app, confined)).toList());
                return;
            }
            table(
                    List.of("ID", "STATE", "NAME"),
                    apps.stream()
                            .map(app -> List.of(app.id().value(), state(app, confined), app.name()))
                            .toList());
            if (apps.isEmpty()) {
                none(only ? "No app is confined." : "No app is installed.");
            }
        }

        private void find(String sought) {
            try {
                AppId found = AppWord.app(sought, ports());
                installed(found);
                out().println(found);
            } catch (TypeConversionException mistake) {
                throw new RefusedException("\"" + sought + "\": " + mistake.getMessage() + ".", mistake);
            }
        }

        private Map<String, Object> shape(InstalledApp app, Set<AppId> confined) {
            return Shapes.of(
                    "app", app.id().value(),
                    "name", app.name(),
                    "confined", confined.contains(app.id()),
                    "running", ports().sessions().running(app.id()).size(),
                    "shown", app.shown(),
                    "notOurs", app.notOurs());
        }

        private String state(InstalledApp app, Set<AppId> confined) {
            if (confined.contains(app.id())) {
                String terminal = ports().terminals().state(app).isCovered() ? ", in terminals too" : "";
                String open = ports().outside().of(app.id()).isEmpty() ? "" : ", open without limits";
                return "confined" + terminal + open;
            }
            return app.notOurs().isPresent() ? "not ours" : "-";
        }
    }

    @Command(
            name = "confine",
            description = "From now on the app's menu entries start it confined.",
            footer = {
                "",
                "Wherever APP is asked for, it is an ID as \"landgrant apps\" lists it, whose end (.desktop) may be",
                "left out; or the last part of one, the name of the app or of its program, where that means no other",
                "app. Examples:",
                "  landgrant confine firefox-esr",
                "  landgrant confine gedit --terminal",
            })
    static final class Confine extends Verb {
        @Parameters(
                paramLabel = "APP",
                description = "the app: its ID as \"landgrant apps\" lists it, or another name of it alone")
        private AppId app;

        @Option(names = "--terminal", description = "and so does what is typed in a terminal")
        private boolean terminal;

        @Override
        void run() {
            installed(app);
            ports().gatekeeper().confine(app);
            say(app + " is confined. If it is open now, close it first: what runs already has no limits.");
            if (terminal) {
                InstalledApp known = ports().apps().find(app).orElseThrow();
                ports().terminals().cover(known);
                say(
                        ports().terminals().state(known) == Terminals.State.COVERED
                                ? "What is typed in a terminal starts it confined, too."
                                : "What is typed in a terminal starts it confined, too, once ~/.local/bin comes first"
                                        + " in PATH; on most systems that is from the next log-in on.");
            }
            changed(List.of(Shapes.change(app.value(), "confined")));
        }
    }

    @Command(
            name = "release",
            description = "The app's menu entries are as they were.",
            footer = {
                "",
                "What was granted is kept for the next time. Examples:",
                "  landgrant release firefox-esr",
                "  landgrant release --all",
            })
    static final class Release extends Verb {
        @Parameters(paramLabel = "APP", arity = "0..1", description = "the app")
        private @Nullable AppId app;

        @Option(names = "--all", description = "every confined app")
        private boolean all;

        @Option(names = "--terminal", description = "only what is typed in a terminal")
        private boolean terminal;

        @Override
        void run() {
            if (all == (app != null)) {
                throw new ParameterException(line(), "Name either one app or --all.");
            }
            if (app != null) {
                known(app);
            }
            List<AppId> apps = app == null ? List.copyOf(confined()) : List.of(app);
            for (AppId each : apps) {
                if (terminal) {
                    ports().terminals().uncover(each);
                    say("What is typed in a terminal starts " + each + " as before.");
                    continue;
                }
                ports().gatekeeper().release(each);
                say(each + " is no longer confined.");
            }
            if (apps.isEmpty()) {
                say("No app is confined.");
            }
            changed(apps.stream()
                    .map(each -> Shapes.change(each.value(), terminal ? "terminal-released" : "released"))
                    .toList());
        }
    }
}
