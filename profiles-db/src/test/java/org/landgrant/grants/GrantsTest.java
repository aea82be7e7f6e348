package org.landgrant.grants;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GrantsTest {
    private static final AppId APP = new AppId("app.desktop");
    private static final Instant NOW = Instant.parse("2026-05-04T12:00:00Z");
    private static final Resource DOWNLOADS = new Resource.Folder(UserFolder.DOWNLOAD);
    private static final Resource OWN = new Resource.Place("~/.app");
    private static final Set<Access> READ = Set.of(Access.READ);
    private static final Set<Access> BOTH = Set.of(Access.READ, Access.WRITE);
    private static final Template TEMPLATE = new Template(
            "app",
            "App",
            List.of(
                    new Template.Entry(OWN, BOTH, true, Optional.empty()),
                    new Template.Entry(DOWNLOADS, BOTH, false, Optional.empty())),
            List.of(),
            Set.of(),
            Map.of(),
            false);

    private static Grant grant(Resource resource, Set<Access> access, Decision decision, Lifetime lifetime) {
        return new Grant(7, APP, resource, access, decision, lifetime, Origin.USER, NOW, Optional.empty(), 0);
    }

    private static EffectiveGrant effective(Resource resource, Grant... grants) {
        return EffectiveGrant.lay(TEMPLATE, List.of(grants), NOW).stream()
                .filter(grant -> grant.resource().equals(resource))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void withoutGrantsTheTemplateHoldsInItsOrder() {
        List<EffectiveGrant> laid = EffectiveGrant.lay(TEMPLATE, List.of(), NOW);
        assertEquals(
                List.of("app/1", "app/2"),
                laid.stream().map(EffectiveGrant::reference).toList());
        assertTrue(laid.getFirst().create());
        assertTrue(laid.stream().noneMatch(EffectiveGrant::changed));
    }

    @Test
    void aGrantReplacesTheTemplatesAndRemembersIt() {
        EffectiveGrant own = effective(OWN, grant(OWN, READ, Decision.ALLOW, Lifetime.ALWAYS));
        assertEquals("g7", own.reference());
        assertEquals(READ, own.access());
        assertEquals(Optional.of(BOTH), own.fromTemplate());
        assertTrue(own.create());
        assertTrue(own.changed());
    }

    @Test
    void whatEqualsTheTemplateIsNoChangeAndADenialIsOne() {
        assertFalse(effective(OWN, grant(OWN, BOTH, Decision.ALLOW, Lifetime.ALWAYS))
                .changed());
        assertTrue(
                effective(OWN, grant(OWN, BOTH, Decision.DENY, Lifetime.ALWAYS)).changed());
        Resource other = new Resource.TcpPort(80);
        assertTrue(effective(other, grant(other, Set.of(Access.CONNECT), Decision.ALLOW, Lifetime.ALWAYS))
                .changed());
        assertFalse(effective(other, grant(other, Set.of(Access.CONNECT), Decision.DENY, Lifetime.ALWAYS))
                .changed());
    }

    @Test
    void anEndedGrantDoesNotHoldFromThatMomentOn() {
        assertEquals(
                "app/1",
                effective(OWN, grant(OWN, READ, Decision.DENY, Lifetime.until(NOW)))
                        .reference());
        assertEquals(
                "g7",
                effective(OWN, grant(OWN, READ, Decision.DENY, Lifetime.until(NOW.plusNanos(1))))
                        .reference());
    }

    @Test
    void aGrantNamesAtLeastOneAccess() {
        assertThrows(IllegalArgumentException.class, () -> grant(OWN, Set.of(), Decision.ALLOW, Lifetime.ALWAYS));
    }

    @Test
    void denialsOfOneKeyBecomeOneInEitherOrder() {
        Denial early = new Denial(APP, OWN, Access.READ, "early", 2, NOW, NOW.plusSeconds(3));
        Denial late = new Denial(APP, OWN, Access.READ, "late", 5, NOW.plusSeconds(1), NOW.plusSeconds(9));
        Denial both = new Denial(APP, OWN, Access.READ, "late", 7, NOW, NOW.plusSeconds(9));
        assertEquals(both, early.and(late));
        assertEquals(both, late.and(early));
        Denial other = new Denial(APP, OWN, Access.WRITE, "x", 1, NOW, NOW);
        assertThrows(IllegalArgumentException.class, () -> early.and(other));
        assertThrows(IllegalArgumentException.class, () -> new Denial(APP, OWN, Access.READ, "x", 0, NOW, NOW));
    }

    @Test
    void aCountStopsAtTheLargestNumber() {
        Denial many = new Denial(APP, OWN, Access.READ, "x", Long.MAX_VALUE - 1, NOW, NOW);
        assertEquals(Long.MAX_VALUE, many.and(many).count());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".desktop", "firefox", "a/b.desktop", ".hidden.desktop", "a\nb.desktop", "a\0.desktop"})
    void whatIsNoDesktopFileIdIsRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> new AppId(text));
    }

    @Test
    void anIdHasAtMost255Bytes() {
        assertEquals(255, new AppId("x".repeat(247) + ".desktop").value().length());
        assertThrows(IllegalArgumentException.class, () -> new AppId("\u00e9".repeat(124) + ".desktop"));
    }

    @Test
    void foldersAreFoundByTheirWords() {
        for (UserFolder folder : UserFolder.values()) {
            assertEquals(Optional.of(folder), UserFolder.ofWord(folder.word()));
        }
        assertEquals(Optional.empty(), UserFolder.ofWord("DOCUMENTS"));
        assertEquals("XDG_DOWNLOAD_DIR", UserFolder.DOWNLOAD.variable());
    }
}
