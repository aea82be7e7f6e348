package org.landgrant.cli;

import java.util.ArrayList;
import java.util.List;

/** Whoever typed a command; may leave before it has ended. Safe for many threads. */
public final class Presence {
    private final List<Runnable> waiting = new ArrayList<>();
    private boolean gone;

    /** Runs {@code then} once, when that person has left; at once when that was before. */
    void whenGone(Runnable then) {
        synchronized (waiting) {
            if (!gone) {
                waiting.add(then);
                return;
            }
        }
        then.run();
    }

    /** Nobody reads any more what the command says, so one that goes on for ever ends. */
    public void leave() {
        List<Runnable> told;
        synchronized (waiting) {
            gone = true;
            told = List.copyOf(waiting);
            waiting.clear();
        }
        told.forEach(Runnable::run);
    }
}
