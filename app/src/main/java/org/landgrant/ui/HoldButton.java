package org.landgrant.ui;

import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;

/**
 * A button that has to be held down, so that a click out of habit does nothing. While it is held, it fills.
 * Letting go, leaving it with the pointer or the focus, or its being disabled ends that without a trace.
 */
final class HoldButton extends StackPane {
    private final Holding holding = new Holding();
    private final Region fill = new Region();
    private final Button button;
    private final Runnable action;

    /** @param help says that it is held */
    HoldButton(String id, String text, String help, Runnable action) {
        this.action = action;
        // A click alone means nothing.
        button = Parts.button(id, text, () -> {});
        Parts.explain(button, text + ". " + help);
        button.setMaxWidth(Double.MAX_VALUE);
        button.setDisable(true);
        fill.getStyleClass().add("hold-fill");
        fill.setMouseTransparent(true);
        fill.setMaxWidth(0);
        setAlignment(Pos.CENTER_LEFT);
        getChildren().setAll(button, fill);
        button.addEventHandler(MouseEvent.MOUSE_PRESSED, event -> {
            if (event.getButton() == MouseButton.PRIMARY) {
                holding.press(System.nanoTime());
            }
        });
        button.addEventHandler(MouseEvent.MOUSE_RELEASED, event -> letGo());
        button.addEventHandler(MouseEvent.MOUSE_EXITED, event -> letGo());
        button.addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.SPACE) {
                holding.press(System.nanoTime());
            }
        });
        button.addEventHandler(KeyEvent.KEY_RELEASED, event -> letGo());
        button.focusedProperty().addListener((property, before, now) -> {
            // The press itself brings the focus.
            if (!now) {
                letGo();
            }
        });
        button.disabledProperty().addListener((property, before, now) -> letGo());
    }

    /** What has the focus. */
    Button button() {
        return button;
    }

    /** Time went by. */
    void look(long now) {
        if (holding.isDone(now)) {
            action.run();
        }
        fill.setMaxWidth(holding.progress(now) * button.getWidth());
    }

    private void letGo() {
        holding.release();
    }
}
