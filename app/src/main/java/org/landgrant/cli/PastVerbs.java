package org.landgrant.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.landgrant.desktop.Instance;
import org.landgrant.grants.AppId;
import org.landgrant.grants.Event;
import org.landgrant.grants.EventText;
import org.landgrant.launch.LiveGrant;
import org.landgrant.launch.Session;
import org.landgrant.prompts.LivePrompt;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** What happened, and what goes on. */
final class PastVerbs {
    private static final Duration FOREVER = Duration.ofDays(100 * 365);

    private PastVerbs() {}

    private static List<String> row(Verb verb, Session session) {
        return List.of(
                session.app().value(),
                String.valueOf(session.pid()),
                verb.moment(session.started()),
                opened(session, given(verb, session)));
    }

    /** Also what a later start brought, or an answer gave. */
    private static String opened(Session session, List<String> given) {
        String first = String.join(" ", session.arguments());
        String since = String.join(" ", given);
        return since.isEmpty() ? first : (first + " (since then: " + since + ")").strip();
    }

    /** What it was given while it runs; not again what it began with. */
    private static List<String> given(Verb verb, Session session) {
        return verb.ports().sessions().liveGrants(session).stream()
                .map(LiveGrant::target)
                .distinct()
                .filter(target -> !session.arguments().contains(target))
                .toList();
    }

    @Command(
            name = "log",
            description = "Prints what happened: sessions, refusals, questions, answers, changes; newest first.",
            footer = {
                "",
                "Uses of what is allowed are not noted.",
                "It is kept as long as the settings say, 20,000 lines at most. With --follow, lines come as things",
                "happen, the newest last, until you end it; --json then prints one object a line. Examples:",
                "  landgrant log --since 1d",
                "  landgrant log --app firefox-esr --json",
                "  landgrant log --follow",
                "Names of members and columns: first, last (UTC), app, kind, resource, access, count, who,",
                "before, after.",
            })
    static final class Log extends Verb {
        @Option(names = "--app", paramLabel = "APP", description = "only that app")
        private @Nullable AppId app;

        @Option(
                names = "--since",
                paramLabel = "DURATION",
                description = "how far back: a number and m, h, d or w; 7d unless told, nothing with --follow")
        private @Nullable Duration since;

        @Option(names = "--csv", description = "as comma-separated values (RFC 4180)")
        private boolean csv;

        @Option(
                names = {"-f", "--follow"},
                description = "go on with what happens")
        private boolean follow;

        @Override
        void run() {
            if (manner().json() && csv) {
                throw new ParameterException(line(), "Name either --json or --csv.");
            }
            if (follow && csv) {
                throw new ParameterException(line(), "--csv does not go on; name either --follow or --csv.");
            }
            if (app != null && past(FOREVER).isEmpty()) {
                known(app);
            }
            if (follow) {
                new Follow(this, app, false)
                        .run(since == null ? List.of() : past(since).reversed());
                return;
            }
            List<Event> events = past(since == null ? Duration.ofDays(7) : since);
            if (manner().json()) {
                out().print(EventText.json(events));
            } else if (csv) {
                out().print(EventText.csv(events));
            } else {
                table(
                        List.of("LAST", "APP", "WHAT", "DECISION", "ACCESS", "RESOURCE"),
                        events.stream().map(event -> EventLine.of(this, event)).toList());
            }
            if (events.isEmpty() && !csv) {
                none("Nothing happened " + (since == null ? "in the last 7 days." : "since then."));
            }
            ports().history().trouble().ifPresent(why -> line().getErr().println("landgrant: " + Table.plain(why)));
        }

        private List<Event> past(Duration back) {
            // Whoever changes something and looks sees it.
            ports().history().settle();
            return ports().history().since(ports().clock().instant().minus(back)).stream()
                    .filter(event -> app == null || event.app().equals(app))
                    .toList();
        }
    }

    @Command(
            name = "watch",
            description = "Shows what goes on: which confined apps run, what they wait for, and then what they try.",
            footer = {
                "",
                "It goes on until you end it. What could be done about a line stands behind it. Examples:",
                "  landgrant watch",
                "  landgrant watch firefox-esr",
            })
    static final class Watch extends Verb {
        @Parameters(paramLabel = "APP", arity = "0..1", description = "only that app")
        private @Nullable AppId app;

        @Override
        void run() {
            if (app != null) {
                installed(app);
            }
            new Follow(this, app, true).run(List.of());
        }

        /** What is so now, before anything happens. */
        static void now(Verb verb, @Nullable AppId app) {
            List<Session> running = verb.ports().sessions().running().stream()
                    .filter(session -> app == null || session.app().equals(app))
                    .toList();
            verb.say(running.isEmpty() ? "Nothing confined runs now." : "Running now:");
            if (!verb.manner().json() && !verb.manner().quiet()) {
                verb.table(
                        List.of("APP", "PROCESS", "SINCE", "OPENED"),
                        running.stream().map(session -> row(verb, session)).toList());
            }
            for (LivePrompt prompt : verb.ports().live().all()) {
                if (app == null || prompt.app().equals(app)) {
                    verb.say(prompt.title() + " (\"landgrant answer " + prompt.id() + " allow|once|deny\")");
                }
            }
        }
    }

    @Command(
            name = "sessions",
            description = "Lists the confined apps that run now, with limits or without.",
            footer = {"", "Examples:", "  landgrant sessions", "  landgrant sessions --json"})
    static final class Sessions extends Verb {
        @Override
        void run() {
            List<Session> running = ports().sessions().running();
            List<Map<String, Object>> shapes = new ArrayList<>(running.stream()
                    .map(session -> Shapes.session(session, given(this, session)))
                    .toList());
            List<List<String>> rows = new ArrayList<>(
                    running.stream().map(session -> row(this, session)).toList());
            for (AppId app : confined()) {
                for (Instance open : ports().outside().of(app)) {
                    shapes.add(Shapes.outside(app, open));
                    rows.add(List.of(
                            app.value(), String.valueOf(open.pid()), moment(open.started()), "(open without limits)"));
                }
            }
            if (manner().json()) {
                json(shapes);
                return;
            }
            table(List.of("APP", "PROCESS", "SINCE", "OPENED"), rows);
            if (rows.isEmpty()) {
                none("No session is open.");
            }
        }
    }
}
