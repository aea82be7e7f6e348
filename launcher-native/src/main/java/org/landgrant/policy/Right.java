package org.landgrant.policy;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** What a rule lets an app do with files; PROTOCOL.md, section 1, in its order. */
public enum Right {
    /** List folders. */
    LIST('l'),
    /** Read files and list folders. */
    READ('r'),
    /** Write, truncate, create, remove, rename. */
    WRITE('w'),
    /** Run as a program. */
    EXECUTE('x'),
    /** Send commands to devices. */
    DEVICE('d');

    private final char letter;

    Right(char letter) {
        this.letter = letter;
    }

    /** The letters of these rights, in their order. */
    public static String print(Set<Right> rights) {
        StringBuilder letters = new StringBuilder();
        for (Right right : values()) {
            if (rights.contains(right)) {
                letters.append(right.letter);
            }
        }
        return letters.toString();
    }

    /**
     * The rights of these letters.
     *
     * @throws IllegalArgumentException when it is not a run of letters in their order
     */
    public static Set<Right> parse(String letters) {
        EnumSet<Right> rights = EnumSet.noneOf(Right.class);
        for (Right right : values()) {
            if (letters.indexOf(right.letter) >= 0) {
                rights.add(right);
            }
        }
        if (rights.isEmpty() || !print(rights).equals(letters)) {
            throw new IllegalArgumentException("rights are letters of \"lrwxd\", in this order, each at most once");
        }
        return Collections.unmodifiableSet(rights);
    }
}
