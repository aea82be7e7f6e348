package org.landgrant.prompts;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.landgrant.grants.Access;
import org.landgrant.grants.Decision;
import org.landgrant.grants.Denial;
import org.landgrant.grants.EffectiveGrant;
import org.landgrant.grants.Resource;

/** What already holds for an app, as far as questions are concerned. */
public final class Standing {
    private final UserPlaces places;
    private final List<EffectiveGrant> effective;

    public Standing(UserPlaces places, List<EffectiveGrant> effective) {
        this.places = places;
        this.effective = List.copyOf(effective);
    }

    /** Whether nobody has decided yet: it is neither allowed by now nor refused for good. */
    public boolean open(Denial denial) {
        return !allows(denial.resource(), Set.of(denial.access())) && !refusedForGood(denial.resource());
    }

    /** Whether all of this is allowed by now; a session that began earlier may not know it yet. */
    public boolean allows(Resource resource, Set<Access> access) {
        return access.stream()
                .allMatch(one -> effective.stream()
                        .anyMatch(grant -> grant.decision() == Decision.ALLOW
                                && grant.access().contains(one)
                                && covers(grant.resource(), resource)));
    }

    /** Whether the person said no for good to this or to something around it. */
    public boolean refusedForGood(Resource resource) {
        return effective.stream()
                .anyMatch(grant -> grant.decision() == Decision.DENY && covers(grant.resource(), resource));
    }

    /** What was decided about exactly this resource. */
    Optional<EffectiveGrant> about(Resource resource) {
        return effective.stream()
                .filter(grant -> grant.resource().equals(resource))
                .findFirst();
    }

    private boolean covers(Resource wide, Resource narrow) {
        if (wide.equals(narrow) || (wide instanceof Resource.AnyTcpPort && narrow instanceof Resource.TcpPort)) {
            return true;
        }
        Optional<String> outer = places.pathOf(wide);
        Optional<String> inner = places.pathOf(narrow);
        return outer.isPresent() && inner.isPresent() && UserPlaces.holds(outer.get(), inner.get());
    }
}
