package org.landgrant.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;
import javafx.application.Platform;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.control.Labeled;
import javafx.stage.Window;

/** Eyes and hands: moves the real mouse and types on the real keyboard of the display. */
final class Person {
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path pictures;
    private int pictureNumber;
    private long acted;

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

    /** Clicks the middle of one of Landgrant's own controls, once it is enabled. */
    void click(String id) {
        await(id + " to be there", () -> sees(id));
        clickShown(id);
    }

    /** The same, whether it is enabled or not. */
    void clickShown(String id) {
        pause(300);
        Bounds bounds = of(id, node -> node.localToScreen(node.getBoundsInLocal()))
                .orElseThrow(() -> new AssertionError(id + " went away"));
        clickAt((int) bounds.getCenterX(), (int) bounds.getCenterY());
    }

    void clickAt(int x, int y) {
        run("xdotool", "mousemove", String.valueOf(x), String.valueOf(y));
        pause(150);
        acted = System.nanoTime();
        run("xdotool", "click", "1");
        pause(300);
    }

    /** Whether the window in front has no title, as small windows with a message and OK have none. */
    boolean seesNamelessWindowInFront() {
        String window = windowInFront();
        return !window.isEmpty() && title(window).isEmpty();
    }

    /** Clicks into the window in front, that far from its left and its top, of its whole width and height. */
    void clickInFront(double right, double down) {
        Map<String, Integer> place = output("xdotool", "getwindowgeometry", "--shell", windowInFront())
                .lines()
                .filter(line -> line.matches("(X|Y|WIDTH|HEIGHT)=\\d+"))
                .map(line -> line.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> Integer.valueOf(pair[1])));
        clickAt(
                place.getOrDefault("X", 0) + (int) (place.getOrDefault("WIDTH", 0) * right),
                place.getOrDefault("Y", 0) + (int) (place.getOrDefault("HEIGHT", 0) * down));
    }

    /** When a key or the mouse was used last, as {@link System#nanoTime()} says it. */
    long acted() {
        return acted;
    }

    /** Whether one of Landgrant's own windows shows that control. */
    boolean shows(String id) {
        return of(id, node -> true).isPresent();
    }

    /** Whether one of Landgrant's own windows shows that control, enabled. */
    boolean sees(String id) {
        return of(id, node -> !node.isDisabled()).orElse(false);
    }

    /** What a text of Landgrant's own says; empty when it is not shown. */
    String text(String id) {
        return of(id, node -> ((Labeled) node).getText()).orElse("");
    }

    private static <T> Optional<T> of(String id, Function<Node, T> question) {
        CompletableFuture<Optional<T>> found = new CompletableFuture<>();
        Platform.runLater(() -> found.complete(Window.getWindows().stream()
                .filter(window -> window.isShowing() && window.getScene() != null)
                .map(window -> window.getScene().lookup(id))
                .filter(node -> node != null && shown(node))
                .findFirst()
                .map(question)));
        return found.orTimeout(20, TimeUnit.SECONDS).join();
    }

    private static boolean shown(Node node) {
        for (Node at = node; at != null; at = at.getParent()) {
            if (!at.isVisible()) {
                return false;
            }
        }
        return true;
    }

    /** Brings the newest visible window of that class (a pattern) to the front and gives it the keyboard. */
    void lookAtClass(String pattern) {
        activate("--class", pattern);
    }

    void lookAtTitle(String pattern) {
        activate("--name", pattern);
    }

    private void activate(String by, String pattern) {
        await("a window " + pattern + " in front", () -> {
            List<String> found = windows(by, pattern);
            if (!found.isEmpty()) {
                run("xdotool", "windowactivate", "--sync", found.getLast());
            }
            return found.contains(windowInFront());
        });
        pause(400);
    }

    boolean seesWindowOfClass(String pattern) {
        return !windows("--class", pattern).isEmpty();
    }

    /** The number of the window in front. */
    String windowInFront() {
        return output("xdotool", "getactivewindow").strip();
    }

    boolean seesWindowOfTitle(String pattern) {
        return !windows("--name", pattern).isEmpty();
    }

    private static List<String> windows(String by, String pattern) {
        // What comes and goes by itself, such as a list of downloads, has no title.
        return output("xdotool", "search", "--onlyvisible", by, pattern)
                .lines()
                .filter(window -> !title(window).isEmpty())
                .toList();
    }

    private static String title(String window) {
        return output("xdotool", "getwindowname", window).strip();
    }

    void key(String keys) {
        press(keys);
        pause(300);
    }

    /** The same, without waiting for what follows. */
    void press(String keys) {
        acted = System.nanoTime();
        run("xdotool", "key", keys);
    }

    void type(String text) {
        run("xdotool", "type", "--delay", "15", text);
        pause(200);
    }

    /** Opens an address in the browser in front; a browser that is just starting may lose keys, so it is looked at. */
    void visit(String address) {
        await("the address to stand there", () -> {
            // Pasted, since what a browser proposes while one types would mix with it.
            pipe(address, "xclip", "-selection", "clipboard", "-i");
            key("ctrl+l");
            key("ctrl+v");
            pipe("nothing was copied", "xclip", "-selection", "clipboard", "-i");
            key("ctrl+a");
            key("ctrl+c");
            return output("xclip", "-selection", "clipboard", "-o").equals(address);
        });
        press("Return");
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

    /** Starts something that goes on by itself. */
    static void start(String... command) throws IOException {
        new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
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
