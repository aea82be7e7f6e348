package org.landgrant.ui;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.landgrant.desktop.InstalledApp;
import org.landgrant.grants.AppId;
import org.landgrant.grants.Denial;
import org.landgrant.grants.Grant;
import org.landgrant.grants.Habit;
import org.landgrant.grants.Origin;
import org.landgrant.grants.Resource;
import org.landgrant.grants.Span;
import org.landgrant.grants.Unanswered;
import org.landgrant.launch.Session;
import org.landgrant.prompts.CardAnswers;
import org.landgrant.prompts.CardAnswers.Button;
import org.landgrant.prompts.Coalescer;
import org.landgrant.prompts.Quiet;
import org.landgrant.prompts.RelaunchCard;
import org.landgrant.prompts.Row;
import org.landgrant.prompts.Standing;
import org.landgrant.prompts.UserPlaces;
import org.landgrant.prompts.Words;
import org.landgrant.prompts.Worthiness;

/**
 * Where denials wait until they become a card, and where a card's answer is carried out. Blocks; one
 * thread at a time.
 */
final class CardDesk {
    /** Different denials kept for one app; further ones are in the history only. */
    private static final int MOST_WAITING = 2_000;

    private final UiServices services;
    private final Words words;
    private final InstantSource clock;
    private final Map<AppId, Map<Denial.Key, Denial>> waiting = new HashMap<>();
    private final Map<AppId, List<Session>> lastSessions = new HashMap<>();
    private final Quiet quiet = new Quiet();

    CardDesk(UiServices services, Words words, InstantSource clock) {
        this.services = services;
        this.words = words;
        this.clock = clock;
    }

    /** Takes in denials; the apps they were about. */
    Set<AppId> take(Collection<Denial> denials) {
        Set<AppId> apps = new LinkedHashSet<>();
        for (Denial denial : denials) {
            Map<Denial.Key, Denial> ofApp = waiting.computeIfAbsent(denial.app(), none -> new LinkedHashMap<>());
            if (ofApp.size() < MOST_WAITING || ofApp.containsKey(denial.key())) {
                ofApp.merge(denial.key(), denial, Denial::and);
                apps.add(denial.app());
            }
        }
        return apps;
    }

    /** The card for the app at this moment; empty when there is nothing to ask. */
    Optional<CardContent> card(AppId app) {
        Collection<Denial> denials = waiting.getOrDefault(app, new HashMap<>()).values();
        Optional<InstalledApp> installed = denials.isEmpty()
                ? Optional.empty()
                : services.apps().find(app).filter(known -> known.notOurs().isEmpty());
        if (installed.isEmpty()) {
            return Optional.empty();
        }
        UserPlaces places = Places.now(services);
        Standing standing = standing(app, places);
        // What was decided when it was refused is no question later, whatever is decided then.
        denials.removeIf(denial -> !standing.open(denial));
        return RelaunchCard.of(
                        app, denials, new Worthiness(places), standing, new Coalescer(places, words, Places::look))
                .flatMap(card -> card.without(quiet.about(app)))
                .flatMap(card -> card.without(silent(card, places)))
                .map(card -> new CardContent(
                        card,
                        installed.get(),
                        reason(card),
                        services.gatekeeper().habit(app),
                        lastSessions(app)));
    }

    private Optional<String> reason(RelaunchCard card) {
        Row first = card.rows().getFirst();
        return card.rows().size() > 1
                ? Optional.empty()
                : services.gatekeeper().template(card.app()).reason(first.resource(), first.access(), words.locale());
    }

    /**
     * Takes note of what runs. An app that ended may be asked about again in its next run.
     *
     * @param carded apps whose card is open; what they wait for is kept
     * @return the apps whose run is over
     */
    Set<AppId> sessionsChanged(Set<AppId> apps, Set<AppId> carded) {
        Set<AppId> ended = new HashSet<>();
        for (AppId app : apps) {
            if (services.sessions().running(app).isEmpty() && !carded.contains(app)) {
                quiet.forget(app);
                waiting.remove(app);
                lastSessions.remove(app);
                ended.add(app);
            }
        }
        return ended;
    }

