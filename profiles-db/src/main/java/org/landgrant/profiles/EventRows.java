package org.landgrant.profiles;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.landgrant.grants.Access;
import org.landgrant.grants.AppId;
import org.landgrant.grants.Event;
import org.landgrant.grants.Resource;
import org.landgrant.grants.Ruling;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The history as rows. A row that makes no sense is passed over: grants must not depend on it. */
final class EventRows {
    private static final Logger LOGGER = LoggerFactory.getLogger(EventRows.class);
    private static final String COLUMNS =
            "id, kind, app, resource, access, first_seen, last_seen, times, who, was, became";
    private static final String EVENTS = "select " + COLUMNS + " from events ";

    /** A row as it is, whether it makes sense or not. */
    private record Line(List<String> values) {}

    private EventRows() {}

    static void note(Connection connection, List<Event> batch) throws SQLException {
        boolean counts = batch.stream().anyMatch(Gathering::countsTogether);
        Gathering gathering = new Gathering(
                counts
                        ? found(
                                connection,
                                "where last_seen > ? and kind in ('REFUSED', 'ASKED', 'SIGNAL_REFUSED', 'TRACE_REFUSED',"
                                        + " 'SOCKET_REFUSED', 'MOUNT_REFUSED')",
                                Gathering.recent(batch))
                        : List.of());
        for (Event event : batch) {
            if (event.kind() != Event.Kind.STARTED || !isNoted(connection, event)) {
                gathering.add(event);
            }
        }
        for (Event event : gathering.changed()) {
            BookRows.change(
                    connection,
                    "update events set first_seen = ?, last_seen = ?, times = ? where id = ?",
                    event.first(),
                    event.last(),
                    event.count(),
                    event.id());
        }
        for (Event event : gathering.added()) {
            insert(connection, event);
        }
        long all = BookRows.one(connection, row -> row.getLong(1), "select count(*) from events")
                .orElse(0L);
        if (all > Retention.EVENTS) {
            BookRows.change(
                    connection,
                    "delete from events where id in"
                            + " (select id from events order by last_seen, id fetch first ? rows only)",
                    all - Retention.EVENTS);
        }
    }

    static List<Event> events(Connection connection, Optional<Event> than, int most) throws SQLException {
        String order = " order by last_seen desc, id desc fetch first ? rows only";
        return than.isEmpty()
                ? found(connection, order, most)
                : found(
                        connection,
                        "where last_seen <= ? and (last_seen < ? or id < ?)" + order,
                        than.get().last(),
                        than.get().last(),
                        than.get().id(),
                        most);
    }

    static Map<AppId, Instant> opened(Connection connection) throws SQLException {
        return BookRows.list(
                        connection,
                        row -> Map.entry(new AppId(row.getString(1)), row.getObject(2, Instant.class)),
                        "select app, max(last_seen) from events where kind = ? group by app",
                        Event.Kind.STARTED.name())
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Every row as it is, to be compared. */
    static List<? extends Record> lines(Connection connection) throws SQLException {
        return BookRows.list(connection, EventRows::line, EVENTS);
    }

    private static boolean isNoted(Connection connection, Event start) throws SQLException {
        return BookRows.one(
                        connection,
                        row -> row.getLong(1),
                        "select id from events where last_seen = ? and kind = ? and app = ?",
                        start.last(),
                        start.kind().name(),
                        start.app().value())
                .isPresent();
    }

    private static void insert(Connection connection, Event event) throws SQLException {
        BookRows.change(
                connection,
                "insert into events (kind, app, resource, access, first_seen, last_seen, times, who, was, became)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                event.kind().name(),
                event.app().value(),
                event.resource().map(Resource::text).orElse(null),
                event.access().isEmpty() ? "" : BookRows.words(event.access()),
                event.first(),
                event.last(),
                event.count(),
                event.who().name(),
                event.before().map(Ruling::text).orElse(null),
                event.after().map(Ruling::text).orElse(null));
    }

    private static List<Event> found(Connection connection, String where, @Nullable Object... parameters)
            throws SQLException {
        return BookRows.list(connection, EventRows::event, EVENTS + where, parameters).stream()
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<Event> event(ResultSet row) throws SQLException {
        try {
            return Optional.of(new Event(
                    row.getLong("id"),
                    Event.Kind.valueOf(row.getString("kind")),
                    new AppId(row.getString("app")),
                    Optional.ofNullable(row.getString("resource")).map(Resource::parse),
                    accesses(row.getString("access")),
                    row.getObject("first_seen", Instant.class),
                    row.getObject("last_seen", Instant.class),
                    row.getLong("times"),
                    Event.Who.valueOf(row.getString("who")),
                    Optional.ofNullable(row.getString("was")).map(Ruling::parse),
                    Optional.ofNullable(row.getString("became")).map(Ruling::parse)));
        } catch (IllegalArgumentException noEvent) {
            LOGGER.debug("A line of the history makes no sense", noEvent);
            return Optional.empty();
        }
    }

    private static Set<Access> accesses(String words) {
        return words.isEmpty()
                ? Set.of()
                : Arrays.stream(words.split(",", -1)).map(Access::valueOf).collect(Collectors.toSet());
    }

    private static Line line(ResultSet row) throws SQLException {
        String[] names = COLUMNS.split(", ", -1);
        String[] values = new String[names.length];
        for (int at = 0; at < names.length; at++) {
            values[at] = String.valueOf(row.getString(names[at]));
        }
        return new Line(List.of(values));
    }
}
