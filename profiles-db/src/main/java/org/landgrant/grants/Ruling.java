package org.landgrant.grants;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What was decided about a resource at one moment: a {@link Grant} without whose and about what.
 *
 * @param access what was decided about; never empty
 */
public record Ruling(Decision decision, Set<Access> access, Lifetime lifetime, Origin origin) {
    public Ruling {
        access = Set.copyOf(access);
        if (access.isEmpty()) {
            throw new IllegalArgumentException("a decision is about at least one access");
        }
    }

    public static Ruling of(Grant grant) {
        return new Ruling(grant.decision(), grant.access(), grant.lifetime(), grant.origin());
    }

    /** Words with an equals sign in each, as {@link #parse} reads them. */
    public String text() {
        return "decision=" + decision + " access="
                + EnumSet.copyOf(access).stream().map(Access::name).collect(Collectors.joining(",")) + " origin="
                + origin + lifetime.until().map(end -> " until=" + end).orElse("");
    }

    /**
     * Reads {@link #text()}; words it does not know are passed over.
     *
     * @throws IllegalArgumentException when it is no decision
     */
    public static Ruling parse(String text) {
        Map<String, String> words = new HashMap<>();
        for (String word : text.split(" ", -1)) {
            int equals = word.indexOf('=');
            words.put(equals < 0 ? word : word.substring(0, equals), word.substring(equals + 1));
        }
        try {
            return new Ruling(
                    Decision.valueOf(words.getOrDefault("decision", "")),
                    Arrays.stream(words.getOrDefault("access", "").split(",", -1))
                            .map(Access::valueOf)
                            .collect(Collectors.toSet()),
                    Optional.ofNullable(words.get("until"))
                            .map(end -> Lifetime.until(Instant.parse(end)))
                            .orElse(Lifetime.ALWAYS),
                    Origin.valueOf(words.getOrDefault("origin", "")));
        } catch (DateTimeException noMoment) {
            throw new IllegalArgumentException("a decision ends at a moment", noMoment);
        }
    }
}
