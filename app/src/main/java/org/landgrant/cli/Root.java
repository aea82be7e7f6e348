package org.landgrant.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.landgrant.desktop.InstalledApp;
import org.landgrant.grants.Access;
import org.landgrant.grants.AppId;
import org.landgrant.grants.AppSettings;
import org.landgrant.grants.Decision;
import org.landgrant.grants.Denial;
import org.landgrant.grants.EffectiveGrant;
import org.landgrant.grants.Event;
import org.landgrant.grants.EventText;
import org.landgrant.grants.Origin;
import org.landgrant.grants.RefusedException;
import org.landgrant.grants.Resource;
import org.landgrant.launch.LiveGrant;
import org.landgrant.launch.SelfTest;
import org.landgrant.launch.Session;
import org.landgrant.prompts.LiveAnswer;
import org.landgrant.prompts.LivePrompt;
import org.landgrant.prompts.Scope;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** One method per command. */
@Command(
        name = "landgrant",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Shows and changes what apps may reach.",
        commandListHeading = "%nCommands:%n",
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
    private static final int MOST_DENIALS = 200;
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    /** Shorter than anything on the way takes a line for dead. */
    private static final Duration PATIENCE = Duration.ofSeconds(25);

    private final Commands.Ports ports;
    private final NextPrompt next;

    @Spec
    private @Nullable CommandSpec spec;

    Root(Commands.Ports ports, NextPrompt next) {
        this.ports = ports;
        this.next = next;
    }

    @Override
    public void run() {
        line().usage(line().getOut());
    }

    @Command(description = "Lists the installed apps and which of them are confined.", mixinStandardHelpOptions = true)
    void apps() {
        Set<AppId> confined = confined();
        table(ports.apps().all().stream()
                .map(app -> List.of(app.id().value(), state(app, confined), app.name()))
                .toList());
    }

    @Command(description = "From now on the app's menu entries start it confined.", mixinStandardHelpOptions = true)
    void confine(@Parameters(paramLabel = "ID", description = "the app, as \"landgrant apps\" lists it") AppId app) {
        installed(app);
        ports.gatekeeper().confine(app);
        say(app + " is confined. If it is open now, close it first: what runs already has no limits.");
    }

    @Command(description = "The app's menu entries are as they were.", mixinStandardHelpOptions = true)
    void release(
            @Parameters(paramLabel = "ID", arity = "0..1", description = "the app") @Nullable AppId app,
            @Option(names = "--all", description = "every confined app") boolean all) {
        if (all == (app != null)) {
            throw new ParameterException(line(), "Name either one app or --all.");
        }
        List<AppId> apps = app == null ? List.copyOf(confined()) : List.of(app);
        for (AppId each : apps) {
            ports.gatekeeper().release(each);
            say(each + " is no longer confined.");
        }
        if (apps.isEmpty()) {
            say("No app is confined.");
        }
    }

    @Command(description = "Shows what holds for an app, and who decided it.", mixinStandardHelpOptions = true)
    void grants(@Parameters(paramLabel = "ID", description = "the app") AppId app) {
        installed(app);
        table(ports.gatekeeper().effective(app).stream()
                .map(grant -> List.of(
                        grant.decision().name().toLowerCase(Locale.ROOT),
                        Typed.words(grant.access()),
                        grant.resource().text(),
                        origin(grant)))
                .toList());
    }

    @Command(
            description = "Lets an app reach something, in the place of what was decided before.",
            mixinStandardHelpOptions = true,
            footer = {
                "",
                "Resources: folder:documents, /a/path, ~/a/path, tcp:443, tcp:any, udp:any, device:gpu,",
                "service:x11, bus:org.freedesktop.Notifications. Examples:",
                "  landgrant grant firefox-esr folder:documents read",
                "  landgrant grant firefox-esr ~/Work read,write",
            })
    void grant(
            @Parameters(paramLabel = "ID", description = "the app") AppId app,
            @Parameters(paramLabel = "RESOURCE", description = "what it may reach") Resource resource,
            @Parameters(
                            paramLabel = "ACCESS",
                            description = "read, write, execute, connect, listen or use, with commas between; "
                                    + "write includes read")
                    Commands.AccessSet access) {
        if (!Typed.possible(resource).containsAll(access.access())) {
            throw new ParameterException(
                    line(), "For " + resource.text() + " there is only " + Typed.words(Typed.possible(resource)) + ".");
        }
        Map<Session, List<LiveGrant>> before = liveGrants(app);
        Resource decided = decide(app, resource, access.access(), Decision.ALLOW);
        say(app + " may reach " + decided.text() + ": " + Typed.words(access.access()) + ".");
        tellOfUnconfined(app);
        if (liveGrants(app).entrySet().stream()
                .allMatch(now -> !now.getValue().equals(before.getOrDefault(now.getKey(), List.of())))) {
            return; // What runs has it already.
        }
        tellOfRunning(app);
    }

    @Command(description = "Refuses an app something for good.", mixinStandardHelpOptions = true)
    void deny(
            @Parameters(paramLabel = "ID", description = "the app") AppId app,
            @Parameters(paramLabel = "RESOURCE", description = "what it may not reach") Resource resource) {
        Resource decided = decide(app, resource, Typed.possible(resource), Decision.DENY);
        say(app + " may not reach " + decided.text() + ".");
        tellOfUnconfined(app);
        tellOfKept(app);
    }

    @Command(description = "Goes back to what the app's template says.", mixinStandardHelpOptions = true)
    void reset(
            @Parameters(paramLabel = "ID", description = "the app") AppId app,
            @Parameters(paramLabel = "RESOURCE", description = "what was decided about") Resource resource) {
        installed(app);
        // What was decided about the path before paths had a meaning goes, too.
        ports.gatekeeper().reset(app, resource);
        Resource meant = byMeaning(resource);
        if (!meant.equals(resource)) {
            ports.gatekeeper().reset(app, meant);
        }
        say("For " + app + " and " + meant.text() + " the template holds.");
        tellOfKept(app);
    }

    @Command(description = "Prints an app's policy as the launcher reads it.", mixinStandardHelpOptions = true)
    void policy(@Parameters(paramLabel = "ID", description = "the app") AppId app) {
        out().print(ports.policy().apply(app));
    }

    @Command(description = "Shows what an app was refused, newest first.", mixinStandardHelpOptions = true)
    void denials(@Parameters(paramLabel = "ID", description = "the app") AppId app) {
        List<List<String>> rows = new ArrayList<>();
        for (Denial denial : ports.gatekeeper().denials(app, MOST_DENIALS)) {
            rows.add(List.of(
                    moment(denial.last()),
                    denial.count() + "×",
                    Typed.words(EnumSet.of(denial.access())),
                    denial.resource().text(),
                    denial.program()));
        }
        table(rows);
    }

    @Command(
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
    void log(
            @Option(names = "--app", paramLabel = "ID", description = "only that app") @Nullable AppId app,
            @Option(
                            names = "--since",
                            paramLabel = "DURATION",
                            defaultValue = "7d",
                            description = "how far back: a number and m, h, d or w; 7d unless told")
                    Duration since,
            @Option(names = "--json", description = "as one JSON array") boolean json,
            @Option(names = "--csv", description = "as comma-separated values (RFC 4180)") boolean csv) {
        if (json && csv) {
            throw new ParameterException(line(), "Name either --json or --csv.");
        }
        List<Event> events = ports.history().since(ports.clock().instant().minus(since)).stream()
                .filter(event -> app == null || event.app().equals(app))
                .toList();
        if (json) {
            out().print(EventText.json(events));
        } else if (csv) {
            out().print(EventText.csv(events));
        } else {
            table(events.stream().map(this::row).toList());
        }
        ports.history().trouble().ifPresent(why -> line().getErr().println("landgrant: " + Table.plain(why)));
    }

    @Command(description = "Lists the confined apps that run now.", mixinStandardHelpOptions = true)
    void sessions() {
        table(ports.sessions().running().stream().map(this::row).toList());
    }

    @Command(
            description = "Lists what apps wait for an answer to: ID, app, what it would like, since when, scopes.",
            mixinStandardHelpOptions = true,
            footer = {
                "",
                "The last of the scopes is the one that is answered about when none is named.",
                "\"landgrant ask\" shows each as it comes and reads the answer.",
            })
    void prompts(
            @Option(
                            names = "--next",
                            paramLabel = "ID",
                            description =
                                    "for programs: waits until this prompt is gone, or until there is one (0), "
                                            + "25 seconds at most; prints the next, 0 when there is none, nothing when nothing changed")
                    @Nullable
                    Long shown) {
        if (shown != null) {
            NextPrompt.Turn turn = next.after(shown, PATIENCE);
            out().print(turn.changed() ? turn.prompt().map(this::asked).orElse("0\n") : "");
            return;
        }
        List<LivePrompt> prompts = ports.live().all();
        table(prompts.stream().map(this::row).toList());
        if (prompts.isEmpty()) {
            say("No app waits for an answer.");
        }
    }

    @Command(
            description = "Answers a prompt; the app that waits goes on at once.",
            mixinStandardHelpOptions = true,
            footer = {
                "",
                "allow: now and always; once: until the app ends; deny: not now, and never",
                "when it is said twice; later: not now, and nothing is decided. Examples:",
                "  landgrant answer 3 once",
                "  landgrant answer 3 allow --scope documents",
                "  landgrant answer 3 deny --scope file",
            })
    void answer(
            @Parameters(paramLabel = "ID", description = "the prompt, as \"landgrant prompts\" lists it") long id,
            @Parameters(paramLabel = "ANSWER", description = "allow, once, deny or later") LiveAnswer.Choice choice,
            @Option(
                            names = "--scope",
                            paramLabel = "SCOPE",
                            description = "how much: file, folder, or a name that \"landgrant prompts\" lists")
                    @Nullable
                    String word,
            @Option(names = "--nth", paramLabel = "N", description = "the same by its place among them, from 1")
                    @Nullable
                    Integer nth) {
        if (word != null && nth != null) {
            throw new ParameterException(line(), "Name either --scope or --nth.");
        }
        LivePrompt prompt = ports.live().all().stream()
                .filter(one -> one.id() == id)
                .findFirst()
                .orElseThrow(() -> new RefusedException(
                        "There is no prompt " + id + "; \"landgrant prompts\" lists those there are."));
        Scope scope = nth != null ? nth(prompt, nth) : word == null ? prompt.preselected() : scope(prompt, word);
        ports.live().answer(id, new LiveAnswer(choice, scope));
        String what = " reach " + scope.resource().text() + ": " + Typed.words(scope.access());
        say(prompt.app()
                + switch (choice) {
                    case ALLOW -> " may" + what + ".";
                    case ONCE -> " may" + what + ", until it ends.";
                    case DENY -> " may not" + what + ".";
                    case LATER -> " may not" + what + ", as long as it is open. Nothing was decided.";
                });
    }

    @Command(aliases = "show", description = "Shows the settings window.", mixinStandardHelpOptions = true)
    void settings(@Parameters(paramLabel = "ID", arity = "0..1", description = "the app to show") @Nullable AppId app) {
        ports.showSettings().accept(Optional.ofNullable(app));
    }

    @Command(
            description = "Tries out what this computer enforces; says what it does not.",
            mixinStandardHelpOptions = true,
            footer = {"", "Exit status: 0 when everything holds that can be tried, 1 when something is open or unknown."
            })
    int check(@Option(names = "--json", description = "for programs") boolean json) {
        SelfTest.Report report = ports.selfTest().run(row -> {});
        out().print(json ? CheckText.json(report) : CheckText.table(report));
        return report.fine() ? Commands.OK : Commands.REFUSED;
    }

    /** @return what was decided about, by its meaning, so that nothing is decided about twice */
    private Resource decide(AppId app, Resource resource, Set<Access> access, Decision decision) {
        installed(app);
        Resource meant = byMeaning(resource);
        ports.gatekeeper().decide(app, meant, access, decision, Origin.USER);
        return meant;
    }

    private Resource byMeaning(Resource resource) {
        return ports.places().get().byMeaning(resource);
    }

    private void tellOfUnconfined(AppId app) {
        if (!ports.gatekeeper().settings(app).confined()) {
            say("It is not confined, so nothing is kept from it; \"landgrant confine " + app + "\" changes that.");
        }
    }

    private Map<Session, List<LiveGrant>> liveGrants(AppId app) {
        return ports.sessions().running(app).stream()
                .collect(Collectors.toMap(session -> session, ports.sessions()::liveGrants));
    }

    /** The kernel cannot change what a program was given at its start. */
    private void tellOfRunning(AppId app) {
        if (!ports.sessions().running(app).isEmpty()) {
            say("It runs now; this holds from its next start.");
        }
    }

    /** The kernel takes nothing away from a program that runs. */
    private void tellOfKept(AppId app) {
        if (!ports.sessions().running(app).isEmpty()) {
            say("It runs now; what it could reach when it started stays open until it is closed.");
        }
    }

    private void installed(AppId app) {
        if (ports.apps().find(app).isEmpty()) {
            throw new RefusedException("There is no app " + app + "; \"landgrant apps\" lists those there are.");
        }
    }

    private Set<AppId> confined() {
        return ports.chosen().get().stream()
                .filter(AppSettings::confined)
                .map(AppSettings::app)
                .collect(Collectors.toCollection(java.util.TreeSet::new));
    }

    private static String state(InstalledApp app, Set<AppId> confined) {
        if (confined.contains(app.id())) {
            return "confined";
        }
        return app.notOurs().isPresent() ? "not ours" : "-";
    }

    private static String origin(EffectiveGrant grant) {
        return grant.origin() == Origin.TEMPLATE
                ? "template " + grant.reference()
                : grant.origin().name().toLowerCase(Locale.ROOT) + " " + grant.reference();
    }

    private Scope scope(LivePrompt prompt, String word) {
        return prompt.scopes().stream()
                .filter(scope -> scope.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new ParameterException(
                        line(), "Prompt " + prompt.id() + " has no such scope; it has: " + scopes(prompt) + "."));
    }

    private Scope nth(LivePrompt prompt, int nth) {
        if (nth < 1 || nth > prompt.scopes().size()) {
            throw new ParameterException(
                    line(), "Prompt " + prompt.id() + " has " + prompt.scopes().size() + " scopes.");
        }
        return prompt.scopes().get(nth - 1);
    }

    private String asked(LivePrompt prompt) {
        return Asked.text(prompt, ports.words());
    }

    private static String scopes(LivePrompt prompt) {
        return prompt.scopes().stream().map(Scope::word).collect(Collectors.joining(", "));
    }

    private List<String> row(LivePrompt prompt) {
        return List.of(
                String.valueOf(prompt.id()),
                prompt.app().value(),
                prompt.title() + " " + prompt.detail(),
                moment(prompt.first().asked()),
                scopes(prompt));
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

    private List<String> row(Session session) {
        return List.of(
                session.app().value(),
                String.valueOf(session.pid()),
                moment(session.started()),
                String.join(" ", session.arguments()));
    }

    private String moment(Instant instant) {
        return MOMENT.format(instant.atZone(ports.clock().getZone()));
    }

    private void table(List<List<String>> rows) {
        out().print(Table.of(rows));
    }

    private void say(String sentence) {
        out().println(Table.plain(sentence));
    }

    private PrintWriter out() {
        return line().getOut();
    }

    private CommandLine line() {
        if (spec == null) {
            throw new IllegalStateException("picocli gives every command its specification");
        }
        return spec.commandLine();
    }
}
