package org.landgrant.profiles;

/** How much is kept about what apps were refused; the same for every book. */
final class Retention {
    /** Keys (app, resource, access) in all; the newest stay. */
    static final int DENIALS = 10_000;

    private Retention() {}

    static void requireCount(int most) {
        if (most < 0) {
            throw new IllegalArgumentException("a number of denials is not negative");
        }
    }
}
