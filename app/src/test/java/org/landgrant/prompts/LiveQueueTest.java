package org.landgrant.prompts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.landgrant.grants.Access;
import org.landgrant.grants.AppId;

class LiveQueueTest {
    private final LiveQueue queue = new LiveQueue();
    private final LiveGround ground = Example.ground();

    private void ask(LiveQuestion question) {
        assertTrue(queue.add(ground.waiting(question, "Firefox")));
    }

    private List<Long> joined(LivePrompt prompt) {
        return prompt.questions().stream().map(LiveQuestion::id).toList();
    }

    @Test
    void aPromptSaysWhoWouldLikeWhat() {
        ask(Example.question(1, "/home/anna/書類/taxes.pdf", Access.READ));
        LivePrompt prompt = queue.open().getFirst();
        assertEquals("“Firefox” would like to see files in your 書類 folder.", prompt.title());
        assertEquals("It tried to open “taxes.pdf”.", prompt.detail());
        assertEquals("documents", prompt.preselected().word());
    }

    @Test
    void whatAnOfferedScopeCoversJoinsAndTheRestQueues() {
        ask(Example.question(1, "/home/anna/書類/a", Access.READ));
        ask(Example.question(2, "/home/anna/Downloads/b", Access.READ));
        ask(Example.question(3, "/home/anna/書類/c/d", Access.READ));
        ask(Example.question(4, "/home/anna/書類/e", Access.WRITE));

        assertEquals(1, queue.open().size());
        assertEquals(List.of(1L, 3L), joined(queue.open().getFirst()));
        assertEquals(
                List.of(List.of(1L, 3L), List.of(2L), List.of(4L)),
                queue.all().stream().map(this::joined).toList());
    }

    @Test
    void readingJoinsAPromptAboutWriting() {
        ask(Example.question(1, "/home/anna/書類/a", Access.WRITE));
        ask(Example.question(2, "/home/anna/書類/b", Access.READ));
        assertEquals(List.of(1L, 2L), joined(queue.open().getFirst()));
    }

    @Test
    void anAnswerTakesAllThatItsScopeCoversAndLeavesWhatANarrowOneDoesNot() {
        ask(Example.question(1, "/home/anna/書類/a", Access.READ));
        ask(Example.question(2, "/home/anna/書類/b", Access.READ));
        Scope file = queue.open().getFirst().scopes().getFirst();
        assertEquals(1, queue.take(Example.APP, file).size());
        assertEquals(List.of(2L), joined(queue.open().getFirst()));

        Scope documents = queue.open().getFirst().preselected();
        ask(Example.question(3, 443, Access.CONNECT));
        ask(Example.question(4, "/home/anna/書類/x/y", Access.READ));
        assertEquals(2, queue.take(Example.APP, documents).size());
        assertEquals(List.of(3L), joined(queue.open().getFirst()));
    }

    @Test
    void thePromptClosesWhenAllItsQuestionsAreGoneAndTheNextOpens() {
        LiveQuestion first = Example.question(1, "/home/anna/書類/a", Access.READ);
        LiveQuestion second = Example.question(2, "/home/anna/書類/b", Access.READ);
        ask(first);
        ask(second);
        queue.remove(first);
        assertEquals(2, queue.open().getFirst().id());
        queue.remove(second);
        queue.remove(second);
        assertEquals(List.of(), queue.open());
    }

    @Test
    void everyAppHasItsOwnPrompt() {
        ask(Example.question(1, 443, Access.CONNECT));
        LiveQuestion other = Example.question(2, 443, Access.CONNECT);
        ask(new LiveQuestion(
                2, 9, new AppId("editor.desktop"), other.resource(), other.access(), other.program(), other.asked()));
        assertEquals(List.of(1L, 2L), queue.open().stream().map(LivePrompt::id).toList());
    }

    @Test
    void aStormIsBounded() {
        for (int i = 1; i <= LiveQueue.MOST; i++) {
            ask(Example.question(i, i, Access.CONNECT));
        }
        assertFalse(queue.add(ground.waiting(Example.question(5_000, 5_000, Access.CONNECT), "Firefox")));
        assertEquals(LiveQueue.MOST, queue.all().size());
    }
}
