package org.landgrant.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.landgrant.ui.Sample.CHROMIUM;
import static org.landgrant.ui.Sample.FIREFOX;
import static org.landgrant.ui.Sample.GIMP;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.landgrant.grants.Access;
import org.landgrant.grants.AppId;
import org.landgrant.grants.Decision;
import org.landgrant.grants.Denial;
import org.landgrant.grants.Event;
import org.landgrant.grants.Event.Kind;
import org.landgrant.grants.Event.Who;
import org.landgrant.grants.History;
import org.landgrant.grants.Lifetime;
import org.landgrant.grants.Origin;
import org.landgrant.grants.Resource;
import org.landgrant.grants.Ruling;
import org.landgrant.grants.UserFolder;
import org.landgrant.launch.Session;
import org.landgrant.prompts.Words;
import org.landgrant.ui.ActivityFilter.Period;
import org.landgrant.ui.ActivityFilter.Show;
import org.landgrant.ui.ActivityItem.Line;
import org.landgrant.ui.ActivityItem.Remedy;

/** The time-line, on the same thread, without a toolkit. */
class ActivityModelTest {
    private static final Resource DOCUMENTS = new Resource.Folder(UserFolder.DOCUMENTS);

    private final Words words = new Words(Locale.ENGLISH);
    private final Instant late = Instant.now();
    /** Where it is six in the evening now, so that hours ago are today. */
    private final ZoneOffset zone = ZoneOffset.ofTotalSeconds(
            18 * 3_600 - late.atZone(ZoneOffset.UTC).toLocalTime().toSecondOfDay());

    private Sample sample;
    private ActivityModel model;

    @BeforeEach
    void build(@TempDir Path folder) throws IOException {
        sample = new Sample(folder.resolve("anna"));
        model = model(Runnable::run);
        sample.gatekeeper.confine(FIREFOX);
    }

    private ActivityModel model(Executor background) {
        UiServices services = sample.services(background);
        ActivityReader reader = new ActivityReader(services, words, InstantSource.fixed(late.plusSeconds(60)), zone);
        return new ActivityModel(services, reader, new Tasks(background, Runnable::run, words), words);
    }

    private void refused(AppId app, String path, Duration ago) {
        Instant then = late.minus(ago);
        Resource place = new Resource.Place(path.replace("~", sample.home.toString()));
        sample.history.note(Event.refused(new Denial(app, place, Access.READ, "app", 1, then, then)));
    }

    private List<String> lines() {
        model.refresh();
        ActivityPage page = model.page().get().orElseThrow();
        assertEquals(page.items(), List.copyOf(model.items()), "the list shows the page");
        return page.items().stream()
                .map(item -> switch (item) {
                    case ActivityItem.Day(String text) -> "# " + text;
                    case Line line ->
                        page.wording().sentence(line.event(), line.app().name());
                })
                .toList();
    }

    private Line first() {
        model.refresh();
        return model.page().get().orElseThrow().lines().getFirst();
    }

    private boolean decided(Decision decision) {
        return sample.gatekeeper.effective(FIREFOX).stream()
                .anyMatch(grant -> grant.resource().equals(DOCUMENTS) && grant.decision() == decision);
    }

    @Test
    void eventsAreGroupedByDayNewestFirst() {
        refused(FIREFOX, "~/Documents/a", Duration.ofHours(24));
        refused(FIREFOX, "~/Documents/b", Duration.ofHours(1));
        refused(FIREFOX, "~/Documents/c", Duration.ofHours(2));
        refused(FIREFOX, "~/Documents/d", Duration.ofDays(3));
        refused(FIREFOX, "~/Documents/e", Duration.ofDays(9));
        List<String> lines = lines();
        assertEquals(
                List.of(
                        "# Today",
                        "Firefox ESR tried to see “b” in Documents and was refused",
                        "Firefox ESR tried to see “c” in Documents and was refused",
                        "# Yesterday",
                        "Firefox ESR tried to see “a” in Documents and was refused"),
                lines.subList(0, 5));
        assertEquals(7, lines.size());
        model.choose(filter -> filter.period(Period.TODAY));
        assertEquals(3, lines().size());
        model.choose(filter -> filter.period(Period.MONTH));
        assertEquals(9, lines().size());
    }

