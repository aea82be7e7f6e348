package org.landgrant.ui;

import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/** A page of cards below a title, in the middle of the window, as wide as reads well. */
final class SectionPage {
    private static final double WIDTH = 820;

    private SectionPage() {}

    static ScrollPane of(String id, String title, Node... cards) {
        VBox page = new VBox(16, Parts.paragraph(title, "app-name"));
        page.getChildren().addAll(cards);
        page.getStyleClass().add("page");
        Theme.scale(page.maxWidthProperty(), WIDTH);
        StackPane centred = new StackPane(page);
        centred.setAlignment(Pos.TOP_CENTER);
        centred.getStyleClass().add("page-ground");
        ScrollPane scroll = new ScrollPane(centred);
        scroll.setFitToWidth(true);
        scroll.setFocusTraversable(false);
        scroll.getStyleClass().addAll("page-ground", "section-page");
        scroll.setId(id);
        return scroll;
    }
}
