package org.landgrant.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.landgrant.ui.Sample.FIREFOX;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javafx.event.Event;
import javafx.event.EventType;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Labeled;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.stage.Window;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.landgrant.grants.Access;
import org.landgrant.grants.Resource;
import org.landgrant.grants.Span;
import org.landgrant.grants.UserFolder;
import org.landgrant.prompts.LiveAnswer;
import org.landgrant.prompts.LiveAnswer.Choice;
import org.testfx.api.FxRobot;
import org.testfx.util.WaitForAsyncUtils;

/** What belongs to a prompt besides its buttons; needs a display with a window manager. */
@Tag("journey")
@EnabledIfEnvironmentVariable(
        named = "DISPLAY",
        matches = ".+",
        disabledReason = "Windows need a display: run this under Xvfb with a window manager.")
class PromptJourney {
    private final FxRobot robot = new FxRobot();
    private final ExecutorService background = Executors.newFixedThreadPool(2);
    private Sample sample;
    private UiWindows windows;

    @BeforeEach
    void build(@TempDir Path folder) throws IOException {
        sample = new Sample(folder.resolve("anna"));
        windows = new UiWindows(sample.services(background));
    }

    @AfterEach
    void hideAll() throws InterruptedException {
        robot.interact(() -> List.copyOf(Window.getWindows()).forEach(Window::hide));
        background.shutdown();
        assertTrue(background.awaitTermination(10, TimeUnit.SECONDS));
    }

    private static void until(Callable<Boolean> condition) throws TimeoutException {
        WaitForAsyncUtils.waitFor(20, TimeUnit.SECONDS, condition);
        WaitForAsyncUtils.waitForFxEvents();
    }

    private boolean visible(String id) {
        return robot.lookup(id).tryQuery().filter(Node::isVisible).isPresent();
    }

    private boolean enabled(String id) {
        return robot.lookup(id)
                .tryQuery()
                .filter(node -> node.isVisible() && !node.isDisabled())
                .isPresent();
    }

    private String text(String id) {
        return robot.lookup(id).queryAs(Labeled.class).getText();
    }

    private void waitsFor(String path) throws TimeoutException {
        sample.asks(FIREFOX, path, Access.READ, Duration.ofSeconds(3));
        until(() -> visible("#prompt"));
    }

    private List<Choice> answered() {
        return sample.live.answers().stream().map(LiveAnswer::choice).toList();
    }

    private static void click(Button button) {
        for (EventType<MouseEvent> type :
                List.of(MouseEvent.MOUSE_PRESSED, MouseEvent.MOUSE_RELEASED, MouseEvent.MOUSE_CLICKED)) {
            boolean down = type.equals(MouseEvent.MOUSE_PRESSED);
            Event.fireEvent(
                    button,
                    new MouseEvent(
                            type,
                            5,
                            5,
                            5,
                            5,
                            MouseButton.PRIMARY,
                            1,
                            false,
                            false,
                            false,
                            false,
                            down,
                            false,
                            false,
                            true,
                            false,
                            true,
                            null));
        }
        button.fire();
    }

    private static void press(Button button, KeyCode key) {
        for (EventType<KeyEvent> type : List.of(KeyEvent.KEY_PRESSED, KeyEvent.KEY_RELEASED)) {
            Event.fireEvent(button, new KeyEvent(type, "", "", key, false, false, false, false));
        }
    }

    @Test
    void clicksAndKeysOfTheFirstSecondAnswerNothing() throws TimeoutException {
        waitsFor("~/Documents/taxes.pdf");
        Button allow = robot.lookup("#prompt-allow").queryButton();
        robot.interact(() -> {
            // Whatever time went by until now, the second begins here.
            Window window = allow.getScene().getWindow();
            window.setX(window.getX() + 1);
            for (int times = 0; times < 50; times++) {
                click(allow);
                press(allow, KeyCode.ENTER);
                press(allow, KeyCode.SPACE);
            }
        });
        WaitForAsyncUtils.waitForFxEvents();
        assertEquals(List.of(), answered());
        until(() -> enabled("#prompt-allow"));
        robot.interact(() -> {
            allow.requestFocus();
            press(allow, KeyCode.TAB);
        });
        robot.interact(() -> {
            // Moved windows begin anew, although the focus was moved on purpose.
            allow.getScene().getWindow().setY(allow.getScene().getWindow().getY() + 1);
            for (int times = 0; times < 50; times++) {
                click(allow);
                press(allow, KeyCode.ENTER);
                press(allow, KeyCode.SPACE);
            }
        });
        WaitForAsyncUtils.waitForFxEvents();
        assertTrue(visible("#prompt"));
        assertEquals(List.of(), answered());
    }

