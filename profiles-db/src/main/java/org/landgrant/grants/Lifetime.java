package org.landgrant.grants;

import java.time.Instant;
import java.util.Optional;

/**
 * How long a grant holds.
 *
 * @param until the moment it ends; empty means always
 */
public record Lifetime(Optional<Instant> until) {
    /** Holds until somebody takes it back. */
    public static final Lifetime ALWAYS = new Lifetime(Optional.empty());

    /** Holds until that moment. */
    public static Lifetime until(Instant end) {
        return new Lifetime(Optional.of(end));
    }

    /** Whether a grant of this lifetime still holds at {@code now}. */
    public boolean holdsAt(Instant now) {
        return until.map(end -> now.isBefore(end)).orElse(true);
    }
}
