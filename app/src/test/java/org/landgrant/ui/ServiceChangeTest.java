package org.landgrant.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.landgrant.ui.Sample.FIREFOX;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.landgrant.grants.Access;
import org.landgrant.grants.Decision;
import org.landgrant.grants.Denial;
import org.landgrant.grants.DesktopService;
import org.landgrant.grants.EffectiveGrant;
import org.landgrant.grants.Origin;
import org.landgrant.grants.Resource;

/** The template of the sample says nothing about the bus. */
class ServiceChangeTest {
    private final MapGatekeeper keeper = new MapGatekeeper();

    private ServiceRow row(DesktopService service) {
        return ServiceRow.of(keeper.effective(FIREFOX), List.of()).stream()
                .filter(row -> row.service() == service)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void everyServiceIsSwitchedOnAndOffAndLeavesNothingBehind() {
        List<EffectiveGrant> before = keeper.effective(FIREFOX);
        for (DesktopService service : DesktopService.values()) {
            assertEquals(new ServiceRow(service, false, false, 0), row(service));
            ServiceChange.set(keeper, FIREFOX, service, true);
            assertEquals(new ServiceRow(service, true, true, 0), row(service));
            for (Resource.BusName name : service.names()) {
                EffectiveGrant grant = grant(name).orElseThrow();
                assertEquals(Decision.ALLOW, grant.decision());
                assertEquals(
                        service == DesktopService.MEDIA_KEYS,
                        grant.access().contains(Access.LISTEN),
                        "having a name is for media keys alone");
            }
            ServiceChange.set(keeper, FIREFOX, service, false);
            assertEquals(before, keeper.effective(FIREFOX));
            ServiceChange.set(keeper, FIREFOX, service, true);
            ServiceChange.reset(keeper, FIREFOX, service);
            assertEquals(before, keeper.effective(FIREFOX));
        }
    }

    @Test
    void anAnswerAboutOneNameIsSeenAtTheService() {
        Resource.BusName secrets = new Resource.BusName("org.freedesktop.secrets");
        keeper.decide(FIREFOX, secrets, Set.of(Access.USE), Decision.ALLOW, Origin.PROMPT);
        assertTrue(row(DesktopService.PASSWORDS).on());
        keeper.decide(FIREFOX, secrets, Set.of(Access.USE), Decision.DENY, Origin.PROMPT);
        assertFalse(row(DesktopService.PASSWORDS).on());
    }

    @Test
    void whatATemplateGivesIsTakenAwayByANoAndComesBack() {
        Resource.BusName player = new Resource.BusName("org.mpris.MediaPlayer2.firefox.*");
        EffectiveGrant given = new EffectiveGrant(
                "t/1",
                player,
                Set.of(Access.USE, Access.LISTEN),
                Decision.ALLOW,
                Origin.TEMPLATE,
                false,
                Optional.of(Set.of(Access.USE, Access.LISTEN)));
        List<ServiceRow> rows = ServiceRow.of(List.of(given), List.of());
        assertEquals(
                List.of(DesktopService.MEDIA_KEYS),
                rows.stream().filter(ServiceRow::on).map(ServiceRow::service).toList());
        assertTrue(rows.stream().noneMatch(ServiceRow::changed));
    }

    @Test
    void howOftenItWasRefusedStandsThereUntilItIsOn() {
        Denial secrets = new Denial(
                FIREFOX, new Resource.BusName("org.kde.kwalletd6"), Access.USE, "", 3, Instant.EPOCH, Instant.EPOCH);
        ServiceRow row = ServiceRow.of(List.of(), List.of(secrets)).stream()
                .filter(one -> one.service() == DesktopService.PASSWORDS)
                .findFirst()
                .orElseThrow();
        assertEquals(Optional.of(3L), row.tried());
        assertEquals(Optional.empty(), new ServiceRow(DesktopService.PASSWORDS, true, true, 3).tried());
    }

    private Optional<EffectiveGrant> grant(Resource resource) {
        return keeper.effective(FIREFOX).stream()
                .filter(grant -> grant.resource().equals(resource))
                .findFirst();
    }
}
