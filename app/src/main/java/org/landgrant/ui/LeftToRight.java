package org.landgrant.ui;

import java.text.Bidi;

/**
 * Keeps the parts of a path in their order where names in it are written from right to left. Without it two
 * such names beside each other would change places, and the last one could pass for a folder.
 */
final class LeftToRight {
    private static final String MARK = "\u200E";

    private LeftToRight() {}

    /** @param clean text that was made harmless already, because that takes such marks out */
    static String path(String clean) {
        return turns(clean) ? clean.replace("/", "/" + MARK) : clean;
    }

    /**
     * A sentence of ours, which no name in it may turn around: where a name from right to left came first, all of it
     * would be read from there.
     */
    static String sentence(String text) {
        return turns(text) && !text.startsWith(MARK) ? MARK + text : text;
    }

    /** Whether something in it is written from right to left. */
    static boolean turns(String text) {
        char[] letters = text.toCharArray();
        return Bidi.requiresBidi(letters, 0, letters.length);
    }

    /**
     * A name within a sentence that is written from left to right: digits and quotes behind it stay there.
     *
     * @param clean as above
     */
    static String name(String clean) {
        return turns(clean) ? clean + MARK : clean;
    }
}
