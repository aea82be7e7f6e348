package org.landgrant.profiles;

import java.time.Duration;
import org.landgrant.grants.Denial;

/** How much is kept about what apps were refused and of what happened; the same for every book. */
final class Retention {
    /** Keys (app, resource, access) in all; the newest stay. */
    static final int DENIALS = Denial.MOST_KEPT;

    /** Events in all; the newest stay. */
    static final int EVENTS = 20_000;

    /** Different things of one app whose refusals are told apart within an hour, so that none fills the history. */
    static final int REFUSALS_AN_HOUR = 200;

    /** How long after its beginning the same thing is counted into an event. */
    static final Duration TOGETHER = Duration.ofHours(1);

    private Retention() {}

    static void requireCount(int most) {
        if (most < 0) {
            throw new IllegalArgumentException("a number is not negative");
        }
    }
}
