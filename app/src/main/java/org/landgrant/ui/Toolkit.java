package org.landgrant.ui;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import javafx.application.Platform;
import javafx.stage.PopupWindow;
import javafx.stage.Window;
import org.landgrant.grants.Preferences;
import org.landgrant.grants.RefusedException;
import org.landgrant.prompts.Words;

/** Starts JavaFX when the first window is needed, and ends it without a crash. */
final class Toolkit {
    private final Words words;
    private final Preferences chosen;
    private boolean started;

    /** @param chosen the look it starts with */
    Toolkit(Words words, Preferences chosen) {
        this.words = words;
        this.chosen = chosen;
    }

    /**
     * Runs the work on the toolkit's thread, starting the toolkit when it does not run yet.
     *
     * @throws RefusedException when there is no display
     */
    synchronized void run(Runnable work) {
        if (!started) {
            start();
        }
        Platform.runLater(work);
    }

    synchronized boolean started() {
        return started;
    }

    private void start() {
        String display = System.getenv("DISPLAY");
        if (display == null || display.isEmpty()) {
            throw new RefusedException(words.say("nodisplay"));
        }
        CountDownLatch up = new CountDownLatch(1);
        try {
            Platform.startup(up::countDown);
            up.await();
        } catch (UnsupportedOperationException refused) {
            throw new RefusedException(words.say("nodisplay"), refused);
        } catch (IllegalStateException running) {
            // Somebody else in this process started it, which is as good.
            up.countDown();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new RefusedException(words.say("nodisplay"), stop);
        }
        // The agent outlives its windows.
        Platform.setImplicitExit(false);
        Platform.runLater(() -> {
            Theme.prefer(chosen);
            Theme.follow();
        });
        started = true;
    }

    /**
     * Hides pop-ups, then windows, then exits. JavaFX 24 to 27 crashes when it exits with a pop-up open.
     */
    synchronized void exit() {
        if (started) {
            Platform.runLater(() -> {
                List<Window> open = List.copyOf(Window.getWindows());
                open.stream().filter(PopupWindow.class::isInstance).forEach(Window::hide);
                open.forEach(Window::hide);
                Platform.exit();
            });
        }
    }
}
