package org.landgrant.profiles;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.landgrant.grants.Access;
import org.landgrant.grants.AppId;
import org.landgrant.grants.AppSettings;
import org.landgrant.grants.BookException;
import org.landgrant.grants.Decision;
import org.landgrant.grants.Denial;
import org.landgrant.grants.Device;
import org.landgrant.grants.Event;
import org.landgrant.grants.Event.Kind;
import org.landgrant.grants.Event.Who;
import org.landgrant.grants.Grant;
import org.landgrant.grants.GrantBook;
import org.landgrant.grants.Habit;
import org.landgrant.grants.Lifetime;
import org.landgrant.grants.Origin;
import org.landgrant.grants.Resource;
import org.landgrant.grants.Ruling;
import org.landgrant.grants.Service;
import org.landgrant.grants.Span;
import org.landgrant.grants.Unanswered;
import org.landgrant.grants.UserFolder;
import org.landgrant.grants.Width;

/** What every book of grants promises; each kind of book runs all of it. */
abstract class GrantBookContract {
    static final AppId FIREFOX = new AppId("firefox-esr.desktop");
    static final AppId VIM = new AppId("vim.desktop");
    static final Instant NOON = Instant.parse("2026-05-04T12:00:00.123456789Z");

    protected GrantBook book;

    /** An empty book. */
    abstract GrantBook newBook();

    @BeforeEach
    void openBook() {
        book = newBook();
    }

    @AfterEach
    void closeBook() {
        book.close();
    }

    static Grant grant(AppId app, Resource resource, Access... access) {
        return Grant.of(app, resource, Set.of(access), Decision.ALLOW, Origin.USER, NOON);
    }

    static Resource place(String path) {
        return new Resource.Place(path);
    }

    static Denial denial(AppId app, String path, long count, Instant at) {
        return new Denial(app, place(path), Access.READ, "cat", count, at, at);
    }

    @Test
    void aNewBookIsEmpty() {
        assertEquals(List.of(), book.grants());
        assertEquals(List.of(), book.grants(FIREFOX));
        assertEquals(List.of(), book.settings());
        assertEquals(List.of(), book.denials(FIREFOX, 10));
    }

    @Test
    void everyFieldOfAGrantComesBack() {
        Grant full = new Grant(
                0,
                FIREFOX,
                new Resource.Folder(UserFolder.DOCUMENTS),
                Set.of(Access.READ, Access.WRITE, Access.EXECUTE),
                Decision.ASK,
                Lifetime.until(NOON.plusSeconds(60)),
                Origin.PROMPT,
                NOON,
                Optional.of(NOON.plusNanos(1)),
                7);
        Grant written = book.put(full);
        assertTrue(written.id() > 0);
        assertEquals(full.withId(written.id()), written);
        assertEquals(List.of(written), book.grants(FIREFOX));
    }

    @Test
    void everyKindOfResourceComesBack() {
        List<Resource> resources = List.of(
                new Resource.Folder(UserFolder.MUSIC),
                place("/srv/music"),
                place("$XDG_CONFIG_HOME/mozilla"),
                new Resource.TcpPort(443),
                new Resource.AnyTcpPort(),
                new Resource.AnyUdpPort(),
                new Resource.BusName("org.mpris.MediaPlayer2.firefox.*"),
                new Resource.OfDevice(Device.SHARED_MEMORY),
                new Resource.OfService(Service.X11));
        resources.forEach(resource -> book.put(grant(FIREFOX, resource, Access.READ)));
        assertEquals(
                resources, book.grants(FIREFOX).stream().map(Grant::resource).toList());
    }

    @Test
    void aGrantForOneLogInComesBackAsThat() {
        Grant written = book.put(new Grant(
                0,
                FIREFOX,
                place("/a"),
                Set.of(Access.READ),
                Decision.ALLOW,
                Lifetime.during("boot/login"),
                Origin.PROMPT,
                NOON,
                Optional.empty(),
                1));
        assertEquals(Lifetime.during("boot/login"), written.lifetime());
        assertTrue(written.isTemporary());
        Grant always = book.put(grant(FIREFOX, place("/a"), Access.READ));
        assertEquals(Lifetime.ALWAYS, always.lifetime());
    }

