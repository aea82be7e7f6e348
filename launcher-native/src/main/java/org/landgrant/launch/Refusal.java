package org.landgrant.launch;

import java.time.Instant;
import java.util.Optional;
import org.landgrant.grants.Access;
import org.landgrant.grants.AppId;
import org.landgrant.grants.Denial;
import org.landgrant.grants.Resource;

/**
 * One line of {@link Message.Denied}, as the supervisor saw it.
 *
 * @param access what was wanted of a file; for ports it says nothing; of a bus name {@code R} is talking to it and {@code
 *     W} having it
 * @param target an absolute path, the number of a port or a bus name
 * @param program the kernel's short name of the program that asked last
 * @param count how often since the last report, at least 1
 * @param last with millisecond precision
 */
public record Refusal(Kind kind, Wanted access, String target, String program, long count, Instant last) {
    /** What was refused. */
    public enum Kind {
        FILE,
        CONNECT_TCP,
        LISTEN_TCP,
        /** Never asked about while the app waits: the bus has answered already. */
        BUS
    }

    /** How a file was to be used. */
    public enum Wanted {
        R(Access.READ),
        W(Access.WRITE),
        X(Access.EXECUTE);

        private final Access access;

        Wanted(Access access) {
            this.access = access;
        }
    }

    public Refusal {
        if (count < 1) {
            throw new IllegalArgumentException("a refusal happened at least once");
        }
    }

    /**
     * The refusal in the words of grants. Empty when the target is no resource: the path is the app's
     * own invention and may be anything.
     */
    public Optional<Denial> of(AppId app) {
        try {
            Resource resource = switch (kind) {
                case FILE -> target.startsWith("/") ? new Resource.Place(target) : null;
                case CONNECT_TCP, LISTEN_TCP -> Resource.parse("tcp:" + target);
                case BUS -> target.endsWith("*") ? null : new Resource.BusName(target);
            };
            if (resource == null || resource instanceof Resource.AnyTcpPort) {
                return Optional.empty();
            }
            Access asked = switch (kind) {
                case FILE -> access.access;
                case CONNECT_TCP -> Access.CONNECT;
                case LISTEN_TCP -> Access.LISTEN;
                case BUS -> access == Wanted.R ? Access.USE : Access.LISTEN;
            };
            return Optional.of(new Denial(app, resource, asked, program, count, last, last));
        } catch (IllegalArgumentException noResource) {
            return Optional.empty();
        }
    }
}
