package org.landgrant.agent;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.landgrant.grants.AppId;
import org.landgrant.grants.Decision;
import org.landgrant.grants.EffectiveGrant;
import org.landgrant.grants.Resource;
import org.landgrant.grants.Service;
import org.landgrant.grants.Unanswered;
import org.landgrant.prompts.Coalescer.Kind;
import org.landgrant.prompts.LiveGround;
import org.landgrant.prompts.UserPlaces;

/**
 * What holds for an app that runs.
 *
 * @param display whether one of its sessions may have the X11 display
 */
record Known(List<EffectiveGrant> effective, boolean display, LiveGround ground) {
    /** @param display whether a session that still runs had the X11 display before; it keeps it */
    static Known now(AppId app, boolean display, LiveDesk.Sources sources) {
        List<EffectiveGrant> effective = sources.gatekeeper().effective(app);
        UserPlaces places = sources.places().get();
        Instant now = sources.clock().instant();
        List<Unanswered> silent = sources.gatekeeper().unanswered().stream()
                .filter(row -> row.app().equals(app) && row.isSilentAt(now))
                .toList();
        boolean displays = display || effective.stream().anyMatch(Known::givesDisplay);
        List<EffectiveGrant> real = withRealPlaces(effective, places);
        return new Known(
                effective, displays, new LiveGround(places, sources.words(), real, silent, !displays, Kind::at));
    }

    private static boolean givesDisplay(EffectiveGrant grant) {
        return grant.decision() == Decision.ALLOW && grant.resource().equals(new Resource.OfService(Service.X11));
    }

    /**
     * Questions name places as they really lie. What is refused under the name of a link is refused there
     * too; what is allowed is not, because an app may have put the link there.
     */
    private static List<EffectiveGrant> withRealPlaces(List<EffectiveGrant> effective, UserPlaces places) {
        List<EffectiveGrant> all = new ArrayList<>(effective);
        for (EffectiveGrant grant : effective) {
            if (grant.decision() != Decision.ALLOW) {
                places.pathOf(grant.resource())
                        .flatMap(Known::real)
                        .ifPresent(real -> all.add(new EffectiveGrant(
                                grant.reference(),
                                new Resource.Place(real),
                                grant.access(),
                                grant.decision(),
                                grant.origin(),
                                grant.create(),
                                grant.fromTemplate())));
            }
        }
        return all;
    }

    private static Optional<String> real(String path) {
        try {
            return Optional.of(Path.of(path).toRealPath().toString()).filter(there -> !there.equals(path));
        } catch (IOException | InvalidPathException notThere) {
            return Optional.empty();
        }
    }
}