    @Test
    void whatWasChosenLastForAnAppIsRemembered() {
        assertEquals(Habit.unknown(FIREFOX), book.habit(FIREFOX));
        book.put(new Habit(FIREFOX, Width.FOLDER, Span.MONTH));
        book.put(new Habit(FIREFOX, Width.ITEM, Span.LOGIN));
        assertEquals(new Habit(FIREFOX, Width.ITEM, Span.LOGIN), book.habit(FIREFOX));
        assertEquals(Habit.unknown(VIM), book.habit(VIM));
    }

    @Test
    void whatNobodyAnsweredIsKeptUntilSomebodyDoes() {
        Unanswered first = new Unanswered(FIREFOX, place("/a"), Set.of(Access.READ), 1, NOON, true);
        Unanswered other = new Unanswered(VIM, place("/a"), Set.of(Access.READ, Access.WRITE), 0, NOON, true);
        book.put(other);
        book.put(first);
        assertEquals(List.of(first, other), book.unanswered());
        Unanswered again = new Unanswered(FIREFOX, place("/a"), Set.of(Access.READ), 2, NOON.plusSeconds(1), false);
        book.put(again);
        assertEquals(List.of(again, other), book.unanswered());
        assertTrue(book.answered(FIREFOX, place("/a")));
        assertFalse(book.answered(FIREFOX, place("/a")));
        assertEquals(List.of(other), book.unanswered());
    }

    @Test
    void momentsFarAwayComeBack() {
        Instant far = Instant.parse("+99999-01-01T00:00:00.000000001Z");
        Grant written = book.put(new Grant(
                0,
                FIREFOX,
                place("/a"),
                Set.of(Access.READ),
                Decision.DENY,
                Lifetime.until(far),
                Origin.USER,
                Instant.EPOCH,
                Optional.empty(),
                0));
        assertEquals(far, written.lifetime().until().orElseThrow());
        assertEquals(List.of(written), book.grants());
    }

    @Test
    void aSecondGrantForTheSameResourceReplacesTheFirstAndKeepsItsNumber() {
        Grant first = book.put(grant(FIREFOX, place("/a"), Access.READ));
        book.put(grant(FIREFOX, place("/b"), Access.READ));
        Grant second = book.put(grant(FIREFOX, place("/a"), Access.WRITE).withId(99));
        assertEquals(first.id(), second.id());
        assertEquals(
                List.of(Set.of(Access.WRITE), Set.of(Access.READ)),
                book.grants(FIREFOX).stream().map(Grant::access).toList());
    }

    @Test
    void theSameResourceOfAnotherAppIsAnotherGrant() {
        Grant one = book.put(grant(FIREFOX, place("/a"), Access.READ));
        Grant other = book.put(grant(VIM, place("/a"), Access.READ));
        assertEquals(List.of(one), book.grants(FIREFOX));
        assertEquals(List.of(other), book.grants(VIM));
    }

    @Test
    void grantsAreOrderedByAppAndThenByNumber() {
        Grant vim = book.put(grant(VIM, place("/z"), Access.READ));
        Grant b = book.put(grant(FIREFOX, place("/b"), Access.READ));
        Grant a = book.put(grant(FIREFOX, place("/a"), Access.READ));
        Grant upper = book.put(grant(new AppId("Zoom.desktop"), place("/a"), Access.READ));
        assertEquals(List.of(upper, b, a, vim), book.grants());
    }

    @Test
    void aRemovedGrantIsGoneAndItsNumberIsNotGivenAgain() {
        Grant first = book.put(grant(FIREFOX, place("/a"), Access.READ));
        assertTrue(book.remove(FIREFOX, place("/a")));
        assertFalse(book.remove(FIREFOX, place("/a")));
        assertFalse(book.remove(VIM, place("/a")));
        assertEquals(List.of(), book.grants());
        assertTrue(book.put(grant(FIREFOX, place("/a"), Access.READ)).id() > first.id());
    }

