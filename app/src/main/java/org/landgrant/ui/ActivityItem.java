package org.landgrant.ui;

import org.landgrant.desktop.InstalledApp;
import org.landgrant.grants.Event;

/** A line of the time-line. */
sealed interface ActivityItem {
    /** The heading of a day. */
    record Day(String text) implements ActivityItem {}

    /**
     * An event.
     *
     * @param app something with a name when it is installed no more
     */
    record Line(Event event, InstalledApp app, Remedy remedy) implements ActivityItem {}

    /** What can be done about it from its line. */
    enum Remedy {
        NONE,
        /** Allow, or do not allow. */
        DECIDE,
        /** Allow; part of it is allowed already. */
        ALLOW_MORE,
        /** It is allowed by now. */
        ALLOWED,
        /** Somebody said no for good; it may be allowed. */
        REFUSED,
        UNDO
    }
}
