package org.landgrant.ui;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.landgrant.grants.AppId;
import org.landgrant.grants.BookException;
import org.landgrant.grants.Event;
import org.landgrant.grants.Gatekeeper.Watch;
import org.landgrant.grants.History;

/** A history that keeps everything in a list. */
final class MapHistory implements History {
    private static final Comparator<Event> NEWEST_FIRST =
            Comparator.comparing(Event::last).thenComparingLong(Event::id).reversed();

    private final List<Event> events = new ArrayList<>();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private Optional<String> broken = Optional.empty();
    private int pages;
    private long numbers;

    void note(Event event) {
        synchronized (this) {
            events.add(event.withId(++numbers));
        }
        listeners.forEach(Runnable::run);
    }

    /** Counts one event up, as a book does. */
    void again(Event more) {
        synchronized (this) {
            Event before = events.stream()
                    .filter(event -> event.key().equals(more.key()))
                    .findFirst()
                    .orElseThrow();
            events.remove(before);
            events.add(before.and(more));
        }
        listeners.forEach(Runnable::run);
    }

    /** From now on it can be read no more. */
    synchronized void breakWith(String sentence) {
        broken = Optional.of(sentence);
    }

    /** How many pages were read. */
    synchronized int pages() {
        return pages;
    }

    @Override
    public synchronized List<Event> events(Optional<Event> than, int most) {
        broken.ifPresent(sentence -> {
            throw new BookException(sentence);
        });
        pages++;
        events.sort(NEWEST_FIRST);
        return events.stream()
                .filter(event -> than.isEmpty() || NEWEST_FIRST.compare(event, than.get()) > 0)
                .limit(most)
                .toList();
    }

    @Override
    public synchronized Map<AppId, Instant> opened() {
        return events.stream()
                .filter(event -> event.kind() == Event.Kind.STARTED)
                .collect(Collectors.toMap(Event::app, Event::last, (one, other) -> one.isAfter(other) ? one : other));
    }

    @Override
    public void clear() {
        synchronized (this) {
            events.clear();
        }
        listeners.forEach(Runnable::run);
    }

    @Override
    public synchronized Optional<String> trouble() {
        return Optional.empty();
    }

    @Override
    public Watch watch(Runnable listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }
}
