package org.landgrant.prompts;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.landgrant.grants.Access;
import org.landgrant.grants.Decision;
import org.landgrant.grants.EffectiveGrant;
import org.landgrant.grants.Origin;
import org.landgrant.grants.Resource;

/**
 * What a change of an app's grants means for its running sessions.
 *
 * @param taken what they lose, also where it was given as a part of something wider
 * @param given what they get
 */
public record LiveChanges(List<Part> taken, List<Part> given) {
    /** Access to a resource. */
    public record Part(Resource resource, Set<Access> access) {
        public Part {
            access = Set.copyOf(access);
        }
    }

    public LiveChanges {
        taken = List.copyOf(taken);
        given = List.copyOf(given);
    }

    /** From what held before to what holds now. */
    public static LiveChanges between(List<EffectiveGrant> before, List<EffectiveGrant> now) {
        Map<Resource, EffectiveGrant> old = new HashMap<>();
        before.forEach(grant -> old.put(grant.resource(), grant));
        Map<Resource, EffectiveGrant> current = new HashMap<>();
        now.forEach(grant -> current.put(grant.resource(), grant));
        List<Part> taken = new ArrayList<>();
        for (EffectiveGrant grant : before) {
            part(grant.resource(), without(allowed(old.get(grant.resource())), allowed(current.get(grant.resource()))))
                    .ifPresent(taken::add);
        }
        List<Part> given = new ArrayList<>();
        for (EffectiveGrant grant : now) {
            EffectiveGrant former = old.get(grant.resource());
            part(grant.resource(), without(allowed(grant), allowed(former))).ifPresent(given::add);
            if (closes(grant)
                    && !(former != null && closes(former) && former.access().equals(grant.access()))) {
                part(grant.resource(), closed(grant.access())).ifPresent(taken::add);
            }
        }
        return new LiveChanges(taken, given);
    }

    /** A first “Don't Allow” is no decision yet, so it takes nothing that was given before. */
    private static boolean closes(EffectiveGrant grant) {
        return grant.decision() == Decision.DENY
                || (grant.decision() == Decision.ASK && grant.origin() != Origin.PROMPT);
    }

    /** Who may not read may not write either. */
    private static Set<Access> closed(Set<Access> access) {
        return access.contains(Access.READ) ? EnumSet.allOf(Access.class) : access;
    }

    private static Set<Access> allowed(@Nullable EffectiveGrant grant) {
        return grant != null && grant.decision() == Decision.ALLOW ? grant.access() : Set.of();
    }

    private static Set<Access> without(Set<Access> all, Set<Access> those) {
        Set<Access> left = EnumSet.noneOf(Access.class);
        left.addAll(all);
        left.removeAll(those);
        return left;
    }

    private static Optional<Part> part(Resource resource, Set<Access> access) {
        return access.isEmpty() ? Optional.empty() : Optional.of(new Part(resource, access));
    }
}
