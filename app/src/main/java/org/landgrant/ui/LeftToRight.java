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
        char[] text = clean.toCharArray();
        return Bidi.requiresBidi(text, 0, text.length) ? clean.replace("/", "/" + MARK) : clean;
    }

    /**
     * A name within a sentence that is written from left to right: digits and quotes behind it stay there.
     *
     * @param clean as above
     */
    static String name(String clean) {
        char[] text = clean.toCharArray();
        return Bidi.requiresBidi(text, 0, text.length) ? clean + MARK : clean;
    }
}
