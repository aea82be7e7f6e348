package org.landgrant.agent;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.landgrant.grants.AppId;
import org.landgrant.grants.BookException;
import org.landgrant.grants.Denial;
import org.landgrant.grants.Event;
import org.landgrant.grants.Event.Kind;
import org.landgrant.grants.Event.Who;
import org.landgrant.grants.Gatekeeper.Watch;
import org.landgrant.grants.GrantBook;
import org.landgrant.grants.History;
import org.landgrant.launch.Session;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the history. Whoever notes something neither waits nor fails: events are gathered for {@link #PERIOD}
 * and written together. When the book cannot be written, what is not a refusal is kept and tried again with the
 * next event, and {@link #trouble} says so.
 */
final class Chronicle implements History, AutoCloseable {
    /** How long events wait to be written together; the book's file grows with every time. */
    static final Duration PERIOD = Duration.ofSeconds(1);

    /** How long a reader waits for what was just noted. */
    private static final Duration SETTLING = Duration.ofSeconds(2);

    /** How often what is older is forgotten. */
    private static final Duration TIDY = Duration.ofHours(12);

    /** Events that wait at most; of refusals only half as many, so that they leave room for what people did. */
    private static final int MOST_WAITING = 2_000;

    private static final Logger LOG = LoggerFactory.getLogger(Chronicle.class);

    private final GrantBook book;
    private final Executor store;
    private final ScheduledExecutorService clock;
    private final InstantSource time;
    private final Supplier<Duration> kept;
    private final List<Runnable> watchers = new CopyOnWriteArrayList<>();
    private final List<Consumer<Event>> followers = new CopyOnWriteArrayList<>();

    private final Object gate = new Object();
    private final Map<Long, Session> running = new HashMap<>();
    private List<Event> waiting = new ArrayList<>();
    private boolean scheduled;
    private boolean closed;
    private long dropped;
    private volatile Optional<String> trouble = Optional.empty();
    // Belongs to the store's thread.
    private Instant tidied = Instant.MIN;

    /**
     * @param store where the book is written
     * @param clock only tells when {@link #PERIOD} is over
     * @param kept how long events stay
     */
    Chronicle(
            GrantBook book,
            Executor store,
            ScheduledExecutorService clock,
            InstantSource time,
            Supplier<Duration> kept) {
        this.book = book;
        this.kept = kept;
        this.store = store;
        this.clock = clock;
        this.time = time;
    }

    /** Notes something; returns at once and never fails. */
    void note(Event event) {
        note(List.of(event));
    }

    void refused(List<Denial> denials) {
        note(denials.stream().map(Event::refused).toList());
    }

    /** Takes note of the app's sessions that began or ended since it was called last. */
    void sessionsChanged(AppId app, Function<AppId, List<Session>> sessions) {
        List<Event> events = new ArrayList<>();
        synchronized (gate) {
            if (closed) {
                return; // Launchers leave because the agent ends; their sessions go on.
            }
            Map<Long, Session> now =
                    sessions.apply(app).stream().collect(Collectors.toMap(Session::id, session -> session));
            running.values().removeIf(session -> {
                boolean ended = session.app().equals(app) && !now.containsKey(session.id());
                if (ended) {
                    events.add(Event.of(Kind.ENDED, app, time.instant(), Who.APP));
                }
                return ended;
            });
            now.values().stream()
                    .filter(session -> running.put(session.id(), session) == null)
                    .forEach(session -> events.add(Event.of(Kind.STARTED, app, session.started(), Who.APP)));
            note(events);
        }
    }

    /** Calls {@code follower} with every event as it is noted, on any thread; it neither waits nor fails. */
    Watch follow(Consumer<Event> follower) {
        followers.add(follower);
        return () -> followers.remove(follower);
    }

    private void note(List<Event> events) {
        followers.forEach(events::forEach);
        synchronized (gate) {
            for (Event event : events) {
                if (waiting.size() < (event.kind().refuses() ? MOST_WAITING / 2 : MOST_WAITING)) {
                    waiting.add(event);
                } else {
                    dropped++;
                }
            }
            if (!scheduled && !closed && !waiting.isEmpty()) {
                scheduled = true;
                schedule();
            }
        }
    }

    private void schedule() {
        try {
            var _ = clock.schedule(() -> store.execute(this::write), PERIOD.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException ending) {
            LOG.debug("The agent ends; its last events are written by close()", ending);
        }
    }

    private void write() {
        List<Event> batch;
        synchronized (gate) {
            batch = waiting;
            waiting = new ArrayList<>();
            scheduled = false;
            if (dropped > 0) {
                LOG.warn("Too much happened at once; {} events are not in the history", dropped);
                dropped = 0;
            }
        }
        if (batch.isEmpty()) {
            return;
        }
        try {
            book.note(batch);
            tidy();
            trouble = Optional.empty();
        } catch (RuntimeException failure) {
            keep(batch);
            if (trouble.isEmpty()) {
                LOG.warn("The history cannot be written and waits: {}", sentence(failure));
            }
            trouble = Optional.of(sentence(failure));
        }
        tell();
    }

    private void tidy() {
        Instant now = time.instant();
        if (tidied.isBefore(now.minus(TIDY))) {
            book.forgetEvents(now.minus(kept.get()));
            tidied = now;
        }
    }

    private void keep(List<Event> unwritten) {
        synchronized (gate) {
            List<Event> later = waiting;
            waiting = new ArrayList<>(
                    unwritten.stream().filter(event -> !event.kind().refuses()).toList());
            waiting.addAll(later.subList(0, Math.min(later.size(), MOST_WAITING - waiting.size())));
        }
    }

    @Override
    public List<Event> events(Optional<Event> than, int most) {
        return book.events(than, most);
    }

    @Override
    public void settle() {
        try {
            CompletableFuture.runAsync(this::write, store).get(SETTLING.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException | RejectedExecutionException later) {
            LOG.debug("What was just noted is read later", later);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public Map<AppId, Instant> opened() {
        return book.opened();
    }

    @Override
    public void clear() {
        synchronized (gate) {
            waiting.clear();
        }
        book.forgetEvents();
        tell();
    }

    @Override
    public Optional<String> trouble() {
        return trouble;
    }

    @Override
    public Watch watch(Runnable listener) {
        watchers.add(listener);
        return () -> watchers.remove(listener);
    }

    /** From now on sessions do not end any more, because it is the agent that does. */
    void leave() {
        synchronized (gate) {
            closed = true;
        }
    }

    /** Writes what waits, on this thread. */
    @Override
    public void close() {
        leave();
        write();
    }

    private void tell() {
        for (Runnable watcher : watchers) {
            try {
                watcher.run();
            } catch (RuntimeException failure) {
                LOG.error("Somebody who watches the history failed", failure);
            }
        }
    }

    private static String sentence(RuntimeException failure) {
        return failure instanceof BookException ? String.valueOf(failure.getMessage()) : failure.toString();
    }
}