    @Test
    void settingsReplaceEachOtherAndAreOrderedByApp() {
        assertEquals(AppSettings.untouched(VIM), book.settings(VIM));
        book.put(new AppSettings(VIM, true, false));
        book.put(new AppSettings(FIREFOX, false, true));
        book.put(new AppSettings(VIM, true, true));
        assertEquals(new AppSettings(VIM, true, true), book.settings(VIM));
        assertEquals(List.of(new AppSettings(FIREFOX, false, true), new AppSettings(VIM, true, true)), book.settings());
    }

    @Test
    void denialsOfOneKeyAreGatheredAlsoWithinOneBatch() {
        Denial early = new Denial(FIREFOX, place("/a"), Access.READ, "early", 2, NOON, NOON.plusSeconds(1));
        Denial late =
                new Denial(FIREFOX, place("/a"), Access.READ, "late", 3, NOON.plusSeconds(5), NOON.plusSeconds(9));
        book.record(List.of(late, early));
        book.record(List.of(late));
        assertEquals(
                List.of(new Denial(FIREFOX, place("/a"), Access.READ, "late", 8, NOON, NOON.plusSeconds(9))),
                book.denials(FIREFOX, 10));
    }

    @Test
    void denialsDifferByAppResourceAndAccess() {
        Denial read = denial(FIREFOX, "/a", 1, NOON);
        Denial write = new Denial(FIREFOX, place("/a"), Access.WRITE, "cat", 1, NOON, NOON);
        Denial port = new Denial(FIREFOX, new Resource.TcpPort(25), Access.CONNECT, "cat", 1, NOON, NOON);
        book.record(List.of(read, write, port, denial(VIM, "/a", 1, NOON)));
        assertEquals(Set.of(read, write, port), Set.copyOf(book.denials(FIREFOX, 10)));
    }

    @Test
    void denialsComeNewestFirstAndNoMoreThanAskedFor() {
        Denial old = denial(FIREFOX, "/old", 1, NOON);
        Denial middle = denial(FIREFOX, "/middle", 1, NOON.plusSeconds(1));
        Denial newest = denial(FIREFOX, "/newest", 1, NOON.plusSeconds(2));
        book.record(List.of(middle, newest, old));
        assertEquals(List.of(newest, middle), book.denials(FIREFOX, 2));
        assertEquals(List.of(), book.denials(FIREFOX, 0));
        assertThrows(IllegalArgumentException.class, () -> book.denials(FIREFOX, -1));
    }

    @Test
    void ofSimultaneousDenialsTheOneRecordedLastComesFirst() {
        book.record(List.of(denial(FIREFOX, "/1", 1, NOON), denial(FIREFOX, "/2", 1, NOON)));
        assertEquals(
                List.of("place:/2", "place:/1"),
                book.denials(FIREFOX, 10).stream()
                        .map(denial -> denial.resource().text())
                        .toList());
    }

    @Test
    void onlyTheNewestTenThousandDenialsStay() {
        book.record(List.of(denial(VIM, "/oldest", 1, NOON), denial(VIM, "/kept", 1, NOON.plusSeconds(20_000))));
        book.record(IntStream.range(0, 9_999)
                .mapToObj(i -> denial(FIREFOX, "/f" + i, 1, NOON.plusSeconds(i + 1)))
                .toList());
        assertEquals(List.of(denial(VIM, "/kept", 1, NOON.plusSeconds(20_000))), book.denials(VIM, 10));
        assertEquals(9_999, book.denials(FIREFOX, Integer.MAX_VALUE).size());
    }

