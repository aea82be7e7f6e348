package org.landgrant.ui;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.landgrant.ui.Sample.FIREFOX;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import javafx.application.Platform;
import javafx.event.EventHandler;
import javafx.geometry.Bounds;
import javafx.geometry.VerticalDirection;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Labeled;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.robot.Robot;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.landgrant.grants.Access;
import org.landgrant.grants.Decision;
import org.landgrant.grants.Resource;
import org.landgrant.grants.UserFolder;
import org.testfx.api.FxRobot;
import org.testfx.util.WaitForAsyncUtils;

/**
 * What all journeys share: real windows on a display with a window manager, and the eyes and hands of somebody who
 * uses them. Keys and clicks go through the X server. Nobody waits for a time to pass, only for things to become true;
 * what never does leaves a picture of the screen in {@code target/journeys}.
 */
@Tag("journey")
abstract class RealWindows {
    static final Resource DOCUMENTS = new Resource.Folder(UserFolder.DOCUMENTS);

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** The toolkit makes a process's first window in one piece, which takes long where many processes do so at once. */
    private static final Duration FIRST_WINDOW = Duration.ofMinutes(2);
    /** A press that takes longer to its window is lost. */
    private static final Duration ARRIVAL = Duration.ofSeconds(5);
    /** A place counts as settled when it is the same that many looks long. */
    private static final int LOOKS = 5;

    final FxRobot robot = new FxRobot();
    final ExecutorService background = Executors.newFixedThreadPool(2);
    Sample sample;
    UiWindows windows;
    private String journey = "";

    @BeforeAll
    static void needsADisplay() {
        assumeTrue(
                System.getenv("DISPLAY") != null, "Windows need a display: run this under Xvfb with a window manager.");
    }

    @BeforeEach
    void build(@TempDir Path folder, TestInfo test) throws IOException {
        WaitForAsyncUtils.clearExceptions();
        journey = getClass().getSimpleName() + "-"
                + test.getTestMethod().orElseThrow().getName();
        sample = new Sample(folder.resolve("anna"));
        windows = new UiWindows(sample.services(background));
    }

    @AfterEach
    void hideAll() throws InterruptedException {
        robot.release(new KeyCode[0]).release(new MouseButton[0]);
        closeAll();
        background.shutdown();
        assertTrue(background.awaitTermination(10, TimeUnit.SECONDS));
    }

    final void closeAll() {
        robot.interact(() -> List.copyOf(Window.getWindows()).forEach(Window::hide));
    }

