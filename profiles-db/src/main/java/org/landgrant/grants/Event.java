package org.landgrant.grants;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * One line of the history.
 *
 * @param id the book's number for it, from 1; 0 before it was noted
 * @param resource empty for what is about the app as a whole, and for refusals that were too many to be
 *     told apart
 * @param access what was refused, asked for or decided about; empty where there is no resource
 * @param first when it happened first; for the start of a session, the moment the session began
 * @param last when it happened last
 * @param count how often, at least 1; more than once only for refusals and {@link Kind#ASKED}
 * @param before what was decided until then, empty when nothing was; only for {@link Kind#CHANGED} and
 *     {@link Kind#ANSWERED}
 * @param after what was decided from then on, empty when the template speaks again
 */
public record Event(
        long id,
        Kind kind,
        AppId app,
        Optional<Resource> resource,
        Set<Access> access,
        Instant first,
        Instant last,
        long count,
        Who who,
        Optional<Ruling> before,
        Optional<Ruling> after) {

    /** What happened. */
    public enum Kind {
        STARTED,
        ENDED,
        REFUSED,
        /** A person was asked, while the app waited. */
        ASKED,
        /** An answer that is kept. */
        ANSWERED,
        /** An answer that holds until the session ends. */
        ALLOWED_ONCE,
        /** A question was closed, or answered with a no that changes nothing. */
        NOT_NOW,
        /** Somebody decided without being asked. */
        CHANGED,
        /** What was allowed once ended before the session. */
        TAKEN_BACK,
        CONFINED,
        RELEASED,
        /** Somebody started the app once without its limits. */
        RUN_FREE,
        /** The app may start although not everything is enforced. */
        PARTIAL_ACCEPTED,
        PARTIAL_REFUSED,
        /** Another app opened a link or a file for it. */
        OPENED,
        /** The app tried to end, or to signal, another program. */
        SIGNAL_REFUSED,
        /** The app tried to look into another program. */
        TRACE_REFUSED,
        /** The app tried to talk to another program by a socket that has no place. */
        SOCKET_REFUSED,
        /** The app tried to change what is mounted where. */
        MOUNT_REFUSED;

        /** Whether the app was refused something. */
        public boolean refuses() {
            return this == REFUSED
                    || this == SIGNAL_REFUSED
                    || this == TRACE_REFUSED
                    || this == SOCKET_REFUSED
                    || this == MOUNT_REFUSED;
        }
    }

    /** Who did it. */
    public enum Who {
        /** The app itself. */
        APP,
        /** A person, answering. */
        PROMPT,
        /** A person, in the settings window. */
        SETTINGS,
        COMMAND_LINE,
        /** The app; but nobody saw it except the kernel, which refused it. */
        KERNEL
    }

    /** What makes refusals and questions the same thing again. */
    public record Key(Kind kind, AppId app, Optional<Resource> resource, Set<Access> access, Who who) {}

    public Event {
        access = Set.copyOf(access);
        if (count < 1) {
            throw new IllegalArgumentException("what is noted happened at least once");
        }
    }

    /** Something about the app as a whole. */
    public static Event of(Kind kind, AppId app, Instant when, Who who) {
        return new Event(
                0, kind, app, Optional.empty(), Set.of(), when, when, 1, who, Optional.empty(), Optional.empty());
    }

    /** Something about a resource that decides nothing for longer than a session. */
    public static Event about(Kind kind, AppId app, Resource resource, Set<Access> access, Instant when, Who who) {
        return new Event(
                0, kind, app, Optional.of(resource), access, when, when, 1, who, Optional.empty(), Optional.empty());
    }

    public static Event refused(Denial denial) {
        return new Event(
                0,
                Kind.REFUSED,
                denial.app(),
                Optional.of(denial.resource()),
                Set.of(denial.access()),
                denial.first(),
                denial.last(),
                denial.count(),
                Who.APP,
                Optional.empty(),
                Optional.empty());
    }

    /** A decision of a person; one of the two is there at least. */
    public static Event decided(
            AppId app, Resource resource, Optional<Ruling> before, Optional<Ruling> after, Instant when, Who who) {
        return new Event(
                0,
                who == Who.PROMPT ? Kind.ANSWERED : Kind.CHANGED,
                app,
                Optional.of(resource),
                after.or(() -> before).map(Ruling::access).orElseThrow(),
                when,
                when,
                1,
                who,
                before,
                after);
    }

    public Key key() {
        return new Key(kind, app, resource, access, who);
    }

    /** Whether it changed what is decided about a resource. */
    public boolean decides() {
        return kind == Kind.ANSWERED || kind == Kind.CHANGED;
    }

    /** This and a later one with the same key as one, under this one's number. */
    public Event and(Event other) {
        if (!key().equals(other.key())) {
            throw new IllegalArgumentException("only the same thing is counted together");
        }
        return new Event(
                id,
                kind,
                app,
                resource,
                access,
                first.isBefore(other.first) ? first : other.first,
                last.isAfter(other.last) ? last : other.last,
                count > Long.MAX_VALUE - other.count ? Long.MAX_VALUE : count + other.count,
                who,
                before,
                after);
    }

    public Event withId(long newId) {
        return new Event(newId, kind, app, resource, access, first, last, count, who, before, after);
    }

    /** The same without saying about what. */
    public Event withoutResource() {
        return new Event(id, kind, app, Optional.empty(), Set.of(), first, last, count, who, before, after);
    }
}
