package org.landgrant.agent;

import java.util.Optional;
import org.landgrant.desktop.HandOff;
import org.landgrant.grants.AppId;

/** The agent's face. Nothing of a toolkit is loaded before the first window is wanted. */
public interface Windows extends AutoCloseable {
    /**
     * Shows the settings window, in front of others; on that app's page when one is named. Returns when
     * that is under way.
     *
     * @throws org.landgrant.grants.RefusedException when there is no display
     */
    void showSettings(Optional<AppId> app);

    /**
     * Asks about a launch that waits, until it is over.
     *
     * @return false when there is no display
     */
    default boolean ask(HandOff handOff) {
        return false;
    }

    /** Closes every window. */
    @Override
    void close();
}
