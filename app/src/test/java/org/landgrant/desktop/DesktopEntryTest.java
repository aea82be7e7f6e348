package org.landgrant.desktop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.landgrant.grants.RefusedException;

class DesktopEntryTest {

    private static DesktopEntry parse(String text) {
        return DesktopEntry.parse(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void blanksCommentsLineEndsAndOddLinesDoNotDisturb() {
        DesktopEntry entry = parse(
                "# first\r\n\n  [Desktop Entry]  \r\nName = A b \r\nnonsense\n=x\nName[de]=Ä\nX\n[Other]\nName=no\n[Desktop Entry]\nIcon=i");
        assertEquals(Optional.of("A b"), entry.text("Name"));
        assertEquals(Optional.of("i"), entry.text("Icon"));
        assertEquals(Optional.of("no"), entry.raw("Other", "Name"));
    }

    @Test
    void theLastOfEqualKeysCounts() {
        assertEquals(
                Optional.of("b"), parse("[Desktop Entry]\nName=a\nName=b\n").text("Name"));
    }

    @Test
    void escapesAndListsAreResolved() {
        DesktopEntry entry = parse(
                "[Desktop Entry]\nA=\\s\\ta\\nb\\\\s\\x\nCategories=One;T\\;wo;;\\s;Three\nOn=true\nOld=1\nOff=True\n");
        assertEquals(Optional.of(" \ta\nb\\s\\x"), entry.text("A"));
        assertEquals(List.of("One", "T;wo", "Three"), entry.list("Categories"));
        assertTrue(entry.flag("On"));
        assertTrue(entry.flag("Old"));
        assertFalse(entry.flag("Off"));
    }

    @ParameterizedTest
    @CsvSource({
        "sr_YU.UTF-8@Latn, Full",
        "sr_YU, Country",
        "sr@Latn, Modifier",
        "sr_RS@Latn, Modifier",
        "sr_RS, Language",
        "de_DE.UTF-8, Plain",
        "C.UTF-8, Plain",
        "POSIX, Plain",
        "../x, Plain"
    })
    void theBestTranslationIsTaken(String locale, String expected) {
        DesktopEntry entry = parse(
                "[Desktop Entry]\nName[sr]=Language\nName[sr_YU]=Country\nName[sr@Latn]=Modifier\nName[sr_YU@Latn]=Full\nName=Plain\n");
        assertEquals(Optional.of(expected), entry.localised("Name", Languages.from(Map.of("LANG", locale))));
    }

    @Test
    void theListOfLanguagesGoesBeforeTheLocaleButNotInC() {
        assertEquals(
                List.of("fr", "de_AT", "de"),
                Languages.from(Map.of("LANGUAGE", "fr:", "LC_ALL", "de_AT.UTF-8", "LANG", "x"))
                        .names());
        assertEquals(
                List.of(), Languages.from(Map.of("LANGUAGE", "fr", "LANG", "C")).names());
    }

    @Test
    void aValueThatIsNoTextIsMissingAndTheRestStays() {
        byte[] bytes = parse("[Desktop Entry]\nName=a?b\nIcon=x?\nComment=fine\n").file().lines().stream()
                .map(KeyFile.Line::bytes)
                .collect(ByteArrayOutputStream::new, ByteArrayOutputStream::writeBytes, (a, b) -> {})
                .toByteArray();
        for (int i = 0, seen = 0; i < bytes.length; i++) {
            if (bytes[i] == '?') {
                bytes[i] = seen++ == 0 ? (byte) 0xFF : 0;
            }
        }
        DesktopEntry entry = DesktopEntry.parse(bytes);
        assertEquals(Optional.empty(), entry.text("Name"));
        assertEquals(Optional.empty(), entry.text("Icon"));
        assertEquals(Optional.of("fine"), entry.text("Comment"));
    }

    @Test
    void everyByteIsKept() {
        byte[] bytes = new byte[65_536];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i * 31 + (i >> 8));
        }
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        KeyFile.parse(bytes).lines().forEach(line -> joined.writeBytes(line.bytes()));
        assertArrayEquals(bytes, joined.toByteArray());
    }

    @Test
    void sizesAreBounded() {
        String start = "[Desktop Entry]\nName=";
        assertEquals(
                16_379,
                parse(start + "x".repeat(16_379) + "\n")
                        .text("Name")
                        .orElseThrow()
                        .length());
        assertThrows(RefusedException.class, () -> parse(start + "x".repeat(16_380) + "\n"));
        String filler = "#\n".repeat((1 << 19) - 10);
        assertEquals(
                Optional.of("a"),
                parse("[Desktop Entry]\nName=a\n" + filler.substring(10)).text("Name"));
        assertThrows(RefusedException.class, () -> parse("[Desktop Entry]\nName=a\n" + filler));
        assertThrows(RefusedException.class, () -> parse("[Other]\nName=a\n"));
        assertThrows(RefusedException.class, () -> parse(""));
    }

    static List<Arguments> texts() {
        return List.of(
                Arguments.of("A  b\t\n c", "A b c"),
                Arguments.of("evil\u202Etxt.exe", "eviltxt.exe"),
                Arguments.of("a\u2066b\u2069c", "abc"),
                Arguments.of("a\u200Fb\u200Ec", "abc"),
                Arguments.of("a\u200B\uFEFFb", "ab"),
                Arguments.of("a\u2028b\u2029c", "a b c"),
                Arguments.of("a\0\033[1mb", "a[1mb"),
                Arguments.of("x\u0085y\u009Fz", "xyz"),
                Arguments.of("a\uD800b", "ab"),
                Arguments.of("\u3164\u00A0", ""),
                Arguments.of("Ä😀", "Ä😀"));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void textIsMadeFitToBeShown(String text, String expected) {
        assertEquals(expected, DisplayText.clean(text));
    }

    @Test
    void longTextIsCutAt120CodePoints() {
        assertEquals("😀".repeat(120), DisplayText.clean("😀".repeat(120)));
        assertEquals("😀".repeat(119) + "…", DisplayText.clean("😀".repeat(121)));
    }
}