    @Test
    void forgettingTakesTheDenialsOfThatAppOnly() {
        book.record(List.of(denial(FIREFOX, "/a", 1, NOON), denial(VIM, "/a", 1, NOON)));
        book.forgetDenials(FIREFOX);
        assertEquals(List.of(), book.denials(FIREFOX, 10));
        assertEquals(1, book.denials(VIM, 10).size());
    }

    static Event refusal(AppId app, String path, Instant at) {
        return Event.refused(denial(app, path, 1, at));
    }

    private List<String> told() {
        return book.events(Optional.empty(), Integer.MAX_VALUE).stream()
                .map(event -> event.kind() + " "
                        + event.resource().map(Resource::text).orElse("-") + " " + event.count())
                .toList();
    }

    @Test
    void everyFieldOfAnEventComesBack() {
        Ruling before = new Ruling(Decision.ASK, Set.of(Access.READ), Lifetime.until(NOON.plusNanos(5)), Origin.PROMPT);
        Ruling after = new Ruling(Decision.ALLOW, Set.of(Access.READ, Access.WRITE), Lifetime.ALWAYS, Origin.USER);
        Resource documents = new Resource.Folder(UserFolder.DOCUMENTS);
        List<Event> noted = List.of(
                Event.decided(FIREFOX, documents, Optional.of(before), Optional.of(after), NOON, Who.COMMAND_LINE),
                Event.decided(FIREFOX, documents, Optional.of(after), Optional.empty(), NOON, Who.PROMPT),
                Event.of(Kind.CONFINED, VIM, NOON, Who.SETTINGS),
                Event.about(
                        Kind.ALLOWED_ONCE, VIM, new Resource.TcpPort(25), Set.of(Access.CONNECT), NOON, Who.PROMPT));
        book.note(noted);
        List<Event> read = book.events(Optional.empty(), 10).reversed();
        assertEquals(noted, read.stream().map(event -> event.withId(0)).toList());
        assertEquals(4, read.stream().map(Event::id).distinct().count());
    }

    @Test
    void eventsComeNewestFirstAPageAtATime() {
        for (int i = 0; i < 7; i++) {
            // Pairs of the same moment, so that the order of noting decides.
            book.note(List.of(Event.of(Kind.ENDED, i % 2 == 0 ? FIREFOX : VIM, NOON.plusSeconds(i / 2), Who.APP)));
        }
        List<Event> all = book.events(Optional.empty(), 100);
        assertEquals(
                List.of(7L, 6L, 5L, 4L, 3L, 2L, 1L), all.stream().map(Event::id).toList());
        List<Event> paged = new ArrayList<>(book.events(Optional.empty(), 3));
        paged.addAll(book.events(Optional.of(paged.getLast()), 3));
        paged.addAll(book.events(Optional.of(paged.getLast()), 3));
        assertEquals(all, paged);
        assertEquals(List.of(), book.events(Optional.of(all.getLast()), 3));
        assertThrows(IllegalArgumentException.class, () -> book.events(Optional.empty(), -1));
    }

    @Test
    void refusalsOfTheSameThingWithinAnHourAreOneEvent() {
        book.note(List.of(refusal(FIREFOX, "/a", NOON), refusal(FIREFOX, "/a", NOON.plusSeconds(1))));
        book.note(List.of(refusal(FIREFOX, "/a", NOON.plusSeconds(3_599)), refusal(VIM, "/a", NOON)));
        book.note(List.of(refusal(FIREFOX, "/a", NOON.plusSeconds(3_600)), refusal(FIREFOX, "/b", NOON)));
        book.note(List.of(refusal(FIREFOX, "/a", NOON.plusSeconds(3_700))));
        List<Event> ofA = book.events(Optional.empty(), 10).stream()
                .filter(event -> event.key().equals(refusal(FIREFOX, "/a", NOON).key()))
                .toList();
        assertEquals(List.of(2L, 3L), ofA.stream().map(Event::count).toList());
        assertEquals(
                List.of(NOON.plusSeconds(3_600), NOON),
                ofA.stream().map(Event::first).toList());
        assertEquals(
                List.of(NOON.plusSeconds(3_700), NOON.plusSeconds(3_599)),
                ofA.stream().map(Event::last).toList());
        assertEquals(4, book.events(Optional.empty(), 10).size());
    }

