package org.landgrant.grants;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A decision somebody made about one resource for one app. There is at most one per app and
 * resource.
 *
 * @param id the book's number for it, from 1; 0 before it was put into a book
 * @param access what was decided about; never empty
 * @param timesAsked how many prompts about it were answered
 * @param lastUsed when a session last used it, if that is known
 */
public record Grant(
        long id,
        AppId app,
        Resource resource,
        Set<Access> access,
        Decision decision,
        Lifetime lifetime,
        Origin origin,
        Instant created,
        Optional<Instant> lastUsed,
        int timesAsked) {

    public Grant {
        access = Set.copyOf(access);
        if (access.isEmpty()) {
            throw new IllegalArgumentException("a grant names at least one access");
        }
    }

    /** A grant that no book has numbered yet. */
    public static Grant of(
            AppId app, Resource resource, Set<Access> access, Decision decision, Origin origin, Instant created) {
        return new Grant(0, app, resource, access, decision, Lifetime.ALWAYS, origin, created, Optional.empty(), 0);
    }

    /** Whether it allows something that ends by itself. */
    public boolean isTemporary() {
        return decision == Decision.ALLOW && !lifetime.isAlways();
    }

    public Grant withId(long newId) {
        return new Grant(newId, app, resource, access, decision, lifetime, origin, created, lastUsed, timesAsked);
    }
}
