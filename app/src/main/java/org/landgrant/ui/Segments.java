package org.landgrant.ui;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;

/** One of few, side by side. What is shown as chosen is what was last {@link #show}n or clicked. */
final class Segments<E extends Enum<E>> extends HBox {
    private final Map<E, ToggleButton> buttons;

    /**
     * @param name what is chosen here, for those who do not see it
     * @param id the node ID of each
     * @param text the words of each
     */
    Segments(Class<E> kind, String name, Function<E, String> id, Function<E, String> text, Consumer<E> chosen) {
        this.buttons = new EnumMap<>(kind);
        getStyleClass().add("segments");
        setAlignment(Pos.CENTER);
        setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
        setMinWidth(Region.USE_PREF_SIZE);
        for (E value : kind.getEnumConstants()) {
            ToggleButton button = new ToggleButton(text.apply(value));
            button.setId(id.apply(value));
            button.getStyleClass().add("segment");
            button.setMinWidth(Region.USE_PREF_SIZE);
            button.setAccessibleRole(AccessibleRole.RADIO_BUTTON);
            button.setAccessibleText(name + ": " + text.apply(value));
            button.setOnAction(event -> {
                // A second click must not switch the chosen one off.
                boolean isNew = button.isSelected();
                show(value);
                if (isNew) {
                    chosen.accept(value);
                }
            });
            button.setOnKeyPressed(event -> {
                int step = event.getCode() == KeyCode.LEFT ? -1 : event.getCode() == KeyCode.RIGHT ? 1 : 0;
                int next = getChildren().indexOf(button) + step;
                if (step != 0) {
                    event.consume();
                    if (next >= 0 && next < getChildren().size()) {
                        getChildren().get(next).requestFocus();
                    }
                }
            });
            buttons.put(value, button);
            getChildren().add(button);
        }
    }

    /** Tells which one the pointer or the keyboard is on, and when it is on none any more. */
    void onThink(Consumer<Optional<E>> thought) {
        buttons.forEach((value, button) -> {
            button.hoverProperty()
                    .addListener(
                            (property, before, now) -> thought.accept(now ? Optional.of(value) : Optional.empty()));
            button.focusVisibleProperty()
                    .addListener(
                            (property, before, now) -> thought.accept(now ? Optional.of(value) : Optional.empty()));
        });
    }

    void show(E value) {
        buttons.forEach((each, button) -> button.setSelected(each == value));
    }
}
