package org.landgrant.profiles;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.landgrant.grants.AppId;
import org.landgrant.grants.AppSettings;
import org.landgrant.grants.BookException;
import org.landgrant.grants.Denial;
import org.landgrant.grants.Event;
import org.landgrant.grants.Grant;
import org.landgrant.grants.GrantBook;
import org.landgrant.grants.Habit;
import org.landgrant.grants.Resource;
import org.landgrant.grants.Unanswered;

/** A book of grants that ends with its process; the twin of {@link H2GrantBook} under the same contract. */
public final class MemoryGrantBook implements GrantBook {
    private record Subject(AppId app, Resource resource) {}

    private record Gathered(long id, Denial denial) {}

    private static final Comparator<Gathered> NEWEST_FIRST = Comparator.comparing(
                    (Gathered gathered) -> gathered.denial().last())
            .thenComparingLong(Gathered::id)
            .reversed();

    private static final Comparator<Event> OLDEST_FIRST =
            Comparator.comparing(Event::last).thenComparingLong(Event::id);

    private final Map<Subject, Grant> grants = new HashMap<>();
    private final Map<AppId, AppSettings> settings = new TreeMap<>();
    private final Map<AppId, Habit> habits = new HashMap<>();
    private final Map<Subject, Unanswered> unanswered = new LinkedHashMap<>();
    private final Map<Denial.Key, Gathered> denials = new HashMap<>();
    private final Map<Long, Event> events = new HashMap<>();
    private long lastGrant;
    private long lastDenial;
    private long lastEvent;
    private boolean closed;

    @Override
    public synchronized List<Grant> grants(AppId app) {
        return grants().stream().filter(grant -> grant.app().equals(app)).toList();
    }

    @Override
    public synchronized List<Grant> grants() {
        requireOpen();
        return grants.values().stream()
                .sorted(Comparator.comparing(Grant::app).thenComparingLong(Grant::id))
                .toList();
    }

    @Override
    public synchronized Grant put(Grant grant) {
        requireOpen();
        return grants.compute(
                new Subject(grant.app(), grant.resource()),
                (subject, before) -> grant.withId(before == null ? ++lastGrant : before.id()));
    }

    @Override
    public synchronized boolean remove(AppId app, Resource resource) {
        requireOpen();
        return grants.remove(new Subject(app, resource)) != null;
    }

    @Override
    public synchronized AppSettings settings(AppId app) {
        requireOpen();
        return Optional.ofNullable(settings.get(app)).orElseGet(() -> AppSettings.untouched(app));
    }

    @Override
    public synchronized List<AppSettings> settings() {
        requireOpen();
        return List.copyOf(settings.values());
    }

    @Override
    public synchronized void put(AppSettings chosen) {
        requireOpen();
        settings.put(chosen.app(), chosen);
    }

    @Override
    public synchronized Habit habit(AppId app) {
        requireOpen();
        return Optional.ofNullable(habits.get(app)).orElseGet(() -> Habit.unknown(app));
    }

    @Override
    public synchronized void put(Habit habit) {
        requireOpen();
        habits.put(habit.app(), habit);
    }

    @Override
    public synchronized List<Unanswered> unanswered() {
        requireOpen();
        return unanswered.values().stream()
                .sorted(Comparator.comparing(Unanswered::app))
                .toList();
    }

    @Override
    public synchronized void put(Unanswered added) {
        requireOpen();
        unanswered.put(new Subject(added.app(), added.resource()), added);
    }

    @Override
    public synchronized boolean answered(AppId app, Resource resource) {
        requireOpen();
        return unanswered.remove(new Subject(app, resource)) != null;
    }

    @Override
    public synchronized void record(List<Denial> added) {
        requireOpen();
        for (Denial denial : added) {
            denials.compute(
                    denial.key(),
                    (key, before) -> before == null
                            ? new Gathered(++lastDenial, denial)
                            : new Gathered(before.id(), before.denial().and(denial)));
        }
        if (denials.size() > Retention.DENIALS) {
            List<Gathered> all = new ArrayList<>(denials.values());
            all.sort(NEWEST_FIRST);
            all.subList(Retention.DENIALS, all.size())
                    .forEach(gathered -> denials.remove(gathered.denial().key()));
        }
    }

    @Override
    public synchronized List<Denial> denials(AppId app, int most) {
        Retention.requireCount(most);
        requireOpen();
        return denials.values().stream()
                .filter(gathered -> gathered.denial().app().equals(app))
                .sorted(NEWEST_FIRST)
                .limit(most)
                .map(Gathered::denial)
                .toList();
    }

    @Override
    public synchronized void forgetDenials(AppId app) {
        requireOpen();
        denials.keySet().removeIf(key -> key.app().equals(app));
    }

    @Override
    public synchronized void note(List<Event> batch) {
        requireOpen();
        if (batch.isEmpty()) {
            return;
        }
        Instant recent = Gathering.recent(batch);
        Gathering gathering = new Gathering(events.values().stream()
                .filter(Gathering::countsTogether)
                .filter(event -> event.last().isAfter(recent))
                .sorted(OLDEST_FIRST)
                .toList());
        batch.stream().filter(event -> !isNoted(event)).forEach(gathering::add);
        gathering.changed().forEach(event -> events.put(event.id(), event));
        gathering.added().forEach(event -> events.put(++lastEvent, event.withId(lastEvent)));
        events.values().stream()
                .sorted(OLDEST_FIRST)
                .limit(Math.max(0, events.size() - Retention.EVENTS))
                .toList()
                .forEach(event -> events.remove(event.id()));
    }

    private boolean isNoted(Event start) {
        return start.kind() == Event.Kind.STARTED
                && events.values().stream()
                        .anyMatch(event ->
                                event.key().equals(start.key()) && event.last().equals(start.last()));
    }

    @Override
    public synchronized List<Event> events(Optional<Event> than, int most) {
        Retention.requireCount(most);
        requireOpen();
        return events.values().stream()
                .filter(event -> than.isEmpty() || OLDEST_FIRST.compare(event, than.get()) < 0)
                .sorted(OLDEST_FIRST.reversed())
                .limit(most)
                .toList();
    }

    @Override
    public synchronized Map<AppId, Instant> opened() {
        requireOpen();
        return events.values().stream()
                .filter(event -> event.kind() == Event.Kind.STARTED)
                .collect(Collectors.toMap(Event::app, Event::last, (one, other) -> one.isAfter(other) ? one : other));
    }

    @Override
    public synchronized void forgetEvents(Instant then) {
        requireOpen();
        events.values().removeIf(event -> event.last().isBefore(then));
    }

    @Override
    public synchronized void forgetEvents() {
        requireOpen();
        events.clear();
    }

    @Override
    public synchronized void close() {
        closed = true;
    }

    private void requireOpen() {
        if (closed) {
            throw new BookException("The book of grants is closed.");
        }
    }
}
