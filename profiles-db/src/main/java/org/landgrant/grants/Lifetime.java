package org.landgrant.grants;

import java.time.Instant;
import java.util.Optional;

/**
 * How long a grant holds: until every end it names has not come yet. Without an end it holds always.
 *
 * @param until the moment it ends
 * @param login names the log-in it ends with, by whatever name that is told apart from others
 */
public record Lifetime(Optional<Instant> until, Optional<String> login) {
    /** Holds until somebody takes it back. */
    public static final Lifetime ALWAYS = new Lifetime(Optional.empty(), Optional.empty());

    /** Holds until that moment. */
    public static Lifetime until(Instant end) {
        return new Lifetime(Optional.of(end), Optional.empty());
    }

    /** Holds until the person logs out of that log-in. */
    public static Lifetime during(String login) {
        return new Lifetime(Optional.empty(), Optional.of(login));
    }

    /** Whether no end is set. */
    public boolean isAlways() {
        return equals(ALWAYS);
    }

    /** Whether a grant of this lifetime still holds at {@code now}, as far as time is concerned. */
    public boolean holdsAt(Instant now) {
        return until.map(end -> now.isBefore(end)).orElse(true);
    }

    /** Whether it holds in that log-in, as far as log-ins are concerned. */
    public boolean holdsIn(String current) {
        return login.map(current::equals).orElse(true);
    }
}
