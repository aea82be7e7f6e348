package org.landgrant.ui;

import java.util.Set;
import org.landgrant.grants.Access;
import org.landgrant.grants.Resource;
import org.landgrant.prompts.Standing;

/** The three ways a folder can stand. */
enum Level {
    OFF("off"),
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

    /** What it allows; empty for {@link #OFF}. */
    Set<Access> access() {
        return switch (this) {
            case OFF -> Set.of();
            case READ -> Set.of(Access.READ);
            case READ_WRITE -> Set.of(Access.READ, Access.WRITE);
        };
    }

    /** How an app stands towards a folder, whichever decision that comes from. */
    static Level of(Standing standing, Resource folder) {
        return standing.reaches(folder, Access.WRITE) ? READ_WRITE : standing.reaches(folder, Access.READ) ? READ : OFF;
    }

    static Level of(Set<Access> access) {
        return access.contains(Access.WRITE)
                ? READ_WRITE
                : access.contains(Access.READ) || access.contains(Access.USE) ? READ : OFF;
    }
}
