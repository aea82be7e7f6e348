package org.landgrant.ui;

import java.util.Set;
import org.landgrant.grants.Access;

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

    static Level of(Set<Access> access) {
        return access.contains(Access.WRITE)
                ? READ_WRITE
                : access.contains(Access.READ) || access.contains(Access.USE) ? READ : OFF;
    }
}
