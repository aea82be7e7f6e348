package org.landgrant.profiles;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Set;
import org.landgrant.grants.Access;
import org.landgrant.grants.AppId;
import org.landgrant.grants.BookException;
import org.landgrant.grants.Decision;
import org.landgrant.grants.Grant;
import org.landgrant.grants.Origin;
import org.landgrant.grants.Resource;

/** A process that writes grants into a book and says so after each, until it is killed or cannot go on. */
final class EndlessWriter {
    private EndlessWriter() {}

    public static void main(String[] arguments) {
        int from = Integer.parseInt(arguments[1]);
        int padding = Integer.parseInt(arguments[2]);
        H2GrantBook book = H2GrantBook.open(
                Path.of(arguments[0]), Schema.OURS, connection -> withRetention(connection, arguments[3]));
        say("open");
        for (int number = from; ; number++) {
            try {
                book.put(grant(number, padding));
            } catch (BookException refused) {
                say("refused " + refused.getMessage());
                say("still " + book.grants().size());
                return;
            }
            say("wrote " + number);
        }
    }

    /** @param milliseconds how long H2 leaves space alone that nothing uses any more; 45000 unless told */
    private static Connection withRetention(Connection connection, String milliseconds) {
        try (Statement statement = connection.createStatement()) {
            statement.execute("set retention_time " + Integer.parseInt(milliseconds));
            return connection;
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    static Grant grant(int number, int padding) {
        return Grant.of(
                new AppId("writer.desktop"),
                new Resource.Place("/" + number + "/" + "x".repeat(padding)),
                Set.of(Access.READ),
                Decision.ALLOW,
                Origin.USER,
                Instant.EPOCH);
    }

    private static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
