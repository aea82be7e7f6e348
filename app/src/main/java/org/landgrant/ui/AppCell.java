package org.landgrant.ui;

import javafx.css.PseudoClass;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.scene.shape.Circle;
import org.jspecify.annotations.Nullable;
import org.landgrant.prompts.Words;

/** One line of the list of apps: an app with its icon and state, or a heading. */
final class AppCell extends ListCell<ListItem> {
    private static final PseudoClass FREE = PseudoClass.getPseudoClass("free");

    private final Words words;
    private final AppIcons icons;
    private final StackPane icon = AppIcons.place(36);
    private final Label name = Parts.label("", "row-title");
    private final Label state = Parts.label("", "row-path");
    private final Label badge = Parts.label("", "count-badge");
    private final Circle running = new Circle(4);
    private final HBox line;
    private final Label heading = Parts.label("", "heading");

    AppCell(Words words, AppIcons icons) {
        this.words = words;
        this.icons = icons;
        running.getStyleClass().add("running-mark");
        badge.setMinWidth(Region.USE_PREF_SIZE);
        HBox title = Parts.row(6, name, running);
        VBox texts = Parts.column(1, title, state);
        HBox.setHgrow(texts, Priority.ALWAYS);
        line = Parts.row(12, icon, texts, badge);
        // The list never scrolls sideways; names that are too long are cut instead.
        setPrefWidth(0);
    }

    @Override
    protected void updateItem(@Nullable ListItem item, boolean empty) {
        super.updateItem(item, empty);
        getStyleClass().removeAll("app-cell", "heading-cell", "dimmed");
        setDisable(false);
        setText(null);
        switch (empty ? null : item) {
            case null -> setGraphic(null);
            case ListItem.Heading(String text) -> {
                heading.setText(text);
                getStyleClass().add("heading-cell");
                setDisable(true);
                setGraphic(heading);
                setAccessibleText(text);
            }
            case ListItem.Entry(AppEntry entry) -> {
                show(entry);
                getStyleClass().add("app-cell");
                if (entry.leftAlone()) {
                    getStyleClass().add("dimmed");
                }
                setGraphic(line);
            }
        }
    }

    private void show(AppEntry entry) {
        icons.show(entry.app(), icon);
        name.setText(entry.app().name());
        state.setText(entry.state());
        state.pseudoClassStateChanged(FREE, entry.free());
        Parts.visible(running, entry.running());
        badge.setText(entry.refusals() > 99 ? "99+" : Integer.toString(entry.refusals()));
        Parts.visible(badge, entry.refusals() > 0);
        badge.setTooltip(new Tooltip(words.say("state.refusals", entry.refusals())));
        String spoken = entry.app().name();
        if (entry.confined()) {
            spoken += ", " + words.say("list.confined");
        }
        spoken += ", " + entry.state();
        if (entry.running()) {
            spoken += ", " + words.say("state.running");
        }
        if (entry.refusals() > 0) {
            spoken += ", " + words.say("state.refusals", entry.refusals());
        }
        setAccessibleText(spoken);
    }
}
