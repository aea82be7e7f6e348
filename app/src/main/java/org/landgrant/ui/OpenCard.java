package org.landgrant.ui;

import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import org.kordamp.ikonli.feather.Feather;
import org.landgrant.prompts.Words;

/** What an app that is not confined can reach: everything. */
final class OpenCard {
    private final Words words;
    private final Card card;
    private final Label then = Parts.paragraph("", "row-path");

    OpenCard(Words words) {
        this.words = words;
        card = new Card(Feather.UNLOCK, "", words.say("confine.off.hint"));
        card.setId("open-card");
    }

    Node node() {
        return card;
    }

    void show(AppPage page) {
        card.title(words.say("confine.off.title", page.app().name()));
        HBox start = line(Feather.SHIELD, then, "row-icon");
        then.setText(
                page.start().isEmpty()
                        ? words.say("confine.off.then.nothing")
                        : words.say("confine.off.then", page.start()));
        card.body()
                .getChildren()
                .setAll(
                        line(
                                Feather.FOLDER,
                                Parts.paragraph(words.say("confine.off.files"), "row-title"),
                                "warning-icon"),
                        line(
                                Feather.GLOBE,
                                Parts.paragraph(words.say("confine.off.network"), "row-title"),
                                "warning-icon"),
                        line(
                                Feather.GRID,
                                Parts.paragraph(words.say("confine.off.others"), "row-title"),
                                "warning-icon"),
                        start);
    }

    private static HBox line(Feather icon, Label text, String style) {
        HBox line = Parts.row(16, Parts.lineIcon(icon, style), text);
        line.getStyleClass().add("card-row");
        return line;
    }
}
