package org.landgrant.prompts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OneLineTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "in\u202Evoice.pdf",
                "in\u2066voice.pdf",
                "in\u200Bvoice.pdf",
                "in\u0007voice.pdf",
                "in\u009Bvoice.pdf",
                "in\uFEFFvoice.pdf",
                "in\u2028voice.pdf",
                "in\u3164voice.pdf",
                "in\uDB40\uDC41voice.pdf"
            })
    void whatHidesOrTurnsTextIsTakenOut(String hostile) {
        assertEquals("invoice.pdf", OneLine.clean(hostile));
    }

    @Test
    void lineBreaksBecomeSpaces() {
        assertEquals("a b c", OneLine.clean("a\nb\tc\r\n"));
    }

    @Test
    void ordinaryNamesOfEveryScriptStay() {
        assertEquals("レポート – naïve 👍.pdf", OneLine.clean("レポート – naïve 👍.pdf"));
    }

    @Test
    void longNamesLoseTheirMiddleAndKeepTheirEnding() {
        assertEquals("aaaaa….pdf", OneLine.clean("a".repeat(500) + ".pdf", 10));
    }

    @Test
    void charactersOutsideTheBasicPlaneAreNotCutInTwo() {
        assertEquals("👍…👍", OneLine.clean("👍👍👍👍👍👍", 3));
    }

    @Test
    void aLimitThatLeavesNothingReadableIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> OneLine.clean("abc", 2));
    }
}
