package org.landgrant.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.landgrant.ui.Sample.FIREFOX;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
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
import org.landgrant.grants.Denial;
import org.landgrant.grants.Grant;
import org.landgrant.grants.Origin;
import org.landgrant.grants.Resource;
import org.landgrant.grants.Span;
import org.landgrant.grants.Unanswered;
import org.landgrant.grants.UserFolder;
import org.landgrant.launch.Session;
import org.landgrant.prompts.CardAnswers.Button;
import org.landgrant.prompts.Words;
import org.landgrant.ui.CardModel.Phase;

/** From denials to the app being open again, on the same thread, without a toolkit. */
class CardModelTest {
    private static final Resource DOCUMENTS = new Resource.Folder(UserFolder.DOCUMENTS);
    private Sample sample;
    private CardDesk desk;
    private Tasks tasks;
    private Instant now = Instant.parse("2026-01-01T12:00:00Z");
    private Session session;

    @BeforeEach
    void build(@TempDir Path folder) throws IOException {
        sample = new Sample(folder.resolve("anna"));
        Words words = new Words(Locale.ENGLISH);
        desk = new CardDesk(sample.services(Runnable::run), words, () -> now);
        tasks = new Tasks(Runnable::run, Runnable::run, words);
        session = sample.sessions.begin(FIREFOX, List.of("file:///a"));
    }

    private Denial documents() {
        return sample.denial(FIREFOX, "~/Documents/taxes.pdf", Access.READ, 1, Duration.ofSeconds(3));
    }

    private CardModel open(Denial... denials) {
        assertEquals(Set.of(FIREFOX), desk.take(List.of(denials)));
        return new CardModel(
                desk, sample.sessions, tasks, () -> now, desk.card(FIREFOX).orElseThrow());
    }

    private void pass(CardModel card, Duration time) {
        now = now.plus(time);
        card.look();
    }

    private List<Decision> decided(Resource resource) {
        return sample.gatekeeper.effective(FIREFOX).stream()
                .filter(grant -> grant.resource().equals(resource))
                .map(grant -> grant.decision())
                .toList();
    }

    @Test
    void allowAndReopenGrantsEndsAndWaitsForTheNewSession() {
        CardModel card = open(documents());
        card.answer(Button.ALLOW_AND_REOPEN);
        assertEquals(List.of(Decision.ALLOW), decided(DOCUMENTS));
        assertEquals(List.of(session), sample.sessions.asked());
        assertEquals(Phase.CLOSING, card.phase().get());
        sample.sessions.end(session);
        card.look();
        assertEquals(Phase.CLOSING, card.phase().get());
        sample.sessions.begin(FIREFOX, session.arguments());
        card.look();
        assertEquals(Phase.DONE, card.phase().get());
    }

    @Test
    void closingByForceIsOfferedAfterEightSecondsAndNotBefore() {
        CardModel card = open(documents());
        card.answer(Button.ALLOW_AND_REOPEN);
        pass(card, Duration.ofMillis(7999));
        assertEquals(Phase.CLOSING, card.phase().get());
        pass(card, Duration.ofMillis(1));
        assertEquals(Phase.CLOSING_LONG, card.phase().get());
        card.kill();
        card.look();
        assertEquals(Phase.DONE, card.phase().get());
    }

    @Test
    void anAppThatDoesNotComeBackIsReported() {
        CardModel card = open(documents());
        card.answer(Button.ALLOW_AND_REOPEN);
        sample.sessions.end(session);
        card.look();
        pass(card, CardModel.LOST);
        assertEquals(Phase.NOT_STARTED, card.phase().get());
    }

    @Test
    void allowNextTimeGrantsAndLeavesTheAppAlone() {
        CardModel card = open(documents());
        card.answer(Button.ALLOW_NEXT_TIME);
        assertEquals(List.of(Decision.ALLOW), decided(DOCUMENTS));
        assertEquals(List.of(), sample.sessions.asked());
        assertEquals(Phase.DONE, card.phase().get());
    }

    @Test
    void closingDecidesNothingAndIsNotRepeatedInTheSameRun() {
        CardModel card = open(documents());
        card.dismiss();
        assertEquals(List.of(), decided(DOCUMENTS));
        desk.take(List.of(documents()));
        assertTrue(desk.card(FIREFOX).isEmpty());
        sample.sessions.end(session);
        desk.sessionsChanged(Set.of(FIREFOX), Set.of());
        desk.take(List.of(documents()));
        assertTrue(desk.card(FIREFOX).isPresent(), "the next run may ask again");
    }

    @Test
    void afterTwoRefusalsNobodyAsksAgain() {
        for (int time = 1; time <= 2; time++) {
            open(documents()).answer(Button.DONT_ALLOW);
            sample.sessions.end(session);
            desk.sessionsChanged(Set.of(FIREFOX), Set.of());
            session = sample.sessions.begin(FIREFOX, List.of());
        }
        assertEquals(List.of(Decision.DENY), decided(DOCUMENTS));
        desk.take(List.of(documents()));
        assertTrue(desk.card(FIREFOX).isEmpty());
    }

