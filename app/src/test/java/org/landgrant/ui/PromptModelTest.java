package org.landgrant.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.landgrant.ui.Sample.CHROMIUM;
import static org.landgrant.ui.Sample.FIREFOX;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.landgrant.grants.Access;
import org.landgrant.grants.Habit;
import org.landgrant.grants.Span;
import org.landgrant.grants.Width;
import org.landgrant.prompts.LiveAnswer;
import org.landgrant.prompts.LiveAnswer.Choice;
import org.landgrant.prompts.Scope;
import org.landgrant.prompts.Words;
import org.landgrant.ui.PromptModel.Phase;

/** From a waiting call to its answer, on the same thread, without a toolkit. */
class PromptModelTest {
    private Sample sample;
    private PromptDesk desk;
    private Tasks tasks;

    @BeforeEach
    void build(@TempDir Path folder) throws IOException {
        sample = new Sample(folder.resolve("anna"));
        Words words = new Words(Locale.ENGLISH);
        desk = new PromptDesk(sample.services(Runnable::run), words);
        tasks = new Tasks(Runnable::run, Runnable::run, words);
    }

    private long asks(String path) {
        return sample.asks(FIREFOX, path, Access.READ, Duration.ofSeconds(3));
    }

    private PromptModel open() {
        return new PromptModel(desk, tasks, desk.prompt(FIREFOX).orElseThrow());
    }

    private List<String> scopes(PromptModel prompt) {
        return prompt.content().get().prompt().scopes().stream()
                .map(Scope::word)
                .toList();
    }

    @Test
    void eachButtonAnswersAboutThePreselectedScope() {
        for (Choice choice : Choice.values()) {
            asks("~/Documents/2025/taxes.pdf");
            PromptModel prompt = open();
            assertEquals(List.of("file", "folder", "documents"), scopes(prompt));
            prompt.answer(choice);
            LiveAnswer given = sample.live.answers().getLast();
            assertEquals(choice, given.choice());
            assertEquals("documents", given.scope().word());
            assertEquals(Phase.DONE, prompt.phase().get());
        }
    }

    @Test
    void theChosenScopeIsWhatIsAnsweredAbout() {
        asks("~/Documents/2025/taxes.pdf");
        PromptModel prompt = open();
        prompt.scope().set(prompt.content().get().prompt().scopes().getFirst());
        prompt.answer(Choice.ONCE);
        assertEquals("file", sample.live.answers().getLast().scope().word());
    }

    @Test
    void theNextPromptBeginsWithWhatWasChosenBesideAllowBefore() {
        sample.gatekeeper.keep(new Habit(FIREFOX, Width.FOLDER, Span.LOGIN));
        asks("~/Documents/2025/taxes.pdf");
        PromptModel prompt = open();
        assertEquals("folder", prompt.scope().get().word());
        assertEquals(Span.LOGIN, prompt.span().get());
        asks("~/Music/a.ogg");
        prompt.span().set(Span.MONTH);
        prompt.answer(Choice.ALLOW);
        assertEquals(Span.MONTH, sample.live.answers().getLast().span());
        assertEquals("music", prompt.scope().get().word(), "there is no folder to choose in it");
        assertEquals(Span.LOGIN, prompt.span().get());
    }

    @Test
    void whatAnAnswerDecidedIsSaidAndUndone() {
        List<Note> notes = new ArrayList<>();
        for (Choice choice : Choice.values()) {
            asks("~/Documents/2025/taxes.pdf");
            PromptModel prompt = open();
            prompt.onNoted(notes::add);
            prompt.answer(choice);
        }
        asks("~/Documents/2025/taxes.pdf");
        PromptModel prompt = open();
        prompt.onNoted(notes::add);
        prompt.scope().set(prompt.content().get().prompt().scopes().getFirst());
        prompt.answer(Choice.ALLOW);
        assertEquals(
                List.of(
                        "“Firefox ESR” may now see files in your Documents folder.",
                        "“Firefox ESR” may see files in your Documents folder until it is closed.",
                        "“Firefox ESR” may not see files in your Documents folder.",
                        "“Firefox ESR” may now open “taxes.pdf”."),
                notes.stream().map(Note::sentence).toList());
        notes.getFirst().undo().undo();
        assertEquals(List.of(sample.live.answers().getFirst()), sample.live.undone());
    }

