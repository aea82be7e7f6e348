package org.landgrant.ui;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.landgrant.grants.AppId;
import org.landgrant.grants.EffectiveGrant;
import org.landgrant.grants.Event;
import org.landgrant.grants.Event.Who;
import org.landgrant.grants.Gatekeeper;
import org.landgrant.grants.Grant;
import org.landgrant.grants.Origin;
import org.landgrant.grants.RefusedException;
import org.landgrant.grants.Resource;
import org.landgrant.grants.Ruling;
import org.landgrant.prompts.Undo;

/** All that somebody decided about one app, forgotten at once so that its template alone holds, and put back. Blocks. */
final class Beginning {
    private Beginning() {}

    /** How much somebody decided about an app. */
    static int decided(List<EffectiveGrant> effective) {
        return (int) effective.stream().filter(Beginning::isDecided).count();
    }

    private static boolean isDecided(EffectiveGrant grant) {
        return grant.origin() != Origin.TEMPLATE;
    }

    /** Forgets it; returns what puts it back as far as nothing else was decided meanwhile. */
    static Undo of(Gatekeeper gatekeeper, AppId app, Instant now) {
        return of(gatekeeper, app, gatekeeper.effective(app), now);
    }

    /** The same of what was decided about one resource. */
    static Undo of(Gatekeeper gatekeeper, AppId app, Resource resource, Instant now) {
        List<EffectiveGrant> about = gatekeeper.effective(app).stream()
                .filter(grant -> grant.resource().equals(resource))
                .toList();
        return of(gatekeeper, app, about, now);
    }

    private static Undo of(Gatekeeper gatekeeper, AppId app, List<EffectiveGrant> effective, Instant now) {
        List<Event> changes = new ArrayList<>();
        for (EffectiveGrant grant : effective) {
            Optional<Grant> before = gatekeeper.decided(app, grant.resource());
            if (isDecided(grant) && before.isPresent()) {
                gatekeeper.reset(app, grant.resource());
                changes.add(Event.decided(
                        app, grant.resource(), before.map(Ruling::of), Optional.empty(), now, Who.SETTINGS));
            }
        }
        return () -> putBack(gatekeeper, changes);
    }

    private static void putBack(Gatekeeper gatekeeper, List<Event> changes) {
        Optional<RefusedException> otherwise = Optional.empty();
        for (Event change : changes) {
            try {
                gatekeeper.putBack(change);
            } catch (RefusedException stays) {
                otherwise = Optional.of(stays);
            }
        }
        if (otherwise.isPresent()) {
            throw otherwise.get();
        }
    }
}
