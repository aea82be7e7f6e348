package org.landgrant.ui;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.landgrant.grants.Access;
import org.landgrant.grants.AppId;
import org.landgrant.grants.EffectiveGrant;
import org.landgrant.grants.Resource;
import org.landgrant.launch.LiveGrant;
import org.landgrant.launch.Session;
import org.landgrant.launch.Sessions;
import org.landgrant.prompts.Coalescer.Kind;
import org.landgrant.prompts.OneLine;
import org.landgrant.prompts.Standing;
import org.landgrant.prompts.UserPlaces;
import org.landgrant.prompts.Words;

/** Reads what an app has until it is closed. Blocks. */
final class OnceReader {
    private static final int NAME = 40;
    private static final int PATH = 56;

    private final Sessions sessions;
    private final Words words;

    OnceReader(Sessions sessions, Words words) {
        this.sessions = sessions;
        this.words = words;
    }

    /** One row for each thing, whichever of the app's sessions have it. */
    List<OnceRow> rows(AppId app, List<EffectiveGrant> effective, UserPlaces places) {
        Standing standing = new Standing(places, effective);
        Map<LiveGrant, List<Session>> held = new LinkedHashMap<>();
        for (Session session : sessions.running(app)) {
            for (LiveGrant grant : sessions.liveGrants(session)) {
                held.computeIfAbsent(grant, none -> new ArrayList<>()).add(session);
            }
        }
        return held.entrySet().stream()
                .filter(entry ->
                        !standing.allows(LiveHeld.resource(entry.getKey(), places), LiveHeld.access(entry.getKey())))
                .map(entry -> row(entry.getKey(), entry.getValue(), places))
                .toList();
    }

    private OnceRow row(LiveGrant grant, List<Session> holders, UserPlaces places) {
        return switch (grant.kind()) {
            case FILE -> file(grant, holders, places);
            case CONNECT_TCP -> port(grant, holders, "once.connect");
            case LISTEN_TCP -> port(grant, holders, "once.listen");
        };
    }

    private OnceRow port(LiveGrant grant, List<Session> holders, String how) {
        return new OnceRow(grant, holders, words.say("once.port", grant.target()), words.say(how), false);
    }

    private OnceRow file(LiveGrant grant, List<Session> holders, UserPlaces places) {
        String target = grant.target();
        String name = LiveHeld.resource(grant, places) instanceof Resource.Folder(var folder)
                ? places.nameOf(folder)
                : OneLine.clean(target.substring(target.lastIndexOf('/') + 1), NAME);
        String where = words.say(
                "once.where", LeftToRight.path(places.shown(target, PATH)), words.say(level(LiveHeld.access(grant))));
        return new OnceRow(grant, holders, name, where, Places.look(target) != Kind.FOLDER);
    }

    private static String level(Set<Access> access) {
        return access.contains(Access.WRITE) ? "level.readwrite" : "level.read";
    }
}
