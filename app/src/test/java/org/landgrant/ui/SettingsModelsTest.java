package org.landgrant.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.landgrant.ui.Sample.CHROMIUM;
import static org.landgrant.ui.Sample.FIREFOX;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.landgrant.grants.Access;
import org.landgrant.grants.Decision;
import org.landgrant.grants.Origin;
import org.landgrant.grants.Resource;
import org.landgrant.grants.Span;
import org.landgrant.grants.Unanswered;
import org.landgrant.grants.UserFolder;
import org.landgrant.launch.LiveGrant;
import org.landgrant.launch.Session;
import org.landgrant.policy.PolicyLine;
import org.landgrant.policy.Right;
import org.landgrant.prompts.Words;

/** The list and the page, on the same thread, without a toolkit. */
class SettingsModelsTest {
    private Sample sample;
    private AppListModel list;
    private AppPageModel page;

    @BeforeEach
    void build(@TempDir Path folder) throws IOException {
        sample = new Sample(folder.resolve("anna"));
        Words words = new Words(Locale.ENGLISH);
        UiServices services = sample.services(Runnable::run);
        Tasks tasks = new Tasks(Runnable::run, Runnable::run, words);
        PageReader reader = new PageReader(services, words, InstantSource.system(), ZoneOffset.UTC);
        list = new AppListModel(reader, tasks, words);
        page = new AppPageModel(services, reader, tasks, words);
        page.choose(Optional.of(sample.app(FIREFOX)));
    }

    private AppPage shown() {
        return page.page().get().orElseThrow();
    }

    private FolderRow row(UserFolder folder) {
        return shown().folders().stream()
                .filter(row -> row.folder().equals(Optional.of(folder)))
                .findFirst()
                .orElseThrow();
    }

    private List<String> lines() {
        return list.items().stream()
                .map(item -> switch (item) {
                    case ListItem.Heading(String text) -> "# " + text;
                    case ListItem.Entry(AppEntry entry) -> entry.app().name();
                })
                .toList();
    }

