package org.landgrant.agent;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import org.landgrant.desktop.AppScopes;
import org.landgrant.grants.AppId;
import org.landgrant.launch.LaunchedSessions;
import org.landgrant.launch.Session;

/** Has each session put into a unit of its own once it has begun. The session does not wait for that. */
final class Scopes {
    private final LaunchedSessions sessions;
    private final AppScopes scopes;
    private final Executor threads;
    /** More than sessions there can be; then those that ended are forgotten. */
    private static final int MOST_SEEN = 1_024;

    private final Set<Long> seen = new HashSet<>();

    private Scopes(LaunchedSessions sessions, AppScopes scopes, Executor threads) {
        this.sessions = sessions;
        this.scopes = scopes;
        this.threads = threads;
    }

    /** From now on for all sessions. */
    static void watch(LaunchedSessions sessions, AppScopes scopes, Executor threads) {
        Scopes watch = new Scopes(sessions, scopes, threads);
        sessions.watch(watch::look);
    }

    private void look(AppId app) {
        for (Session session : sessions.running(app)) {
            boolean isNew;
            synchronized (seen) {
                isNew = seen.add(session.id());
                if (seen.size() > MOST_SEEN) {
                    seen.retainAll(sessions.running().stream().map(Session::id).collect(Collectors.toSet()));
                }
            }
            if (isNew) {
                threads.execute(() -> scopes.enclose(session.app(), session.pid(), () -> sessions.helper(session)));
            }
        }
    }
}
