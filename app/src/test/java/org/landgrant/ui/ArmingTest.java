package org.landgrant.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ArmingTest {
    private static final long SECOND = 1_000_000_000L;
    private final Arming arming = new Arming();

    @Test
    void aWindowWithoutFocusNeverArms() {
        assertFalse(arming.armed(100 * SECOND));
    }

    @Test
    void itArmsAfterOneSecondOfFocusAndNotBefore() {
        arming.focused(true, 5 * SECOND);
        assertFalse(arming.armed(6 * SECOND - 1));
        assertEquals(0.5, arming.progress(5 * SECOND + SECOND / 2));
        assertTrue(arming.armed(6 * SECOND));
    }

    @Test
    void losingTheFocusDisarmsAndComingBackStartsAnew() {
        arming.focused(true, 0);
        arming.focused(false, 2 * SECOND);
        assertFalse(arming.armed(9 * SECOND));
        arming.focused(true, 10 * SECOND);
        assertFalse(arming.armed(11 * SECOND - 1));
        assertTrue(arming.armed(11 * SECOND));
    }

    @Test
    void anyChangeStartsAnew() {
        arming.focused(true, 0);
        assertTrue(arming.armed(SECOND));
        arming.disturbed(SECOND);
        assertFalse(arming.armed(2 * SECOND - 1));
        assertTrue(arming.armed(2 * SECOND));
    }
}
