package org.landgrant.profiles;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.landgrant.grants.Access;
import org.landgrant.grants.AppSettings;
import org.landgrant.grants.BookException;
import org.landgrant.grants.Denial;
import org.landgrant.grants.Grant;
import org.landgrant.grants.GrantBook;

/** The contract on a real file, and what only a file can do. */
final class H2GrantBookTest extends GrantBookContract {
    private static final Schema NEXT = new Schema(
            99, List.of("classpath:org/landgrant/profiles/migration", "classpath:org/landgrant/profiles/next"));

    @TempDir
    Path temporary;

    private final List<Object> opened = new ArrayList<>();

    @Override
    GrantBook newBook() {
        return H2GrantBook.open(folder(), Schema.OURS, this::watched);
    }

    @AfterEach
    void everyStatementAndResultWasClosed() throws Exception {
        for (Object thing : opened) {
            boolean closed = thing instanceof ResultSet rows ? rows.isClosed() : ((Statement) thing).isClosed();
            assertTrue(closed, () -> "left open: " + thing);
        }
    }

    private Path folder() {
        return temporary.resolve("share/landgrant");
    }

    private Path file() {
        return folder().resolve("grants.mv.db");
    }

    private Connection watched(Connection connection) {
        return watch(Connection.class, connection);
    }

    /** The same object, but what it opens is remembered. */
    private <T> T watch(Class<T> kind, T real) {
        return kind.cast(Proxy.newProxyInstance(
                kind.getClassLoader(), new Class<?>[] {kind}, (proxy, method, values) -> {
                    try {
                        Object result = method.invoke(real, values);
                        if (result instanceof Statement || result instanceof ResultSet) {
                            opened.add(result);
                        }
                        if (result instanceof java.sql.PreparedStatement statement) {
                            return watch(java.sql.PreparedStatement.class, statement);
                        }
                        return result;
                    } catch (InvocationTargetException failure) {
                        throw failure.getCause();
                    }
                }));
    }

    @Test
    void everythingIsThereAfterReopening() {
        Grant grant = book.put(grant(FIREFOX, place("/a\nb"), Access.READ));
        book.put(new AppSettings(FIREFOX, true, true));
        Denial denial = denial(FIREFOX, "/secret", 3, NOON);
        book.record(List.of(denial));
        book.close();
        book = newBook();
        assertEquals(List.of(grant), book.grants());
        assertEquals(new AppSettings(FIREFOX, true, true), book.settings(FIREFOX));
        assertEquals(List.of(denial), book.denials(FIREFOX, 10));
        assertTrue(book.put(grant(FIREFOX, place("/b"), Access.READ)).id() > grant.id());
    }

    @Test
    void onlyThisUserCanReadTheFolderAndEveryFileInIt() throws IOException {
        book.put(grant(FIREFOX, place("/a"), Access.READ));
        assertEquals("rwx------", mode(folder()));
        try (Stream<Path> files = Files.list(folder())) {
            files.forEach(found -> assertEquals("rw-------", mode(found), found::toString));
        }
    }

