package org.landgrant.launch;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.landgrant.kernel.Trial;

/**
 * What the self-test found about one thing.
 *
 * @param detail what the launcher or the system said to it, for people; may name paths; often empty
 */
public record SelfTestRow(Subject subject, Verdict verdict, Reason reason, String detail) {
    /** The name of the sentence that says why, for instance {@code files.refused}. */
    public String why() {
        boolean ofItsOwn = reason == Reason.REFUSED || reason == Reason.OLD_KERNEL;
        return ofItsOwn ? subject.word() + "." + reason.word() : reason.word();
    }

    /** The name of the sentence that says what a person can do; empty when there is nothing to do. */
    public Optional<String> remedy() {
        return switch (reason) {
            case OLD_KERNEL, NO_LANDLOCK, NO_FILTER, X11, XWAYLAND, NOT_STARTED, NO_ANSWER ->
                Optional.of(reason.word());
            case REACHED, ODD, NOTHING_WORKS -> Optional.of("report");
            case REFUSED, NOT_OUTSIDE, NO_BUS, FILTERED, WAYLAND, NO_DISPLAY -> Optional.empty();
        };
    }

    /** What is asked, in the order in which it is shown. */
    public enum Subject {
        FILES,
        PERMISSIONS,
        TCP,
        UDP,
        SOCKETS,
        PROGRAMS,
        SERVICES,
        DISPLAY;

        /** What has to be refused; nothing for what cannot be tried. */
        List<Trial> trials() {
            return switch (this) {
                case FILES -> List.of(Trial.READ, Trial.LIST, Trial.CHANGE, Trial.MAKE, Trial.CUT);
                case PERMISSIONS -> List.of(Trial.CHMOD);
                case TCP -> List.of(Trial.CONNECT, Trial.LISTEN);
                case UDP -> List.of(Trial.UDP);
                case SOCKETS -> List.of(Trial.SOCKET, Trial.ABSTRACT_SOCKET);
                case PROGRAMS -> List.of(Trial.SIGNAL);
                case SERVICES -> List.of(Trial.BUS);
                case DISPLAY -> List.of();
            };
        }

        public String word() {
            return SelfTestRow.word(this);
        }
    }

    /** Who refuses it. */
    public enum Verdict {
        /** The kernel by itself, tried. */
        KERNEL,
        /** Landgrant's launcher, tried. */
        LANDGRANT,
        /** The desktop; that is its design, and nothing was tried. */
        DESKTOP,
        /** Nobody, or not everywhere. */
        NOBODY,
        /** Not known: trying failed. */
        UNKNOWN,
        /** There is no such thing here. */
        ABSENT;

        /** Whether a person has nothing to worry about. */
        public boolean fine() {
            return this != NOBODY && this != UNKNOWN;
        }

        public String word() {
            return SelfTestRow.word(this);
        }
    }

    /** Why the verdict is what it is. */
    public enum Reason {
        /** Every way was tried and refused. */
        REFUSED,
        /** The confined program got through. */
        REACHED,
        /** The same, because this kernel is too old for it. */
        OLD_KERNEL,
        /** This kernel cannot confine at all, so nothing is started. */
        NO_LANDLOCK,
        /** It does not even work unconfined, so a refusal says nothing. */
        NOT_OUTSIDE,
        /** It failed inside, but not as a refusal does. */
        ODD,
        /** What was granted could not be reached either. */
        NOTHING_WORKS,
        /** The launcher did not start the program. */
        NOT_STARTED,
        /** The program did not answer in time, or ended before. */
        NO_ANSWER,
        /** There is no session bus with a path. */
        NO_BUS,
        /** Only through the filter is there a bus for apps, and the filter is there. */
        FILTERED,
        /** The bus is closed, but the filter is missing: apps get no bus at all. */
        NO_FILTER,
        WAYLAND,
        XWAYLAND,
        X11,
        NO_DISPLAY;

        public String word() {
            return SelfTestRow.word(this);
        }
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
