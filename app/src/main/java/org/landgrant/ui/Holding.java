package org.landgrant.ui;

import java.time.Duration;

/**
 * How long something is held down. Letting go early is as if nothing had been pressed.
 *
 * <p>All times are in nanoseconds of one clock, such as {@link System#nanoTime()}.
 */
final class Holding {
    static final Duration LONG_ENOUGH = Duration.ofMillis(1200);

    private boolean held;
    private long since;

    /** It is pressed; means nothing when it is already. */
    void press(long time) {
        if (!held) {
            held = true;
            since = time;
        }
    }

    void release() {
        held = false;
    }

    /** How far it is, from 0 to 1. */
    double progress(long time) {
        return held ? Math.clamp((double) (time - since) / LONG_ENOUGH.toNanos(), 0.0, 1.0) : 0;
    }

    /** Whether it was held long enough; true once for each time. */
    boolean isDone(long time) {
        boolean done = progress(time) >= 1;
        if (done) {
            release();
        }
        return done;
    }
}
