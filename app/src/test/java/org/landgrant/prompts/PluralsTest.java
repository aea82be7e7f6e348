package org.landgrant.prompts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Locale;
import org.junit.jupiter.api.Test;

class PluralsTest {
    private static final String FILES = "{0}: {1,plural,=0{nothing}one{# file}other{# files of {0}}}.";

    private static String english(String pattern, Object... values) {
        return Plurals.chosen(pattern, Locale.ENGLISH, Locale.ENGLISH, values);
    }

    @Test
    void theFormFollowsTheNumberAndAnExactOneGoesFirst() {
        assertEquals("{0}: nothing.", english(FILES, "a", 0));
        assertEquals("{0}: 1 file.", english(FILES, "a", 1));
        assertEquals("{0}: 1,234 files of {0}.", english(FILES, "a", 1234L));
        assertEquals("twice", english("{0,plural,other{# times}=2{twice}}", 2));
    }

    @Test
    void aLanguageWithoutFormsTakesTheOtherOneForEveryNumber() {
        String pattern = "{0,plural,=0{なし}other{# 件}}";
        assertEquals("なし", Plurals.chosen(pattern, Locale.JAPANESE, Locale.JAPANESE, 0));
        assertEquals("1 件", Plurals.chosen(pattern, Locale.JAPANESE, Locale.JAPANESE, 1));
    }

    @Test
    void numbersAreWrittenAsThePlaceOfThePersonHasThem() {
        assertEquals(
                "1.234 files",
                Plurals.chosen("{0,plural,one{# file}other{# files}}", Locale.ENGLISH, Locale.GERMANY, 1234));
    }

    @Test
    void whatAValueSaysIsNeverReadAsAForm() {
        assertEquals("{0} once", english("{0} {1,plural,one{once}other{often}}", "{1,plural,other{no}}", 1));
        assertEquals("{0,number,percent}", english("{0,number,percent}", 0.5));
    }

    @Test
    void aLanguageNobodyCanCountInAndAFormThatIsMissingAreMistakes() {
        assertThrows(
                IllegalStateException.class,
                () -> Plurals.chosen("{0,plural,other{#}}", Locale.FRENCH, Locale.FRENCH, 1));
        assertThrows(IllegalArgumentException.class, () -> english("{0,plural,one{#}}", 2));
        assertThrows(IllegalArgumentException.class, () -> english("{0,plural,other{#}", 2));
    }
}
