package org.landgrant.launch;

import static org.landgrant.kernel.Trial.ABSTRACT_SOCKET;
import static org.landgrant.kernel.Trial.CHANGE;
import static org.landgrant.kernel.Trial.CONNECT;
import static org.landgrant.kernel.Trial.CUT;
import static org.landgrant.kernel.Trial.LIST;
import static org.landgrant.kernel.Trial.LISTEN;
import static org.landgrant.kernel.Trial.MAKE;
import static org.landgrant.kernel.Trial.READ;
import static org.landgrant.kernel.Trial.SIGNAL;
import static org.landgrant.kernel.Trial.SOCKET;

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
        FILES(READ, LIST, CHANGE, MAKE, CUT),
        PERMISSIONS(Trial.CHMOD),
        TCP(CONNECT, LISTEN),
        UDP(Trial.UDP),
        SOCKETS(SOCKET, ABSTRACT_SOCKET),
        PROGRAMS(SIGNAL),
        SERVICES(Trial.BUS),
        DISPLAY;

        private final List<Trial> trials;

        Subject(Trial... trials) {
            this.trials = List.of(trials);
        }

        /** What has to be refused; nothing for what cannot be tried. */
        List<Trial> trials() {
            return trials;
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
