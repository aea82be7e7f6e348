package org.landgrant.profiles;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.landgrant.grants.AppId;
import org.landgrant.grants.AppSettings;
import org.landgrant.grants.BookException;
import org.landgrant.grants.Denial;
import org.landgrant.grants.Event;
import org.landgrant.grants.Grant;
import org.landgrant.grants.GrantBook;
import org.landgrant.grants.Habit;
import org.landgrant.grants.Resource;
import org.landgrant.grants.Unanswered;

/**
 * The book of grants in an H2 database file that only this user can read.
 *
 * <p>One connection behind one lock: a handful of short statements per human decision needs no more,
 * and the order of changes is then the order of calls. A failed operation gives the connection up;
 * the next one opens the file again, so a full disk that was emptied needs no restart.
 */
public final class H2GrantBook implements GrantBook {
    private final ReentrantLock lock = new ReentrantLock();
    private final BookFile file;
    private final UnaryOperator<Connection> lens;
    private @Nullable Connection connection;
    private boolean closed;

    private H2GrantBook(BookFile file, UnaryOperator<Connection> lens) {
        this.file = file;
        this.lens = lens;
    }

    /**
     * Opens the book in that folder; makes both (modes 0700 and 0600) where they are missing. Reads it
     * through first, so it may take a moment.
     *
     * @throws BookException when it is in use by another process, damaged, newer than this program, or
     *     out of reach; the file is then as it was
     */
    public static H2GrantBook open(Path folder) {
        return open(folder, Schema.OURS, UnaryOperator.identity());
    }

    /** @param lens lets a test watch what the connection is used for */
    static H2GrantBook open(Path folder, Schema schema, UnaryOperator<Connection> lens) {
        BookFile file = BookFile.open(folder, schema);
        H2GrantBook book = new H2GrantBook(file, lens);
        try {
            book.read(connection -> BookRows.schemaVersion(connection));
            return book;
        } catch (BookException failure) {
            book.close();
            throw failure;
        }
    }

    @Override
    public List<Grant> grants(AppId app) {
        return read(connection ->
                BookRows.list(connection, BookRows::grant, BookRows.GRANTS + "where app = ? order by id", app.value()));
    }

    @Override
    public List<Grant> grants() {
        return read(connection -> BookRows.list(connection, BookRows::grant, BookRows.GRANTS + "order by app, id"));
    }

    @Override
    public Grant put(Grant grant) {
        String app = grant.app().value();
        String resource = grant.resource().text();
        return change(connection -> {
            int replaced = BookRows.change(
                    connection,
                    "update grants set access = ?, decision = ?, holds_until = ?, login = ?, origin = ?, created = ?,"
                            + " last_used = ?, times_asked = ? where app = ? and resource = ?",
                    BookRows.words(grant.access()),
                    grant.decision().name(),
                    grant.lifetime().until().orElse(null),
                    grant.lifetime().login().orElse(null),
                    grant.origin().name(),
                    grant.created(),
                    grant.lastUsed().orElse(null),
                    grant.timesAsked(),
                    app,
                    resource);
            if (replaced == 0) {
                BookRows.change(
                        connection,
                        "insert into grants (app, resource, access, decision, holds_until, login, origin, created,"
                                + " last_used, times_asked) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                        app,
                        resource,
                        BookRows.words(grant.access()),
                        grant.decision().name(),
                        grant.lifetime().until().orElse(null),
                        grant.lifetime().login().orElse(null),
                        grant.origin().name(),
                        grant.created(),
                        grant.lastUsed().orElse(null),
                        grant.timesAsked());
            }
            return BookRows.one(
                            connection,
                            BookRows::grant,
                            BookRows.GRANTS + "where app = ? and resource = ?",
                            app,
                            resource)
                    .orElseThrow(() -> new IllegalStateException("bug: a grant just written is not there"));
        });
    }

    @Override
    public boolean remove(AppId app, Resource resource) {
        return change(connection -> BookRows.change(
                        connection, "delete from grants where app = ? and resource = ?", app.value(), resource.text())
                > 0);
    }

