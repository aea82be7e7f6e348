package org.landgrant.prompts;

/**
 * Makes text that came from apps and file names harmless to show: what could break the line, hide, or
 * turn the reading direction is taken out, and what is too long loses its middle.
 *
 * <p>Source of the character classes: Unicode general categories Cc, Cf, Zl and Zp.
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
            } else if (visible(point)) {
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

    private static boolean visible(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> false;
            // These fill no space but count as letters or marks.
            default -> point != 0x115F && point != 0x1160 && point != 0x3164 && point != 0xFFA0 && point != 0x034F;
        };
    }
}
