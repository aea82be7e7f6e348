package org.landgrant.kernel;

import java.util.Locale;
import java.util.Optional;

/** Something a program may try that the self-test wants to see refused. In the order in which they are tried. */
public enum Trial {
    /** Reading what is granted: the one thing that must succeed, or the rest proves nothing. */
    GRANTED,
    READ,
    LIST,
    CHANGE,
    MAKE,
    CUT,
    CHMOD,
    CONNECT,
    LISTEN,
    UDP,
    SOCKET,
    ABSTRACT_SOCKET,
    SIGNAL,
    BUS;

    /** The word the confined program answers with. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Trial> ofWord(String word) {
        for (Trial trial : values()) {
            if (trial.word().equals(word)) {
                return Optional.of(trial);
            }
        }
        return Optional.empty();
    }
}
