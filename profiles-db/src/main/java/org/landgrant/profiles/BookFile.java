package org.landgrant.profiles;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.h2.jdbcx.JdbcDataSource;
import org.h2.mvstore.MVStore;
import org.jspecify.annotations.Nullable;
import org.landgrant.grants.BookException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file of the book and the lock beside it.
 *
 * <p>A file is never changed before it was read through: it is inspected read-only first. What has to
 * be built or migrated is built beside it, synced, and moved into place, so that a crash leaves the
 * old file or the new one.
 *
 * <p>Durability, found out with strace on H2 2.5.252: by default a commit writes nothing before it
 * returns (a background thread does, up to 500 ms later); with {@code WRITE_DELAY=0} it writes but
 * does not sync; only {@code CHECKPOINT SYNC} calls {@code fsync(2)}. So {@link H2GrantBook} uses both.
 */
final class BookFile implements AutoCloseable {
    private static final String NAME = "grants";
    private static final String ENDING = ".mv.db";
    /** Everything H2 does besides; {@code retry:} keeps an interrupted thread from closing the file. */
    private static final String OPTIONS =
            ";IFEXISTS=TRUE;REUSE_SPACE=FALSE;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0;TRACE_LEVEL_SYSTEM_OUT=0";

    private static final int H2_ALREADY_OPEN = 90020;
    /** Bytes up to which a file is never worth compacting. */
    static final long SMALL = 8 << 20;

    private static final Logger LOGGER = LoggerFactory.getLogger(BookFile.class);

    private final Path file;
    private final Schema schema;
    private final FileChannel lockFile;
    /** Bytes beyond which the file has grown too long; twice what was left by the last compaction. */
    private long tooLong = SMALL;

    private BookFile(Path file, Schema schema, FileChannel lockFile) {
        this.file = file;
        this.schema = schema;
        this.lockFile = lockFile;
    }

    /**
     * Makes the folder and the file where they are missing, and takes the lock.
     *
     * @throws BookException when another process has the lock, or the file is damaged, newer than
     *     {@code schema}, or out of reach; the file is then as it was
     */
    static BookFile open(Path folder, Schema schema) {
        Path absolute = folder.toAbsolutePath().normalize();
        if (absolute.toString().indexOf(';') >= 0 || absolute.toString().indexOf('\\') >= 0) {
            throw new BookException("The book of grants cannot lie in " + absolute
                    + ", because its database allows neither a semicolon nor a backslash there.");
        }
        FileChannel lockFile = null;
        try {
            prepareFolder(absolute);
            lockFile = lock(absolute);
            BookFile book = new BookFile(absolute.resolve(NAME + ENDING), schema, lockFile);
            book.prepare();
            return book;
        } catch (IOException failure) {
            closeQuietly(lockFile);
            throw new BookException(
                    "The book of grants in " + absolute + " cannot be opened: " + describe(failure) + ".", failure);
        } catch (BookException failure) {
            closeQuietly(lockFile);
            throw failure;
        }
    }

    /** A connection for reading and writing, without auto-commit. */
    Connection connect() throws SQLException {
        Connection connection = source(file, "").getConnection();
        connection.setAutoCommit(false);
        return connection;
    }

    /** Whether changes made the file so long that {@link #compact} is worth the moment it takes. */
    boolean isTooLong() {
        return length() > tooLong;
    }

    /**
     * Puts a shorter file that says the same in the place of the file; when that fails, the file stays
     * as it is. No connection is open meanwhile.
     */
    void compact() {
        Path beside = beside();
        try {
            MVStore.compact(file.toString(), beside.toString(), false, null);
            Files.setPosixFilePermissions(beside, PosixFilePermissions.fromString("rw-------"));
            if (!inspect(beside).equals(inspect(file))) {
                throw new IOException("the compacted book says something else");
            }
            replaceWith(beside);
        } catch (IOException | RuntimeException failure) {
            // The failure itself may name what a program was refused.
            LOGGER.warn("The book of grants could not be made smaller and stays as it is.");
            LOGGER.debug("Why the book could not be made smaller", failure);
        } finally {
            tooLong = Math.max(SMALL, 2 * length());
            deleteQuietly(beside);
        }
    }

    /** Where the book lies. */
    Path path() {
        return file;
    }

    @Override
    public void close() {
        closeQuietly(lockFile);
    }

