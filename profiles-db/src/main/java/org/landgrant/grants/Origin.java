package org.landgrant.grants;

/** Where a grant came from. */
public enum Origin {
    /** Shipped with Landgrant for this app or kind of app. */
    TEMPLATE,
    /** Set in the settings window or on the command line. */
    USER,
    /** Answer to a prompt. */
    PROMPT
}
