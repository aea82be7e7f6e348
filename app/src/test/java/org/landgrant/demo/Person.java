package org.landgrant.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import javafx.application.Platform;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.stage.Window;

/** Eyes and hands: moves the real mouse and types on the real keyboard of the display. */
final class Person {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path pictures;
    private int pictureNumber;

    Person(Path pictures) {
        this.pictures = pictures;
    }

    /** Waits for something to become true; an impatient person gives up after a minute. */
    static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("never happened: " + what);
            }
            pause(100);
        }
    }

    static void pause(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", stopped);
        }
    }

    /** Clicks the middle of one of Landgrant's own controls. */
    void click(String id) {
        await(id + " to be there", () -> place(id) != null);
        pause(300);
        Bounds bounds = place(id);
        if (bounds == null) {
            throw new AssertionError(id + " went away");
        }
        clickAt((int) bounds.getCenterX(), (int) bounds.getCenterY());
    }

    void clickAt(int x, int y) {
        run("xdotool", "mousemove", String.valueOf(x), String.valueOf(y));
        pause(150);
        run("xdotool", "click", "1");
        pause(300);
    }

    /** Whether one of Landgrant's own windows shows that control, enabled. */
    boolean sees(String id) {
        return place(id) != null;
    }

    private static Bounds place(String id) {
        CompletableFuture<Bounds> found = new CompletableFuture<>();
        Platform.runLater(() -> found.complete(Window.getWindows().stream()
                .filter(window -> window.isShowing() && window.getScene() != null)
                .map(window -> window.getScene().lookup(id))
                .filter(node -> node != null && shown(node))
                .findFirst()
                .map(node -> node.localToScreen(node.getBoundsInLocal()))
                .orElse(null)));
        return found.orTimeout(20, TimeUnit.SECONDS).join();
    }

    private static boolean shown(Node node) {
        for (Node at = node; at != null; at = at.getParent()) {
            if (!at.isVisible()) {
                return false;
            }
        }
        return !node.isDisabled();
    }

    /** Brings the newest visible window of that class (a pattern) to the front and gives it the keyboard. */
    void lookAtClass(String pattern) {
        activate("--class", pattern);
    }

    void lookAtTitle(String pattern) {
        activate("--name", pattern);
    }

    private void activate(String by, String pattern) {
        await("a window " + pattern, () -> !windows(by, pattern).isEmpty());
        run("xdotool", "windowactivate", "--sync", windows(by, pattern).getLast());
        pause(400);
    }

    boolean seesWindowOfClass(String pattern) {
        return !windows("--class", pattern).isEmpty();
    }

    private static List<String> windows(String by, String pattern) {
        return output("xdotool", "search", "--onlyvisible", by, pattern).lines().toList();
    }

    void key(String keys) {
        run("xdotool", "key", keys);
        pause(300);
    }

    void type(String text) {
        run("xdotool", "type", "--delay", "15", text);
        pause(200);
    }

    /** Opens an address in the browser in front. */
    void visit(String address) {
        key("ctrl+l");
        type(address);
        key("Return");
    }

    /** Everything the page in front shows, by way of the clipboard. */
    String readPage() {
        pipe("nothing was copied", "xclip", "-selection", "clipboard", "-i");
        key("ctrl+a");
        key("ctrl+c");
        return output("xclip", "-selection", "clipboard", "-o");
    }

    void picture(String name) {
        pictureNumber++;
        run(
                "import",
                "-window",
                "root",
                pictures.resolve("%02d-%s.png".formatted(pictureNumber, name)).toString());
    }

    static void run(String... command) {
        output(command);
    }

    static String output(String... command) {
        return pipe("", command);
    }

    private static String pipe(String input, String... command) {
        try {
            Process process = new ProcessBuilder(new ArrayList<>(List.of(command)))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .redirectOutput(
                            command[0].equals("xclip") && !input.isEmpty()
                                    ? ProcessBuilder.Redirect.DISCARD
                                    : ProcessBuilder.Redirect.PIPE)
                    .start();
            process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            return said;
        } catch (IOException broken) {
            throw new AssertionError(String.join(" ", command), broken);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new AssertionError(stopped);
        }
    }
}
