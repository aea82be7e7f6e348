package org.landgrant.ui;

import javafx.animation.PauseTransition;
import javafx.stage.Screen;
import javafx.stage.Stage;
import javafx.stage.WindowEvent;
import javafx.util.Duration;

/**
 * Keeps title bars in reach: a window that is shown before the toolkit knows how thick the desktop's frames are can
 * end up with its own above the edge of the screen.
 */
final class OnScreen {
    private static final Duration SETTLED = Duration.millis(400);

    private OnScreen() {}

    static void keep(Stage stage) {
        PauseTransition look = new PauseTransition(SETTLED);
        look.setOnFinished(event -> {
            boolean corner = Screen.getScreens().stream()
                    .anyMatch(screen -> screen.getBounds().contains(stage.getX() + 1, stage.getY() + 1));
            if (stage.isShowing() && !corner) {
                stage.centerOnScreen();
            }
        });
        stage.addEventHandler(WindowEvent.WINDOW_SHOWN, event -> look.playFromStart());
    }
}
