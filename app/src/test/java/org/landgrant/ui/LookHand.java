package org.landgrant.ui;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javafx.application.Platform;
import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
import javafx.geometry.Rectangle2D;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.ListView;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javafx.scene.input.MouseButton;
import javafx.scene.robot.Robot;
import javafx.stage.Screen;
import javafx.stage.Stage;
import javafx.stage.Window;

/** Brings one screen about, as a person would, and takes its picture from the display. */
final class LookHand implements AutoCloseable {
    private static final long PATIENCE = 30_000_000_000L;
    private static final int PAUSE = 250;

    /** A window may be moved for this long after it was shown. */
    private static final int SETTLED = 600;

    /** For all screens of this run: the windows of an earlier one may still ask something of it. */
    private static final ExecutorService BACKGROUND =
            Executors.newFixedThreadPool(3, Thread.ofPlatform().daemon().factory());

    final Sample sample;
    UiWindows windows;
    private final Path folder;

    LookHand(int textPercent) throws IOException {
        folder = Files.createTempDirectory("looks");
        sample = new Sample(folder.resolve("anna"), Locale.getDefault());
        sample.preferences.put(sample.preferences.now().withTextPercent(textPercent));
        windows = new UiWindows(sample.services(BACKGROUND));
    }

    /** Begins anew with another computer around it; nothing was shown yet. */
    void renew() {
        windows = new UiWindows(sample.services(BACKGROUND));
    }

    /** Waits until that can be seen. */
    void until(String selector) {
        until(selector, node -> true);
    }

    void until(String selector, Predicate<Node> condition) {
        long end = System.nanoTime() + PATIENCE;
        while (!on(() -> find(selector).filter(condition).isPresent())) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("never seen: " + selector);
            }
            pause(50);
        }
    }

    /** Waits until it works, and presses it. */
    void press(String selector) {
        until(selector, node -> !node.isDisabled());
        on(() -> {
            find(selector).map(ButtonBase.class::cast).orElseThrow().fire();
            return true;
        });
    }

    /** Gives the window of that node the keyboard by a click on it; then moves the pointer out of sight. */
    void click(String selector) {
        until(selector);
        pause(SETTLED);
        point(selector);
        on(() -> {
            new Robot().mouseClick(MouseButton.PRIMARY);
            return true;
        });
        away();
    }

    /** Moves the pointer there. */
    void point(String selector) {
        until(selector);
        on(() -> {
            Node node = find(selector).orElseThrow();
            Bounds bounds = node.localToScreen(node.getLayoutBounds());
            new Robot().mouseMove(new Point2D(bounds.getCenterX(), bounds.getCenterY()));
            return true;
        });
    }

    void away() {
        on(() -> {
            Rectangle2D screen = Screen.getPrimary().getBounds();
            new Robot().mouseMove(screen.getMaxX() - 1, screen.getMaxY() - 1);
            return true;
        });
    }

    /** Scrolls until that is at the top, or as far as it goes. */
    void scroll(String selector) {
        until(selector);
        pause(PAUSE);
        on(() -> {
            Node node = find(selector).orElseThrow();
            ScrollPane pane = Stream.<Node>iterate(node, Node::getParent)
                    .filter(ScrollPane.class::isInstance)
                    .map(ScrollPane.class::cast)
                    .findFirst()
                    .orElseThrow();
            Node content = pane.getContent();
            double top = content.sceneToLocal(node.localToScene(0, 0)).getY() - 16;
            double hidden = content.getLayoutBounds().getHeight()
                    - pane.getViewportBounds().getHeight();
            pane.setVvalue(hidden <= 0 ? 0 : Math.min(1, top / hidden));
            return true;
        });
    }

    void type(String selector, String text) {
        until(selector);
        on(() -> {
            TextField field = (TextField) find(selector).orElseThrow();
            field.requestFocus();
            field.setText(text);
            return true;
        });
    }

    /** Chooses a line of a list. */
    <T> void choose(String list, Predicate<T> wanted) {
        until(list, node -> {
            @SuppressWarnings("unchecked")
            ListView<T> view = (ListView<T>) node;
            Optional<T> line = view.getItems().stream().filter(wanted).findFirst();
            line.ifPresent(view.getSelectionModel()::select);
            return line.isPresent();
        });
    }

    /** What all open windows cover of the display, once nothing moves there any more. */
    WritableImage picture() {
        pause(SETTLED);
        WritableImage before = capture();
        for (int tries = 0; tries < 12; tries++) {
            pause(PAUSE);
            WritableImage now = capture();
            if (same(before, now)) {
                return now;
            }
            before = now;
        }
        return before;
    }

    @Override
    public void close() throws IOException {
        on(() -> {
            List.copyOf(Window.getWindows()).forEach(Window::hide);
            return true;
        });
        remove(folder);
    }

    /** Removes the file or folder with all that is in it. */
    static void remove(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(one);
            }
        }
    }

    private static Optional<Node> find(String selector) {
        return Window.getWindows().stream()
                .filter(Stage.class::isInstance)
                .flatMap(window -> window.getScene().getRoot().lookupAll(selector).stream())
                .filter(LookHand::seen)
                .findFirst();
    }

    private static boolean seen(Node node) {
        for (Parent parent = node.getParent(); parent != null; parent = parent.getParent()) {
            if (!parent.isVisible()) {
                return false;
            }
        }
        return node.isVisible();
    }

    private static WritableImage capture() {
        return on(() -> {
            Rectangle2D screen = Screen.getPrimary().getBounds();
            double left = screen.getMaxX();
            double top = screen.getMaxY();
            double right = 0;
            double bottom = 0;
            for (Window window : Window.getWindows()) {
                left = Math.min(left, Math.max(0, window.getX()));
                top = Math.min(top, Math.max(0, window.getY()));
                right = Math.max(right, Math.min(screen.getMaxX(), window.getX() + window.getWidth()));
                bottom = Math.max(bottom, Math.min(screen.getMaxY(), window.getY() + window.getHeight()));
            }
            return new Robot().getScreenCapture(null, left, top, right - left, bottom - top, false);
        });
    }

    private static boolean same(WritableImage one, WritableImage other) {
        return Arrays.equals(pixels(one), pixels(other));
    }

    /** As ARGB, row by row. */
    static int[] pixels(WritableImage image) {
        int width = (int) image.getWidth();
        int height = (int) image.getHeight();
        int[] pixels = new int[width * height];
        image.getPixelReader().getPixels(0, 0, width, height, PixelFormat.getIntArgbInstance(), pixels, 0, width);
        return pixels;
    }

    static void pause(int milliseconds) {
        try {
            Thread.sleep(milliseconds);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    /** Does that on the toolkit's thread and waits for it. */
    private static <T> T on(Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        Platform.runLater(task);
        try {
            return task.get();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stop);
        } catch (ExecutionException failure) {
            throw new IllegalStateException(failure.getCause());
        }
    }
}