    @Test
    void aFolderOrFileThatWasOpenToOthersIsClosedToThem() throws IOException {
        book.close();
        Files.setPosixFilePermissions(folder(), PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-rw-rw-"));
        book = newBook();
        assertEquals("rwx------", mode(folder()));
        assertEquals("rw-------", mode(file()));
    }

    @Test
    void aSecondBookInTheSameProcessIsRefusedAndTheFirstGoesOn() {
        BookException refused = assertThrows(BookException.class, () -> H2GrantBook.open(folder()));
        assertEquals("The book of grants in " + folder() + " is in use by another Landgrant.", refused.getMessage());
        book.put(grant(FIREFOX, place("/a"), Access.READ));
        assertEquals(1, book.grants().size());
    }

    @Test
    void foldersWithOddNamesWorkOrAreRefusedInOneSentence() {
        for (String name : List.of("with space", "quote'\"", "\u00e9\ud83d\udd10", "percent%20", "colon:x", "~")) {
            Path odd = temporary.resolve(name);
            try (GrantBook other = H2GrantBook.open(odd)) {
                other.put(grant(FIREFOX, place("/a"), Access.READ));
            }
            try (GrantBook other = H2GrantBook.open(odd)) {
                assertEquals(1, other.grants().size(), name);
            }
        }
        for (String name : List.of("semi;colon", "back\\slash")) {
            assertThrows(BookException.class, () -> H2GrantBook.open(temporary.resolve(name)));
            assertFalse(Files.exists(temporary.resolve(name)));
        }
    }

    @Test
    void aFolderThatCannotBeMadeIsRefusedInOneSentence() throws IOException {
        Path blocked = Files.createFile(temporary.resolve("file")).resolve("landgrant");
        assertTrue(assertThrows(BookException.class, () -> H2GrantBook.open(blocked))
                .getMessage()
                .startsWith("The book of grants in " + blocked + " cannot be opened"));
    }

    /** Ways a file gets damaged. */
    enum Damage {
        EMPTY {
            @Override
            byte[] of(byte[] good) {
                return new byte[0];
            }
        },
        GARBAGE {
            @Override
            byte[] of(byte[] good) {
                byte[] bytes = new byte[good.length];
                new java.util.Random(7).nextBytes(bytes);
                return bytes;
            }
        },
        OTHER_FILE {
            @Override
            byte[] of(byte[] good) {
                return "this is a shopping list\n".repeat(1000).getBytes(java.nio.charset.StandardCharsets.UTF_8);
            }
        },
        NO_HEADER {
            @Override
            byte[] of(byte[] good) {
                byte[] bytes = good.clone();
                java.util.Arrays.fill(bytes, 0, 8192, (byte) 0);
                return bytes;
            }
        },
        FIRST_BLOCKS_ONLY {
            @Override
            byte[] of(byte[] good) {
                return java.util.Arrays.copyOf(good, 10_000);
            }
        };

        abstract byte[] of(byte[] good);
    }

    @ParameterizedTest
    @EnumSource
    void aDamagedFileIsRefusedAndNotTouched(Damage damage) throws IOException {
        for (int i = 0; i < 50; i++) {
            book.put(grant(FIREFOX, place("/" + i), Access.READ));
        }
        book.close();
        byte[] damaged = damage.of(Files.readAllBytes(file()));
        Files.write(file(), damaged);
        BookException refused = assertThrows(BookException.class, () -> H2GrantBook.open(folder()));
        assertEquals(
                "The book of grants in " + file() + " is damaged and was not changed; put a copy from a backup in its"
                        + " place, or move it away to begin an empty one.",
                refused.getMessage());
        assertArrayEquals(damaged, Files.readAllBytes(file()));
        try (Stream<Path> files = Files.list(folder())) {
            assertEquals(
                    Set.of("grants.lock", "grants.mv.db"),
                    Set.copyOf(
                            files.map(found -> found.getFileName().toString()).toList()));
        }
    }

    @Test
    void aDamagedFileMovedAwayLetsAnEmptyBookBegin() throws IOException {
        book.close();
        Files.write(file(), new byte[5000]);
        assertThrows(BookException.class, () -> H2GrantBook.open(folder()));
        Files.move(file(), folder().resolve("away"));
        book = newBook();
        assertEquals(List.of(), book.grants());
    }

    @Test
    void aRowThisProgramDoesNotUnderstandIsDamage() throws Exception {
        book.put(grant(FIREFOX, place("/a"), Access.READ));
        book.close();
        try (BookFile raw = BookFile.open(folder(), Schema.OURS);
                Connection connection = raw.connect()) {
            BookRows.change(connection, "update grants set decision = 'PERHAPS'");
            connection.commit();
        }
        assertTrue(assertThrows(BookException.class, () -> H2GrantBook.open(folder()))
                .getMessage()
                .contains("is damaged"));
    }

    @Test
    void aBookOfANewerSchemaIsRefusedAndNotTouched() throws IOException {
        book.close();
        Path newer = temporary.resolve("newer");
        H2GrantBook.open(newer, NEXT, UnaryOperator.identity()).close();
        byte[] before = Files.readAllBytes(newer.resolve("grants.mv.db"));
        BookException refused = assertThrows(BookException.class, () -> H2GrantBook.open(newer));
        assertEquals(
                "The book of grants in " + newer.resolve("grants.mv.db")
                        + " was written by a newer Landgrant and was not"
                        + " changed; install that version again to use it.",
                refused.getMessage());
        assertArrayEquals(before, Files.readAllBytes(newer.resolve("grants.mv.db")));
    }

    @Test
    void anOlderBookIsMigratedWithEverythingInIt() {
        Grant grant = book.put(grant(FIREFOX, place("/a"), Access.READ));
        book.close();
        book = H2GrantBook.open(folder(), NEXT, this::watched);
        assertEquals(List.of(grant), book.grants());
    }

    @Test
    void aMigrationThatFailsLeavesTheBookAsItWas() throws IOException {
        book.close();
        byte[] before = Files.readAllBytes(file());
        Schema broken = new Schema(
                99, List.of("classpath:org/landgrant/profiles/migration", "classpath:org/landgrant/profiles/broken"));
        Supplier<GrantBook> open = () -> H2GrantBook.open(folder(), broken, UnaryOperator.identity());
        assertTrue(assertThrows(BookException.class, open::get).getMessage().contains("was not changed"));
        assertArrayEquals(before, Files.readAllBytes(file()));
        book = newBook();
        assertEquals(List.of(), book.grants());
    }

    @Test
    void theKnownVersionIsThatOfTheNewestMigration() throws Exception {
        Path migrations = Path.of(H2GrantBook.class.getResource("migration").toURI());
        try (Stream<Path> files = Files.list(migrations)) {
            int newest = files.mapToInt(found ->
                            Integer.parseInt(found.getFileName().toString().replaceAll("V([0-9]+)__.*", "$1")))
                    .max()
                    .orElseThrow();
            assertEquals(Schema.OURS.version(), newest);
        }
    }

    @Test
    void whatWasLeftOfACrashedBeginningDoesNotMatter() throws IOException {
        book.close();
        Files.write(folder().resolve("grants.new.mv.db"), new byte[] {1, 2, 3});
        Files.delete(file());
        book = newBook();
        assertEquals(List.of(), book.grants());
        assertFalse(Files.exists(folder().resolve("grants.new.mv.db")));
    }

    @Test
    void aFileThatGrewTooLongIsShortAfterReopeningAndSaysTheSame() throws Exception {
        fill();
        book.close();
        int settled = growByHand();
        long before = Files.size(file());
        assertTrue(before > BookFile.SMALL, () -> "only " + before);
        // What a crash in the middle of an earlier attempt left.
        Files.write(folder().resolve("grants.new.mv.db"), new byte[] {1, 2, 3});
        book = newBook();
        assertTrue(
                Files.size(file()) < BookFile.SMALL / 4,
                () -> before + " became " + file().toFile().length());
        assertFull(settled);
        assertEquals("rw-------", mode(file()));
        assertFalse(Files.exists(folder().resolve("grants.new.mv.db")));
    }

    @Test
    void aFileThatGrowsTooLongIsMadeShorterWhileTheBookIsOpen() throws IOException {
        fill();
        boolean shrank = false;
        int times = 0;
        for (long before = 0; !shrank && times < 5000; times++) {
            book.put(new AppSettings(FIREFOX, times % 2 == 0, true));
            long now = Files.size(file());
            shrank = now < before;
            before = now;
            assertTrue(now <= BookFile.SMALL + (1 << 20));
        }
        assertTrue(shrank);
        assertFull(times - 1);
        long id = book.grants().getLast().id();
        assertTrue(book.put(grant(FIREFOX, place("/later"), Access.READ)).id() > id);
        assertEquals("rw-------", mode(file()));
    }

    @Test
    void aFileThatCannotBeMadeShorterStaysAsItIsAndIsUsed() throws Exception {
        fill();
        book.close();
        try (BookFile raw = BookFile.open(folder(), Schema.OURS);
                Connection connection = raw.connect()) {
            byte[] before = Files.readAllBytes(file());
            // H2 holds the file as long as a connection is open, so nothing can copy it.
            raw.compact();
            assertArrayEquals(before, Files.readAllBytes(file()));
            assertFalse(Files.exists(folder().resolve("grants.new.mv.db")));
            BookRows.change(
                    connection,
                    "insert into settings (app, confined, partial_accepted) values (?, true, true)",
                    FIREFOX.value());
            connection.commit();
        }
        book = newBook();
        assertFull(0);
    }

    private void fill() {
        book.put(grant(FIREFOX, place("/kept"), Access.READ));
        book.record(List.of(denial(FIREFOX, "/refused", 3, NOON)));
    }

    /** Changes the file as a book does, but never makes it shorter; how often the settings changed. */
    private int growByHand() throws Exception {
        int times = 0;
        try (BookFile raw = BookFile.open(folder(), Schema.OURS);
                Connection connection = raw.connect();
                Statement statement = connection.createStatement()) {
            for (; !raw.isTooLong(); times++) {
                BookRows.change(
                        connection,
                        "merge into settings (app, confined, partial_accepted) key (app) values (?, ?, true)",
                        FIREFOX.value(),
                        times % 2 == 0);
                connection.commit();
                statement.execute("checkpoint sync");
            }
        }
        return times - 1;
    }

    private void assertFull(int settled) {
        assertEquals(
                List.of(place("/kept")),
                book.grants().stream().map(Grant::resource).toList());
        assertEquals(List.of(new AppSettings(FIREFOX, settled % 2 == 0, true)), book.settings());
        assertEquals(List.of(denial(FIREFOX, "/refused", 3, NOON)), book.denials(FIREFOX, 10));
    }

    private static String mode(Path path) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }
}
