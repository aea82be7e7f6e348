package org.landgrant.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class HoldingTest {
    private static final long LONG = Holding.LONG_ENOUGH.toNanos();
    private final Holding holding = new Holding();

    @Test
    void itIsDoneWhenHeldLongEnoughAndOnlyOnce() {
        holding.press(5);
        assertFalse(holding.isDone(4 + LONG));
        assertEquals(0.5, holding.progress(5 + LONG / 2));
        assertTrue(holding.isDone(5 + LONG));
        assertFalse(holding.isDone(6 + LONG));
    }

    @Test
    void lettingGoEarlyIsAsIfNothingHappened() {
        holding.press(0);
        holding.release();
        assertEquals(0, holding.progress(LONG));
        holding.press(LONG);
        assertFalse(holding.isDone(2 * LONG - 1));
    }

    @Test
    void aKeyThatRepeatsDoesNotBeginAnew() {
        holding.press(0);
        holding.press(LONG / 2);
        assertTrue(holding.isDone(LONG));
    }
}
