package org.landgrant.policy;

import java.util.List;

/**
 * How much of a policy a kernel really enforces.
 *
 * @param missing one sentence for each thing that is not enforced, empty for {@link Level#FULL}
 */
public record Enforcement(Level level, List<String> missing) {
    /** Three values, never a yes or no. */
    public enum Level {
        FULL,
        PARTIAL,
        NONE
    }

    public Enforcement {
        missing = List.copyOf(missing);
        if (missing.isEmpty() != (level == Level.FULL)) {
            throw new IllegalArgumentException("only full enforcement misses nothing");
        }
    }
}
