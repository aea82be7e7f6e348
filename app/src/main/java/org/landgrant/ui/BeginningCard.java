package org.landgrant.ui;

import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import org.kordamp.ikonli.feather.Feather;
import org.landgrant.prompts.Words;

/** The way back to what the app's template alone says; it can be undone, so nobody is asked whether they are sure. */
final class BeginningCard {
    private final Words words;
    private final Card card;
    private final Button reset;
    private final Label state = Parts.paragraph("", "hint");

    BeginningCard(AppPageModel model, Words words) {
        this.words = words;
        card = new Card(Feather.ROTATE_CCW, words.say("beginning.title"), words.say("beginning.hint"));
        card.setId("beginning-card");
        reset = Parts.button("reset-all", words.say("beginning.reset"), model::resetAll);
        card.actions(reset);
        state.setId("beginning-state");
        HBox line = Parts.row(16, Parts.lineIcon(Feather.INFO, "row-icon"), state);
        line.getStyleClass().add("card-row");
        card.body().getChildren().setAll(line);
    }

    Node node() {
        return card;
    }

    void show(AppPage page) {
        state.setText(words.say("beginning.decided", page.decided()));
        reset.setDisable(page.decided() == 0);
    }
}
