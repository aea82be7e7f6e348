package org.landgrant.ui;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.landgrant.grants.Access;
import org.landgrant.grants.AppId;
import org.landgrant.grants.AppSettings;
import org.landgrant.grants.BookException;
import org.landgrant.grants.Decision;
import org.landgrant.grants.Denial;
import org.landgrant.grants.EffectiveGrant;
import org.landgrant.grants.Event;
import org.landgrant.grants.Event.Who;
import org.landgrant.grants.Gatekeeper;
import org.landgrant.grants.Grant;
import org.landgrant.grants.Habit;
import org.landgrant.grants.Origin;
import org.landgrant.grants.Resource;
import org.landgrant.grants.Ruling;
import org.landgrant.grants.Span;
import org.landgrant.grants.Template;
import org.landgrant.grants.Unanswered;
import org.landgrant.grants.UserFolder;

/** A gatekeeper that keeps everything in maps. */
final class MapGatekeeper implements Gatekeeper {
    private final Map<AppId, AppSettings> settings = new HashMap<>();
    private final Map<AppId, Map<Resource, Grant>> grants = new HashMap<>();
    private final Map<AppId, Map<Denial.Key, Denial>> denials = new HashMap<>();
    private final Map<AppId, Habit> habits = new HashMap<>();
    private final List<Unanswered> unanswered = new ArrayList<>();
    private final List<Consumer<AppId>> listeners = new CopyOnWriteArrayList<>();
    private final Consumer<Event> witness;
    private Optional<String> broken = Optional.empty();
    private long numbers;

    private static final Template BROWSER = new Template(
            "browser",
            "Web browser",
            List.of(
                    new Template.Entry(
                            new Resource.Folder(UserFolder.DOWNLOAD),
                            Set.of(Access.READ, Access.WRITE),
                            false,
                            Optional.empty()),
                    new Template.Entry(new Resource.TcpPort(80), Set.of(Access.CONNECT), false, Optional.empty()),
                    new Template.Entry(new Resource.TcpPort(443), Set.of(Access.CONNECT), false, Optional.empty()),
                    new Template.Entry(new Resource.AnyUdpPort(), Set.of(Access.CONNECT), false, Optional.empty()),
                    new Template.Entry(
                            new Resource.Place("$XDG_CONFIG_HOME/mozilla"),
                            Set.of(Access.READ, Access.WRITE),
                            true,
                            Optional.empty())),
            List.of(new Template.Ask(
                    new Resource.Folder(UserFolder.DOCUMENTS),
                    Set.of(Access.READ, Access.WRITE),
                    Map.of(
                            "en",
                            "For sending a document to a site. Pages load without it.",
                            "ja",
                            "書類をサイトに送るときに使います。"))),
            Set.of(),
            Map.of(),
            false);

    MapGatekeeper() {
        this(event -> {});
    }

    /** @param witness is told of decisions */
    MapGatekeeper(Consumer<Event> witness) {
        this.witness = witness;
    }

    /** From now on every change fails with that sentence. */
    synchronized void breakWith(String sentence) {
        broken = Optional.of(sentence);
    }

    /** Puts denials into the history. */
    synchronized void record(List<Denial> refused) {
        for (Denial denial : refused) {
            denials.computeIfAbsent(denial.app(), none -> new LinkedHashMap<>())
                    .merge(denial.key(), denial, Denial::and);
        }
    }

    @Override
    public synchronized AppSettings settings(AppId app) {
        return settings.getOrDefault(app, AppSettings.untouched(app));
    }

    @Override
    public Template template(AppId app) {
        boolean browser = app.equals(Sample.FIREFOX) || app.equals(Sample.CHROMIUM);
        return browser
                ? BROWSER
                : new Template("base", "Any program", BROWSER.grants(), List.of(), Set.of(), Map.of(), false);
    }

    @Override
    public synchronized List<EffectiveGrant> effective(AppId app) {
        return EffectiveGrant.lay(
                BROWSER, List.copyOf(grants.getOrDefault(app, Map.of()).values()), Instant.now());
    }

    @Override
    public void confine(AppId app) {
        change(
                app,
                () -> settings.put(app, new AppSettings(app, true, settings(app).partialAccepted())));
    }

    @Override
    public void release(AppId app) {
        change(
                app,
                () -> settings.put(
                        app, new AppSettings(app, false, settings(app).partialAccepted())));
    }

