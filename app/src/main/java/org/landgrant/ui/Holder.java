package org.landgrant.ui;

import java.util.List;
import org.landgrant.desktop.InstalledApp;

/**
 * How one confined app stands towards a {@link Permission}.
 *
 * @param level what it was given about exactly this
 * @param state the same in words, where there are more than three ways
 * @param notes what else there is to say: other decisions, what it has until it is closed, refusals
 * @param more whether it reaches something within, or has something until it is closed
 */
record Holder(InstalledApp app, Level level, String state, List<String> notes, boolean more, boolean running) {
    Holder {
        notes = List.copyOf(notes);
    }

    boolean reaches() {
        return more || level.reaches();
    }
}
