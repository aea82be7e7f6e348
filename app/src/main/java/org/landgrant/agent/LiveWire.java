package org.landgrant.agent;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.landgrant.grants.Access;
import org.landgrant.grants.Decision;
import org.landgrant.grants.EffectiveGrant;
import org.landgrant.grants.Origin;
import org.landgrant.grants.Resource;
import org.landgrant.launch.LaunchedSessions;
import org.landgrant.launch.LiveGrant;
import org.landgrant.launch.Refusal.Kind;
import org.landgrant.launch.Session;
import org.landgrant.policy.Right;
import org.landgrant.prompts.LiveChanges;
import org.landgrant.prompts.LiveChanges.Part;
import org.landgrant.prompts.LiveGround;
import org.landgrant.prompts.UserPlaces;

/**
 * Grants on their way to running sessions. Only files, folders and single ports go this way, for reading,
 * writing, connecting and listening; all else holds from the app's next start.
 */
record LiveWire(LaunchedSessions sessions) {
    private static final Set<Access> ALL = EnumSet.of(Access.READ, Access.WRITE, Access.CONNECT, Access.LISTEN);

    /** Gives a session all of this, where it can be given as a whole. */
    void give(Session session, LiveGround ground, Resource resource, Set<Access> access) {
        if (access.stream().allMatch(one -> one == Access.EXECUTE || ground.givesWhole(resource, one))) {
            grants(ground.places(), resource, access).forEach(grant -> sessions.grant(session, grant));
        }
    }

    /** Gives a session exactly what a question was about. */
    void giveExactly(Session session, LiveGround ground, Resource resource, Access asked) {
        grants(ground.places(), resource, EnumSet.of(asked)).forEach(grant -> sessions.grant(session, grant));
    }

    /** A launcher asks again about what was refused when something changed; here nothing does. */
    void askAgain(Session session, LiveGround ground, Resource resource, Access refused) {
        grants(ground.places(), resource, EnumSet.of(refused)).forEach(grant -> sessions.revoke(session, grant));
    }

    /** Tells a session of a change of its app's grants. */
    void change(Session session, LiveGround ground, LiveChanges changes, List<EffectiveGrant> now) {
        UserPlaces places = ground.places();
        List<Resource> lost = changes.taken().stream()
                .flatMap(part -> take(session, places, part).stream())
                .toList();
        for (Part part : changes.given()) {
            give(session, ground, part.resource(), part.access());
        }
        // What was taken may have taken allowed things along, inside of it or around.
        now.stream()
                .filter(grant -> grant.decision() == Decision.ALLOW && grant.origin() != Origin.TEMPLATE)
                .filter(grant -> lost.stream().anyMatch(held -> meet(places, held, grant.resource())))
                .forEach(grant -> give(session, ground, grant.resource(), grant.access()));
    }

    private static boolean meet(UserPlaces places, Resource one, Resource other) {
        return places.covers(one, other) || places.covers(other, one);
    }

    /** Takes back what a session holds although it was refused for good, as after its agent was away. */
    void check(Session session, LiveGround ground) {
        for (LiveGrant held : sessions.liveGrants(session)) {
            Resource resource = resource(held);
            Set<Access> refused = EnumSet.noneOf(Access.class);
            ALL.stream().filter(access -> ground.refuses(resource, access)).forEach(refused::add);
            grants(ground.places(), resource, refused).stream()
                    .filter(grant -> held.kind() == grant.kind())
                    .forEach(grant -> sessions.revoke(session, grant));
        }
    }

    /**
     * Live grants inside of it lose it, and so do those around it, which cannot leave it out. Nothing is
     * sent where nothing is held: a launcher takes every change as a reason to ask again.
     *
     * @return the live grants that lost something
     */
    private List<Resource> take(Session session, UserPlaces places, Part part) {
        List<Resource> lost = new ArrayList<>();
        for (LiveGrant held : sessions.liveGrants(session)) {
            Resource resource = resource(held);
            if (meet(places, part.resource(), resource)) {
                lost.add(resource);
                grants(places, resource, part.access()).stream()
                        .filter(grant -> grant.kind() == held.kind())
                        .forEach(grant -> sessions.revoke(session, grant));
            }
        }
        return lost;
    }

    private static List<LiveGrant> grants(UserPlaces places, Resource resource, Set<Access> access) {
        List<LiveGrant> grants = new ArrayList<>();
        if (resource instanceof Resource.TcpPort(int port)) {
            String number = Integer.toString(port);
            if (access.contains(Access.CONNECT)) {
                grants.add(new LiveGrant(Kind.CONNECT_TCP, Set.of(), number));
            }
            if (access.contains(Access.LISTEN)) {
                grants.add(new LiveGrant(Kind.LISTEN_TCP, Set.of(), number));
            }
        }
        Set<Right> rights = EnumSet.noneOf(Right.class);
        if (access.contains(Access.READ)) {
            rights.add(Right.READ);
        }
        if (access.contains(Access.WRITE)) {
            rights.add(Right.WRITE);
        }
        if (!rights.isEmpty()) {
            places.pathOf(resource).ifPresent(path -> grants.add(new LiveGrant(Kind.FILE, rights, path)));
        }
        return grants;
    }

    private static Resource resource(LiveGrant grant) {
        return grant.kind() == Kind.FILE
                ? new Resource.Place(grant.target())
                : new Resource.TcpPort(Integer.parseInt(grant.target()));
    }
}