    private void prepare() throws IOException {
        Path beside = beside();
        Files.deleteIfExists(beside);
        if (Files.exists(file)) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            int version = inspect(file).version();
            if (version > schema.version()) {
                throw new BookException(
                        "The book of grants in " + file
                                + " was written by a newer Landgrant and was not changed; install that version again to use it.");
            }
            if (version == schema.version()) {
                if (isTooLong()) {
                    compact();
                }
                return;
            }
        }
        create(beside);
        if (Files.exists(file)) {
            Files.copy(file, beside, StandardCopyOption.REPLACE_EXISTING);
        }
        migrate(beside);
        replaceWith(beside);
    }

    private void replaceWith(Path beside) throws IOException {
        sync(beside, StandardOpenOption.WRITE);
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
        sync(folder(), StandardOpenOption.READ);
    }

    /**
     * What a book says.
     *
     * @param version the version of the last migration
     * @param rows every row, when the version is the one this program knows
     */
    private record Contents(int version, Set<Record> rows) {}

    /** Reads everything without being able to write. */
    private Contents inspect(Path book) throws IOException {
        if (Files.size(book) == 0) {
            throw damaged(null);
        }
        try (Connection connection = source(book, ";ACCESS_MODE_DATA=r").getConnection()) {
            int version = BookRows.schemaVersion(connection);
            return new Contents(version, version == schema.version() ? BookRows.everything(connection) : Set.of());
        } catch (SQLException failure) {
            if (failure.getErrorCode() == H2_ALREADY_OPEN) {
                throw inUse(failure);
            }
            throw damaged(failure);
        } catch (IllegalArgumentException failure) {
            throw damaged(failure);
        }
    }

    private void migrate(Path target) {
        try {
            Flyway.configure()
                    .dataSource(source(target, ""))
                    .locations(schema.locations().toArray(String[]::new))
                    .table(Schema.HISTORY)
                    .loggers(MigrationLog.class.getName())
                    .load()
                    .migrate();
        } catch (FlywayException failure) {
            throw new BookException(
                    "The book of grants in " + folder() + " cannot be brought up to date and was not changed.",
                    failure);
        }
    }

    private BookException damaged(@Nullable Exception cause) {
        String sentence = "The book of grants in " + file
                + " is damaged and was not changed; put a copy from a backup in its place, or move it away to begin an"
                + " empty one.";
        return cause == null ? new BookException(sentence) : new BookException(sentence, cause);
    }

    private BookException inUse(Exception cause) {
        return new BookException("The book of grants in " + folder() + " is in use by another Landgrant.", cause);
    }

    private Path beside() {
        return file.resolveSibling(NAME + ".new" + ENDING);
    }

    /** The length of the file in bytes; 0 when it cannot be told. */
    private long length() {
        return file.toFile().length();
    }

    private Path folder() {
        return parent(file);
    }

    private static Path parent(Path path) {
        Path parent = path.getParent();
        if (parent == null) {
            throw new IllegalArgumentException("the file of a book lies in a folder");
        }
        return parent;
    }

    private static void prepareFolder(Path folder) throws IOException {
        Set<PosixFilePermission> mode = PosixFilePermissions.fromString("rwx------");
        Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(mode));
        if (!Files.getPosixFilePermissions(folder).equals(mode)) {
            Files.setPosixFilePermissions(folder, mode);
        }
    }

    private static FileChannel lock(Path folder) throws IOException {
        Path path = folder.resolve(NAME + ".lock");
        if (!Files.exists(path)) {
            create(path);
        }
        FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE);
        try {
            @Nullable FileLock lock = channel.tryLock();
            if (lock != null) {
                return channel;
            }
        } catch (OverlappingFileLockException ours) {
            // Another book of this process: the same answer as for another process.
        }
        channel.close();
        throw new BookException("The book of grants in " + folder + " is in use by another Landgrant.");
    }

    /** An empty file that was 0600 from its first moment, whatever the umask. */
    private static void create(Path path) throws IOException {
        Set<PosixFilePermission> mode = PosixFilePermissions.fromString("rw-------");
        try {
            Files.createFile(path, PosixFilePermissions.asFileAttribute(mode));
        } catch (FileAlreadyExistsException other) {
            // Made by another process in this moment; the lock decides who goes on.
        }
        Files.setPosixFilePermissions(path, mode);
    }

    private static JdbcDataSource source(Path file, String options) {
        String path = file.toString();
        JdbcDataSource source = new JdbcDataSource();
        source.setURL("jdbc:h2:retry:" + path.substring(0, path.length() - ENDING.length()) + OPTIONS + options);
        source.setUser("landgrant");
        return source;
    }

    private static void sync(Path path, StandardOpenOption how) throws IOException {
        try (FileChannel channel = FileChannel.open(path, how)) {
            channel.force(true);
        }
    }

    private static void deleteQuietly(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException ignored) {
            // The next opening tries again.
        }
    }

    private static void closeQuietly(@Nullable FileChannel channel) {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException ignored) {
                // Nothing was written through it; closing it only gives the lock back.
            }
        }
    }

    private static String describe(IOException failure) {
        String message = failure.getMessage();
        return failure.getClass().getSimpleName().replace("Exception", "") + (message == null ? "" : " " + message);
    }
}