    final void until(Callable<Boolean> condition) {
        try {
            WaitForAsyncUtils.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS, condition);
        } catch (TimeoutException never) {
            throw new AssertionError("that never happened; the screen then is in " + Desktop.picture(journey), never);
        }
        if (now(() -> true, false)) {
            WaitForAsyncUtils.waitForFxEvents();
        }
    }

    /** What the toolkit's thread finds; {@code before} as long as the toolkit does not run. */
    static <T> T now(Supplier<T> question, T before) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        try {
            Platform.runLater(() -> {
                try {
                    answer.complete(question.get());
                } catch (RuntimeException | AssertionError wrong) {
                    answer.completeExceptionally(wrong);
                }
            });
        } catch (IllegalStateException notYet) {
            return before;
        }
        try {
            return answer.orTimeout(FIRST_WINDOW.toSeconds(), TimeUnit.SECONDS).join();
        } catch (CompletionException wrong) {
            throw new AssertionError("the toolkit could not say", wrong);
        }
    }

    /** The control, when it and all around it is shown. */
    private static Optional<Node> find(String id) {
        return List.copyOf(Window.getWindows()).stream()
                .filter(window -> window.isShowing() && window.getScene() != null)
                .flatMap(window -> window.getScene().getRoot().lookupAll(id).stream())
                .filter(RealWindows::shown)
                .findFirst();
    }

    private static boolean shown(Node node) {
        for (Node at = node; at != null; at = at.getParent()) {
            if (!at.isVisible()) {
                return false;
            }
        }
        return true;
    }

    final boolean visible(String id) {
        return now(() -> find(id).isPresent(), false);
    }

    final boolean enabled(String id) {
        return now(() -> find(id).filter(node -> !node.isDisabled()).isPresent(), false);
    }

    final boolean focused(String id) {
        return now(() -> find(id).filter(Node::isFocused).isPresent(), false) && inFront(id);
    }

    /** Whether the window that shows it has the keyboard, as the window manager says: the toolkit only believes so. */
    final boolean inFront(String id) {
        return now(() -> find(id).map(RealWindows::title), Optional.empty())
                .filter(title -> title.equals(Desktop.inFront()))
                .isPresent();
    }

    private static String title(Node node) {
        return node.getScene().getWindow() instanceof Stage stage ? stage.getTitle() : "";
    }

    final String text(String id) {
        return now(() -> find(id).map(node -> ((Labeled) node).getText()).orElse(""), "");
    }

    /** What stands in a field. */
    final String typed(String id) {
        return about(id, TextInputControl.class, TextInputControl::getText).orElse("");
    }

    /** What the toolkit's thread finds out about a control that is shown. */
    final <N extends Node, T> Optional<T> about(String id, Class<N> kind, Function<N, T> question) {
        return now(() -> find(id).map(kind::cast).map(question), Optional.empty());
    }

    /** Clicks it with the mouse, once it works; scrolls there first. */
    final void click(String id) {
        until(() -> enabled(id));
        bringIntoView(id);
        if (!pressed(id)) {
            // On a machine with far too much to do a press of the X server's can get lost before it is the toolkit's.
            System.err.println("a click on " + id + " never reached its window; once more");
            assertTrue(pressed(id), id);
        }
    }

    /** Clicks on it; whether the press reached its window. What it does there is another question. */
    private boolean pressed(String id) {
        AtomicBoolean arrived = new AtomicBoolean();
        EventHandler<MouseEvent> witness = press -> arrived.set(true);
        Scene scene = about(id, Node.class, Node::getScene).orElseThrow();
        now(
                () -> {
                    scene.addEventFilter(MouseEvent.MOUSE_PRESSED, witness);
                    return true;
                },
                false);
        robot.clickOn(id);
        WaitForAsyncUtils.waitForFxEvents();
        for (long end = System.nanoTime() + ARRIVAL.toNanos(); !arrived.get() && System.nanoTime() < end; ) {
            WaitForAsyncUtils.sleep(20, TimeUnit.MILLISECONDS);
        }
        now(
                () -> {
                    scene.removeEventFilter(MouseEvent.MOUSE_PRESSED, witness);
                    return true;
                },
                false);
        return arrived.get();
    }

    /** Gives a window that came without the keyboard the keyboard, by clicking into it. */
    final void bringToFront(String id) {
        settled(id);
        until(() -> {
            if (!inFront(id)) {
                robot.clickOn(id);
            }
            return inFront(id);
        });
    }

    /** The same without the mouse, which tells the window nothing. */
    final void turnTo(String id) {
        String title = about(id, Node.class, RealWindows::title).orElseThrow();
        until(() -> Desktop.takesKeyboard(title));
        until(() -> {
            Desktop.turnTo(title);
            return inFront(id);
        });
    }

    /** How often it stops to work from now on. */
    final AtomicInteger disarms(String id) {
        AtomicInteger times = new AtomicInteger();
        about(id, Node.class, node -> {
            node.disabledProperty().addListener((property, before, now) -> times.addAndGet(now ? 1 : 0));
            return times;
        });
        return times;
    }

    /** Where it is on the screen, as soon as it stays there. */
    final Bounds settled(String id) {
        AtomicReference<Optional<Bounds>> last = new AtomicReference<>(Optional.empty());
        AtomicInteger same = new AtomicInteger();
        until(() -> {
            Optional<Bounds> bounds = now(() -> find(id).map(RealWindows::onScreen), Optional.empty());
            boolean stays = bounds.isPresent() && bounds.equals(last.getAndSet(bounds));
            return (stays ? same.incrementAndGet() : same.getAndSet(0)) >= LOOKS;
        });
        return last.get().orElseThrow();
    }

    private void bringIntoView(String id) {
        settled(id);
        until(() -> now(() -> scrolled(id), false));
        settled(id);
    }

    /** Turns the wheel one step towards it; whether it is seen already. */
    private static boolean scrolled(String id) {
        Node node = find(id).orElseThrow();
        Optional<VerticalDirection> away = away(node);
        if (away.isPresent()) {
            Bounds view = view(node).orElseThrow();
            Robot hand = new Robot();
            hand.mouseMove(view.getCenterX(), view.getCenterY());
            hand.mouseWheel(away.get() == VerticalDirection.DOWN ? 1 : -1);
        }
        return away.isEmpty();
    }

    private static Bounds onScreen(Node node) {
        return node.localToScreen(node.getBoundsInLocal());
    }

    /** Where to scroll so that it is seen; empty when it is. */
    private static Optional<VerticalDirection> away(Node node) {
        Bounds bounds = onScreen(node);
        return view(node)
                .flatMap(view -> bounds.getMaxY() > view.getMaxY()
                        ? Optional.of(VerticalDirection.DOWN)
                        : bounds.getMinY() < view.getMinY() ? Optional.of(VerticalDirection.UP) : Optional.empty());
    }

    /** The part of the screen through which what scrolls is seen. */
    private static Optional<Bounds> view(Node node) {
        for (Node at = node; at != null; at = at.getParent()) {
            if (at instanceof ScrollPane pane) {
                return Optional.of(onScreen(pane));
            }
        }
        return Optional.empty();
    }

    /**
     * Presses the keys, one with the other, and lets them go at once: a toolkit that is busy in between would make the X
     * server repeat them.
     */
    final void keys(KeyCode... together) {
        now(
                () -> {
                    Robot hand = new Robot();
                    List.of(together).forEach(hand::keyPress);
                    List.of(together).reversed().forEach(hand::keyRelease);
                    return true;
                },
                false);
        WaitForAsyncUtils.waitForFxEvents();
    }

    /** Types letters, digits and blanks on the keyboard. */
    final void type(String text) {
        for (int at = 0; at < text.length(); at++) {
            char letter = text.charAt(at);
            keys(
                    switch (letter) {
                        case ' ' -> KeyCode.SPACE;
                        case ',' -> KeyCode.COMMA;
                        default -> KeyCode.getKeyCode(String.valueOf(letter).toUpperCase(Locale.ROOT));
                    });
        }
        WaitForAsyncUtils.waitForFxEvents();
    }

    /** How Firefox stands towards something by now. */
    final boolean decided(Resource resource, Decision decision, Access... access) {
        return sample.gatekeeper.effective(FIREFOX).stream()
                .anyMatch(grant -> grant.resource().equals(resource)
                        && grant.decision() == decision
                        && grant.access().containsAll(List.of(access)));
    }

    /** Firefox begins to wait for an answer about a file of that path, and its person turns to the prompt. */
    final long waitsFor(String path) {
        long id = asks(path);
        bringToFront("#prompt-sentence");
        return id;
    }

    /** The same, but the prompt is left as it came. */
    final long asks(String path) {
        long id = sample.asks(FIREFOX, path, Access.READ, Duration.ofSeconds(3));
        until(() -> visible("#prompt"));
        return id;
    }
}
