package org.landgrant.ui;

import atlantafx.base.controls.ToggleSwitch;
import javafx.geometry.Insets;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.landgrant.prompts.Words;

/**
 * What the display gives away, said openly. X11 has no walls: whoever has it sees every key. On a desktop with Wayland
 * an app can do without, if it knows Wayland; elsewhere there is nothing to choose.
 */
final class DisplayRow {
    /** What an app's windows are shown by. */
    enum State {
        /** There is only X11. */
        X11_ONLY,
        /** X11 is there and may be used. */
        X11_TOO,
        /** Only Wayland may be used. */
        WAYLAND,
        /** There is no display at all, or nobody knows. */
        UNKNOWN
    }

    private final Words words;
    private final ToggleSwitch x11 = new ToggleSwitch();
    private final Label hint = Parts.paragraph("", "row-path");
    private final HBox row;
    private boolean showing;

    DisplayRow(AppPageModel model, Words words) {
        this.words = words;
        x11.setId("display-x11");
        x11.setAccessibleText(words.say("display.title"));
        x11.selectedProperty().addListener((property, before, now) -> {
            if (!showing) {
                model.useX11(now);
            }
        });
        Parts.switchesBySpace(x11);
        VBox texts = Parts.column(2, Parts.label(words.say("display.title"), "row-title"), hint);
        HBox.setHgrow(texts, Priority.ALWAYS);
        HBox.setMargin(x11, new Insets(0, -6, 0, 0));
        row = Parts.row(16, Parts.lineIcon(Feather.MONITOR, "row-icon"), texts, x11);
        row.getStyleClass().add("card-row");
        row.setId("display-row");
    }

    Node node() {
        return row;
    }

    void show(AppPage page) {
        showing = true;
        State state = page.display();
        Parts.visible(row, page.settings().confined() && state != State.UNKNOWN);
        Parts.visible(x11, state != State.X11_ONLY);
        x11.setSelected(state != State.WAYLAND);
        hint.setText(words.say(
                switch (state) {
                    case X11_ONLY -> "display.only";
                    case WAYLAND -> "display.off";
                    case X11_TOO, UNKNOWN -> "display.on";
                }));
        showing = false;
    }
}
