package org.landgrant.ui;

import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

/** The frame of one card on an app's page: a title with its own actions, a hint, and what belongs to it. */
final class Card extends VBox {
    private final HBox actions = Parts.row(8);
    private final VBox body = new VBox();
    private final Label title;

    Card(Feather icon, String title, String hint) {
        getStyleClass().add("card-frame");
        this.title = Parts.paragraph(title, "card-title");
        VBox words = Parts.column(2, this.title, Parts.paragraph(hint, "hint"));
        HBox head = Parts.row(16, badge(icon), words, actions);
        HBox.setHgrow(words, Priority.ALWAYS);
        Parts.visible(actions, false);
        head.getStyleClass().add("card-head");
        getChildren().addAll(head, body);
    }

    void title(String text) {
        title.setText(text);
    }

    /** Buttons at the right of the title. */
    void actions(Node... nodes) {
        actions.getChildren().setAll(nodes);
        Parts.visible(actions, true);
    }

    /** What stands below the title, line by line. */
    VBox body() {
        return body;
    }

    private static Node badge(Feather icon) {
        StackPane badge = new StackPane(Parts.icon(icon, 18));
        badge.getStyleClass().add("icon-badge");
        badge.setMinSize(Parts.ICON_COLUMN, Parts.ICON_COLUMN);
        badge.setMaxSize(Parts.ICON_COLUMN, Parts.ICON_COLUMN);
        return badge;
    }
}
