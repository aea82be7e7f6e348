package org.landgrant.prompts;

import org.landgrant.grants.Legible;

/**
 * Makes text that came from apps and file names harmless to show: what could break the line, hide, or
 * turn the reading direction is taken out, and what is too long loses its middle.
 */
public final class OneLine {
    private static final String ELLIPSIS = "…";

    private OneLine() {}

    /** The text on one line: line breaks and tabs become a space, invisible and direction characters go. */
    public static String clean(String text) {
        StringBuilder result = new StringBuilder(text.length());
        text.codePoints().forEach(point -> {
            if (point == '\n' || point == '\r' || point == '\t' || point == 0x85) {
                result.append(' ');
            } else if (Legible.isLegible(point)) {
                result.appendCodePoint(point);
            }
        });
        return result.toString().strip();
    }

    /**
     * The clean text, its middle replaced when it is longer than {@code most} characters, so that both
     * the beginning of a name and its ending stay readable.
     *
     * @param most at least 3
     */
    public static String clean(String text, int most) {
        if (most < 3) {
            throw new IllegalArgumentException("nothing readable is shorter than three characters");
        }
        String line = clean(text);
        int[] points = line.codePoints().toArray();
        if (points.length <= most) {
            return line;
        }
        int head = most / 2;
        int tail = most - head - 1;
        return new String(points, 0, head) + ELLIPSIS + new String(points, points.length - tail, tail);
    }
}