    @Override
    public AppSettings settings(AppId app) {
        return read(connection ->
                        BookRows.one(connection, BookRows::settings, BookRows.SETTINGS + "where app = ?", app.value()))
                .orElseGet(() -> AppSettings.untouched(app));
    }

    @Override
    public List<AppSettings> settings() {
        return read(connection -> BookRows.list(connection, BookRows::settings, BookRows.SETTINGS + "order by app"));
    }

    @Override
    public void put(AppSettings settings) {
        change(connection -> BookRows.change(
                connection,
                "merge into settings (app, confined, partial_accepted) key (app) values (?, ?, ?)",
                settings.app().value(),
                settings.confined(),
                settings.partialAccepted()));
    }

    @Override
    public Habit habit(AppId app) {
        return read(connection ->
                        BookRows.one(connection, BookRows::habit, BookRows.HABITS + "where app = ?", app.value()))
                .orElseGet(() -> Habit.unknown(app));
    }

    @Override
    public void put(Habit habit) {
        change(connection -> BookRows.change(
                connection,
                "merge into habits (app, width, span) key (app) values (?, ?, ?)",
                habit.app().value(),
                habit.width().name(),
                habit.span().name()));
    }

    @Override
    public List<Unanswered> unanswered() {
        return read(connection ->
                BookRows.list(connection, BookRows::unanswered, BookRows.UNANSWERED + "order by app, id"));
    }

    @Override
    public void put(Unanswered unanswered) {
        change(connection -> BookRows.change(
                connection,
                "merge into unanswered (app, resource, access, closed, last_asked, waiting) key (app, resource)"
                        + " values (?, ?, ?, ?, ?, ?)",
                unanswered.app().value(),
                unanswered.resource().text(),
                BookRows.words(unanswered.access()),
                unanswered.closed(),
                unanswered.last(),
                unanswered.waiting()));
    }

    @Override
    public boolean answered(AppId app, Resource resource) {
        return change(connection -> BookRows.change(
                        connection,
                        "delete from unanswered where app = ? and resource = ?",
                        app.value(),
                        resource.text())
                > 0);
    }

    @Override
    public void record(List<Denial> denials) {
        if (denials.isEmpty()) {
            return;
        }
        change(connection -> {
            for (Denial denial : denials) {
                gather(connection, denial);
            }
            return BookRows.change(
                    connection,
                    "delete from denials where id in"
                            + " (select id from denials order by last_seen desc, id desc offset ? rows)",
                    Retention.DENIALS);
        });
    }

    @Override
    public List<Denial> denials(AppId app, int most) {
        Retention.requireCount(most);
        return read(connection -> BookRows.list(
                connection,
                BookRows::denial,
                BookRows.DENIALS + "where app = ? order by last_seen desc, id desc fetch first ? rows only",
                app.value(),
                most));
    }

    @Override
    public void forgetDenials(AppId app) {
        change(connection -> BookRows.change(connection, "delete from denials where app = ?", app.value()));
    }

    /** Not synced: it can wait for the next change that is, and nobody is told that it is kept. */
    @Override
    public void note(List<Event> events) {
        if (!events.isEmpty()) {
            run(
                    connection -> {
                        EventRows.note(connection, events);
                        return events.size();
                    },
                    Kept.SOON,
                    cannotBeWritten());
        }
    }

    @Override
    public List<Event> events(Optional<Event> than, int most) {
        Retention.requireCount(most);
        return read(connection -> EventRows.events(connection, than, most));
    }

    @Override
    public Map<AppId, Instant> opened() {
        return read(EventRows::opened);
    }

    @Override
    public void forgetEvents(Instant then) {
        change(connection -> BookRows.change(connection, "delete from events where last_seen < ?", then));
    }

    @Override
    public void forgetEvents() {
        run(connection -> BookRows.change(connection, "delete from events"), Kept.IN_A_NEW_FILE, cannotBeWritten());
    }

