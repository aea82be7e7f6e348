package org.landgrant.launch;

import java.time.Instant;
import java.util.Optional;
import org.landgrant.grants.Denial;
import org.landgrant.launch.Refusal.Kind;
import org.landgrant.launch.Refusal.Wanted;

/**
 * What calls of a session wait for; its launcher asks whether to refuse them.
 *
 * @param number the launcher's own, unique in its session
 * @param target an absolute path, or the number of a port
 * @param program the kernel's short name of the program that asked first
 */
public record Question(Session session, long number, Kind kind, Wanted access, String target, String program) {
    /** How many one session may have open; further ones are answered with no. */
    public static final int MOST = 1_024;

    /** What it would be when it is refused at that moment; empty when the target is no resource. */
    public Optional<Denial> refused(Instant now) {
        return new Refusal(kind, access, target, program, 1, now).of(session.app());
    }
}
