package org.landgrant.ui;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.landgrant.desktop.HandOff;
import org.landgrant.desktop.InstalledApp;

/** The question about a launch that would end in what is open without limits. */
final class HandOffModel {
    /** After this long of closing, a person is told what may hold it up. */
    static final Duration SLOW = Duration.ofSeconds(8);

    /** What the window is about at the moment. */
    enum Phase {
        ASKING,
        CLOSING,
        CLOSING_LONG,
        DONE
    }

    private final HandOff handOff;
    private final InstalledApp app;
    private final InstantSource clock;
    private final ReadOnlyObjectWrapper<Phase> phase = new ReadOnlyObjectWrapper<>(Phase.ASKING);
    private Instant asked;

    HandOffModel(HandOff handOff, InstalledApp app, InstantSource clock) {
        this.handOff = handOff;
        this.app = app;
        this.clock = clock;
        this.asked = clock.instant();
    }

    InstalledApp app() {
        return app;
    }

    ReadOnlyObjectProperty<Phase> phase() {
        return phase.getReadOnlyProperty();
    }

    /** The person wants it closed and opened confined. */
    void close() {
        if (phase.get() == Phase.ASKING) {
            asked = clock.instant();
            phase.set(Phase.CLOSING);
            handOff.close();
        }
    }

    /** Not now: nothing is started. */
    void refuse() {
        handOff.refuse();
        over();
    }

    /** Nobody waits any more. */
    void over() {
        phase.set(Phase.DONE);
    }

    /** Time went by. */
    void look() {
        if (phase.get() == Phase.CLOSING
                && Duration.between(asked, clock.instant()).compareTo(SLOW) >= 0) {
            phase.set(Phase.CLOSING_LONG);
        }
    }
}
