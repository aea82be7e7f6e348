package org.landgrant.ui;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.landgrant.grants.AppId;
import org.landgrant.grants.EffectiveGrant;
import org.landgrant.grants.Gatekeeper;
import org.landgrant.launch.Session;
import org.landgrant.launch.Sessions;

/**
 * Remembers what held when each running session was first seen, because a running program keeps the
 * limits it was started with. Not safe for several threads.
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

    /** Whether a session of the app runs under other grants than {@code now}. */
    boolean outdated(AppId app, List<EffectiveGrant> now) {
        return sessions.running(app).stream().anyMatch(session -> {
            List<EffectiveGrant> then = bySession.get(session.id());
            return then != null && !then.equals(now);
        });
    }
}