    @Test
    void chipsChooseKindsAndTheChooserAnApp() {
        refused(FIREFOX, "~/Documents/a", Duration.ofHours(1));
        sample.history.note(Event.of(Kind.STARTED, GIMP, late.minusSeconds(9), Who.APP));
        sample.history.note(Event.of(Kind.CONFINED, GIMP, late.minusSeconds(8), Who.SETTINGS));
        assertEquals(4, lines().size());
        model.choose(filter -> filter.show(Show.REFUSED));
        assertEquals(List.of("# Today", "Firefox ESR tried to see “a” in Documents and was refused"), lines());
        model.choose(filter -> filter.show(Show.CHANGES));
        assertEquals(List.of("# Today", "You confined GNU Image Manipulation Program"), lines());
        model.choose(filter -> filter.show(Show.SESSIONS));
        assertEquals(List.of("# Today", "GNU Image Manipulation Program was opened"), lines());
        model.choose(filter -> filter.show(Show.ALL).app(Optional.of(FIREFOX)));
        assertEquals(List.of("# Today", "Firefox ESR tried to see “a” in Documents and was refused"), lines());
        assertEquals(
                List.of("All apps", "Firefox ESR", "GNU Image Manipulation Program"),
                model.page().get().orElseThrow().apps().stream()
                        .map(ActivityPage.Choice::name)
                        .toList());
    }

    @Test
    void searchFindsAppsFoldersAndWholePaths() {
        refused(FIREFOX, "~/Documents/2025/taxes.pdf", Duration.ofHours(1));
        refused(CHROMIUM, "~/Music/song.mp3", Duration.ofHours(2));
        for (String query : List.of("documents firefox", "2025/", "TAXES", " see  taxes ")) {
            model.choose(filter -> filter.query(query));
            assertEquals(2, lines().size(), query);
        }
        model.choose(filter -> filter.query("documents chromium"));
        assertEquals(List.of(), lines());
    }

    @Test
    void refusalsThatNeedNoAnswerAreShownOnRequest() {
        refused(FIREFOX, "/proc/1/stat", Duration.ofHours(1));
        refused(FIREFOX, "~/.ssh/id", Duration.ofHours(2));
        assertEquals(List.of(), lines());
        model.choose(filter -> filter.routine(true));
        assertEquals(3, lines().size());
        assertEquals(Remedy.NONE, first().remedy());
    }

    @Test
    void aRefusalIsAllowedFromItsLineAndThatIsUndoneFromItsOwn() {
        refused(FIREFOX, "~/Documents/a", Duration.ofHours(20));
        assertEquals(Remedy.DECIDE, first().remedy());
        model.allow(first());
        assertTrue(decided(Decision.ALLOW));
        Line allowed = first();
        assertEquals(Remedy.UNDO, allowed.remedy());
        assertEquals("You allowed Firefox ESR to see files in Documents", lines().get(1));
        assertEquals(
                Remedy.ALLOWED,
                model.page().get().orElseThrow().lines().getLast().remedy());
        model.undo(allowed);
        assertFalse(decided(Decision.ALLOW));
        assertEquals(Remedy.UNDO, first().remedy(), "an undo can be undone");
        assertEquals(
                List.of(Remedy.UNDO, Remedy.NONE, Remedy.DECIDE),
                model.page().get().orElseThrow().lines().stream()
                        .map(Line::remedy)
                        .toList(),
                "only the newest about a thing");
        model.undo(first());
        assertTrue(decided(Decision.ALLOW));
    }

    @Test
    void aRefusalIsMadeForGoodFromItsLine() {
        refused(FIREFOX, "~/Documents/a", Duration.ofHours(20));
        model.deny(first());
        assertTrue(decided(Decision.DENY));
        Line line = model.page().get().orElseThrow().lines().getLast();
        assertEquals(Remedy.REFUSED, line.remedy());
        model.allow(line);
        assertTrue(decided(Decision.ALLOW));
    }