    @Test
    void closingIsNotNowWhateverScopeWasChosen() {
        asks("~/Documents/2025/taxes.pdf");
        PromptModel prompt = open();
        prompt.scope().set(prompt.content().get().prompt().scopes().getFirst());
        prompt.answer(Choice.LATER);
        LiveAnswer given = sample.live.answers().getLast();
        assertEquals(Choice.LATER, given.choice());
        assertTrue(given.scope().preselected());
    }

    @Test
    void theNextPromptOfTheAppTakesThePlaceOfAnAnsweredOne() {
        asks("~/Documents/2025/taxes.pdf");
        long second = asks("~/Music/a.ogg");
        PromptModel prompt = open();
        prompt.scope().set(prompt.content().get().prompt().scopes().getFirst());
        prompt.answer(Choice.DENY);
        assertEquals(Phase.ASKING, prompt.phase().get());
        assertEquals(second, prompt.content().get().prompt().id());
        assertEquals("music", prompt.scope().get().word(), "what was chosen for the former prompt is forgotten");
        prompt.answer(Choice.ALLOW);
        assertEquals(Phase.DONE, prompt.phase().get());
    }

    @Test
    void aWithdrawnQuestionClosesItsPrompt() {
        long id = asks("~/Documents/taxes.pdf");
        PromptModel prompt = open();
        sample.live.withdraw(id);
        prompt.update(desk.prompt(FIREFOX));
        assertEquals(Phase.DONE, prompt.phase().get());
        assertEquals(List.of(), sample.live.answers());
    }

    @Test
    void joinedQuestionsChangeTheCountAndKeepTheChosenScope() {
        long id = asks("~/Documents/taxes.pdf");
        PromptModel prompt = open();
        Scope file = prompt.content().get().prompt().scopes().getFirst();
        prompt.scope().set(file);
        sample.live.join(id);
        prompt.update(desk.prompt(FIREFOX));
        assertEquals(2, prompt.content().get().prompt().questions().size());
        assertEquals(file, prompt.scope().get());
    }

    @Test
    void anAnswerThatCannotBeKeptIsSaidAndThePromptStays() {
        asks("~/Documents/taxes.pdf");
        PromptModel prompt = open();
        sample.live.breakWith("The disk is full.");
        prompt.answer(Choice.ALLOW);
        assertEquals("The disk is full.", prompt.banner().get());
        assertEquals(Phase.ASKING, prompt.phase().get());
    }

    @Test
    void anAnswerNobodyWaitsForAnyMoreClosesThePrompt() {
        long id = asks("~/Documents/taxes.pdf");
        PromptModel prompt = open();
        sample.live.withdraw(id);
        prompt.answer(Choice.ALLOW);
        assertEquals(Phase.DONE, prompt.phase().get());
    }

    @Test
    void anAppIsShownOnlyItsOwnPrompt() {
        sample.asks(CHROMIUM, "~/Music/a.ogg", Access.READ, Duration.ZERO);
        assertEquals(Optional.empty(), desk.prompt(FIREFOX));
        assertTrue(desk.prompt(CHROMIUM).isPresent());
    }

    @Test
    void anAppThatWasRemovedWhileItRunsIsAskedAboutByItsId() {
        asks("~/Documents/taxes.pdf");
        sample.apps.removeIf(app -> app.id().equals(FIREFOX));
        assertEquals("firefox-esr", desk.prompt(FIREFOX).orElseThrow().app().name());
    }

    @Test
    void theDetailsShowThePlaceOnOneLineWithoutTricks() {
        asks("~/Documents/a\u202Egpj.exe\nb");
        String place = desk.prompt(FIREFOX).orElseThrow().place();
        assertEquals("~/Documents/agpj.exe b", place);
        sample.live.withdraw(1);
        asks("~/Documents/" + "x".repeat(300));
        String cut = desk.prompt(FIREFOX).orElseThrow().place();
        assertTrue(cut.length() <= 72 && cut.contains("…"), cut);
        assertFalse(cut.contains("\n"));
    }

    @Test
    void namesFromRightToLeftKeepTheirOrderInPaths() {
        assertEquals("~/Documents/a", LeftToRight.path("~/Documents/a"));
        assertEquals("~/\u200Eעברית/\u200Eשלום", LeftToRight.path("~/עברית/שלום"));
    }
}
