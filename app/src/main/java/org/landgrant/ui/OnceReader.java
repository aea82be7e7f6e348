package org.landgrant.ui;

import java.util.EnumSet;
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
    /** Rows of one app; where there are more, taking one back makes room for the next. */
    private static final int MOST = 50;

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
        Map<Resource, Set<Access>> held = new LinkedHashMap<>();
        for (Session session : sessions.running(app)) {
            for (LiveGrant grant : sessions.liveGrants(session)) {
                held.computeIfAbsent(LiveHeld.resource(grant, places), none -> EnumSet.noneOf(Access.class))
                        .addAll(LiveHeld.access(grant));
            }
        }
        return held.entrySet().stream()
                .filter(entry -> !standing.allows(entry.getKey(), entry.getValue()))
                .limit(MOST)
                .map(entry -> row(entry.getKey(), entry.getValue(), places))
                .toList();
    }

    private OnceRow row(Resource resource, Set<Access> access, UserPlaces places) {
        if (resource instanceof Resource.TcpPort(int port)) {
            boolean both = access.size() > 1;
            String how = both ? "once.both" : access.contains(Access.LISTEN) ? "once.listen" : "once.connect";
            return new OnceRow(resource, access, words.say("once.port", Integer.toString(port)), words.say(how), false);
        }
        String path = places.pathOf(resource).orElse(resource.text());
        String name = resource instanceof Resource.Folder(var folder)
                ? places.nameOf(folder)
                : OneLine.clean(path.substring(path.lastIndexOf('/') + 1), NAME);
        String how = access.contains(Access.WRITE) ? "level.readwrite" : "level.read";
        String detail = words.say("once.where", LeftToRight.path(places.shown(path, PATH)), words.say(how));
        return new OnceRow(resource, access, name, detail, Places.look(path) != Kind.FOLDER);
    }
}
