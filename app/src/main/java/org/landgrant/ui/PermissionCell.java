package org.landgrant.ui;

import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.landgrant.prompts.Words;

/** One line of the list of permissions. */
final class PermissionCell extends ListCell<Permission> {
    private final Words words;
    private final Label name = Parts.label("", "row-title");
    private final Label who = Parts.label("", "row-path");
    private final StackPane icon = new StackPane();
    private final HBox line;

    PermissionCell(Words words) {
        this.words = words;
        icon.setMinWidth(36);
        VBox texts = Parts.column(1, name, who);
        HBox.setHgrow(texts, Priority.ALWAYS);
        line = Parts.row(12, icon, texts);
        setPrefWidth(0);
    }

    @Override
    protected void updateItem(@Nullable Permission item, boolean empty) {
        super.updateItem(item, empty);
        getStyleClass().remove("app-cell");
        setText(null);
        if (item == null || empty) {
            setGraphic(null);
            return;
        }
        getStyleClass().add("app-cell");
        name.setText(item.name());
        String reached = words.say("permissions.reached", item.reaching());
        who.setText(reached);
        icon.getChildren().setAll(Parts.icon(icon(item), 22, "row-icon"));
        setAccessibleText(item.name() + ", " + reached);
        setGraphic(line);
    }

    private static Feather icon(Permission permission) {
        return switch (permission.group()) {
            case FOLDERS -> FoldersCard.icon(permission.folder());
            case NETWORK -> permission.id().equals("network") ? Feather.GLOBE : Feather.RADIO;
            case DEVICES -> Feather.CAMERA;
        };
    }
}
