package org.landgrant.ui;

import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.landgrant.grants.Access;
import org.landgrant.grants.Decision;
import org.landgrant.grants.EffectiveGrant;
import org.landgrant.grants.Origin;
import org.landgrant.grants.Resource;
import org.landgrant.grants.UserFolder;
import org.landgrant.launch.LiveGrant;
import org.landgrant.prompts.UserPlaces;

/** What a running session was given until its end, in the words of grants. */
final class LiveHeld {
    private LiveHeld() {}

    /** As if it had been decided. */
    static List<EffectiveGrant> asDecided(Collection<LiveGrant> live, UserPlaces places) {
        return live.stream()
                .map(grant -> new EffectiveGrant(
                        "live",
                        resource(grant, places),
                        access(grant),
                        Decision.ALLOW,
                        Origin.PROMPT,
                        false,
                        Optional.empty()))
                .toList();
    }

    /** What was given; a person's own folder by its meaning. */
    static Resource resource(LiveGrant grant, UserPlaces places) {
        return switch (grant.kind()) {
            case CONNECT_TCP, LISTEN_TCP -> new Resource.TcpPort(Integer.parseInt(grant.target()));
            case BUS -> throw new IllegalStateException("bug: " + grant + " was given while an app ran");
            case FILE ->
                places.folders().entrySet().stream()
                        .filter(entry -> entry.getValue().equals(grant.target()))
                        .map(Map.Entry<UserFolder, String>::getKey)
                        .findFirst()
                        .<Resource>map(Resource.Folder::new)
                        .orElseGet(() -> new Resource.Place(grant.target()));
        };
    }

    /** How it may be used. */
    static Set<Access> access(LiveGrant grant) {
        return switch (grant.kind()) {
            case CONNECT_TCP -> Set.of(Access.CONNECT);
            case LISTEN_TCP -> Set.of(Access.LISTEN);
            case BUS -> throw new IllegalStateException("bug: " + grant + " was given while an app ran");
            case FILE -> {
                Set<Access> access = EnumSet.noneOf(Access.class);
                grant.rights().forEach(right -> {
                    switch (right) {
                        case LIST, READ -> access.add(Access.READ);
                        case WRITE, DEVICE -> access.add(Access.WRITE);
                        case EXECUTE -> access.add(Access.EXECUTE);
                    }
                });
                yield access;
            }
        };
    }
}
