package org.landgrant.policy;

import java.util.ArrayList;
import java.util.List;
import org.landgrant.grants.Access;
import org.landgrant.grants.Decision;
import org.landgrant.grants.EffectiveGrant;
import org.landgrant.grants.Resource;
import org.landgrant.grants.Service;

/** What a policy says about the desktop: names on the session bus, the display, links to other apps. */
final class Desktop {
    private Desktop() {}

    /**
     * Whoever may not use the X11 display is not told of it either. Then toolkits that know Wayland take that, instead
     * of trying X11 first and giving up.
     */
    static List<PolicyLine> unset(List<EffectiveGrant> grants) {
        boolean refused = grants.stream()
                .anyMatch(grant -> grant.decision() != Decision.ALLOW
                        && grant.resource() instanceof Resource.OfService service
                        && service.service() == Service.X11);
        return refused ? List.of(new PolicyLine.Unset("DISPLAY"), new PolicyLine.Unset("XAUTHORITY")) : List.of();
    }

    static List<PolicyLine> lines(List<EffectiveGrant> allowed) {
        List<PolicyLine> lines = new ArrayList<>();
        for (EffectiveGrant grant : allowed) {
            if (grant.resource() instanceof Resource.BusName bus) {
                // Who has a name is talked to by others, and answers them.
                if (grant.access().contains(Access.LISTEN)) {
                    lines.add(new PolicyLine.Bus(PolicyLine.BusUse.OWN, grant.reference(), bus.name()));
                } else if (grant.access().contains(Access.USE)) {
                    lines.add(new PolicyLine.Bus(PolicyLine.BusUse.TALK, grant.reference(), bus.name()));
                }
            } else if (grant.resource() instanceof Resource.OfService(Service service)
                    && grant.access().contains(Access.USE)) {
                lines.add(
                        switch (service) {
                            case X11 -> new PolicyLine.DisplayX11(grant.reference());
                            case LINKS -> new PolicyLine.Links(grant.reference());
                        });
            }
        }
        return lines;
    }
}
