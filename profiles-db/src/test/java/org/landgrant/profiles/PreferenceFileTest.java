package org.landgrant.profiles;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.landgrant.grants.BookException;
import org.landgrant.grants.Preferences;
import org.landgrant.grants.Preferences.Appearance;
import org.landgrant.grants.Preferences.Asking;
import org.landgrant.grants.Preferences.Keeping;
import org.landgrant.grants.Preferences.Language;
import org.landgrant.grants.Preferences.Motion;

class PreferenceFileTest {
    private static final Preferences CHOSEN =
            new Preferences(Appearance.DARK, 150, Motion.REDUCED, Language.JAPANESE, Asking.LIST, Keeping.YEAR, true);

    @TempDir
    Path folder;

    private Path file;
    private PreferenceFile book;

    @BeforeEach
    void open() {
        file = folder.resolve("settings.properties");
        book = new PreferenceFile(folder);
    }

    private void write(String text) throws IOException {
        Files.writeString(file, text);
    }

    @Test
    void whatWasChosenIsThereAfterwards() throws IOException {
        assertEquals(Preferences.USUAL, book.now());
        book.put(CHOSEN);
        assertEquals(CHOSEN, new PreferenceFile(folder).now());
        assertEquals(PosixFilePermissions.fromString("rw-------"), Files.getPosixFilePermissions(file));
        try (Stream<Path> all = Files.list(folder)) {
            assertEquals(List.of(file), all.toList(), "no draft stays");
        }
    }

    @Test
    void whatIsMissingOrMakesNoSenseIsTheUsual() throws IOException {
        write("appearance=dark\ntext-percent=many\nlanguage=klingon\nmotion=\nsomething=else\n");
        assertEquals(Preferences.USUAL.withAppearance(Appearance.DARK), book.now());
        write("text-percent=900\n");
        assertEquals(Preferences.LARGEST_TEXT, book.now().textPercent());
        write("text-percent=-3\n");
        assertEquals(Preferences.SMALLEST_TEXT, book.now().textPercent());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\\u12", "\0\0\0\0", "=====", "appearance", "\n\n\n"})
    void aDamagedFileKeepsNobodyOut(String text) throws IOException {
        write(text);
        assertEquals(Preferences.USUAL, book.now());
        book.put(CHOSEN);
        assertEquals(CHOSEN, book.now());
    }

    @Test
    void bytesThatAreNoTextAndFilesThatAreNoneCountAsNothing() throws IOException {
        Files.write(file, "appearance=dark\nx=\u00ff".getBytes(StandardCharsets.ISO_8859_1));
        assertEquals(Preferences.USUAL, book.now());
        write("#".repeat(100_000) + "\nappearance=dark\n");
        assertEquals(Preferences.USUAL, book.now());
        Files.delete(file);
        Files.createDirectory(file);
        assertEquals(Preferences.USUAL, book.now());
    }

    @Test
    void whatCannotBeWrittenIsSaidAndChangesNothing() throws IOException {
        book.put(CHOSEN);
        // A folder in its place that cannot be replaced: that fails for root too.
        Files.delete(file);
        Files.createDirectories(file.resolve("inside"));
        BookException failure = assertThrows(BookException.class, () -> book.put(CHOSEN));
        assertTrue(String.valueOf(failure.getMessage()).contains("could not be kept"), failure.getMessage());
        try (Stream<Path> all = Files.list(folder)) {
            assertEquals(List.of(file), all.toList(), "no draft stays");
        }
        PreferenceFile nowhere = new PreferenceFile(folder.resolve("none"));
        assertEquals(Preferences.USUAL, nowhere.now());
        assertThrows(BookException.class, () -> nowhere.put(CHOSEN));
    }

    @Test
    void aFileThatMayOnlyBeReadIsReplaced() throws IOException {
        book.put(CHOSEN);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--------"));
        book.put(Preferences.USUAL);
        assertEquals(Preferences.USUAL, book.now());
    }
}
