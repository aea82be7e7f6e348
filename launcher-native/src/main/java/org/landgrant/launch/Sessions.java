package org.landgrant.launch;

import java.util.List;
import java.util.function.Consumer;
import org.landgrant.grants.AppId;
import org.landgrant.grants.Denial;

/** The confined runs of apps that go on now, and how one begins and ends. Safe for many threads. */
public interface Sessions {

    /** The sessions that run now, oldest first. */
    List<Session> running();

    /** The sessions of one app that run now, oldest first. */
    default List<Session> running(AppId app) {
        return running().stream().filter(session -> session.app().equals(app)).toList();
    }

    /**
     * Starts a launcher for the app; returns at once. The session appears in {@link #running()} when
     * the launcher reports it.
     *
     * @param arguments files and URIs to open
     * @throws org.landgrant.grants.RefusedException when no launcher could be started
     */
    void launch(AppId app, List<String> arguments);

    /**
     * Ends the session's whole process tree politely and starts it again with the same files, working
     * folder and environment, and with the policy of that moment. Returns at once. When the session
     * has already ended, starts a new one with its files.
     */
    void reopen(Session session);

    /** Ends what is left of the session's process tree without asking it. */
    void kill(Session session);

    /** What the session was given while it runs; empty when it has ended. */
    default List<LiveGrant> liveGrants(Session session) {
        return List.of();
    }

    /**
     * Calls {@code listener} with the app whenever one of its sessions begins, ends, or could not
     * begin, on any thread.
     */
    void watch(Consumer<AppId> listener);

    /** Calls {@code listener} with each new batch of denials of a session, on any thread. */
    void watchDenials(Consumer<List<Denial>> listener);
}