    @Test
    void riskyRowsBeginAsOffAndAllowingNothingDoesNothing() {
        CardModel card = open(sample.denial(FIREFOX, 8080, Access.LISTEN, Duration.ofSeconds(1)));
        assertFalse(card.anyOn().get());
        card.answer(Button.ALLOW_AND_REOPEN);
        assertEquals(Phase.ASKING, card.phase().get());
        card.switchOf(card.content().get().card().rows().getFirst()).set(true);
        assertTrue(card.anyOn().get());
        card.answer(Button.ALLOW_NEXT_TIME);
        assertEquals(List.of(Decision.ALLOW), decided(new Resource.TcpPort(8080)));
    }

    @Test
    void moreRefusalsUpdateTheCardAndKeepTheSwitches() {
        CardModel card = open(documents());
        card.switchOf(card.content().get().card().rows().getFirst()).set(false);
        desk.take(List.of(sample.denial(FIREFOX, "~/Music/a.ogg", Access.READ, 1, Duration.ZERO)));
        card.update(desk.card(FIREFOX));
        assertEquals(2, card.content().get().card().rows().size());
        card.answer(Button.ALLOW_NEXT_TIME);
        assertEquals(List.of(), decided(DOCUMENTS));
        assertEquals(List.of(Decision.ALLOW), decided(new Resource.Folder(UserFolder.MUSIC)));
    }

    @Test
    void theCardGoesWhenNothingIsLeftToAsk() {
        CardModel card = open(documents());
        sample.gatekeeper.decide(FIREFOX, DOCUMENTS, Set.of(Access.READ), Decision.ALLOW, Origin.USER);
        card.update(desk.card(FIREFOX));
        assertEquals(Phase.DONE, card.phase().get());
    }

    @Test
    void anUnansweredCardGoesTenMinutesAfterItsAppEnded() {
        CardModel card = open(documents());
        sample.sessions.end(session);
        card.look();
        pass(card, CardModel.STALE);
        assertEquals(Phase.ASKING, card.phase().get());
        pass(card, Duration.ofSeconds(1));
        assertEquals(Phase.DONE, card.phase().get());
        assertEquals(List.of(), decided(DOCUMENTS));
    }

    @Test
    void anAppThatEndedMeanwhileIsOpenedAgainWithItsFiles() {
        CardModel card = open(documents());
        sample.sessions.end(session);
        card.answer(Button.ALLOW_AND_REOPEN);
        assertEquals(List.of(session), sample.sessions.asked());
    }

    @Test
    void aFailureIsASentenceAndTheQuestionStays() {
        CardModel card = open(documents());
        sample.gatekeeper.breakWith("The disk is full.");
        card.answer(Button.ALLOW_AND_REOPEN);
        assertEquals("The disk is full.", card.banner().get());
        assertEquals(Phase.ASKING, card.phase().get());
        assertEquals(List.of(), sample.sessions.asked());
    }

    @Test
    void appsThatAreLeftAloneAreNeverAskedAbout() {
        desk.take(List.of(sample.denial(Sample.STEAM, "~/Documents/a", Access.READ, 1, Duration.ZERO)));
        assertEquals(Optional.empty(), desk.card(Sample.STEAM));
    }

    @Test
    void aCardClosedThreeTimesIsSilentForAWeek() {
        for (int times = 0; times < Unanswered.PATIENCE; times++) {
            CardModel card = open(documents());
            card.dismiss();
            sample.sessions.end(session);
            desk.sessionsChanged(Set.of(FIREFOX), Set.of());
            session = sample.sessions.begin(FIREFOX, List.of());
        }
        desk.take(List.of(documents()));
        assertEquals(Optional.empty(), desk.card(FIREFOX));
        now = Instant.now().plus(Unanswered.SILENCE);
        assertTrue(desk.card(FIREFOX).isPresent());
    }

    @Test
    void aCardThatNobodySawInTimeWaitsButDoesNotCountAsClosed() {
        CardModel card = open(documents());
        sample.sessions.end(session);
        pass(card, Duration.ZERO);
        pass(card, CardModel.STALE.plusSeconds(1));
        assertEquals(Phase.DONE, card.phase().get());
        Unanswered row = sample.gatekeeper.unanswered().getFirst();
        assertEquals(DOCUMENTS, row.resource());
        assertEquals(0, row.closed());
    }

    @Test
    void whatIsAllowedByACardHoldsAsLongAsWasChosen() {
        CardModel card = open(documents());
        card.span().set(Span.MONTH);
        card.answer(Button.ALLOW_NEXT_TIME);
        Grant grant = sample.gatekeeper.decided(FIREFOX, DOCUMENTS).orElseThrow();
        assertTrue(grant.isTemporary());
        assertEquals(Span.MONTH, sample.gatekeeper.habit(FIREFOX).span());
    }

    @Test
    void anAnswerToACardIsUndone() {
        List<Note> notes = new ArrayList<>();
        CardModel card = open(documents());
        card.onNoted(notes::add);
        card.answer(Button.ALLOW_NEXT_TIME);
        assertEquals(
                "“Firefox ESR” may now see files in your Documents folder.",
                notes.getFirst().sentence());
        notes.getFirst().undo().undo();
        assertEquals(List.of(), decided(DOCUMENTS));
    }
}
