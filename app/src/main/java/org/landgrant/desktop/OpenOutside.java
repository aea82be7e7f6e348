package org.landgrant.desktop;

import java.util.List;
import org.landgrant.grants.AppId;

/**
 * Confined apps that run without limits all the same: opened before they were confined, or past their menu entries.
 * Methods may block for some seconds.
 */
public interface OpenOutside {
    /** Nobody looks. */
    OpenOutside UNKNOWN = new OpenOutside() {
        @Override
        public List<Instance> of(AppId app) {
            return List.of();
        }

        @Override
        public void close(AppId app) {}
    };

    /** What of the app runs without limits now; nothing when it is not confined. */
    List<Instance> of(AppId app);

    /**
     * Asks all of it to end, as logging out would, and waits until it has.
     *
     * @throws org.landgrant.grants.RefusedException when something is still there after a while
     */
    void close(AppId app);
}
