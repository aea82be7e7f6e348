package org.landgrant.ui;

import java.util.List;
import java.util.function.Consumer;
import javafx.beans.binding.Bindings;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.landgrant.prompts.Words;

/** The settings window's sections, one below the other. Up and down walk through them. */
final class Rail extends VBox {
    private final ToggleGroup group = new ToggleGroup();

    Rail(List<Section> sections, Words words, Consumer<Section> chosen) {
        getStyleClass().add("rail");
        setAlignment(Pos.TOP_CENTER);
        for (Section section : sections) {
            ToggleButton button = new ToggleButton(words.say("section." + section.name()), icon(section));
            button.setId("section-" + section.name());
            button.setUserData(section);
            button.setToggleGroup(group);
            button.setContentDisplay(ContentDisplay.TOP);
            button.setMaxWidth(Double.MAX_VALUE);
            button.getStyleClass().add("rail-button");
            section.badge().addListener((property, before, now) -> explain(button, now.intValue(), words));
            getChildren().add(button);
        }
        group.selectedToggleProperty().addListener((property, before, now) -> {
            if (now == null) {
                // One of them is always chosen.
                before.setSelected(true);
            } else if (now.getUserData() instanceof Section section) {
                chosen.accept(section);
            }
        });
        addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            int step = event.getCode() == KeyCode.DOWN ? 1 : event.getCode() == KeyCode.UP ? -1 : 0;
            if (step != 0) {
                step(step);
                event.consume();
            }
        });
    }

    private static Node icon(Section section) {
        Label count = new Label();
        count.getStyleClass().add("rail-badge");
        count.setId("badge-" + section.name());
        count.textProperty().bind(Bindings.convert(section.badge()));
        count.visibleProperty().bind(Bindings.greaterThan(section.badge(), 0));
        return new StackPane(Parts.icon(section.icon(), 22), count);
    }

    private static void explain(ToggleButton button, int waiting, Words words) {
        button.setAccessibleText(
                waiting > 0 ? words.say("section.badge", button.getText(), waiting) : button.getText());
    }

    /** Chooses the section at that place; does nothing beyond the ends. */
    void choose(int at) {
        if (at >= 0 && at < group.getToggles().size()) {
            group.selectToggle(group.getToggles().get(at));
        }
    }

    private void step(int step) {
        int at = group.getToggles().indexOf(group.getSelectedToggle()) + step;
        choose(at);
        if (at >= 0 && at < getChildren().size()) {
            getChildren().get(at).requestFocus();
        }
    }
}
