package org.landgrant.ui;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.landgrant.grants.Access;
import org.landgrant.grants.AppId;
import org.landgrant.grants.Decision;
import org.landgrant.grants.DesktopService;
import org.landgrant.grants.EffectiveGrant;
import org.landgrant.grants.Gatekeeper;
import org.landgrant.grants.Origin;
import org.landgrant.grants.Resource;

/** Switches a service of the desktop. Blocks. */
final class ServiceChange {
    private ServiceChange() {}

    /** Where the template says the same, it speaks again. */
    static void set(Gatekeeper gatekeeper, AppId app, DesktopService service, boolean on) {
        List<EffectiveGrant> about = ServiceRow.about(service, gatekeeper.effective(app));
        boolean inTemplate =
                about.stream().anyMatch(grant -> grant.fromTemplate().isPresent());
        for (EffectiveGrant grant : about) {
            if (grant.fromTemplate().isEmpty() || on) {
                gatekeeper.reset(app, grant.resource());
            } else {
                gatekeeper.decide(app, grant.resource(), grant.access(), Decision.DENY, Origin.USER);
            }
        }
        if (on && !inTemplate) {
            Set<Access> access = EnumSet.of(Access.USE, service.access());
            for (Resource.BusName name : service.names()) {
                gatekeeper.decide(app, name, access, Decision.ALLOW, Origin.USER);
            }
        }
    }

    /** Back to what the template says. */
    static void reset(Gatekeeper gatekeeper, AppId app, DesktopService service) {
        ServiceRow.about(service, gatekeeper.effective(app)).stream()
                .filter(EffectiveGrant::changed)
                .forEach(grant -> gatekeeper.reset(app, grant.resource()));
    }
}
