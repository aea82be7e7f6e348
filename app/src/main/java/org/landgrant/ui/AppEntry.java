package org.landgrant.ui;

import org.landgrant.desktop.InstalledApp;

/**
 * One app in the list.
 *
 * @param free whether it is open without its limits
 * @param state in words: what it reaches when it is confined, “Downloads, web”, else that it is not
 * @param refusals how many different things it was refused of late that deserve an answer
 */
record AppEntry(InstalledApp app, boolean confined, boolean running, boolean free, String state, int refusals) {
    /** Whether the app is one that Landgrant leaves alone. */
    boolean leftAlone() {
        return app.notOurs().isPresent();
    }
}
