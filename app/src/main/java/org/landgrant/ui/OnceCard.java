package org.landgrant.ui;

import java.util.ArrayList;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.landgrant.grants.Access;
import org.landgrant.grants.Resource;
import org.landgrant.prompts.Words;

/** “Allowed until it is closed” of an app's page; there only while there is something to say. */
final class OnceCard {
    private final AppPageModel model;
    private final Words words;
    private final Card card;
    private List<OnceRow> shown = List.of();
    private boolean noted;

    OnceCard(AppPageModel model, Words words) {
        this.model = model;
        this.words = words;
        card = new Card(Feather.CLOCK, words.say("once.title"), words.say("once.hint"));
        card.setId("once-card");
    }

    Node node() {
        return card;
    }

    void show(AppPage page) {
        boolean note = model.takenBack() && page.running();
        Parts.visible(card, !page.once().isEmpty() || note);
        if (page.once().equals(shown) && note == noted) {
            return;
        }
        shown = page.once();
        noted = note;
        List<Node> lines = new ArrayList<>();
        shown.forEach(row -> lines.add(line(row, lines.size())));
        if (note) {
            lines.add(note());
        }
        card.body().getChildren().setAll(lines);
    }

    private Node line(OnceRow row, int at) {
        VBox texts = Parts.column(1, Parts.label(row.name(), "row-title"), Parts.label(row.detail(), "row-path"));
        HBox.setHgrow(texts, Priority.ALWAYS);
        Button back = Parts.button("once-back-" + at, words.say("once.back"), () -> model.takeBack(row));
        back.setAccessibleText(words.say("once.back.name", row.name()));
        HBox line = Parts.row(16, Parts.lineIcon(icon(row), "row-icon"), texts, back);
        line.getStyleClass().add("card-row");
        line.setId("once-" + at);
        return line;
    }

    private Node note() {
        HBox line = Parts.row(
                16, Parts.lineIcon(Feather.INFO, "row-icon"), Parts.paragraph(words.say("once.back.note"), "hint"));
        line.getStyleClass().add("card-row");
        line.setId("once-note");
        return line;
    }

    private static Feather icon(OnceRow row) {
        if (row.resource() instanceof Resource.TcpPort) {
            return row.access().contains(Access.LISTEN) ? Feather.RADIO : Feather.GLOBE;
        }
        return row.file() ? Feather.FILE : Feather.FOLDER;
    }
}
