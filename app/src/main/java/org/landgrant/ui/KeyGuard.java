package org.landgrant.ui;

import java.util.EnumSet;
import java.util.Set;
import javafx.scene.Scene;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;

/**
 * Keeps Enter and Space from answering a window that came up while somebody was typing: they do nothing
 * until the focus was moved by Tab or the mouse, and a key that is held down counts once only.
 */
final class KeyGuard {
    private final Set<KeyCode> down = EnumSet.noneOf(KeyCode.class);
    private boolean moved;

    void guard(Scene scene) {
        scene.addEventFilter(MouseEvent.MOUSE_PRESSED, event -> moved = true);
        scene.addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            boolean repeated = !down.add(event.getCode());
            if (event.getCode() == KeyCode.TAB) {
                moved = true;
            } else if (answers(event.getCode()) && (!moved || repeated)) {
                event.consume();
            }
        });
        scene.addEventFilter(KeyEvent.KEY_RELEASED, event -> {
            // A release whose press happened elsewhere presses nothing here.
            boolean pressedHere = down.remove(event.getCode());
            if (answers(event.getCode()) && (!moved || !pressedHere)) {
                event.consume();
            }
        });
    }

    /** The focus went or came: everything begins anew. */
    void forget() {
        moved = false;
        down.clear();
    }

    private static boolean answers(KeyCode code) {
        return code == KeyCode.ENTER || code == KeyCode.SPACE;
    }
}
