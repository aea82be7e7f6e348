package org.landgrant.desktop;

import org.landgrant.grants.Legible;

/**
 * Makes text from files fit to be shown: a name must not be able to imitate other parts of a window,
 * reverse the text around it or hide what it is.
 */
public final class DisplayText {
    /** The most code points that are shown. */
    public static final int MAX_CODE_POINTS = 120;

    private DisplayText() {}

    /**
     * The text without control characters, direction marks, zero-width and other invisible characters;
     * any run of white space becomes one space; a text that is too long ends in {@code …}.
     */
    public static String clean(String text) {
        StringBuilder clean = new StringBuilder();
        int shown = 0;
        boolean space = false;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
                space = shown > 0;
            } else if (Legible.isLegible(c)) {
                if (shown + (space ? 1 : 0) >= MAX_CODE_POINTS) {
                    clean.setLength(clean.offsetByCodePoints(clean.length(), -1));
                    return clean.append('…').toString();
                }
                if (space) {
                    clean.append(' ');
                    shown++;
                    space = false;
                }
                clean.appendCodePoint(c);
                shown++;
            }
        }
        return clean.toString();
    }
}
