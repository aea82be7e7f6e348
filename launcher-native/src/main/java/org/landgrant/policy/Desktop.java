package org.landgrant.policy;

import java.util.ArrayList;
import java.util.List;
import org.landgrant.grants.Access;
import org.landgrant.grants.EffectiveGrant;
import org.landgrant.grants.Resource;
import org.landgrant.grants.Service;

/** What a policy says about the desktop: names on the session bus, the display. */
final class Desktop {
    private Desktop() {}

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
            } else if (grant.resource() instanceof Resource.OfService service
                    && service.service() == Service.X11
                    && grant.access().contains(Access.USE)) {
                lines.add(new PolicyLine.DisplayX11(grant.reference()));
            }
        }
        return lines;
    }
}
