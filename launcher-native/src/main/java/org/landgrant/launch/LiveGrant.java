package org.landgrant.launch;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.landgrant.grants.Resource;
import org.landgrant.launch.Refusal.Kind;
import org.landgrant.policy.Right;

/**
 * What a running session was given after its start, until its end. Source: {@code PROTOCOL.md} §2, “live”.
 *
 * @param rights none for ports
 * @param target an absolute path, which may be a folder and need not exist, or the number of a port
 */
public record LiveGrant(Kind kind, Set<Right> rights, String target) {
    /** How many one session can have: they fit into one {@link Message.Holds}. */
    public static final int MOST = 1_024;

    public LiveGrant {
        rights = rights.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(rights));
        if (kind == Kind.BUS) {
            throw new IllegalArgumentException("the bus of a session is set up before it begins");
        }
        if (rights.isEmpty() == (kind == Kind.FILE)) {
            throw new IllegalArgumentException("files are granted with rights, and ports without");
        }
        if (kind == Kind.FILE ? !isPath(target) : !isPort(target)) {
            throw new IllegalArgumentException("granted are absolute paths and ports");
        }
    }

    /** Whether this gives all that the other does. */
    public boolean covers(LiveGrant other) {
        return kind == other.kind && rights.containsAll(other.rights) && holds(other);
    }

    /** Whether the other's path is this one's or lies below it, or they are about the same port. */
    public boolean holds(LiveGrant other) {
        boolean below = kind == Kind.FILE && other.target.startsWith(target.endsWith("/") ? target : target + "/");
        return kind == other.kind && (below || target.equals(other.target));
    }

    /** What this grants without those rights of the other; empty for nothing. */
    Set<Right> rightsWithout(LiveGrant other) {
        Set<Right> left = EnumSet.noneOf(Right.class);
        left.addAll(rights);
        left.removeAll(other.rights);
        return left;
    }

    /** @throws IllegalArgumentException when it has parts that are no names */
    private static boolean isPath(String text) {
        return new Resource.Place(text).path().startsWith("/");
    }

    private static boolean isPort(String text) {
        return text.matches("0|[1-9][0-9]{0,4}") && Integer.parseInt(text) <= 65_535;
    }
}
