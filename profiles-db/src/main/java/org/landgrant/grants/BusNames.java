package org.landgrant.grants;

import java.util.regex.Pattern;

/**
 * Names of programs on the session bus, as grants and policies write them: two or more parts between
 * dots, at the end perhaps {@code .*} for every name that begins so.
 *
 * <p>Source: D-Bus Specification, “Bus names”, without the unique ones; they name no program.
 */
public final class BusNames {
    private static final Pattern NAME =
            Pattern.compile("[A-Za-z_-][A-Za-z0-9_-]*(?:\\.[A-Za-z_-][A-Za-z0-9_-]*)+(?:\\.\\*)?");
    private static final int LONGEST = 255;

    private BusNames() {}

    /**
     * Checks a name.
     *
     * @throws IllegalArgumentException with a sentence for people when it is none
     */
    public static void require(String name) {
        if (name.length() > LONGEST || !NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("a bus name has two or more parts of A-Z a-z 0-9 _ - between dots,"
                    + " none beginning with a digit, and at the end perhaps .*");
        }
    }
}