    @Override
    public void acceptPartial(AppId app, boolean accepted) {
        change(app, () -> settings.put(app, new AppSettings(app, settings(app).confined(), accepted)));
    }

    @Override
    public Grant decide(AppId app, Resource resource, Set<Access> access, Decision decision, Origin origin, Span span) {
        int asked = decided(app, resource).map(Grant::timesAsked).orElse(0) + (origin == Origin.PROMPT ? 1 : 0);
        Grant grant = new Grant(
                ++numbers,
                app,
                resource,
                access,
                decision,
                span.from(Instant.now(), "log-in"),
                origin,
                Instant.EPOCH,
                Optional.empty(),
                asked);
        change(app, () -> {
            forget(app, resource);
            put(app, resource, Optional.of(grant), origin == Origin.PROMPT ? Who.PROMPT : Who.SETTINGS);
        });
        return grant;
    }

    @Override
    public void putBack(Event change) {
        Resource resource = change.resource().orElseThrow();
        Optional<Grant> before = change.before()
                .map(was ->
                        Grant.of(change.app(), resource, was.access(), was.decision(), was.origin(), Instant.EPOCH));
        change(change.app(), () -> put(change.app(), resource, before, Who.SETTINGS));
    }

    private void put(AppId app, Resource resource, Optional<Grant> now, Who who) {
        Map<Resource, Grant> ofApp = grants.computeIfAbsent(app, none -> new LinkedHashMap<>());
        Optional<Ruling> before = Optional.ofNullable(ofApp.remove(resource)).map(Ruling::of);
        now.ifPresent(grant -> ofApp.put(resource, grant));
        if (before.isPresent() || now.isPresent()) {
            witness.accept(Event.decided(app, resource, before, now.map(Ruling::of), Instant.now(), who));
        }
    }

    @Override
    public synchronized Optional<Grant> decided(AppId app, Resource resource) {
        return Optional.ofNullable(grants.getOrDefault(app, Map.of()).get(resource));
    }

    @Override
    public boolean undo(Grant made, Optional<Grant> before) {
        if (!decided(made.app(), made.resource()).equals(Optional.of(made))) {
            return false;
        }
        change(made.app(), () -> {
            Map<Resource, Grant> ofApp = grants.computeIfAbsent(made.app(), none -> new LinkedHashMap<>());
            before.ifPresentOrElse(grant -> ofApp.put(grant.resource(), grant), () -> ofApp.remove(made.resource()));
        });
        return true;
    }

    @Override
    public synchronized Habit habit(AppId app) {
        return habits.getOrDefault(app, Habit.unknown(app));
    }

    @Override
    public void keep(Habit habit) {
        change(habit.app(), () -> habits.put(habit.app(), habit));
    }

    @Override
    public synchronized List<Unanswered> unanswered() {
        return List.copyOf(unanswered);
    }

    @Override
    public void remember(AppId app, Resource resource, Set<Access> access, boolean closed) {
        change(app, () -> {
            int times = unanswered.stream()
                    .filter(row -> row.app().equals(app) && row.resource().equals(resource))
                    .mapToInt(Unanswered::closed)
                    .sum();
            forget(app, resource);
            unanswered.add(new Unanswered(app, resource, access, times + (closed ? 1 : 0), Instant.now(), true));
        });
    }

    @Override
    public void putAside(AppId app, Resource resource) {
        change(app, () -> forget(app, resource));
    }

    private void forget(AppId app, Resource resource) {
        unanswered.removeIf(row -> row.app().equals(app) && row.resource().equals(resource));
    }

    @Override
    public void reset(AppId app, Resource resource) {
        change(app, () -> put(app, resource, Optional.empty(), Who.SETTINGS));
    }

    @Override
    public synchronized List<Denial> denials(AppId app, int most) {
        List<Denial> all = new ArrayList<>(denials.getOrDefault(app, Map.of()).values());
        all.sort(Comparator.comparing(Denial::last).reversed());
        return all.subList(0, Math.min(most, all.size()));
    }

    @Override
    public void forgetDenials(AppId app) {
        change(app, () -> denials.remove(app));
    }

    @Override
    public Watch watch(Consumer<AppId> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    private void change(AppId app, Runnable work) {
        synchronized (this) {
            broken.ifPresent(sentence -> {
                throw new BookException(sentence);
            });
            work.run();
        }
        listeners.forEach(listener -> listener.accept(app));
    }
}
