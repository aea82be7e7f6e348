package org.landgrant.grants;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What holds for an app about one resource, once its own grants were laid over its template.
 *
 * @param reference names the source in policies: {@code g12} for grant 12, {@code browser/3} for the
 *     third line of a template
 * @param create see {@link Template.Entry#create()}
 * @param fromTemplate what the template alone would give, empty when it says nothing
 * @param lifetime how long it holds
 * @param timesAsked how many prompts about it were answered
 */
public record EffectiveGrant(
        String reference,
        Resource resource,
        Set<Access> access,
        Decision decision,
        Origin origin,
        boolean create,
        Optional<Set<Access>> fromTemplate,
        Lifetime lifetime,
        int timesAsked) {

    /** One that holds always and nobody was asked about. */
    public EffectiveGrant(
            String reference,
            Resource resource,
            Set<Access> access,
            Decision decision,
            Origin origin,
            boolean create,
            Optional<Set<Access>> fromTemplate) {
        this(reference, resource, access, decision, origin, create, fromTemplate, Lifetime.ALWAYS, 0);
    }

    /** Whether somebody decided otherwise than the template. */
    public boolean changed() {
        boolean allows = decision == Decision.ALLOW;
        return origin != Origin.TEMPLATE
                && fromTemplate.map(given -> !allows || !given.equals(access)).orElse(allows);
    }

    /** Lays the grants that hold at {@code now} over the template; order: template first, then the rest. */
    public static List<EffectiveGrant> lay(Template template, List<Grant> grants, Instant now) {
        Map<Resource, EffectiveGrant> result = new LinkedHashMap<>();
        int line = 0;
        for (Template.Entry entry : template.grants()) {
            line++;
            result.put(
                    entry.resource(),
                    new EffectiveGrant(
                            template.name() + "/" + line,
                            entry.resource(),
                            entry.access(),
                            Decision.ALLOW,
                            Origin.TEMPLATE,
                            entry.create(),
                            Optional.of(entry.access())));
        }
        for (Grant grant : grants) {
            if (grant.lifetime().holdsAt(now)) {
                Optional<EffectiveGrant> under = Optional.ofNullable(result.get(grant.resource()));
                result.put(
                        grant.resource(),
                        new EffectiveGrant(
                                "g" + grant.id(),
                                grant.resource(),
                                grant.access(),
                                grant.decision(),
                                grant.origin(),
                                under.map(EffectiveGrant::create).orElse(false),
                                under.flatMap(EffectiveGrant::fromTemplate),
                                grant.lifetime(),
                                grant.timesAsked()));
            }
        }
        return new ArrayList<>(result.values());
    }
}
