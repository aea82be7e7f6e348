package org.landgrant.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.robot.Robot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What was meant for something else answers nothing: keys typed into another program's window while a prompt comes up,
 * and clicks and keys on the prompt within its first second. All of it goes through the X server, as that of a person
 * or of a program that plays one does.
 */
class StrayInputJourney extends RealWindows {
    private static final int TRIES = 200;
    /** So many at most, where some come too late because the machine is busy. */
    private static final int MOST_PROMPTS = 60;

    private static final String LETTER = "Somebody's letter";
    private static final String TYPED = "yes ok\n yes\n";
    private static final int LETTERS = TYPED.replaceAll("\\s", "").length();
    private static final Pattern A_LETTER = Pattern.compile("\\(keysym 0x[0-9a-f]+, [a-z]\\)");
    private static final List<String> BUTTONS = List.of("#prompt-deny", "#prompt-once", "#prompt-allow");

    /** Presses of the mouse and of Enter and Space that reached the prompt. */
    private final AtomicInteger arrived = new AtomicInteger();

    @Test
    void twoHundredTriesAnswerNothing(@TempDir Path folder) throws IOException, InterruptedException {
        Path heard = folder.resolve("heard");
        Process letter = new ProcessBuilder("xev", "-name", LETTER, "-event", "keyboard")
                .redirectOutput(heard.toFile())
                .start();
        try {
            int tries = 0;
            for (long prompt = 1; tries < TRIES; prompt++) {
                assertTrue(prompt <= MOST_PROMPTS, "only " + tries + " came in time");
                typesWhilePromptComes(heard);
                tries += 1 + clicksAndKeys(prompt);
                assertEquals(List.of(), sample.live.answers());
                sample.live.withdraw(prompt);
                until(() -> !visible("#prompt"));
            }
            typesWhileTheNoteStands(heard);
        } finally {
            letter.destroy();
        }
    }

    private void typesWhilePromptComes(Path heard) throws IOException, InterruptedException {
        turnToLetter();
        long before = letters(heard);
        Process typing = type();
        asks("~/Documents/taxes.pdf");
        assertEquals(0, typing.waitFor());
        until(() -> letters(heard) >= before + LETTERS);
        assertEquals(LETTER, Desktop.inFront());
        assertFalse(enabled(BUTTONS.getFirst()));
    }

    /** Whoever answered goes on writing where they were, although the note about the answer came up. */
    private void typesWhileTheNoteStands(Path heard) throws IOException, InterruptedException {
        turnToLetter();
        asks("~/Documents/taxes.pdf");
        bringToFront("#prompt-sentence");
        click("#prompt-deny");
        until(() -> visible("#toast"));
        until(() -> Desktop.inFront().equals(LETTER));
        long before = letters(heard);
        assertEquals(0, type().waitFor());
        until(() -> letters(heard) >= before + LETTERS);
        assertTrue(visible("#toast"));
    }

    private void turnToLetter() throws IOException, InterruptedException {
        Process turning =
                new ProcessBuilder("xdotool", "search", "--sync", "--name", LETTER, "windowactivate", "--sync").start();
        assertEquals(0, turning.waitFor());
        until(() -> Desktop.inFront().equals(LETTER));
    }

    private static Process type() throws IOException {
        return new ProcessBuilder("xdotool", "type", "--delay", "25", TYPED).start();
    }

    /**
     * How many letters the other program heard so far. The robot, whose last keys may still be on their way there, presses
     * none.
     */
    private static long letters(Path heard) throws IOException {
        boolean press = false;
        long letters = 0;
        for (String line : Files.readAllLines(heard)) {
            if (!line.isEmpty() && !line.startsWith(" ")) {
                press = line.startsWith("KeyPress");
            } else if (press && A_LETTER.matcher(line).find()) {
                letters++;
            }
        }
        return letters;
    }

    /** How many clicks, and presses of Enter and Space, arrived in the first second that something was in front. */
    private int clicksAndKeys(long prompt) {
        settled(BUTTONS.getFirst());
        listen();
        // It cannot be in front before the first click, so its second ends later than this one. Keys would go to the
        // letter until then.
        long came = System.nanoTime();
        int tries = arrive(came, BUTTONS.subList(0, 1), false) + arrive(came, BUTTONS, true);
        // Now one more waits for the answer, which begins a second of its own.
        long joined = System.nanoTime();
        sample.live.join(prompt);
        until(() -> visible("#prompt-joined"));
        return tries + arrive(joined, BUTTONS, true);
    }

    /**
     * Clicks each button, and where {@code keys} presses Enter and Space after it.
     *
     * @return how many tries that was; none when they came too late
     */
    private int arrive(long since, List<String> buttons, boolean keys) {
        int before = arrived.get();
        now(
                () -> {
                    Robot hand = new Robot();
                    for (String button : buttons) {
                        Node node = robot.lookup(button).query();
                        Bounds bounds = node.localToScreen(node.getBoundsInLocal());
                        hand.mouseMove(bounds.getCenterX(), bounds.getCenterY());
                        hand.mouseClick(MouseButton.PRIMARY);
                        if (keys) {
                            hand.keyType(KeyCode.ENTER);
                            hand.keyType(KeyCode.SPACE);
                        }
                    }
                    return true;
                },
                false);
        int all = buttons.size() * (keys ? 3 : 1);
        until(() -> arrived.get() >= before + all || late(since));
        return late(since) ? 0 : buttons.size() * (keys ? 2 : 1);
    }

    private static boolean late(long since) {
        return System.nanoTime() - since >= Arming.DELAY.toNanos();
    }

    private void listen() {
        now(
                () -> {
                    Scene scene = robot.lookup("#prompt").query().getScene();
                    scene.addEventFilter(MouseEvent.MOUSE_PRESSED, event -> arrived.incrementAndGet());
                    scene.addEventFilter(KeyEvent.KEY_PRESSED, event -> arrived.incrementAndGet());
                    return true;
                },
                false);
    }
}
