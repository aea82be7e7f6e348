package org.landgrant.ui;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.landgrant.grants.AppId;
import org.landgrant.grants.Denial;
import org.landgrant.launch.LiveGrant;
import org.landgrant.launch.Session;
import org.landgrant.launch.Sessions;

/** Sessions that begin and end when they are told to; apps that were asked to end do so when told. */
final class MapSessions implements Sessions {
    private final List<Session> running = new CopyOnWriteArrayList<>();
    private final List<Consumer<AppId>> listeners = new CopyOnWriteArrayList<>();
    private final List<Session> asked = new CopyOnWriteArrayList<>();
    private final Map<Long, List<LiveGrant>> live = new ConcurrentHashMap<>();
    private long numbers;

    /** From now on, until its end, the session has that too. */
    void give(Session session, LiveGrant grant) {
        live.computeIfAbsent(session.id(), none -> new CopyOnWriteArrayList<>()).add(grant);
        tell(session.app());
    }

    @Override
    public List<LiveGrant> liveGrants(Session session) {
        return List.copyOf(live.getOrDefault(session.id(), List.of()));
    }

    /** It has that no more. */
    void take(Session session, LiveGrant grant) {
        live.getOrDefault(session.id(), new ArrayList<>()).removeIf(grant::covers);
        tell(session.app());
    }

    Session begin(AppId app, List<String> arguments) {
        Session session =
                new Session(++numbers, app, ProcessHandle.current().pid(), Instant.now(), Path.of("/"), arguments);
        running.add(session);
        tell(app);
        return session;
    }

    void end(Session session) {
        running.remove(session);
        tell(session.app());
    }

    /** The sessions that were asked to end and start again. */
    List<Session> asked() {
        return new ArrayList<>(asked);
    }

    @Override
    public List<Session> running() {
        return List.copyOf(running);
    }

    @Override
    public void launch(AppId app, List<String> arguments) {
        begin(app, arguments);
    }

    @Override
    public void reopen(Session session) {
        asked.add(session);
    }

    @Override
    public void kill(Session session) {
        end(session);
        begin(session.app(), session.arguments());
    }

    @Override
    public void watch(Consumer<AppId> listener) {
        listeners.add(listener);
    }

    @Override
    public void watchDenials(Consumer<List<Denial>> listener) {}

    private void tell(AppId app) {
        listeners.forEach(listener -> listener.accept(app));
    }
}
