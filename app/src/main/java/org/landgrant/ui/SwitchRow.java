package org.landgrant.ui;

import atlantafx.base.controls.ToggleSwitch;
import java.util.function.Consumer;
import javafx.geometry.Insets;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

/** A line of a card with one switch: icon, title, and what the switch does as it stands. */
final class SwitchRow {
    private final ToggleSwitch toggle = new ToggleSwitch();
    private final Label hint = Parts.paragraph("", "row-path");
    private final HBox row;
    private boolean showing;

    /**
     * Makes it.
     *
     * @param id of the switch; the row's is that with {@code -row}
     * @param chosen told of what somebody chose, not of what is shown
     */
    SwitchRow(String id, Feather icon, String title, Consumer<Boolean> chosen) {
        toggle.setId(id);
        toggle.setAccessibleText(title);
        toggle.selectedProperty().addListener((property, before, now) -> {
            if (!showing) {
                chosen.accept(now);
            }
        });
        Parts.switchesBySpace(toggle);
        VBox texts = Parts.column(2, Parts.label(title, "row-title"), hint);
        HBox.setHgrow(texts, Priority.ALWAYS);
        HBox.setMargin(toggle, new Insets(0, -6, 0, 0));
        row = Parts.row(16, Parts.lineIcon(icon, "row-icon"), texts, toggle);
        row.getStyleClass().add("card-row");
        row.setId(id + "-row");
    }

    Node node() {
        return row;
    }

    /** @param choice whether there is anything to choose */
    void show(boolean visible, boolean choice, boolean on, String text) {
        showing = true;
        Parts.visible(row, visible);
        Parts.visible(toggle, choice);
        toggle.setSelected(on);
        hint.setText(text);
        showing = false;
    }
}
