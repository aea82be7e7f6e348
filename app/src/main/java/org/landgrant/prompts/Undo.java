package org.landgrant.prompts;

/** Takes an answer back, as if it had not been given, as far as nothing else was decided meanwhile. */
@FunctionalInterface
public interface Undo {
    /** Blocks; may be called once. Afterwards running sessions have what they had before. */
    void undo();
}
