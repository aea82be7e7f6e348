package org.landgrant.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.landgrant.desktop.Instance;
import org.landgrant.grants.AppId;
import org.landgrant.grants.Event;
import org.landgrant.grants.EventText;
import org.landgrant.grants.Resource;
import org.landgrant.launch.Session;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** What happened, and what goes on. */
final class PastVerbs {
    private PastVerbs() {}

    @Command(
            name = "log",
            description = "Prints what happened: sessions, refusals, questions, answers, changes; newest first.",
            mixinStandardHelpOptions = true,
            footer = {
                "",
                "It is kept as long as the settings say, 20,000 lines at most. Examples:",
                "  landgrant log --since 1d",
                "  landgrant log --app firefox-esr --json",
                "Names of members and columns: first, last (UTC), app, kind, resource, access, count, who,",
                "before, after.",
            })
    static final class Log extends Verb {
        @Option(names = "--app", paramLabel = "ID", description = "only that app")
        private @Nullable AppId app;

        @Option(
                names = "--since",
                paramLabel = "DURATION",
                defaultValue = "7d",
                description = "how far back: a number and m, h, d or w; 7d unless told")
        private Duration since;

        @Option(names = "--json", description = "as one JSON array")
        private boolean json;

        @Option(names = "--csv", description = "as comma-separated values (RFC 4180)")
        private boolean csv;

        @Override
        void run() {
            if (json && csv) {
                throw new ParameterException(line(), "Name either --json or --csv.");
            }
            List<Event> events = ports()
                    .history()
                    .since(ports().clock().instant().minus(since))
                    .stream()
                    .filter(event -> app == null || event.app().equals(app))
                    .toList();
            if (json) {
                out().print(EventText.json(events));
            } else if (csv) {
                out().print(EventText.csv(events));
            } else {
                table(events.stream().map(this::row).toList());
            }
            ports().history().trouble().ifPresent(why -> line().getErr().println("landgrant: " + Table.plain(why)));
        }

        private List<String> row(Event event) {
            String what = event.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
            return List.of(
                    moment(event.last()),
                    event.app().value(),
                    event.count() == 1 ? what : what + " " + event.count() + "×",
                    event.after()
                            .map(ruling -> ruling.decision().name().toLowerCase(Locale.ROOT))
                            .orElse(event.decides() ? "template" : ""),
                    Typed.words(event.access()),
                    event.resource().map(Resource::text).orElse(""));
        }
    }

    @Command(
            name = "sessions",
            description = "Lists the confined apps that run now, with limits or without.",
            mixinStandardHelpOptions = true)
    static final class Sessions extends Verb {
        @Override
        void run() {
            List<List<String>> rows = new ArrayList<>(
                    ports().sessions().running().stream().map(this::row).toList());
            for (AppId app : confined()) {
                for (Instance open : ports().outside().of(app)) {
                    rows.add(List.of(
                            app.value(), String.valueOf(open.pid()), moment(open.started()), "(open without limits)"));
                }
            }
            table(rows);
        }

        private List<String> row(Session session) {
            return List.of(
                    session.app().value(),
                    String.valueOf(session.pid()),
                    moment(session.started()),
                    String.join(" ", session.arguments()));
        }
    }
}