    @Test
    void servicesOfTheDesktopAreAllowedAndRefusedFromTheirLinesSettingsOfAllAppsAreNot() {
        Instant then = late.minusSeconds(5);
        List<String> names = List.of(
                "org.freedesktop.secrets", "org.freedesktop.Notifications", "ca.desrt.dconf", "org.example.Unknown");
        names.forEach(name -> sample.history.note(
                Event.refused(new Denial(FIREFOX, new Resource.BusName(name), Access.USE, "app", 1, then, then))));
        model.choose(filter -> filter.routine(true).show(Show.REFUSED));
        Map<String, Line> lines = byName();
        assertEquals(Remedy.DECIDE, lines.get("org.freedesktop.secrets").remedy());
        assertEquals(Remedy.DECIDE, lines.get("org.freedesktop.Notifications").remedy());
        assertEquals(Remedy.NONE, lines.get("ca.desrt.dconf").remedy());
        assertEquals(Remedy.NONE, lines.get("org.example.Unknown").remedy());
        model.allow(lines.get("org.freedesktop.Notifications"));
        model.deny(lines.get("org.freedesktop.secrets"));
        assertEquals(
                Remedy.ALLOWED, byName().get("org.freedesktop.Notifications").remedy());
        assertEquals(Remedy.REFUSED, byName().get("org.freedesktop.secrets").remedy());
        assertTrue(sample.gatekeeper.effective(FIREFOX).stream()
                .filter(grant -> grant.resource() instanceof Resource.BusName)
                .allMatch(grant -> grant.access().equals(Set.of(Access.USE))));
    }

    private Map<String, Line> byName() {
        model.refresh();
        return model.page().get().orElseThrow().lines().stream()
                .collect(Collectors.toMap(
                        line -> ((Resource.BusName) line.event().resource().orElseThrow()).name(), line -> line));
    }

    @Test
    void nothingIsTakenAwayByNotAllowingMore() {
        sample.gatekeeper.decide(FIREFOX, DOCUMENTS, Set.of(Access.READ), Decision.ALLOW, Origin.USER);
        Instant then = late.minusSeconds(5);
        Resource place = new Resource.Place(sample.home + "/Documents/a");
        sample.history.note(Event.refused(new Denial(FIREFOX, place, Access.WRITE, "app", 1, then, then)));
        model.choose(filter -> filter.show(Show.REFUSED));
        assertEquals(Remedy.ALLOW_MORE, first().remedy());
    }

    @Test
    void whatHoldsNoMoreHasNoUndo() {
        sample.gatekeeper.decide(FIREFOX, DOCUMENTS, Set.of(Access.READ), Decision.ALLOW, Origin.USER);
        assertEquals(Remedy.UNDO, first().remedy());
        sample.history.clear();
        Event lost = Event.decided(
                FIREFOX,
                DOCUMENTS,
                Optional.empty(),
                Optional.of(new Ruling(Decision.DENY, Set.of(Access.READ), Lifetime.ALWAYS, Origin.USER)),
                late,
                Who.SETTINGS);
        sample.history.note(lost);
        assertEquals(Remedy.NONE, first().remedy());
    }

    @Test
    void whatWasAllowedOnceIsTakenBackWhileTheAppRuns() {
        Session session = sample.sessions.begin(FIREFOX, List.of());
        sample.history.note(
                Event.about(Kind.ALLOWED_ONCE, FIREFOX, DOCUMENTS, Set.of(Access.READ), Instant.now(), Who.PROMPT));
        model.undo(first());
        assertEquals(List.of(DOCUMENTS), sample.live.takenBack());
        sample.sessions.end(session);
        assertEquals(Remedy.NONE, first().remedy());
    }

    @Test
    void appsThatAreNotConfinedOrNotOursAreOnlyReportedOn() {
        refused(CHROMIUM, "~/Documents/a", Duration.ofHours(1));
        assertEquals(Remedy.NONE, first().remedy());
        refused(new AppId("gone.desktop"), "~/Documents/a", Duration.ofMinutes(1));
        assertEquals("gone tried to see “a” in Documents and was refused", lines().get(1));
        assertEquals(Remedy.NONE, first().remedy());
    }

