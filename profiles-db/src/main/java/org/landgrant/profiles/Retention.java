package org.landgrant.profiles;

import org.landgrant.grants.Denial;

/** How much is kept about what apps were refused; the same for every book. */
final class Retention {
    /** Keys (app, resource, access) in all; the newest stay. */
    static final int DENIALS = Denial.MOST_KEPT;

    private Retention() {}

    static void requireCount(int most) {
        if (most < 0) {
            throw new IllegalArgumentException("a number of denials is not negative");
        }
    }
}