    private AppEntry entry(String name) {
        return list.items().stream()
                .filter(ListItem.Entry.class::isInstance)
                .map(item -> ((ListItem.Entry) item).entry())
                .filter(entry -> entry.app().name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void confinedAppsComeFirstAndThoseLeftAloneLast() {
        sample.gatekeeper.confine(FIREFOX);
        list.refresh();
        assertEquals(List.of("# Confined", "Firefox ESR", "# Not confined"), lines().subList(0, 3));
        assertEquals(List.of("# Left alone", "Signal", "Steam"), lines().subList(lines().size() - 3, lines().size()));
    }

    @Test
    void searchLooksAtNamesDescriptionsAndCommands() {
        list.refresh();
        list.query().set("  view  doc ");
        assertEquals(List.of("# Not confined", "Document Viewer", "Okular"), lines());
        list.query().set("firefox-esr");
        assertEquals(List.of("# Not confined", "Firefox ESR"), lines());
        list.query().set("nothing like that");
        assertEquals(List.of(), lines());
    }

    @Test
    void theStateSaysInWordsWhatAnAppReaches() {
        sample.gatekeeper.confine(FIREFOX);
        list.refresh();
        assertEquals("Downloads, web", entry("Firefox ESR").state());
        assertEquals("Not confined", entry("Okular").state());
    }

    @Test
    void recentRefusalsThatDeserveAnAnswerAreCounted() {
        sample.gatekeeper.confine(FIREFOX);
        sample.gatekeeper.record(List.of(
                sample.denial(FIREFOX, "~/Documents/a", Access.READ, 7, Duration.ofMinutes(1)),
                sample.denial(FIREFOX, "~/Documents/b", Access.READ, 1, Duration.ofMinutes(1)),
                sample.denial(FIREFOX, "~/Music/c", Access.READ, 1, Duration.ofHours(30)),
                sample.denial(FIREFOX, "/proc/1/stat", Access.READ, 90, Duration.ofMinutes(1))));
        list.refresh();
        assertEquals(1, entry("Firefox ESR").refusals());
    }

    @Test
    void aFolderIsAllowedAtOnceAndMarkedAsChanged() {
        assertEquals(Level.ASK, row(UserFolder.DOCUMENTS).level());
        page.set(row(UserFolder.DOCUMENTS), Level.READ);
        assertEquals(Level.READ, row(UserFolder.DOCUMENTS).level());
        assertTrue(row(UserFolder.DOCUMENTS).changed());
        page.reset(row(UserFolder.DOCUMENTS).resource());
        assertEquals(Level.ASK, row(UserFolder.DOCUMENTS).level());
        assertFalse(row(UserFolder.DOCUMENTS).changed());
    }

    @Test
    void backToTheTemplatesLevelIsNoChange() {
        page.set(row(UserFolder.DOWNLOAD), Level.NEVER);
        assertTrue(row(UserFolder.DOWNLOAD).never());
        page.set(row(UserFolder.DOWNLOAD), Level.READ_WRITE);
        assertFalse(row(UserFolder.DOWNLOAD).changed());
        assertFalse(row(UserFolder.DOWNLOAD).never());
    }

    @Test
    void allThatWasDecidedIsForgottenAtOnceAndPutBack() {
        List<Note> notes = new ArrayList<>();
        page.onNoted(notes::add);
        page.set(row(UserFolder.DOCUMENTS), Level.READ);
        page.set(row(UserFolder.MUSIC), Level.NEVER);
        assertEquals(2, shown().decided());
        page.resetAll();
        assertEquals(0, shown().decided());
        assertEquals(Level.ASK, row(UserFolder.DOCUMENTS).level());
        assertEquals("“Firefox ESR” is back to how it began.", notes.getFirst().sentence());

        notes.getFirst().undo().undo();
        page.refresh();
        assertEquals(Level.READ, row(UserFolder.DOCUMENTS).level());
        assertTrue(row(UserFolder.MUSIC).never());
    }

    @Test
    void aFailureIsASentenceAndTheSwitchGoesBack() {
        sample.gatekeeper.breakWith("The disk is full.");
        page.set(row(UserFolder.DOCUMENTS), Level.READ);
        assertEquals("The disk is full.", page.banner().get());
        assertEquals(Level.ASK, row(UserFolder.DOCUMENTS).level());
        page.dismissBanner();
        assertEquals("", page.banner().get());
    }

    @Test
    void anAddedFolderTakenOffTheListIsPutBack() {
        List<Note> notes = new ArrayList<>();
        page.onNoted(notes::add);
        page.set(row(UserFolder.DOCUMENTS), Level.READ);
        page.add(sample.home.resolve("projects"));
        page.remove(shown().folders().getLast());
        page.refresh();
        assertFalse(shown().folders().getLast().name().equals("projects"));
        assertEquals(
                "“projects” is off the list of “Firefox ESR”.", notes.getFirst().sentence());

        notes.getFirst().undo().undo();
        page.refresh();
        assertEquals("projects", shown().folders().getLast().name());
        assertEquals(Level.READ, shown().folders().getLast().level());
        assertEquals(Level.READ, row(UserFolder.DOCUMENTS).level());
    }

    @Test
    void folderFromElsewhereIsAddedForReadingAndTakenOffAgain() {
        page.add(sample.home.resolve("projects"));
        FolderRow added = shown().folders().getLast();
        assertEquals("projects", added.name());
        assertEquals("~/projects", added.path());
        assertEquals(Level.READ, added.level());
        page.reset(added.resource());
        assertEquals(UserFolder.values().length, shown().folders().size());
    }

    @Test
    void aPersonsFolderIsAddedByItsMeaning() {
        page.add(sample.folder(UserFolder.MUSIC));
        assertEquals(Level.READ, row(UserFolder.MUSIC).level());
        assertEquals(UserFolder.values().length, shown().folders().size());
    }

    @Test
    void whatWasAllowedAndCannotBeGivenIsSaidOnce() {
        PolicyLine reason = new PolicyLine.Refused("g1", "Port 25 is denied; grant the ports one by one.");
        sample.notGiven = List.of(reason, reason);
        page.refresh();
        assertEquals(List.of("Port 25 is denied; grant the ports one by one."), shown().notGiven());
    }

    @Test
    void homeAndFilesAreNotAdded() {
        page.add(sample.home);
        assertEquals(
                "Your whole home folder cannot be granted. Choose a folder in it.",
                page.banner().get());
        page.add(Path.of("/"));
        assertFalse(page.banner().get().isEmpty());
        page.add(sample.home.resolve("song.mp3"));
        assertEquals("Only a folder can be added.", page.banner().get());
        assertEquals(UserFolder.values().length, shown().folders().size());
    }

    @Test
    void refusalsAreGatheredAndAllowedFromTheirLine() {
        sample.gatekeeper.record(List.of(
                sample.denial(FIREFOX, "~/Documents/a.txt", Access.READ, 2, Duration.ofMinutes(2)),
                sample.denial(FIREFOX, "~/Documents/b.txt", Access.WRITE, 1, Duration.ofMinutes(1)),
                sample.denial(FIREFOX, "~/.config/dconf/user", Access.READ, 4, Duration.ofMinutes(1)),
                sample.denial(FIREFOX, "~/.config/dconf/other", Access.READ, 1, Duration.ofMinutes(1))));
        page.refresh();
        Refusal refusal = shown().refusals().getFirst();
        assertEquals("It wanted to see and change files in your Documents folder", refusal.what());
        assertEquals("“b.txt”, “a.txt” · 3 times, 1 minute ago", refusal.detail());
        assertEquals(
                List.of("~/.config/dconf"),
                shown().quiet().stream().map(Refusal::what).toList());
        page.allow(refusal.grantable().orElseThrow());
        assertTrue(shown().refusals().getFirst().allowed());
        assertEquals(Level.READ_WRITE, row(UserFolder.DOCUMENTS).level());
        page.clearRefusals();
        assertTrue(shown().refusals().isEmpty() && shown().quiet().isEmpty());
    }

    @Test
    void aChangeDuringARunAppliesWhenReopened() {
        Session session = sample.sessions.begin(FIREFOX, List.of());
        page.refresh();
        assertTrue(shown().running());
        assertFalse(shown().outdated());
        page.set(row(UserFolder.DOCUMENTS), Level.READ);
        assertTrue(shown().outdated());
        page.reset(row(UserFolder.DOCUMENTS).resource());
        assertFalse(shown().outdated(), "taken back before anybody noticed");
        page.set(row(UserFolder.DOCUMENTS), Level.READ);
        page.reopen();
        assertEquals(List.of(session), sample.sessions.asked());
        sample.sessions.end(session);
        sample.sessions.begin(FIREFOX, List.of());
        page.refresh();
        assertFalse(shown().outdated());
    }

    @Test
    void whatIsOpenWithoutLimitsSaysSinceWhenUntilItIsClosed() {
        sample.gatekeeper.confine(FIREFOX);
        page.refresh();
        assertFalse(shown().open());
        sample.opened = Instant.parse("2025-01-02T10:12:00Z");
        sample.outside.add(FIREFOX);
        page.refresh();
        assertTrue(shown().open());
        assertEquals("Jan 2, 2025, 10:12\u00A0AM", shown().since());
        page.closeOutside();
        assertFalse(shown().open());
        assertTrue(shown().running());
    }

    @Test
    void whatWasAllowedOnceIsShownAndCanBeTakenBack() {
        Session session = sample.sessions.begin(FIREFOX, List.of());
        LiveGrant music = Sample.live(sample.folder(UserFolder.MUSIC), Right.READ);
        sample.sessions.give(session, music);
        page.refresh();
        OnceRow row = shown().once().getFirst();
        assertEquals("Music", row.name());
        assertFalse(shown().outdated(), "nothing that is decided waits for the app to be re-opened");
        assertFalse(page.takenBack());
        page.takeBack(row);
        assertEquals(List.of(new Resource.Folder(UserFolder.MUSIC)), sample.live.takenBack());
        sample.sessions.take(session, music);
        page.refresh();
        assertEquals(List.of(), shown().once());
        assertTrue(page.takenBack());
        sample.sessions.end(session);
        page.refresh();
        assertFalse(page.takenBack(), "the next run knows nothing of it");
    }

    @Test
    void readingAndWritingGivenOneAfterTheOtherIsOneRow() {
        Session session = sample.sessions.begin(FIREFOX, List.of());
        Path taxes = sample.folder(UserFolder.DOCUMENTS).resolve("taxes.pdf");
        sample.sessions.give(session, Sample.live(taxes, Right.WRITE));
        sample.sessions.give(session, Sample.live(taxes, Right.READ));
        page.refresh();
        assertEquals(1, shown().once().size());
        assertEquals(Level.READ_WRITE.access(), shown().once().getFirst().access());
        assertEquals(
                "~/Documents/taxes.pdf · Read and write",
                shown().once().getFirst().detail());
    }

    @Test
    void whatIsAllowedForLongerIsNotShownAsAllowedOnce() {
        Session session = sample.sessions.begin(FIREFOX, List.of());
        sample.sessions.give(session, Sample.live(sample.folder(UserFolder.MUSIC), Right.READ));
        page.set(row(UserFolder.MUSIC), Level.READ);
        assertEquals(List.of(), shown().once());
    }

    @Test
    void aChangeARunningAppHasAlreadyDoesNotAskForReopening() {
        Session session = sample.sessions.begin(FIREFOX, List.of());
        page.refresh();
        sample.sessions.give(session, Sample.live(sample.folder(UserFolder.MUSIC), Right.READ));
        page.set(row(UserFolder.MUSIC), Level.READ);
        assertFalse(shown().outdated(), "it has that while it runs");
        page.set(row(UserFolder.MUSIC), Level.READ_WRITE);
        assertTrue(shown().outdated(), "it may read, but not write until it is re-opened");
    }

    @Test
    void lessThanItBeganWithHoldsOnlyWhenTheAppIsReopened() {
        sample.sessions.begin(FIREFOX, List.of());
        page.refresh();
        page.set(row(UserFolder.DOWNLOAD), Level.READ);
        assertTrue(shown().outdated());
    }

    @Test
    void anExceptionInWhatItMayReadHoldsOnlyWhenTheAppIsReopened() {
        sample.sessions.begin(FIREFOX, List.of());
        page.refresh();
        Resource inside = new Resource.Place(sample.folder(UserFolder.DOWNLOAD) + "/private");
        sample.gatekeeper.decide(FIREFOX, inside, Level.READ_WRITE.access(), Decision.DENY, Origin.USER);
        page.refresh();
        assertTrue(shown().outdated());
    }

    @Test
    void portsForListeningCanBeTakenBack() {
        Resource port = new Resource.TcpPort(8080);
        sample.gatekeeper.decide(FIREFOX, port, Set.of(Access.LISTEN), Decision.ALLOW, Origin.PROMPT);
        page.refresh();
        assertEquals(List.of(port), shown().network().listening());
        page.stopListening(port);
        assertEquals(List.of(), shown().network().listening());
    }

    @Test
    void aPageReadForAFormerAppIsNotShown() {
        page.choose(Optional.of(sample.app(CHROMIUM)));
        assertEquals(CHROMIUM, shown().app().id());
        page.choose(Optional.empty());
        assertTrue(page.page().get().isEmpty());
    }

    @Test
    void askIsAskedAgainWhetherItWasRefusedOrAllowed() {
        page.set(row(UserFolder.DOCUMENTS), Level.NEVER);
        assertEquals(Level.NEVER, row(UserFolder.DOCUMENTS).level());
        page.set(row(UserFolder.DOCUMENTS), Level.ASK);
        assertEquals(Level.ASK, row(UserFolder.DOCUMENTS).level());
        assertFalse(row(UserFolder.DOCUMENTS).changed(), "so it began");
        page.set(row(UserFolder.DOWNLOAD), Level.ASK);
        assertEquals(Level.ASK, row(UserFolder.DOWNLOAD).level());
        assertTrue(row(UserFolder.DOWNLOAD).changed());
    }

    @Test
    void aFolderThatIsOpenThroughAWiderOneIsNotShownAsOff() {
        sample.gatekeeper.decide(FIREFOX, new Resource.Place("~"), Set.of(Access.READ), Decision.ALLOW, Origin.USER);
        page.refresh();
        assertEquals(Level.READ, row(UserFolder.MUSIC).level());
        assertEquals("Because “~” is allowed", row(UserFolder.MUSIC).note());
        page.set(row(UserFolder.MUSIC), Level.NEVER);
        assertEquals(Level.NEVER, row(UserFolder.MUSIC).level());
        assertEquals(Level.READ, row(UserFolder.VIDEOS).level());
    }

    @Test
    void aFolderThatIsOpenUntilTheEndSaysSo() {
        Session session = sample.sessions.begin(FIREFOX, List.of());
        sample.sessions.give(session, Sample.live(sample.folder(UserFolder.MUSIC), Right.READ));
        page.refresh();
        assertEquals("Allowed until it is closed", row(UserFolder.MUSIC).note());
    }

    @Test
    void aRowSaysWhyNobodyAsksAndWhenItEnds() {
        Resource music = new Resource.Folder(UserFolder.MUSIC);
        Set<Access> read = Set.of(Access.READ);
        sample.gatekeeper.decide(FIREFOX, music, read, Decision.ASK, Origin.PROMPT);
        sample.gatekeeper.decide(FIREFOX, music, read, Decision.DENY, Origin.PROMPT);
        page.refresh();
        assertEquals("Asked twice, not asked any more", row(UserFolder.MUSIC).note());
        sample.gatekeeper.decide(FIREFOX, music, read, Decision.DENY, Origin.USER);
        page.refresh();
        assertEquals("Not asked about", row(UserFolder.MUSIC).note());
        sample.gatekeeper.decide(FIREFOX, music, read, Decision.ALLOW, Origin.PROMPT, Span.LOGIN);
        page.refresh();
        assertEquals("Until you log out", row(UserFolder.MUSIC).note());
        sample.gatekeeper.decide(FIREFOX, music, read, Decision.ALLOW, Origin.PROMPT, Span.MONTH);
        page.refresh();
        assertTrue(
                row(UserFolder.MUSIC).note().matches("Until [A-Z][a-z]+ \\d+(, \\d{4})?"),
                row(UserFolder.MUSIC).note());
        for (int times = 0; times < Unanswered.PATIENCE; times++) {
            sample.gatekeeper.remember(FIREFOX, new Resource.Folder(UserFolder.VIDEOS), read, true);
        }
        page.refresh();
        assertTrue(row(UserFolder.VIDEOS).note().startsWith("Closed 3 times, not asked until "));
    }
}
