package org.landgrant.ui;

import java.util.Optional;
import java.util.Set;
import org.landgrant.grants.Access;
import org.landgrant.grants.AppId;
import org.landgrant.grants.Decision;
import org.landgrant.grants.EffectiveGrant;
import org.landgrant.grants.Gatekeeper;
import org.landgrant.grants.Origin;
import org.landgrant.grants.Resource;

/** Sets how an app stands towards a resource. Blocks. */
final class LevelChange {
    private LevelChange() {}

    /** Where the template says the same, it speaks again. */
    static void set(Gatekeeper gatekeeper, AppId app, Resource resource, Level level) {
        Optional<Level> template = gatekeeper.effective(app).stream()
                .filter(grant -> grant.resource().equals(resource))
                .findFirst()
                .flatMap(EffectiveGrant::fromTemplate)
                .map(Level::of);
        if (template.filter(level::equals).isPresent()) {
            gatekeeper.reset(app, resource);
        } else if (level == Level.ASK && template.isEmpty() && resource instanceof Resource.Folder) {
            // So it began; what was added to the list stays in the list.
            gatekeeper.reset(app, resource);
        } else if (!level.reaches()) {
            Decision decision = level == Level.ASK ? Decision.ASK : Decision.DENY;
            gatekeeper.decide(app, resource, access(resource, Level.READ_WRITE), decision, Origin.USER);
        } else {
            gatekeeper.decide(app, resource, access(resource, level), Decision.ALLOW, Origin.USER);
        }
    }

    private static Set<Access> access(Resource resource, Level level) {
        return resource instanceof Resource.OfDevice ? Set.of(Access.USE) : level.access();
    }
}
