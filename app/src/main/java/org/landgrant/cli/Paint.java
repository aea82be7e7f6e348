package org.landgrant.cli;

/**
 * What may be coloured on a terminal. Meaning never hangs on colour alone.
 *
 * <p>Source: ECMA-48, “select graphic rendition”; no-color.org for when not.
 */
enum Paint {
    PLAIN(""),
    HEADING("1"),
    FAINT("2"),
    GOOD("32"),
    DOUBTFUL("33"),
    BAD("31");

    private final String rendition;

    Paint(String rendition) {
        this.rendition = rendition;
    }

    /** Words in it. They must be {@link Table#plain} already, since a name may hold such sequences, too. */
    String on(String plain) {
        return this == PLAIN || plain.isEmpty() ? plain : "\u001b[" + rendition + "m" + plain + "\u001b[0m";
    }
}
