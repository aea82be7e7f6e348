package org.landgrant.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.landgrant.agent.House.EDITOR;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.landgrant.grants.Access;
import org.landgrant.grants.BookException;
import org.landgrant.grants.Decision;
import org.landgrant.grants.Denial;
import org.landgrant.grants.Event;
import org.landgrant.grants.Event.Kind;
import org.landgrant.grants.Event.Who;
import org.landgrant.grants.Origin;
import org.landgrant.grants.RefusedException;
import org.landgrant.grants.Resource;
import org.landgrant.launch.Session;
import org.landgrant.profiles.MemoryGrantBook;

@Timeout(60)
class ChronicleTest {
    private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
    private static final Resource WORK = new Resource.Place("/srv/work");

    @TempDir
    Path folder;

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final ExecutorService store = Executors.newSingleThreadExecutor();
    private final MemoryGrantBook book = new MemoryGrantBook();
    private final Chronicle history =
            new Chronicle(book, store, clock, InstantSource.fixed(NOON), () -> Duration.ofDays(30));

    @AfterEach
    void close() {
        clock.shutdownNow();
        store.shutdownNow();
    }

    private static Session session(long id, Instant started) {
        return new Session(id, EDITOR, 10 + id, started, Path.of("/"), List.of());
    }

    private List<Kind> kinds() {
        return book.events(Optional.empty(), 99).reversed().stream()
                .map(Event::kind)
                .toList();
    }

    @Test
    void eventsAreWrittenTogetherAfterAMomentAndEverybodyHears() throws Exception {
        CountDownLatch heard = new CountDownLatch(1);
        history.watch(heard::countDown);
        history.note(Event.of(Kind.CONFINED, EDITOR, NOON, Who.SETTINGS));
        history.refused(List.of(new Denial(EDITOR, WORK, Access.READ, "ed", 3, NOON, NOON)));
        assertEquals(List.of(), kinds(), "nobody waits for the disk");
        assertTrue(heard.await(30, TimeUnit.SECONDS));
        assertEquals(List.of(Kind.CONFINED, Kind.REFUSED), kinds());
        assertEquals(2, history.since(NOON).size());
        assertEquals(List.of(), history.since(NOON.plusNanos(1)));
    }

    @Test
    void whoeverWantsToReadAtOnceNeedNotWaitForTheMoment() {
        history.note(Event.of(Kind.CONFINED, EDITOR, NOON, Who.SETTINGS));
        history.settle();
        assertEquals(List.of(Kind.CONFINED), kinds());
        store.shutdown();
        history.note(Event.of(Kind.RELEASED, EDITOR, NOON, Who.SETTINGS));
        history.settle();
        assertEquals(List.of(Kind.CONFINED), kinds());
    }

    @Test
    void sessionsBeginAndEndOnceHoweverOftenTheyChange() {
        Session first = session(1, NOON.minusSeconds(5));
        history.sessionsChanged(EDITOR, app -> List.of(first));
        history.sessionsChanged(EDITOR, app -> List.of(first, session(2, NOON)));
        history.sessionsChanged(House.VIEWER, app -> List.of());
        history.sessionsChanged(EDITOR, app -> List.of(first));
        history.leave();
        history.sessionsChanged(EDITOR, app -> List.of());
        history.close();
        assertEquals(List.of(Kind.STARTED, Kind.STARTED, Kind.ENDED), kinds());
        assertEquals(
                NOON.minusSeconds(5), book.events(Optional.empty(), 9).getLast().last());
    }

    @Test
    void whatIsTooOldIsForgotten() {
        book.note(List.of(Event.of(Kind.ENDED, EDITOR, NOON.minus(Duration.ofDays(31)), Who.APP)));
        history.note(Event.of(Kind.CONFINED, EDITOR, NOON.minus(Duration.ofDays(29)), Who.SETTINGS));
        history.close();
        assertEquals(List.of(Kind.CONFINED), kinds());
    }

    @Test
    void aBookThatCannotBeWrittenIsSaidAndCostsNothingElse() {
        book.close();
        history.note(Event.of(Kind.CONFINED, EDITOR, NOON, Who.SETTINGS));
        history.close();
        assertEquals(Optional.of("The book of grants is closed."), history.trouble());
        assertThrows(BookException.class, () -> history.events(Optional.empty(), 1));
        history.note(Event.of(Kind.CONFINED, EDITOR, NOON, Who.SETTINGS));
    }

    @Test
    void aStormOfRefusalsLeavesRoomForWhatPeopleDid() {
        for (int batch = 0; batch < 10; batch++) {
            int from = batch * 1_000;
            history.refused(IntStream.range(from, from + 1_000)
                    .mapToObj(i -> new Denial(EDITOR, new Resource.Place("/" + i), Access.READ, "", 1, NOON, NOON))
                    .toList());
        }
        history.note(Event.of(Kind.RELEASED, EDITOR, NOON, Who.SETTINGS));
        history.close();
        assertTrue(kinds().contains(Kind.RELEASED));
        assertEquals(1 + 200 + 1, book.events(Optional.empty(), 99_999).size());
    }

    @Test
    void theKeeperTellsOfChangesAndPutsThemBack() throws IOException {
        GrantKeeper keeper = new GrantKeeper(
                book,
                PolicyFiles.in(folder.resolve("policies")),
                House::template,
                House::policy,
                new House.Entries(),
                Clock.fixed(NOON, ZoneOffset.UTC),
                "log-in");
        List<Event> told = new ArrayList<>();
        keeper.witness(told::add);
        keeper.decide(EDITOR, WORK, Set.of(Access.READ), Decision.ASK, Origin.PROMPT);
        keeper.by(Who.COMMAND_LINE).decide(EDITOR, WORK, Set.of(Access.READ), Decision.ALLOW, Origin.USER);
        Event allowed = told.getLast();
        assertEquals(
                List.of(Kind.ANSWERED, Kind.CHANGED),
                told.stream().map(Event::kind).toList());
        assertEquals(
                List.of(Who.PROMPT, Who.COMMAND_LINE),
                told.stream().map(Event::who).toList());
        keeper.putBack(allowed);
        assertEquals(Decision.ASK, book.grants(EDITOR).getFirst().decision());
        assertEquals(Origin.PROMPT, book.grants(EDITOR).getFirst().origin());
        assertThrows(RefusedException.class, () -> keeper.putBack(allowed), "it holds no more");
        keeper.putBack(told.getLast());
        assertEquals(Decision.ALLOW, book.grants(EDITOR).getFirst().decision());
        assertTrue(keeper.policy(EDITOR).contains("/srv/work"));
        keeper.reset(EDITOR, WORK);
        keeper.reset(EDITOR, WORK);
        assertEquals(5, told.size(), "what changed nothing is not told");
        keeper.confine(EDITOR);
        keeper.confine(EDITOR);
        keeper.putBack(told.getLast());
        assertEquals(Kind.RELEASED, told.getLast().kind());
        keeper.acceptPartial(EDITOR, true);
        assertEquals(Kind.PARTIAL_ACCEPTED, told.getLast().kind());
        assertEquals(8, told.size());
    }
}
