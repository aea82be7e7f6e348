package org.landgrant.grants;

/** Devices an app may use. */
public enum Device {
    /** Graphics acceleration. */
    GPU,
    /** Sound devices opened directly; sound servers are reached by socket. */
    SOUND,
    /** Cameras opened directly. */
    CAMERA,
    /** Terminals of its own. */
    TERMINAL,
    /** Memory shared with other programs of the same user ({@code /dev/shm}). */
    SHARED_MEMORY
}
