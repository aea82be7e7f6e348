package org.landgrant.ui;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.landgrant.grants.AppId;
import org.landgrant.grants.Decision;
import org.landgrant.grants.Event;
import org.landgrant.prompts.Words;
import org.landgrant.ui.ActivityItem.Line;

/** One line of the time-line: what happened, when, and what can be done about it; or the heading of a day. */
final class ActivityCell extends ListCell<ActivityItem> {
    private final ActivityModel model;
    private final Words words;
    private final AppIcons icons;
    private final Label heading = Parts.label("", "heading");
    private final StackPane icon = AppIcons.place(28);
    private final Button app = new Button(null, icon);
    private final StackPane mark = new StackPane();
    private final Label sentence = Parts.label("", "row-title");
    private final Label who = Parts.label("", "row-path");
    private final HBox actions = Parts.row(8);
    private final Label time = Parts.label("", "row-path", "activity-time");
    private final HBox line;
    private final Tooltip details = new Tooltip();

    ActivityCell(ActivityModel model, Words words, AppIcons icons, Consumer<AppId> open) {
        this.model = model;
        this.words = words;
        this.icons = icons;
        app.getStyleClass().add("quiet-button");
        app.setMinWidth(Region.USE_PREF_SIZE);
        app.setOnAction(event -> {
            if (getItem() instanceof Line shown) {
                open.accept(shown.event().app());
            }
        });
        mark.setMinWidth(20);
        who.setMinWidth(Region.USE_PREF_SIZE);
        time.setMinWidth(Region.USE_PREF_SIZE);
        actions.setMinWidth(Region.USE_PREF_SIZE);
        line = Parts.row(10, app, mark, sentence, who, Parts.spring(), actions, time);
        // The list never scrolls sideways; what is too long is cut and told in full by the tool-tip.
        setPrefWidth(0);
    }

    @Override
    protected void updateItem(@Nullable ActivityItem item, boolean empty) {
        super.updateItem(item, empty);
        getStyleClass().removeAll("activity-cell", "heading-cell");
        setText(null);
        setTooltip(null);
        switch (empty ? null : item) {
            case null -> setGraphic(null);
            case ActivityItem.Day(String text) -> {
                heading.setText(text);
                getStyleClass().add("heading-cell");
                setGraphic(heading);
                setAccessibleText(text);
            }
            case Line shown -> {
                getStyleClass().add("activity-cell");
                model.page().get().ifPresent(page -> show(shown, page.wording()));
                setGraphic(line);
            }
        }
    }

    private void show(Line shown, ActivityWords wording) {
        Event event = shown.event();
        String name = shown.app().name();
        icons.show(shown.app(), icon);
        app.setId("activity-app-" + event.id());
        Parts.explain(app, words.say("activity.app.open", name));
        mark.getChildren().setAll(mark(event));
        sentence.setText(wording.sentence(event, name));
        String by = wording.who(event);
        who.setText(by);
        Parts.visible(who, !by.isEmpty());
        time.setText(wording.time(event.last()));
        details.setText(wording.details(event, name));
        setTooltip(details);
        actions.getChildren().setAll(actions(shown));
        setAccessibleText(String.join(", ", sentence.getText(), by, time.getText()));
    }

    private List<Node> actions(Line shown) {
        List<Node> all = new ArrayList<>();
        switch (shown.remedy()) {
            case NONE -> {}
            case UNDO -> all.add(button("undo", "activity.undo", shown, () -> model.undo(shown)));
            case ALLOWED -> all.add(state("activity.state.allowed", Feather.CHECK, "good"));
            case ALLOW_MORE -> all.add(allow(shown));
            case REFUSED -> {
                all.add(state("activity.state.refused", Feather.SLASH, "hint"));
                all.add(allow(shown));
            }
            case DECIDE -> {
                all.add(button("deny", "activity.deny", shown, () -> model.deny(shown)));
                all.add(allow(shown));
            }
        }
        return all;
    }

    private Button allow(Line shown) {
        return button("allow", "activity.allow", shown, () -> model.allow(shown));
    }

    private Button button(String id, String name, Line shown, Runnable action) {
        Button button = Parts.button("activity-" + id + "-" + shown.event().id(), words.say(name), action);
        button.getStyleClass().add("small-button");
        button.setAccessibleText(words.say(name) + ": " + sentence.getText());
        return button;
    }

    private Node state(String name, Feather which, String style) {
        Label label = Parts.label(words.say(name), style);
        label.setGraphic(Parts.icon(which, 14, style + "-icon"));
        label.setMinWidth(Region.USE_PREF_SIZE);
        return label;
    }

    private static Node mark(Event event) {
        return switch (event.kind()) {
            case OPENED -> Parts.icon(Feather.EXTERNAL_LINK, 14, "row-icon");
            case STARTED -> Parts.icon(Feather.PLAY, 14, "row-icon");
            case ENDED -> Parts.icon(Feather.SQUARE, 14, "row-icon");
            case REFUSED, SIGNAL_REFUSED, TRACE_REFUSED, SOCKET_REFUSED, MOUNT_REFUSED ->
                Parts.icon(Feather.SLASH, 14, "wrong-icon");
            case ASKED -> Parts.icon(Feather.HELP_CIRCLE, 14, "row-icon");
            case NOT_NOW -> Parts.icon(Feather.X, 14, "row-icon");
            case TAKEN_BACK -> Parts.icon(Feather.CORNER_UP_LEFT, 14, "row-icon");
            case CONFINED, PARTIAL_REFUSED -> Parts.icon(Feather.SHIELD, 14, "good-icon");
            case RELEASED, RUN_FREE, PARTIAL_ACCEPTED -> Parts.icon(Feather.SHIELD_OFF, 14, "warning-icon");
            case ALLOWED_ONCE, ANSWERED, CHANGED -> decision(event);
        };
    }

    private static Node decision(Event event) {
        if (ActivityWords.allows(event)) {
            return Parts.icon(Feather.CHECK, 14, "good-icon");
        }
        boolean refused = event.after()
                .filter(after -> after.decision() != Decision.ALLOW)
                .isPresent();
        return refused ? Parts.icon(Feather.X, 14, "wrong-icon") : Parts.icon(Feather.CORNER_UP_LEFT, 14, "row-icon");
    }
}
