package org.landgrant.grants;

/** Services of the desktop an app may use. */
public enum Service {
    /** An X11 display. An app on X11 can watch keys and click for its user; nothing closes that. */
    X11
}
