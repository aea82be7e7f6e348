package org.landgrant.grants;

/** How much of what an app asked for somebody chose to answer about. */
public enum Width {
    /** The very file. */
    ITEM,
    /** The folder it lies in. */
    FOLDER,
    /** All that was offered. */
    WHOLE
}
