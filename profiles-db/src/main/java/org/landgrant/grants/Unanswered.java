package org.landgrant.grants;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * Something an app asked for and nobody answered.
 *
 * @param access what it wanted; never empty
 * @param closed how often a prompt about it was closed without an answer, since it was last silent
 * @param last when it was asked last
 * @param waiting whether it still waits for an answer; otherwise only {@code closed} is of interest
 */
public record Unanswered(AppId app, Resource resource, Set<Access> access, int closed, Instant last, boolean waiting) {
    /** After a prompt was closed this often, nobody asks for a while. */
    public static final int PATIENCE = 3;

    /** For how long. */
    public static final Duration SILENCE = Duration.ofDays(7);

    public Unanswered {
        access = Set.copyOf(access);
        if (access.isEmpty()) {
            throw new IllegalArgumentException("what nobody answered names at least one access");
        }
    }

    /** Whether it is not asked about at {@code now}, because it was closed too often. */
    public boolean isSilentAt(Instant now) {
        return closed >= PATIENCE && now.isBefore(last.plus(SILENCE));
    }
}
