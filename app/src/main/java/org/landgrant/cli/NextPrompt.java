package org.landgrant.cli;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.landgrant.grants.Gatekeeper.Watch;
import org.landgrant.prompts.LivePrompt;
import org.landgrant.prompts.LiveQuestions;

/** Where terminals wait for what is asked next. Safe for many threads. */
final class NextPrompt implements AutoCloseable {
    /**
     * What there is after a wait.
     *
     * @param changed whether what was shown is not the one to answer any more
     * @param prompt the one to answer instead; empty when nothing waits, or nothing changed
     */
    record Turn(boolean changed, Optional<LivePrompt> prompt) {
        static final Turn SAME = new Turn(false, Optional.empty());
    }

    private final LiveQuestions live;
    private final Watch watch;
    private long changes;
    private boolean closed;

    NextPrompt(LiveQuestions live) {
        this.live = live;
        this.watch = live.watch(app -> changed());
    }

    /**
     * Waits until the shown prompt is gone, or, when none is shown, until there is one.
     *
     * @param shown its ID, 0 for none
     * @param patience after so long nothing has changed
     */
    Turn after(long shown, Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        for (long seen = seen(); ; seen = seen()) {
            // Only each app's first: what queues behind it may yet be settled by its answer.
            List<LivePrompt> open = live.open();
            if (open.stream().noneMatch(prompt -> prompt.id() == shown) && (shown != 0 || !open.isEmpty())) {
                return new Turn(true, open.stream().findFirst());
            }
            if (!await(seen, end)) {
                return Turn.SAME;
            }
        }
    }

    private synchronized long seen() {
        return changes;
    }

    /** Whether something changed since {@code seen}. */
    private synchronized boolean await(long seen, long end) {
        try {
            while (changes == seen && !closed) {
                long left = Duration.ofNanos(end - System.nanoTime()).toMillis();
                if (left <= 0) {
                    return false;
                }
                wait(left);
            }
            return !closed;
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private synchronized void changed() {
        changes++;
        notifyAll();
    }

    /** Nobody waits any more. */
    @Override
    public synchronized void close() {
        closed = true;
        notifyAll();
        watch.close();
    }
}
