package org.landgrant.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class KernelProbeTest {
    @Test
    void the_running_kernel_tells_either_a_version_or_the_reason_for_none() {
        KernelProbe probe = KernelProbe.ask();

        assertEquals(
                probe.facts().landlockAbi() == 0, probe.whyNone().isPresent(), () -> "told both or neither: " + probe);
        assertTrue(probe.facts().errata() >= 0);
    }

    @Test
    void asking_twice_gives_the_same_answer() {
        assertEquals(KernelProbe.ask(), KernelProbe.ask());
    }

    @Test
    void a_kernel_built_without_landlock_and_one_that_has_it_switched_off_are_told_apart() {
        assertEquals(
                "This kernel was built without Landlock.",
                KernelProbe.read(-1, 38, 0).whyNone().orElseThrow());
        assertTrue(KernelProbe.read(-1, 95, 0).whyNone().orElseThrow().contains("switched off at boot"));
        assertTrue(KernelProbe.read(-1, 1, 0).whyNone().orElseThrow().contains("error 1"));
        assertEquals(new KernelFacts(0, 0), KernelProbe.read(-1, 38, 0).facts());
    }

    @Test
    void a_kernel_too_old_to_tell_its_errata_has_none() {
        KernelProbe old = KernelProbe.read(4, 0, -1);

        assertEquals(new KernelFacts(4, 0), old.facts());
        assertFalse(old.whyNone().isPresent());
    }

    @Test
    void errata_are_kept_as_their_bits() {
        assertEquals(new KernelFacts(7, 0b101), KernelProbe.read(7, 0, 0b101).facts());
    }
}
