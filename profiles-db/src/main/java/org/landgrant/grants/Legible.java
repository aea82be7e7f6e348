package org.landgrant.grants;

/**
 * Which characters of names that apps, files and other people chose may be shown: those that have a
 * shape and stay where they are put. The others could break a line, hide, or turn the text around them.
 *
 * <p>Source: Unicode general categories Cc, Cf, Cs, Co, Cn, Zl, Zp, and the fillers and selectors that
 * are letters or marks by category but draw nothing.
 */
public final class Legible {
    private Legible() {}

    /** Whether that character can be read where it stands. */
    public static boolean isLegible(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> false;
            default -> !drawsNothing(codePoint);
        };
    }

    private static boolean drawsNothing(int codePoint) {
        boolean filler = codePoint == 0x034F
                || codePoint == 0x115F
                || codePoint == 0x1160
                || codePoint == 0x3164
                || codePoint == 0xFFA0;
        boolean selector =
                (codePoint >= 0xFE00 && codePoint <= 0xFE0F) || (codePoint >= 0xE0100 && codePoint <= 0xE01EF);
        return filler || selector;
    }
}
