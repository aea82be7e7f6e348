package org.landgrant.ui;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** Storms of events become few: what arrives within one delay is handed over together, each thing once. */
final class Gathered<T> {
    private final Executor later;
    private final Consumer<Set<T>> bulk;
    private Set<T> arrived = new LinkedHashSet<>();

    /**
     * @param later runs what it is given after the delay
     * @param bulk gets what arrived, never nothing
     */
    Gathered(Executor later, Consumer<Set<T>> bulk) {
        this.later = later;
        this.bulk = bulk;
    }

    /** From any thread. */
    synchronized void add(T event) {
        boolean first = arrived.isEmpty();
        arrived.add(event);
        if (first) {
            later.execute(this::handOver);
        }
    }

    private void handOver() {
        Set<T> all;
        synchronized (this) {
            all = arrived;
            arrived = new LinkedHashSet<>();
        }
        bulk.accept(all);
    }
}
