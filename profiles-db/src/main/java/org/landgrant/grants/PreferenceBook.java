package org.landgrant.grants;

/** The port behind which {@link Preferences} are kept. Safe for use by many threads. */
public interface PreferenceBook {
    /** What was chosen; the usual for what was not, or cannot be read. Never fails. */
    Preferences now();

    /**
     * Keeps them in the place of the former ones. When it returns, they survive a power cut.
     *
     * @throws BookException when they cannot be written; then nothing was changed
     */
    void put(Preferences preferences);
}
