package org.landgrant.grants;

import java.time.Duration;
import java.time.Instant;

/** How long somebody wants a grant to hold, chosen beside <em>Allow</em>. */
public enum Span {
    ALWAYS,
    /** Thirty days from now. */
    MONTH,
    /** Until the person logs out. */
    LOGIN;

    private static final Duration THIRTY_DAYS = Duration.ofDays(30);

    /**
     * What it comes to.
     *
     * @param login the name of the log-in of this moment
     */
    public Lifetime from(Instant now, String login) {
        return switch (this) {
            case ALWAYS -> Lifetime.ALWAYS;
            case MONTH -> Lifetime.until(now.plus(THIRTY_DAYS));
            case LOGIN -> Lifetime.during(login);
        };
    }
}