    /**
     * Not now: nothing of it is asked again in this run, and it waits among what nobody answered.
     *
     * @param closed whether somebody closed it
     */
    void dismiss(RelaunchCard card, boolean closed) {
        done(card);
        card.rows().forEach(row -> services.gatekeeper().remember(card.app(), row.resource(), row.access(), closed));
    }

    private void done(RelaunchCard card) {
        quiet.keep(card.app(), resources(card.rows()));
        waiting.remove(card.app());
    }

    /**
     * What came of an answer.
     *
     * @param reopened the sessions that were asked to end and start again
     */
    record Answered(List<Session> reopened, Note note) {}

    /**
     * Carries an answer out.
     *
     * @param span how long what is allowed holds
     */
    Answered answer(CardContent content, Button button, Set<Resource> switchedOn, Span span) {
        RelaunchCard card = content.card();
        AppId app = card.app();
        Standing standing = standing(app, Places.now(services));
        boolean allow = button != Button.DONT_ALLOW;
        if (allow && span != content.habit().span()) {
            services.gatekeeper().keep(new Habit(app, content.habit().width(), span));
        }
        List<Runnable> back = new ArrayList<>();
        for (CardAnswers.Answer answer : CardAnswers.of(button, card.rows(), switchedOn, standing)) {
            Optional<Grant> before = services.gatekeeper().decided(app, answer.resource());
            Grant made = services.gatekeeper()
                    .decide(
                            app,
                            answer.resource(),
                            answer.access(),
                            answer.decision(),
                            Origin.PROMPT,
                            allow ? span : Span.ALWAYS);
            back.add(() -> services.gatekeeper().undo(made, before));
        }
        done(card);
        Note note = new Note(sentence(content, allow, switchedOn), () -> back.forEach(Runnable::run));
        return new Answered(button == Button.ALLOW_AND_REOPEN ? reopen(content) : List.of(), note);
    }

    private String sentence(CardContent content, boolean allow, Set<Resource> switchedOn) {
        String name = content.app().name();
        List<Row> rows = content.card().rows().stream()
                .filter(row -> !allow || switchedOn.contains(row.resource()))
                .toList();
        if (rows.size() == 1) {
            return words.say(
                    allow ? "toast.allowed" : "toast.denied",
                    name,
                    rows.getFirst().sentencePart());
        }
        return words.say(allow ? "toast.several.allowed" : "toast.several.denied", name, rows.size());
    }

    /** What of it was closed too often to be asked about for now. */
    private Set<Resource> silent(RelaunchCard card, UserPlaces places) {
        List<Unanswered> rows = services.gatekeeper().unanswered().stream()
                .filter(row -> row.app().equals(card.app()) && row.isSilentAt(clock.instant()))
                .toList();
        return card.rows().stream()
                .filter(row -> rows.stream()
                        .anyMatch(silent -> silent.access().containsAll(row.access())
                                && places.covers(silent.resource(), row.resource())))
                .map(Row::resource)
                .collect(Collectors.toSet());
    }

    private List<Session> reopen(CardContent content) {
        AppId app = content.card().app();
        List<Session> running = services.sessions().running(app);
        if (!running.isEmpty()) {
            running.forEach(services.sessions()::reopen);
            return running;
        }
        // The app has ended meanwhile: the newest of its sessions knows the files to open again.
        if (content.sessions().isEmpty()) {
            services.sessions().launch(app, List.of());
            return List.of();
        }
        Session last = content.sessions().getLast();
        services.sessions().reopen(last);
        return List.of(last);
    }

    private List<Session> lastSessions(AppId app) {
        List<Session> running = services.sessions().running(app);
        if (!running.isEmpty()) {
            lastSessions.put(app, new ArrayList<>(running));
        }
        return lastSessions.getOrDefault(app, List.of());
    }

    private Standing standing(AppId app, UserPlaces places) {
        return new Standing(places, services.gatekeeper().effective(app));
    }

    private static Set<Resource> resources(List<Row> rows) {
        return rows.stream().map(Row::resource).collect(Collectors.toSet());
    }
}
