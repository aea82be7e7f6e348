package org.landgrant.ui;

import java.util.Set;
import org.landgrant.grants.Access;
import org.landgrant.grants.Resource;
import org.landgrant.prompts.Standing;

/** The ways a folder can stand. */
enum Level {
    /** Refused, and nobody is asked. */
    NEVER("never"),
    /** Nobody decided; a person is asked when the app wants it. */
    ASK("ask"),
    READ("read"),
    READ_WRITE("write");

    private final String word;

    Level(String word) {
        this.word = word;
    }

    /** Ends the IDs of nodes. */
    String word() {
        return word;
    }

    /** What it allows; empty where it does not. */
    Set<Access> access() {
        return switch (this) {
            case NEVER, ASK -> Set.of();
            case READ -> Set.of(Access.READ);
            case READ_WRITE -> Set.of(Access.READ, Access.WRITE);
        };
    }

    /** How an app stands towards a folder, whichever decision that comes from. */
    static Level of(Standing standing, Resource folder) {
        if (standing.reaches(folder, Access.WRITE)) {
            return READ_WRITE;
        }
        return standing.reaches(folder, Access.READ) ? READ : standing.refusedForGood(folder) ? NEVER : ASK;
    }

    boolean reaches() {
        return !access().isEmpty();
    }

    static Level of(Set<Access> access) {
        return access.contains(Access.WRITE)
                ? READ_WRITE
                : access.contains(Access.READ) || access.contains(Access.USE) ? READ : ASK;
    }
}
