package org.landgrant.profiles;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.landgrant.grants.Access;
import org.landgrant.grants.AppId;
import org.landgrant.grants.AppSettings;
import org.landgrant.grants.Decision;
import org.landgrant.grants.Denial;
import org.landgrant.grants.Grant;
import org.landgrant.grants.Habit;
import org.landgrant.grants.Lifetime;
import org.landgrant.grants.Origin;
import org.landgrant.grants.Resource;
import org.landgrant.grants.Span;
import org.landgrant.grants.Unanswered;
import org.landgrant.grants.Width;

/** Rows become records and records become parameters; every statement is closed where it was opened. */
final class BookRows {
    static final String GRANTS = "select id, app, resource, access, decision, holds_until, login, origin, created,"
            + " last_used, times_asked from grants ";
    static final String SETTINGS = "select app, confined, partial_accepted from settings ";
    static final String HABITS = "select app, width, span from habits ";
    static final String UNANSWERED = "select app, resource, access, closed, last_asked, waiting from unanswered ";
    static final String DENIALS = "select app, resource, access, program, times, first_seen, last_seen from denials ";

    /** Makes a record of the row a result stands on. */
    @FunctionalInterface
    interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    private BookRows() {}

    /** Every row the query finds. */
    static <T> List<T> list(Connection connection, Row<T> row, String sql, @Nullable Object... parameters)
            throws SQLException {
        try (PreparedStatement statement = prepare(connection, sql, parameters);
                ResultSet rows = statement.executeQuery()) {
            List<T> found = new ArrayList<>();
            while (rows.next()) {
                found.add(row.read(rows));
            }
            return found;
        }
    }

    /** The only row the query finds, if there is one. */
    static <T> Optional<T> one(Connection connection, Row<T> row, String sql, @Nullable Object... parameters)
            throws SQLException {
        return list(connection, row, sql, parameters).stream().findFirst();
    }

    /** Changes rows; how many. */
    static int change(Connection connection, String sql, @Nullable Object... parameters) throws SQLException {
        try (PreparedStatement statement = prepare(connection, sql, parameters)) {
            return statement.executeUpdate();
        }
    }

    /** The number of the last migration that ran; an error when none ever did. */
    static int schemaVersion(Connection connection) throws SQLException {
        return one(
                        connection,
                        row -> row.getInt(1),
                        "select max(cast(\"version\" as int)) from \"" + Schema.HISTORY + "\" where \"success\"")
                .filter(version -> version > 0)
                .orElseThrow(() -> new SQLException("no migration ever ran"));
    }

    /** Every row there is; reading them once also shows damage. */
    static Set<Record> everything(Connection connection) throws SQLException {
        Set<Record> rows = new HashSet<>(list(connection, BookRows::grant, GRANTS));
        rows.addAll(list(connection, BookRows::settings, SETTINGS));
        rows.addAll(list(connection, BookRows::habit, HABITS));
        rows.addAll(list(connection, BookRows::unanswered, UNANSWERED));
        rows.addAll(list(connection, BookRows::denial, DENIALS));
        rows.addAll(EventRows.lines(connection));
        return rows;
    }

    static Grant grant(ResultSet row) throws SQLException {
        return new Grant(
                row.getLong("id"),
                app(row),
                resource(row),
                accesses(row.getString("access")),
                Decision.valueOf(row.getString("decision")),
                new Lifetime(
                        Optional.ofNullable(row.getObject("holds_until", Instant.class)),
                        Optional.ofNullable(row.getString("login"))),
                Origin.valueOf(row.getString("origin")),
                row.getObject("created", Instant.class),
                Optional.ofNullable(row.getObject("last_used", Instant.class)),
                row.getInt("times_asked"));
    }

    static AppSettings settings(ResultSet row) throws SQLException {
        return new AppSettings(app(row), row.getBoolean("confined"), row.getBoolean("partial_accepted"));
    }

    static Habit habit(ResultSet row) throws SQLException {
        return new Habit(app(row), Width.valueOf(row.getString("width")), Span.valueOf(row.getString("span")));
    }

    static Unanswered unanswered(ResultSet row) throws SQLException {
        return new Unanswered(
                app(row),
                resource(row),
                accesses(row.getString("access")),
                row.getInt("closed"),
                row.getObject("last_asked", Instant.class),
                row.getBoolean("waiting"));
    }

    static Denial denial(ResultSet row) throws SQLException {
        return new Denial(
                app(row),
                resource(row),
                Access.valueOf(row.getString("access")),
                row.getString("program"),
                row.getLong("times"),
                row.getObject("first_seen", Instant.class),
                row.getObject("last_seen", Instant.class));
    }

    /** {@code READ,WRITE}, always in the order of {@link Access}. */
    static String words(Collection<Access> access) {
        return EnumSet.copyOf(access).stream().map(Access::name).collect(Collectors.joining(","));
    }

    private static Set<Access> accesses(String words) {
        return Arrays.stream(words.split(",", -1)).map(Access::valueOf).collect(Collectors.toSet());
    }

    private static AppId app(ResultSet row) throws SQLException {
        return new AppId(row.getString("app"));
    }

    private static Resource resource(ResultSet row) throws SQLException {
        return Resource.parse(row.getString("resource"));
    }

    private static PreparedStatement prepare(Connection connection, String sql, @Nullable Object... parameters)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        try {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            return statement;
        } catch (SQLException | RuntimeException failure) {
            statement.close();
            throw failure;
        }
    }
}
