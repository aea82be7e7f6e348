package org.landgrant.ui;

import java.time.Duration;

/**
 * When the buttons of a card may work: after its window was shown and focused for one second during
 * which nothing in it changed. So a click or key meant for something else cannot answer it.
 *
 * <p>All times are in nanoseconds of one clock, such as {@link System#nanoTime()}.
 */
final class Arming {
    static final Duration DELAY = Duration.ofSeconds(1);

    private boolean focused;
    private long since;

    /** The window got or lost the focus. */
    void focused(boolean now, long time) {
        focused = now;
        since = time;
    }

    /** Something in the window, its size or its place changed. */
    void disturbed(long time) {
        since = time;
    }

    /** How far it is, from 0 to 1; armed at 1. */
    double progress(long time) {
        if (!focused) {
            return 0;
        }
        return Math.clamp((double) (time - since) / DELAY.toNanos(), 0.0, 1.0);
    }

    boolean armed(long time) {
        return progress(time) >= 1;
    }
}
