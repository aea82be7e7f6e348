package org.landgrant.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class KernelProbeTest {
    @Test
    void theRunningKernelTellsEitherAVersionOrTheReasonForNone() {
        KernelProbe probe = KernelProbe.ask();

        assertEquals(
                probe.facts().landlockAbi() == 0, probe.whyNone().isPresent(), () -> "told both or neither: " + probe);
        assertTrue(probe.facts().errata() >= 0);
    }

    @Test
    void askingTwiceGivesTheSameAnswer() {
        assertEquals(KernelProbe.ask(), KernelProbe.ask());
    }

    @Test
    void aKernelBuiltWithoutLandlockAndOneThatHasItSwitchedOffAreToldApart() {
        assertEquals(
                "This kernel was built without Landlock.",
                KernelProbe.read(-1, 38, 0).whyNone().orElseThrow());
        assertTrue(KernelProbe.read(-1, 95, 0).whyNone().orElseThrow().contains("switched off at boot"));
        assertTrue(KernelProbe.read(-1, 1, 0).whyNone().orElseThrow().contains("error 1"));
        assertEquals(new KernelFacts(0, 0), KernelProbe.read(-1, 38, 0).facts());
    }

    @Test
    void aKernelTooOldToTellItsErrataHasNone() {
        KernelProbe old = KernelProbe.read(4, 0, -1);

        assertEquals(new KernelFacts(4, 0), old.facts());
        assertFalse(old.whyNone().isPresent());
    }

    @Test
    void errataAreKeptAsTheirBits() {
        assertEquals(new KernelFacts(7, 0b101), KernelProbe.read(7, 0, 0b101).facts());
    }
}
