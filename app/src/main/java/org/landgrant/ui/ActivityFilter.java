package org.landgrant.ui;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import org.landgrant.grants.AppId;
import org.landgrant.grants.Event;

/**
 * Which part of the history is shown.
 *
 * @param query words that all have to be in what a line is about; empty asks for nothing
 * @param routine whether refusals that need no answer are shown, too
 */
record ActivityFilter(String query, Show show, Optional<AppId> app, Period period, boolean routine) {
    static final ActivityFilter BEGINNING = new ActivityFilter("", Show.ALL, Optional.empty(), Period.WEEK, false);

    /** Kinds of events, as people tell them apart. */
    enum Show {
        ALL("all"),
        REFUSED("refused"),
        CHANGES("changes"),
        SESSIONS("sessions");

        private final String word;

        Show(String word) {
            this.word = word;
        }

        /** Ends the IDs of nodes and the names of words. */
        String word() {
            return word;
        }

        boolean holds(Event.Kind kind) {
            Show of = switch (kind) {
                case REFUSED, SIGNAL_REFUSED, TRACE_REFUSED, SOCKET_REFUSED, MOUNT_REFUSED -> REFUSED;
                case STARTED, ENDED, RUN_FREE -> SESSIONS;
                default -> CHANGES;
            };
            return this == ALL || this == of;
        }
    }

    /** How far back. */
    enum Period {
        TODAY("today", 1),
        WEEK("week", 7),
        MONTH("month", 30);

        private final String word;
        private final int days;

        Period(String word, int days) {
            this.word = word;
            this.days = days;
        }

        String word() {
            return word;
        }

        int days() {
            return days;
        }

        LocalDate firstDay(Instant now, ZoneId zone) {
            return now.atZone(zone).toLocalDate().minusDays(days - 1L);
        }
    }

    ActivityFilter query(String now) {
        return new ActivityFilter(now, show, app, period, routine);
    }

    ActivityFilter show(Show now) {
        return new ActivityFilter(query, now, app, period, routine);
    }

    ActivityFilter app(Optional<AppId> now) {
        return new ActivityFilter(query, show, now, period, routine);
    }

    ActivityFilter period(Period now) {
        return new ActivityFilter(query, show, app, now, routine);
    }

    ActivityFilter routine(boolean now) {
        return new ActivityFilter(query, show, app, period, now);
    }
}
