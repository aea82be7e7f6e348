package org.landgrant.prompts;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.landgrant.grants.AppId;
import org.landgrant.grants.Resource;

/**
 * What was asked already and must not be asked again while the same run of an app goes on, whatever the
 * answer was, “not now” included. Not safe for several threads.
 */
public final class Quiet {
    private final Map<AppId, Set<Resource>> asked = new HashMap<>();

    /** From now on these are not asked for the app. */
    public void keep(AppId app, Set<Resource> resources) {
        asked.computeIfAbsent(app, none -> new HashSet<>()).addAll(resources);
    }

    /** What is not asked for the app. */
    public Set<Resource> about(AppId app) {
        return Set.copyOf(asked.getOrDefault(app, Set.of()));
    }

    /** The app's run is over; the next one may ask again. */
    public void forget(AppId app) {
        asked.remove(app);
    }
}
