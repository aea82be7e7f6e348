package org.landgrant.prompts;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.landgrant.grants.Access;
import org.landgrant.grants.Decision;
import org.landgrant.grants.Denial;
import org.landgrant.grants.EffectiveGrant;
import org.landgrant.grants.Origin;
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

    /** Whether the app reaches it: what was decided nearest to it allows this. */
    public boolean reaches(Resource resource, Access access) {
        return nearest(resource, access).filter(Decision.ALLOW::equals).isPresent();
    }

    /** Whether the person said no for good to this or to something around it. */
    public boolean refusedForGood(Resource resource) {
        return forGood(resource).isPresent();
    }

    private Optional<EffectiveGrant> forGood(Resource resource) {
        return effective.stream()
                .filter(grant -> grant.decision() == Decision.DENY && covers(grant.resource(), resource))
                .findFirst();
    }

    /** What was decided about exactly this resource. */
    Optional<EffectiveGrant> about(Resource resource) {
        return effective.stream()
                .filter(grant -> grant.resource().equals(resource))
                .findFirst();
    }

    /**
     * What was decided nearest to this: about it, or about the innermost around it. Of the same place, no
     * wins. A first no, which is asked about again, is no exception to a no for good around it. Empty when nobody
     * decided.
     */
    Optional<Decision> nearest(Resource resource, Access access) {
        return ruling(resource, access).map(EffectiveGrant::decision);
    }

    /** The decision that {@link #nearest} goes by. */
    Optional<EffectiveGrant> ruling(Resource resource, Access access) {
        return effective.stream()
                .filter(grant -> covers(grant.resource(), resource) && concerns(grant, access))
                .max(Comparator.<EffectiveGrant>comparingInt(grant -> depth(grant.resource()))
                        .thenComparing(grant -> grant.decision() != Decision.ALLOW))
                .map(grant -> isFirstNo(grant) ? forGood(resource).orElse(grant) : grant);
    }

    private static boolean isFirstNo(EffectiveGrant grant) {
        return grant.decision() == Decision.ASK && grant.origin() == Origin.PROMPT;
    }

    /** What of it is about that place or something in it, and nothing wider. */
    Standing within(String place) {
        return new Standing(
                places,
                effective.stream()
                        .filter(grant -> places.pathOf(grant.resource())
                                .filter(path -> UserPlaces.holds(place, path))
                                .isPresent())
                        .toList());
    }

    /** Whether somebody said otherwise about something in it, so that it must not be given as a whole. */
    boolean brokenInside(Resource resource) {
        return effective.stream()
                .anyMatch(grant -> grant.decision() != Decision.ALLOW
                        && covers(resource, grant.resource())
                        && depth(grant.resource()) > depth(resource));
    }

    /** Who may not read may do nothing else either. */
    private static boolean concerns(EffectiveGrant grant, Access access) {
        return grant.access().contains(access)
                || (grant.decision() != Decision.ALLOW && grant.access().contains(Access.READ));
    }

    private int depth(Resource resource) {
        return resource instanceof Resource.AnyTcpPort
                ? 0
                : places.pathOf(resource).map(String::length).orElse(1);
    }

    private boolean covers(Resource wide, Resource narrow) {
        return places.covers(wide, narrow);
    }
}
