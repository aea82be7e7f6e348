package org.landgrant.grants;

import java.time.Instant;

/**
 * Something sessions of an app were refused, gathered by app, resource and access.
 *
 * @param resource a {@link Resource.Place} with the absolute path, a {@link Resource.TcpPort} or a {@link
 *     Resource.BusName} without a star
 * @param program short name of the program that asked last (the kernel's {@code comm}, 15 bytes)
 * @param count how often, at least 1
 */
public record Denial(
        AppId app, Resource resource, Access access, String program, long count, Instant first, Instant last) {
    /** How many different denials are kept in all, of all apps; the newest stay. */
    public static final int MOST_KEPT = 10_000;

    public Denial {
        if (count < 1) {
            throw new IllegalArgumentException("a denial happened at least once");
        }
    }

    /** What denials are gathered by. */
    public record Key(AppId app, Resource resource, Access access) {}

    public Key key() {
        return new Key(app, resource, access);
    }

    /** This denial and another with the same key as one. */
    public Denial and(Denial other) {
        if (!key().equals(other.key())) {
            throw new IllegalArgumentException("only denials of one key are gathered");
        }
        boolean otherIsNewer = other.last.isAfter(last);
        return new Denial(
                app,
                resource,
                access,
                otherIsNewer ? other.program : program,
                count > Long.MAX_VALUE - other.count ? Long.MAX_VALUE : count + other.count,
                first.isBefore(other.first) ? first : other.first,
                otherIsNewer ? other.last : last);
    }
}
