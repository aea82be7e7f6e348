package org.landgrant.grants;

import java.nio.charset.StandardCharsets;

/**
 * The identity of an app: its desktop-file ID, for instance {@code firefox-esr.desktop}. Never a
 * path, because paths change with every update.
 *
 * <p>Source of the form: Desktop Entry Specification 1.5, "Desktop File ID".
 *
 * @param value the ID with its {@code .desktop} ending; at most 255 bytes, no {@code /}, no control
 *     characters, so that it is also a safe file name
 */
public record AppId(String value) implements Comparable<AppId> {
    private static final String ENDING = ".desktop";

    public AppId {
        if (value.length() <= ENDING.length() || !value.endsWith(ENDING)) {
            throw new IllegalArgumentException("an app's ID ends in .desktop");
        }
        if (value.getBytes(StandardCharsets.UTF_8).length > 255
                || value.startsWith(".")
                || value.indexOf('/') >= 0
                || value.codePoints().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("an app's ID is a plain file name of at most 255 bytes");
        }
    }

    @Override
    public int compareTo(AppId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