    @Test
    void anAppThatIsRefusedMoreThanTwoHundredThingsInAnHourDoesNotFillTheHistory() {
        book.note(List.of(Event.of(Kind.CONFINED, VIM, NOON.minusSeconds(9), Who.SETTINGS)));
        for (int batch = 0; batch < 4; batch++) {
            int from = batch * 100;
            book.note(IntStream.range(from, from + 100)
                    .mapToObj(i -> refusal(FIREFOX, "/" + i, NOON.plusSeconds(i)))
                    .toList());
        }
        book.note(List.of(refusal(VIM, "/x", NOON.plusSeconds(500)), refusal(FIREFOX, "/1", NOON.plusSeconds(501))));
        List<String> told = told();
        assertEquals(1 + 200 + 1 + 1, told.size());
        assertTrue(told.contains("REFUSED - 200"), told::toString);
        assertTrue(told.contains("REFUSED place:/1 2"), told::toString);
        assertTrue(told.contains("REFUSED place:/x 1"), told::toString);
        book.note(List.of(refusal(FIREFOX, "/later", NOON.plusSeconds(5_000))));
        assertEquals("REFUSED place:/later 1", told().getFirst());
    }

    @Test
    void theStartOfASessionIsNotedOnce() {
        Event start = Event.of(Kind.STARTED, FIREFOX, NOON, Who.APP);
        book.note(List.of(start));
        book.note(List.of(start, Event.of(Kind.STARTED, VIM, NOON, Who.APP)));
        assertEquals(2, book.events(Optional.empty(), 10).size());
    }

    @Test
    void theHistoryTellsWhenEachAppWasOpenedLast() {
        book.note(List.of(
                Event.of(Kind.STARTED, FIREFOX, NOON.plusSeconds(9), Who.APP),
                Event.of(Kind.STARTED, FIREFOX, NOON.minusSeconds(9), Who.APP),
                Event.of(Kind.STARTED, VIM, NOON, Who.APP),
                Event.of(Kind.ENDED, VIM, NOON.plusSeconds(99), Who.APP)));
        assertEquals(Map.of(FIREFOX, NOON.plusSeconds(9), VIM, NOON), book.opened());
        book.forgetEvents();
        assertEquals(Map.of(), book.opened());
    }

    @Test
    void onlyTheNewestTwentyThousandEventsStay() {
        book.note(List.of(Event.of(Kind.ENDED, VIM, NOON, Who.APP)));
        book.note(IntStream.range(0, 20_000)
                .mapToObj(i -> Event.of(Kind.ENDED, FIREFOX, NOON.plusSeconds(i + 1), Who.APP))
                .toList());
        List<Event> all = book.events(Optional.empty(), Integer.MAX_VALUE);
        assertEquals(20_000, all.size());
        assertEquals(FIREFOX, all.getLast().app());
    }

    @Test
    void forgettingTheHistoryKeepsGrantsAndDenials() {
        Grant kept = book.put(grant(FIREFOX, place("/a"), Access.READ));
        book.record(List.of(denial(FIREFOX, "/b", 1, NOON)));
        book.note(List.of(refusal(FIREFOX, "/old", NOON), refusal(FIREFOX, "/new", NOON.plusSeconds(1))));
        book.forgetEvents(NOON.plusSeconds(1));
        assertEquals(List.of("REFUSED place:/new 1"), told());
        book.forgetEvents();
        assertEquals(List.of(), told());
        assertEquals(List.of(kept), book.grants());
        assertEquals(1, book.denials(FIREFOX, 9).size());
        book.note(List.of(refusal(FIREFOX, "/again", NOON)));
        assertEquals(1, told().size());
    }

