package org.landgrant.ui;

import atlantafx.base.controls.ToggleSwitch;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Control;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.controlsfx.control.textfield.CustomTextField;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** The few building stones all views share. */
final class Parts {
    /** Width of the column of icons on a page. */
    static final double ICON_COLUMN = 40;

    private Parts() {}

    static Label label(String text, String... styles) {
        Label label = new Label(LeftToRight.sentence(text));
        label.getStyleClass().addAll(styles);
        label.textProperty().addListener((property, before, now) -> {
            if (!label.textProperty().isBound()) {
                label.setText(LeftToRight.sentence(now));
            }
        });
        // A label that gives way shows an ellipsis instead of pushing its neighbours out.
        label.setMinWidth(0);
        return label;
    }

    /** Text that may take several lines. */
    static Label paragraph(String text, String... styles) {
        Label label = label(Phrases.hold(text), styles);
        label.setWrapText(true);
        label.textProperty().addListener((property, before, now) -> {
            if (!label.textProperty().isBound()) {
                label.setText(Phrases.hold(now));
            }
        });
        label.setMinHeight(Region.USE_PREF_SIZE);
        return label;
    }

    /** What went wrong, in red and in lines as a paragraph has them, for as long as there is something to say. */
    static Label complaint(String id, ObservableValue<String> sentence, String... styles) {
        Label label = paragraph(sentence.getValue(), "wrong");
        label.getStyleClass().addAll(styles);
        label.setId(id);
        visible(label, !sentence.getValue().isEmpty());
        sentence.addListener((property, before, now) -> {
            label.setText(now);
            visible(label, !now.isEmpty());
        });
        return label;
    }

    static FontIcon icon(Feather which, int size, String... styles) {
        FontIcon icon = new FontIcon(which);
        // The theme sets a size of its own, which only a rule of ours can overrule.
        icon.getStyleClass().add("icon-" + size);
        icon.getStyleClass().addAll(styles);
        return icon;
    }

    /** The same, in the middle of the column of icons that all lines of a page share. */
    static StackPane lineIcon(Feather which, String... styles) {
        StackPane place = new StackPane(icon(which, 18, styles));
        place.setMinWidth(ICON_COLUMN);
        place.setPrefWidth(ICON_COLUMN);
        place.setMaxWidth(ICON_COLUMN);
        return place;
    }

    static Region spring() {
        Region spring = new Region();
        HBox.setHgrow(spring, Priority.ALWAYS);
        return spring;
    }

    static HBox row(double gap, Node... nodes) {
        HBox row = new HBox(gap, nodes);
        row.setAlignment(Pos.CENTER_LEFT);
        return row;
    }

    static VBox column(double gap, Node... nodes) {
        VBox column = new VBox(gap, nodes);
        column.setAlignment(Pos.CENTER_LEFT);
        column.setMinWidth(0);
        return column;
    }

    static Button button(String id, String text, Runnable action, String... styles) {
        Button button = new Button(text);
        button.setId(id);
        button.getStyleClass().addAll(styles);
        button.setOnAction(event -> action.run());
        button.setMinWidth(Region.USE_PREF_SIZE);
        return button;
    }

    /** A button that is only an icon; what it does is its accessible text and tool-tip. */
    static Button iconButton(String id, Feather which, String does, Runnable action) {
        Button button = new Button(null, icon(which, 16));
        button.setId(id);
        button.getStyleClass().addAll("quiet-button");
        button.setAccessibleRole(AccessibleRole.BUTTON);
        button.setOnAction(event -> action.run());
        button.setMinWidth(Region.USE_PREF_SIZE);
        explain(button, does);
        return button;
    }

    /** A search field with a magnifying glass and a button that clears it; so does Escape. */
    static CustomTextField search(String id, String prompt, String clear) {
        CustomTextField field = new CustomTextField();
        field.setId(id);
        field.setPromptText(prompt);
        field.setAccessibleText(prompt);
        field.setLeft(icon(Feather.SEARCH, 16, "search-icon"));
        Node button = iconButton(id + "-clear", Feather.X, clear, field::clear);
        button.setFocusTraversable(false);
        button.visibleProperty().bind(field.textProperty().isNotEmpty());
        field.setRight(button);
        field.addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ESCAPE && !field.getText().isEmpty()) {
                field.clear();
                event.consume();
            }
        });
        return field;
    }

    /** Typing where it has no other meaning goes to the search. */
    static void typedInto(CustomTextField search, KeyEvent event) {
        String text = event.getCharacter();
        boolean shortcut = event.isControlDown() || event.isAltDown() || event.isMetaDown();
        if (!shortcut && !text.isBlank() && text.codePoints().noneMatch(Character::isISOControl)) {
            search.requestFocus();
            search.appendText(text);
            search.end();
            event.consume();
        }
    }

    static void explain(Control control, String text) {
        control.setAccessibleText(text);
        control.setTooltip(new Tooltip(text));
    }

    static void visible(Node node, boolean visible) {
        node.setVisible(visible);
        node.setManaged(visible);
    }

    /** AtlantaFX's switch can have the focus, but hears no key. A key that is held down counts once. */
    static void switchesBySpace(ToggleSwitch on) {
        BooleanProperty down = new SimpleBooleanProperty();
        on.setFocusTraversable(true);
        on.addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.SPACE) {
                if (!down.get()) {
                    on.setSelected(!on.isSelected());
                }
                down.set(true);
                event.consume();
            }
        });
        on.addEventHandler(KeyEvent.KEY_RELEASED, event -> down.set(down.get() && event.getCode() != KeyCode.SPACE));
        on.focusedProperty().addListener((property, before, now) -> down.set(false));
    }
}