    /** Gives the file back; closing twice is fine. */
    @Override
    public void close() {
        lock.lock();
        try {
            if (!closed) {
                closed = true;
                if (connection != null) {
                    connection.close();
                }
            }
        } catch (SQLException failure) {
            // Everything acknowledged is on the disk already; H2 only failed to tidy up.
            throw new BookException("The book of grants in " + file.path() + " could not be closed.", failure);
        } finally {
            connection = null;
            file.close();
            lock.unlock();
        }
    }

    private static void gather(Connection connection, Denial denial) throws SQLException {
        String app = denial.app().value();
        String resource = denial.resource().text();
        String access = denial.access().name();
        Optional<Denial> before = BookRows.one(
                connection,
                BookRows::denial,
                BookRows.DENIALS + "where app = ? and resource = ? and access = ?",
                app,
                resource,
                access);
        if (before.isPresent()) {
            Denial both = before.get().and(denial);
            BookRows.change(
                    connection,
                    "update denials set program = ?, times = ?, first_seen = ?, last_seen = ?"
                            + " where app = ? and resource = ? and access = ?",
                    both.program(),
                    both.count(),
                    both.first(),
                    both.last(),
                    app,
                    resource,
                    access);
        } else {
            BookRows.change(
                    connection,
                    "insert into denials (app, resource, access, program, times, first_seen, last_seen)"
                            + " values (?, ?, ?, ?, ?, ?, ?)",
                    app,
                    resource,
                    access,
                    denial.program(),
                    denial.count(),
                    denial.first(),
                    denial.last());
        }
    }

    /** Statements on the open connection. */
    @FunctionalInterface
    private interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    /** When the result of some work has to be on the disk. */
    private enum Kept {
        UNCHANGED,
        SOON,
        NOW,
        /** The file only grows, so what was forgotten is in it until it is written anew. */
        IN_A_NEW_FILE
    }

    private <T> T read(Work<T> work) {
        return run(work, Kept.UNCHANGED, "The book of grants in " + file.path() + " cannot be read.");
    }

    private <T> T change(Work<T> work) {
        return run(work, Kept.NOW, cannotBeWritten());
    }

    private String cannotBeWritten() {
        return "The book of grants in " + file.path() + " cannot be written; is the disk full?";
    }

    private <T> T run(Work<T> work, Kept kept, String sentence) {
        lock.lock();
        // An interrupt would close the file under H2; it waits until the work is done.
        boolean interrupted = Thread.interrupted();
        boolean done = false;
        try {
            if (closed) {
                throw new BookException("The book of grants is closed.");
            }
            if (connection == null) {
                connection = lens.apply(file.connect());
            }
            T result = work.on(connection);
            connection.commit();
            if (kept == Kept.NOW || kept == Kept.IN_A_NEW_FILE) {
                sync(connection);
            }
            done = true;
            if (kept == Kept.IN_A_NEW_FILE || (kept != Kept.UNCHANGED && file.isTooLong())) {
                compact();
            }
            return result;
        } catch (SQLException | IllegalArgumentException failure) {
            throw new BookException(sentence, failure);
        } finally {
            if (!done) {
                giveUp();
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            lock.unlock();
        }
    }

    private static void sync(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CHECKPOINT SYNC");
        }
    }

    /** The change is on the disk already, so nothing that goes wrong here is the caller's concern. */
    private void compact() {
        Connection finished = connection;
        connection = null;
        try {
            if (finished != null) {
                finished.close();
            }
        } catch (SQLException untidy) {
            // If H2 still holds the file, it cannot be compacted and stays as it is.
        }
        file.compact();
    }

    /** Leaves the file as the last commit left it, and the next operation a fresh start. */
    private void giveUp() {
        Connection broken = connection;
        connection = null;
        if (broken != null) {
            try (broken;
                    Statement statement = broken.createStatement()) {
                statement.execute("SHUTDOWN IMMEDIATELY");
            } catch (SQLException expected) {
                // After a write error H2 has shut itself down already.
            }
        }
    }
}
