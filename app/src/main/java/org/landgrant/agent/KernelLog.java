package org.landgrant.agent;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongUnaryOperator;
import org.landgrant.grants.Access;
import org.landgrant.grants.AppId;
import org.landgrant.grants.Denial;
import org.landgrant.grants.Event;
import org.landgrant.grants.Resource;
import org.landgrant.kernel.KernelRefusal;
import org.landgrant.launch.Session;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notes what only the kernel saw. Supervisors tell almost all that a session is refused, and the kernel writes down
 * most of that, too; so each of its records waits for {@link #PATIENCE}, and what a supervisor has told by then is
 * not told twice. What belongs to none of our sessions is nobody's business here. Safe for many threads.
 */
final class KernelLog implements AutoCloseable {
    /** How long a record waits for the supervisor's word; that takes less than a second. */
    static final Duration PATIENCE = Duration.ofSeconds(2);

    /** How long a session's end is remembered, for records that come after it. */
    private static final Duration AFTERMATH = Duration.ofSeconds(10);

    /** Different records that wait at most. */
    private static final int MOST_WAITING = 1_024;

    /** What supervisors told last. */
    private static final int MOST_TOLD = 4_096;

    private static final int MOST_SESSIONS = 1_024;
    private static final int MOST_ANCESTORS = 64;
    private static final Logger LOG = LoggerFactory.getLogger(KernelLog.class);

    /** A confined run: of which app, and since when it has ended. */
    private record Run(AppId app, Optional<Instant> ended) {}

    /** Whom the kernel names. */
    private record Actor(long process, long parent, long maker) {}

    /** A record that waits, with who might be its session's supervisor. */
    private record Waiting(Set<Long> family, KernelMatter matter, Instant first, Instant last, long count) {}

    private final Consumer<Event> note;
    private final LongUnaryOperator parents;
    private final InstantSource time;
    private final ScheduledExecutorService clock;

    private final Object gate = new Object();
    private final Map<Long, Run> runs = new LinkedHashMap<>();
    /** Of who was refused something lately: an app may be refused a lot, and looking costs more than refusing. */
    private final Map<Actor, Set<Long>> families = new HashMap<>();

    private final Map<Denial.Key, Boolean> told = recent();
    private final Map<Denial.Key, Boolean> toldOfFolders = recent();
    private Map<List<Object>, Waiting> waiting = new LinkedHashMap<>();
    private boolean scheduled;
    private long dropped;

    /**
     * @param note gets the events
     * @param parents the parent of a process, 0 when it is not known
     * @param clock only tells when {@link #PATIENCE} is over
     */
    KernelLog(Consumer<Event> note, LongUnaryOperator parents, InstantSource time, ScheduledExecutorService clock) {
        this.note = note;
        this.parents = parents;
        this.time = time;
        this.clock = clock;
    }

    /** The parent of a process as the system says it now. */
    static long parentOf(long process) {
        return ProcessHandle.of(process)
                .flatMap(ProcessHandle::parent)
                .map(ProcessHandle::pid)
                .orElse(0L);
    }

    /** Takes note of the app's sessions that run now. */
    void sessionsChanged(AppId app, List<Session> now) {
        Map<Long, Run> running = new HashMap<>();
        now.forEach(session -> running.put(session.pid(), new Run(app, Optional.empty())));
        synchronized (gate) {
            Instant moment = time.instant();
            runs.replaceAll((pid, run) -> run.app().equals(app) && run.ended().isEmpty() && !running.containsKey(pid)
                    ? new Run(app, Optional.of(moment))
                    : run);
            runs.putAll(running);
            runs.values()
                    .removeIf(run -> run.ended()
                            .filter(ended -> runs.size() > MOST_SESSIONS || isOver(ended, AFTERMATH, moment))
                            .isPresent());
        }
    }

    /** What supervisors told. */
    void told(List<Denial> denials) {
        synchronized (gate) {
            for (Denial denial : denials) {
                told.put(denial.key(), true);
                if (denial.access() == Access.WRITE && denial.resource() instanceof Resource.Place(String path)) {
                    int end = Math.max(1, path.lastIndexOf('/'));
                    toldOfFolders.put(
                            new Denial.Key(denial.app(), new Resource.Place(path.substring(0, end)), Access.WRITE),
                            true);
                }
            }
        }
    }

    /** What the kernel told. Looks at once whose it is: processes end. */
    void take(KernelRefusal refusal) {
        Optional<KernelMatter> matter = KernelMatter.of(refusal);
        if (matter.isEmpty()) {
            return;
        }
        Set<Long> family = family(refusal);
        synchronized (gate) {
            List<Object> key =
                    List.of(matter.get(), owner(family).map(AppId::value).orElse(family.toString()));
            if (waiting.size() >= MOST_WAITING && !waiting.containsKey(key)) {
                dropped++;
                return;
            }
            Waiting one = new Waiting(family, matter.get(), refusal.when(), refusal.when(), 1);
            waiting.merge(
                    key,
                    one,
                    (before, now) ->
                            new Waiting(before.family, before.matter, before.first, now.last, before.count + 1));
            if (!scheduled) {
                scheduled = true;
                schedule();
            }
        }
    }

    /** Notes what has waited long enough. */
    void look() {
        List<Event> events = new ArrayList<>();
        synchronized (gate) {
            scheduled = false;
            families.clear();
            Map<List<Object>, Waiting> ripe = waiting;
            waiting = new LinkedHashMap<>();
            for (Waiting one : ripe.values()) {
                owner(one.family)
                        .filter(app -> !one.matter.isTold(app, told.keySet(), toldOfFolders.keySet()))
                        .ifPresent(app -> events.add(one.matter.event(app, one.first, one.last, one.count)));
            }
            if (dropped > 0) {
                LOG.warn("The kernel refused too many different things at once; {} are not in the history", dropped);
                dropped = 0;
            }
        }
        events.forEach(note);
    }

    @Override
    public void close() {
        look();
    }

    private Set<Long> family(KernelRefusal refusal) {
        Actor actor = new Actor(refusal.process(), refusal.parent(), refusal.maker());
        synchronized (gate) {
            Set<Long> known = families.get(actor);
            if (known != null) {
                return known;
            }
        }
        Set<Long> family = lookedUp(actor);
        synchronized (gate) {
            if (families.size() < MOST_WAITING) {
                families.put(actor, family);
            }
        }
        return family;
    }

    private Set<Long> lookedUp(Actor actor) {
        Set<Long> family = new LinkedHashSet<>();
        for (long one : List.of(actor.parent(), actor.process(), actor.maker())) {
            for (long at = one; at > 1 && family.size() < MOST_ANCESTORS && family.add(at); ) {
                at = parents.applyAsLong(at);
            }
        }
        return family;
    }

    private Optional<AppId> owner(Set<Long> family) {
        return family.stream()
                .flatMap(pid -> Optional.ofNullable(runs.get(pid)).stream())
                .map(Run::app)
                .findFirst();
    }

    private void schedule() {
        try {
            var _ = clock.schedule(this::look, PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException ending) {
            LOG.debug("The agent ends; close() looks once more", ending);
        }
    }

    private static boolean isOver(Instant start, Duration length, Instant now) {
        return start.plus(length).isBefore(now);
    }

    private static Map<Denial.Key, Boolean> recent() {
        return new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Denial.Key, Boolean> eldest) {
                return size() > MOST_TOLD;
            }
        };
    }
}
