package org.landgrant.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.landgrant.ui.Sample.CHROMIUM;
import static org.landgrant.ui.Sample.FIREFOX;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.landgrant.grants.Access;
import org.landgrant.grants.Decision;
import org.landgrant.grants.Device;
import org.landgrant.grants.Origin;
import org.landgrant.grants.Resource;
import org.landgrant.grants.UserFolder;
import org.landgrant.policy.Right;
import org.landgrant.prompts.Words;

/** Who reaches what, on the same thread, without a toolkit. */
class PermissionsModelTest {
    private Sample sample;
    private PermissionsModel model;

    @BeforeEach
    void build(@TempDir Path folder) throws IOException {
        sample = new Sample(folder.resolve("anna"));
        sample.gatekeeper.confine(FIREFOX);
        sample.gatekeeper.confine(CHROMIUM);
        Words words = new Words(Locale.ENGLISH);
        UiServices services = sample.services(Runnable::run);
        Tasks tasks = new Tasks(Runnable::run, Runnable::run, words);
        PermissionReader reader = new PermissionReader(services, words, InstantSource.system(), ZoneOffset.UTC);
        model = new PermissionsModel(services, reader, tasks, words);
        model.refresh();
    }

    private Permission permission(String id) {
        return model.items().stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private Holder firefox(String id) {
        return permission(id).holders().stream()
                .filter(holder -> holder.app().id().equals(FIREFOX))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void onlyConfinedAppsAreListedAndThoseThatReachItComeFirst() {
        sample.gatekeeper.decide(
                FIREFOX, new Resource.Folder(UserFolder.MUSIC), Set.of(Access.READ), Decision.ALLOW, Origin.USER);
        model.refresh();
        assertEquals(
                List.of(FIREFOX, CHROMIUM),
                permission("music").holders().stream()
                        .map(holder -> holder.app().id())
                        .toList());
        assertEquals(1, permission("music").reaching());
        assertEquals(2, permission("download").reaching());
        assertEquals(List.of("Changed by you"), firefox("music").notes());
    }

    @Test
    void aChoiceHoldsForThatAppAlone() {
        model.choose(permission("documents"));
        model.set(firefox("documents"), Level.READ);
        assertEquals(Level.READ, firefox("documents").level());
        assertEquals(1, permission("documents").reaching());
        model.set(firefox("documents"), Level.NEVER);
        assertEquals(Level.NEVER, firefox("documents").level());
        assertEquals(List.of("Not asked about"), firefox("documents").notes());
    }

    @Test
    void whatIsHeldUntilTheEndOrWithinCountsAsReaching() {
        var session = sample.sessions.begin(FIREFOX, List.of());
        sample.sessions.give(session, Sample.live(sample.home.resolve("Documents/taxes.pdf"), Right.READ));
        sample.gatekeeper.decide(
                CHROMIUM,
                new Resource.Place(sample.home + "/Documents/2025"),
                Set.of(Access.READ),
                Decision.ALLOW,
                Origin.USER);
        model.refresh();
        assertEquals(2, permission("documents").reaching());
        assertEquals(
                List.of("“taxes.pdf” until it is closed"), firefox("documents").notes());
        assertTrue(firefox("documents").running());
        assertEquals(
                List.of("Within it “2025”: Read"),
                permission("documents").holders().getFirst().notes());
        assertEquals("2025", permission("place-0").name());
    }

    @Test
    void refusalsAreToldWhereTheyBelong() {
        sample.gatekeeper.record(
                List.of(sample.denial(FIREFOX, "~/Documents/a/b.pdf", Access.READ, 3, Duration.ofHours(2))));
        model.refresh();
        assertEquals(
                List.of("Refused 3 times, last 2 hours ago"),
                firefox("documents").notes());
        assertFalse(firefox("documents").reaches());
    }

    @Test
    void theNetworkIsToldInTheWordsOfTheAppsPage() {
        assertEquals("Web", firefox("network").state());
        assertEquals("Off", firefox("listening").state());
        assertTrue(firefox("network").reaches());
    }

    @Test
    void aCameraIsUsedOrNot() {
        model.choose(permission("camera"));
        model.set(firefox("camera"), Level.READ);
        assertTrue(sample.gatekeeper.effective(FIREFOX).stream()
                .anyMatch(grant -> grant.resource().equals(new Resource.OfDevice(Device.CAMERA))
                        && grant.access().equals(Set.of(Access.USE))));
        assertEquals(1, permission("camera").reaching());
    }

    @Test
    void theSearchFindsPlacesAndTheAppsThatReachThem() {
        model.query().set("docum");
        assertEquals(List.of("documents"), ids());
        model.query().set("chromium");
        assertEquals(List.of("download", "network"), ids());
        model.query().set("no such thing");
        assertEquals(List.of(), ids());
    }

    private List<String> ids() {
        return model.items().stream().map(Permission::id).toList();
    }

    @Test
    void aFailureIsToldAndTheTruthIsShown() {
        model.choose(permission("documents"));
        sample.gatekeeper.breakWith("The disk is full.");
        model.set(firefox("documents"), Level.READ);
        assertEquals("The disk is full.", model.banner().get());
        assertEquals(Level.ASK, firefox("documents").level());
    }
}