    @Test
    void aHugeCountDoesNotWrapRound() {
        book.record(List.of(denial(FIREFOX, "/a", Long.MAX_VALUE, NOON)));
        book.record(List.of(denial(FIREFOX, "/a", 5, NOON)));
        assertEquals(Long.MAX_VALUE, book.denials(FIREFOX, 1).getFirst().count());
    }

    @Test
    void oddCharactersInPathsComeBackExactly() {
        List<String> paths = List.of(
                "/line\nfeed\r\ttab",
                "/\u202egnp.exe\u2066\u200b",
                "/'; drop table grants; --",
                "/\"double\" \\back\\slash `tick` ${x} %s ?",
                "/\u0001\u001b[31m\u007f",
                "/\ud83d\udd10 \u00e9 e\u0301",
                "/lone \ud800 surrogate",
                "/trailing space ",
                "/" + "x".repeat(4094),
                "/" + "\u20ac".repeat(4094));
        paths.forEach(path -> book.put(grant(FIREFOX, place(path), Access.READ)));
        book.record(paths.stream().map(path -> denial(FIREFOX, path, 1, NOON)).toList());
        book.note(paths.stream().map(path -> refusal(FIREFOX, path, NOON)).toList());
        assertEquals(
                paths.stream().map(path -> Optional.of(place(path))).toList(),
                book.events(Optional.empty(), 100).reversed().stream()
                        .map(Event::resource)
                        .toList());
        assertEquals(
                paths.stream().map(GrantBookContract::place).toList(),
                book.grants(FIREFOX).stream().map(Grant::resource).toList());
        assertEquals(paths.size(), book.denials(FIREFOX, 100).size());
        paths.forEach(path -> assertTrue(book.remove(FIREFOX, place(path)), path));
        assertEquals(List.of(), book.grants());
    }

    @Test
    void pathsThatDifferOnlyInCaseOrTrailingSpaceAreDifferent() {
        book.put(grant(FIREFOX, place("/a"), Access.READ));
        book.put(grant(FIREFOX, place("/A"), Access.READ));
        book.put(grant(FIREFOX, place("/a "), Access.READ));
        assertEquals(3, book.grants(FIREFOX).size());
    }

    @Test
    void manyThreadsLoseNothingAndShareNoNumber() throws Exception {
        long threads = 8;
        int each = 12;
        List<Callable<List<Grant>>> writers = new ArrayList<>();
        for (int writer = 0; writer < threads; writer++) {
            int number = writer;
            writers.add(() -> {
                List<Grant> written = new ArrayList<>();
                for (int i = 0; i < each; i++) {
                    written.add(book.put(grant(FIREFOX, place("/" + number + "/" + i), Access.READ)));
                    book.record(List.of(denial(FIREFOX, "/shared", 1, NOON)));
                }
                return written;
            });
        }
        List<Grant> written = new ArrayList<>();
        try (var executor = Executors.newFixedThreadPool((int) threads)) {
            for (Future<List<Grant>> result : executor.invokeAll(writers)) {
                written.addAll(result.get());
            }
        }
        assertEquals(threads * each, written.stream().map(Grant::id).distinct().count());
        assertEquals(Set.copyOf(written), Set.copyOf(book.grants(FIREFOX)));
        assertEquals(threads * each, book.denials(FIREFOX, 1).getFirst().count());
    }

    @Test
    void anInterruptedThreadStillWrites() {
        Thread.currentThread().interrupt();
        try {
            book.put(grant(FIREFOX, place("/a"), Access.READ));
        } finally {
            assertTrue(Thread.interrupted(), "the interrupt is kept for the caller");
        }
        assertEquals(1, book.grants(FIREFOX).size());
    }

    @Test
    void aClosedBookSaysSoAndMayBeClosedAgain() {
        book.close();
        book.close();
        BookException refused = assertThrows(BookException.class, () -> book.grants());
        assertEquals("The book of grants is closed.", refused.getMessage());
        assertThrows(BookException.class, () -> book.put(grant(FIREFOX, place("/a"), Access.READ)));
    }
}
