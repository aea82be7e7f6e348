package org.landgrant.denials;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.landgrant.grants.Denial;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns storms of denials into small batches: whoever adds never waits, and what was refused a
 * thousand times is handed over once with a count. Safe for many threads.
 *
 * <p>At most {@link #MOST_KEYS} different denials wait at a time; further ones are dropped until the
 * waiting ones were taken.
 */
public final class DenialGatherer implements AutoCloseable {
    /** How many different denials wait at most. */
    public static final int MOST_KEYS = 4_096;

    /** How long a denial waits before it is handed over. */
    public static final Duration PERIOD = Duration.ofMillis(300);

    private static final Logger LOG = LoggerFactory.getLogger(DenialGatherer.class);

    private final Executor handOver;
    private final ScheduledFuture<?> ticks;
    private final List<Consumer<List<Denial>>> watchers = new CopyOnWriteArrayList<>();
    private final AtomicBoolean tickQueued = new AtomicBoolean();
    private final ReentrantLock handing = new ReentrantLock();
    private final Object gate = new Object();
    private Map<Denial.Key, Denial> waiting = new LinkedHashMap<>();
    private long dropped;

    /**
     * @param scheduler only tells when {@link #PERIOD} is over
     * @param handOver where the watchers are called then
     */
    public DenialGatherer(ScheduledExecutorService scheduler, Executor handOver) {
        this.handOver = handOver;
        this.ticks = scheduler.scheduleWithFixedDelay(
                this::tick, PERIOD.toMillis(), PERIOD.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Calls {@code watcher} with every later batch, each key once, in the order of first refusal. */
    public void watch(Consumer<List<Denial>> watcher) {
        watchers.add(watcher);
    }

    /** Adds a denial; returns at once. */
    public void add(Denial denial) {
        synchronized (gate) {
            if (waiting.size() < MOST_KEYS || waiting.containsKey(denial.key())) {
                waiting.merge(denial.key(), denial, Denial::and);
            } else {
                dropped++;
            }
        }
    }

    /** Hands over what waits now, on this thread; returns when every watcher has it. */
    public void flush() {
        handing.lock();
        try {
            Map<Denial.Key, Denial> batch;
            long lost;
            synchronized (gate) {
                batch = waiting;
                lost = dropped;
                waiting = new LinkedHashMap<>();
                dropped = 0;
            }
            if (lost > 0) {
                LOG.warn("Too many different refusals at once; {} were not kept", lost);
            }
            if (!batch.isEmpty()) {
                List<Denial> denials = List.copyOf(batch.values());
                watchers.forEach(watcher -> hand(denials, watcher));
            }
        } finally {
            handing.unlock();
        }
    }

    /** Hands over what still waits; what is added later waits for good. */
    @Override
    public void close() {
        ticks.cancel(false);
        flush();
    }

    private void tick() {
        boolean idle;
        synchronized (gate) {
            idle = waiting.isEmpty();
        }
        if (!idle && tickQueued.compareAndSet(false, true)) {
            handOver.execute(() -> {
                tickQueued.set(false);
                flush();
            });
        }
    }

    /** One failing watcher costs neither the others nor the next batch. */
    private static void hand(List<Denial> batch, Consumer<List<Denial>> watcher) {
        try {
            watcher.accept(batch);
        } catch (RuntimeException failure) {
            LOG.warn(
                    "{} refusals could not be handed over: {}",
                    batch.size(),
                    failure.getClass().getSimpleName());
            LOG.debug("Refusals could not be handed over", failure);
        }
    }
}
