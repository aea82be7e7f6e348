package org.landgrant.grants;

/** Services of the desktop an app may use. */
public enum Service {
    /** An X11 display. An app on X11 can watch keys and click for its user; nothing closes that. */
    X11,
    /**
     * Having links, and files that the app can open itself, opened by other apps. Whoever opens pages can tell their
     * servers things.
     */
    LINKS
}
