package org.landgrant.ui;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.landgrant.grants.Access;
import org.landgrant.grants.AppId;
import org.landgrant.grants.Decision;
import org.landgrant.grants.EffectiveGrant;
import org.landgrant.grants.Gatekeeper;
import org.landgrant.grants.Origin;
import org.landgrant.grants.Resource;
import org.landgrant.launch.Session;
import org.landgrant.launch.Sessions;
import org.landgrant.prompts.Standing;
import org.landgrant.prompts.UserPlaces;

/**
 * Remembers what held when each running session was first seen. A running program keeps the limits it was
 * started with; it can be given more while it runs, and that can be taken back, but never less than it
 * began with. Not safe for several threads.
 */
final class Baselines {
    private final Gatekeeper gatekeeper;
    private final Sessions sessions;
    private final Map<Long, List<EffectiveGrant>> bySession = new HashMap<>();

    Baselines(Gatekeeper gatekeeper, Sessions sessions) {
        this.gatekeeper = gatekeeper;
        this.sessions = sessions;
    }

    /** Takes note of sessions that began and forgets those that ended. */
    void look() {
        Set<Long> running = new HashSet<>();
        for (Session session : sessions.running()) {
            running.add(session.id());
            bySession.computeIfAbsent(session.id(), none -> List.copyOf(gatekeeper.effective(session.app())));
        }
        bySession.keySet().retainAll(running);
    }

    /** Whether a session of the app has other limits than {@code now} says, until it is opened again. */
    boolean outdated(AppId app, List<EffectiveGrant> now, UserPlaces places) {
        return sessions.running(app).stream().anyMatch(session -> {
            List<EffectiveGrant> then = bySession.get(session.id());
            return then != null && outdated(session, then, now, places);
        });
    }

    private boolean outdated(Session session, List<EffectiveGrant> then, List<EffectiveGrant> now, UserPlaces places) {
        List<EffectiveGrant> has = new ArrayList<>(then);
        has.addAll(LiveHeld.asDecided(sessions.liveGrants(session), places));
        return !covers(has, now, places)
                || !covers(now, then, places)
                || !exceptions(then, places).equals(exceptions(now, places));
    }

    /** Whether everything that {@code wanted} allows is allowed by {@code has}. */
    private static boolean covers(List<EffectiveGrant> has, List<EffectiveGrant> wanted, UserPlaces places) {
        Standing standing = new Standing(places, has);
        return wanted.stream()
                .filter(grant -> grant.decision() == Decision.ALLOW)
                .allMatch(grant -> standing.allows(grant.resource(), grant.access()));
    }

    /** A first “Don't Allow” is no decision yet. */
    private static boolean closes(EffectiveGrant grant) {
        return grant.decision() == Decision.DENY
                || (grant.decision() == Decision.ASK && grant.origin() != Origin.PROMPT);
    }

    /** What is kept from the app although it lies in something it may read. */
    private static Set<Resource> exceptions(List<EffectiveGrant> grants, UserPlaces places) {
        Standing standing = new Standing(places, grants);
        return grants.stream()
                .filter(Baselines::closes)
                .map(EffectiveGrant::resource)
                .filter(resource -> standing.allows(resource, Set.of(Access.READ))
                        || standing.allows(resource, Set.of(Access.CONNECT)))
                .collect(Collectors.toSet());
    }
}
