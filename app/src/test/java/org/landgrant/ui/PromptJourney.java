package org.landgrant.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.landgrant.ui.Sample.FIREFOX;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import org.junit.jupiter.api.Test;
import org.landgrant.grants.Access;
import org.landgrant.grants.Span;
import org.landgrant.prompts.LiveAnswer;
import org.landgrant.prompts.LiveAnswer.Choice;

/** An app waits for an answer. */
class PromptJourney extends RealWindows {
    private List<Choice> answered() {
        return sample.live.answers().stream().map(LiveAnswer::choice).toList();
    }

    private LiveAnswer last() {
        return sample.live.answers().getLast();
    }

    private boolean held(String id, long since) {
        boolean works = enabled(id);
        assertTrue(!works || System.nanoTime() - since >= Arming.DELAY.toNanos(), "too early");
        return works;
    }

    @Test
    void aWaitingAppIsAnsweredByEachButtonAndTheAnswerIsUndone() {
        for (String button : List.of("#prompt-deny", "#prompt-once", "#prompt-allow")) {
            long asked = System.nanoTime();
            waitsFor("~/Documents/2025/taxes.pdf");
            assertEquals("“Firefox ESR” would like to see files in your Documents folder.", text("#prompt-sentence"));
            until(() -> held(button, asked));
            click(button);
            until(() -> !visible("#prompt"));
        }
        assertEquals(List.of(Choice.DENY, Choice.ONCE, Choice.ALLOW), answered());
        until(() -> text("#toast-sentence").equals("“Firefox ESR” may now see files in your Documents folder."));
        click("#toast-undo");
        until(() -> text("#toast-sentence").equals("It is as it was before."));
        assertEquals(List.of(last()), sample.live.undone());
    }

    @Test
    void theAnswerIsAboutWhatWasChosenAndWhateverChangesDisarms() {
        waitsFor("~/Documents/2025/taxes.pdf");
        assertFalse(visible("#prompt-details-lines"));
        until(() -> enabled("#prompt-allow"));
        AtomicInteger disarms = disarms("#prompt-allow");
        click("#prompt-details");
        until(() -> visible("#prompt-details-lines") && disarms.get() > 0);
        click("#prompt-scope-1");
        assertEquals("Until you take it back in Landgrant", text("#prompt-allow-means"));
        click("#prompt-span-login");
        until(() -> text("#prompt-allow-means").equals("Until you log out of this computer"));

        assertFalse(visible("#prompt-joined"));
        until(() -> enabled("#prompt-allow"));
        int before = disarms.get();
        sample.live.join(1);
        until(() -> visible("#prompt-joined") && disarms.get() > before);
        assertEquals("1 more request waits for the same answer.", text("#prompt-joined"));

        sample.asks(FIREFOX, "~/Music/a.ogg", Access.READ, Duration.ZERO);
        long answered = System.nanoTime();
        click("#prompt-allow");
        until(() -> text("#prompt-tried").contains("a.ogg"));
        until(() -> held("#prompt-deny", answered));
        assertEquals(List.of(Choice.ALLOW), answered());
        assertEquals("folder", last().scope().word());
        assertEquals(Span.LOGIN, last().span());
        click("#prompt-deny");
        until(() -> !visible("#prompt"));
        assertEquals(List.of(Choice.ALLOW, Choice.DENY), answered());
        assertEquals("music", last().scope().word());
    }

    @Test
    void keysMeantForTheAppEscapeAndClosingDecideNothing() {
        asks("~/Documents/taxes.pdf");
        turnTo("#prompt");
        until(() -> enabled("#prompt-allow"));
        robot.interact(() -> robot.lookup("#prompt-allow").query().requestFocus());
        keys(KeyCode.ENTER);
        keys(KeyCode.SPACE);
        until(() -> visible("#prompt"));
        assertEquals(List.of(), answered());
        keys(KeyCode.ESCAPE);
        until(() -> answered().equals(List.of(Choice.LATER)) && !visible("#prompt"));

        waitsFor("~/Documents/taxes.pdf");
        until(() -> inFront("#prompt"));
        keys(KeyCode.ALT, KeyCode.F4);
        until(() -> answered().equals(List.of(Choice.LATER, Choice.LATER)) && !visible("#prompt"));

        long third = waitsFor("~/Documents/taxes.pdf");
        sample.live.withdraw(third);
        until(() -> !visible("#prompt"));
        assertEquals(2, answered().size());
    }

    @Test
    void aKeyIsGivenOnlyByAButtonThatIsHeldDownWithTheMouseOrTheSpaceBar() {
        waitsFor("~/.ssh/id_ed25519");
        assertTrue(visible("#prompt-warning"));
        assertFalse(visible("#prompt-allow") || visible("#prompt-once"));
        until(() -> enabled("#prompt-hold-allow") && focused("#prompt-deny"));
        keys(KeyCode.ENTER);
        click("#prompt-hold-allow");
        assertEquals(List.of(), answered());
        until(() -> enabled("#prompt-hold-allow"));
        settled("#prompt-hold-allow");
        long pressed = System.nanoTime();
        robot.moveTo("#prompt-hold-allow").press(MouseButton.PRIMARY);
        until(() -> answered().equals(List.of(Choice.ALLOW)));
        robot.release(MouseButton.PRIMARY);
        assertTrue(System.nanoTime() - pressed >= Holding.LONG_ENOUGH.toNanos());
        until(() -> !visible("#prompt"));

        waitsFor("~/.ssh/id_ed25519");
        until(() -> focused("#prompt-deny"));
        keys(KeyCode.TAB);
        until(() -> focused("#prompt-hold-once"));
        keys(KeyCode.SPACE);
        until(() -> focused("#prompt-hold-once"));
        assertEquals(List.of(Choice.ALLOW), answered());
        robot.press(KeyCode.SPACE);
        until(() -> answered().equals(List.of(Choice.ALLOW, Choice.ONCE)));
        robot.release(KeyCode.SPACE);
    }
}
