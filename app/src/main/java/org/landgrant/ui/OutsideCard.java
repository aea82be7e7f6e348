package org.landgrant.ui;

import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import org.kordamp.ikonli.feather.Feather;
import org.landgrant.prompts.Words;

/** The app should be confined, but is open without limits. Nothing below this card holds for what is open. */
final class OutsideCard {
    private final Words words;
    private final Card card;

    OutsideCard(AppPageModel model, Words words) {
        this.words = words;
        card = new Card(Feather.ALERT_TRIANGLE, "", words.say("outside.hint"));
        card.setId("outside-card");
        Button reopen = Parts.button("outside-reopen", words.say("outside.reopen"), model::closeOutside, "danger");
        card.actions(reopen);
        Label save = Parts.paragraph(words.say("outside.save"), "row-path");
        HBox line = Parts.row(16, Parts.lineIcon(Feather.SAVE, "row-icon"), save);
        line.getStyleClass().add("card-row");
        card.body().getChildren().setAll(line);
    }

    Node node() {
        return card;
    }

    void show(AppPage page) {
        card.title(words.say("outside.title", page.app().name()));
        Parts.visible(card, page.outside());
    }
}