    @Test
    void barsAndSummaryCountWhatIsShown() {
        refused(FIREFOX, "~/Documents/a", Duration.ofHours(24));
        refused(FIREFOX, "~/Documents/b", Duration.ofHours(1));
        refused(FIREFOX, "/proc/1/stat", Duration.ofHours(1));
        sample.history.again(sample.history.events(Optional.empty(), 9).get(1));
        sample.history.note(Event.about(Kind.ALLOWED_ONCE, FIREFOX, DOCUMENTS, Set.of(Access.READ), late, Who.PROMPT));
        lines();
        ActivityPage page = model.page().get().orElseThrow();
        assertEquals("In the last 7 days: 2 things refused (3 times), 1 thing allowed.", page.summary());
        assertEquals(7, page.bars().size());
        assertEquals(1, page.bars().get(6).refused());
        assertEquals(1, page.bars().get(6).allowed());
        assertEquals(1, page.bars().get(5).refused());
        model.choose(filter -> filter.period(Period.TODAY).show(Show.SESSIONS));
        page = model.page().get().orElseThrow();
        assertEquals("Today: nothing refused, nothing allowed.", page.summary());
        assertEquals(24, page.bars().size());
    }

    @Test
    void twentyThousandEventsAreReadAPageAtATimeAndOnlyOnce() {
        for (int i = 0; i < 20_000; i++) {
            refused(FIREFOX, "~/Documents/" + i, Duration.ofSeconds(i));
        }
        model.refresh();
        assertEquals(20_000, model.page().get().orElseThrow().lines().size());
        int all = sample.history.pages();
        assertTrue(all >= 20_000 / History.PAGE);
        sample.history.note(Event.of(Kind.CONFINED, FIREFOX, late.plusSeconds(1), Who.SETTINGS));
        assertEquals("You confined Firefox ESR", lines().get(1));
        assertTrue(sample.history.pages() - all <= 4, "only the newest are read again");
        sample.history.clear();
        assertEquals(List.of(), lines());
    }

    @Test
    void aStormOfNewsIsReadOnceMoreAtMost() {
        Queue<Runnable> waiting = new ArrayDeque<>();
        model = model(waiting::add);
        for (int i = 0; i < 50; i++) {
            model.refresh();
        }
        List<Runnable> ran = new ArrayList<>();
        for (Runnable next = waiting.poll(); next != null; next = waiting.poll()) {
            next.run();
            ran.add(next);
        }
        assertTrue(ran.size() <= 2);
        assertEquals(2, sample.history.pages());
    }

    @Test
    void failuresAreSentences() {
        refused(FIREFOX, "~/Documents/a", Duration.ofHours(1));
        Line line = first();
        sample.gatekeeper.breakWith("The disk is full.");
        model.allow(line);
        assertEquals("The disk is full.", model.banner().get());
        model.dismiss();
        sample.history.breakWith("It cannot be read.");
        model.refresh();
        assertEquals("It cannot be read.", model.banner().get());
        assertEquals(2, model.items().size(), "what was shown stays");
    }

    @Test
    void whatIsGoneFromHomeCannotBeAllowed() {
        refused(FIREFOX, "~/gone.txt", Duration.ofHours(1));
        model.allow(first());
        assertEquals(
                "What was refused is not there any more, so it cannot be allowed from here.",
                model.banner().get());
    }

    @Test
    void clearingForgetsTheHistoryAndKeepsWhatWasDecided() {
        sample.gatekeeper.decide(FIREFOX, DOCUMENTS, Set.of(Access.READ), Decision.ALLOW, Origin.USER);
        model.refresh();
        model.clear();
        assertEquals(List.of(), List.copyOf(model.items()));
        assertTrue(decided(Decision.ALLOW));
    }

    @Test
    void whatIsShownIsSavedForThisPersonOnly() throws IOException {
        refused(FIREFOX, "~/Documents/a", Duration.ofHours(1));
        refused(CHROMIUM, "~/Documents/b", Duration.ofHours(1));
        model.choose(filter -> filter.app(Optional.of(CHROMIUM)));
        Path json = sample.home.resolve("Activity.JSON");
        model.export(json);
        assertEquals("1 line was saved in “Activity.JSON”.", model.notice().get());
        assertEquals(PosixFilePermissions.fromString("rw-------"), Files.getPosixFilePermissions(json));
        assertTrue(Files.readString(json).startsWith("[\n{\"first\":"));
        Path csv = sample.home.resolve("activity");
        model.export(csv);
        assertTrue(Files.readString(csv).startsWith("first,last,app"));
        model.export(sample.home.resolve("nowhere/x.csv"));
        assertEquals(
                "“x.csv” could not be written. Choose another place for it.",
                model.banner().get());
    }
}
