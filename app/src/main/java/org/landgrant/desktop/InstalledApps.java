package org.landgrant.desktop;

import java.util.List;
import java.util.Optional;
import org.landgrant.grants.AppId;

/** The apps installed now. Reading may block on the disk. Safe for many threads. */
public interface InstalledApps {

    /** Every app with a readable desktop entry, ordered by name, those that menus do not show included. */
    List<InstalledApp> all();

    /** The app of that ID. */
    default Optional<InstalledApp> find(AppId id) {
        return all().stream().filter(app -> app.id().equals(id)).findFirst();
    }

    /** Calls {@code listener} after desktop entries changed on disk, on any thread. */
    void watch(Runnable listener);
}