    @Test
    void allowHoldsAsLongAsWasChosenAndSaysSo() throws TimeoutException {
        waitsFor("~/Documents/taxes.pdf");
        assertEquals("Until you take it back in Landgrant", text("#prompt-allow-means"));
        robot.clickOn("#prompt-span-login");
        until(() -> text("#prompt-allow-means").equals("Until you log out of this computer"));
        until(() -> enabled("#prompt-allow"));
        robot.clickOn("#prompt-allow");
        until(() -> answered().equals(List.of(Choice.ALLOW)));
        assertEquals(Span.LOGIN, sample.live.answers().getFirst().span());
    }

    @Test
    void anAnswerIsUndone() throws TimeoutException {
        waitsFor("~/Documents/taxes.pdf");
        until(() -> enabled("#prompt-allow"));
        robot.clickOn("#prompt-allow");
        until(() -> visible("#toast"));
        assertEquals("“Firefox ESR” may now see files in your Documents folder.", text("#toast-sentence"));
        robot.clickOn("#toast-undo");
        until(() -> sample.live.undone().size() == 1);
        until(() -> text("#toast-sentence").equals("It is as it was before."));
    }

    @Test
    void aKeyIsGivenOnlyByAButtonThatIsHeldDown() throws TimeoutException {
        waitsFor("~/.ssh/id_ed25519");
        assertTrue(visible("#prompt-warning"));
        until(() -> enabled("#prompt-hold-allow"));
        until(() -> robot.lookup("#prompt-deny").query().isFocused());
        robot.push(KeyCode.ENTER);
        robot.clickOn("#prompt-hold-allow");
        WaitForAsyncUtils.waitForFxEvents();
        assertEquals(List.of(), answered());
        until(() -> enabled("#prompt-hold-allow"));
        long pressed = System.nanoTime();
        robot.moveTo("#prompt-hold-allow").press(MouseButton.PRIMARY);
        until(() -> answered().equals(List.of(Choice.ALLOW)));
        robot.release(MouseButton.PRIMARY);
        assertTrue(System.nanoTime() - pressed >= Holding.LONG_ENOUGH.toNanos());
    }

    @Test
    void theSpaceBarHoldsAsWell() throws TimeoutException {
        waitsFor("~/.ssh/id_ed25519");
        until(() -> robot.lookup("#prompt-deny").query().isFocused());
        robot.push(KeyCode.TAB);
        until(() -> robot.lookup("#prompt-hold-once").query().isFocused());
        robot.push(KeyCode.SPACE);
        WaitForAsyncUtils.waitForFxEvents();
        assertEquals(List.of(), answered());
        robot.press(KeyCode.SPACE);
        until(() -> answered().equals(List.of(Choice.ONCE)));
        robot.release(KeyCode.SPACE);
    }

    @Test
    void whatWasClosedWaitsInTheSettingsWindowAndIsAnsweredThere() throws TimeoutException {
        windows.denied(List.of(sample.denial(FIREFOX, "~/Documents/taxes.pdf", Access.READ, 1, Duration.ZERO)));
        until(() -> visible("#card"));
        until(() -> enabled("#card-deny"));
        robot.push(KeyCode.ESCAPE);
        until(() -> !visible("#card"));
        windows.showSettings(Optional.empty());
        until(() -> visible("#badge-inbox") && text("#badge-inbox").equals("1"));
        robot.clickOn("#section-inbox");
        until(() -> visible("#inbox-0"));
        robot.clickOn("#inbox-allow-0");
        until(() -> visible("#inbox-empty") && !visible("#badge-inbox"));
        assertTrue(sample.gatekeeper
                .decided(FIREFOX, new Resource.Folder(UserFolder.DOCUMENTS))
                .isPresent());
    }
}
