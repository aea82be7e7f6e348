package org.landgrant.ui;

import atlantafx.base.controls.ToggleSwitch;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.landgrant.grants.Access;
import org.landgrant.grants.Resource;
import org.landgrant.prompts.RelaunchCard;
import org.landgrant.prompts.Row;
import org.landgrant.prompts.Words;

/** What a card asks: the sentence, what was tried, and a switch for each thing when there are several. */
final class CardQuestion {
    private final CardModel model;
    private final Words words;
    private final InstantSource clock;
    private final ZoneId zone;
    private final Label sentence = Parts.paragraph("", "card-sentence");
    private final Label tried = Parts.paragraph("", "hint");
    private final Label reason = Parts.paragraph("", "hint");
    private final VBox rows = new VBox();
    private final Label note = Parts.paragraph("", "row-path");
    private final Label later;
    private final Label banner;
    private final VBox root;
    private boolean unfolded;

    CardQuestion(CardModel model, Words words, InstantSource clock, ZoneId zone) {
        this.model = model;
        this.words = words;
        this.clock = clock;
        this.zone = zone;
        sentence.setId("card-sentence");
        tried.setId("card-tried");
        reason.setId("card-reason");
        rows.setId("card-rows");
        rows.getStyleClass().add("ask-rows");
        banner = Parts.complaint("card-banner", model.banner());
        later = Parts.paragraph(words.say("card.later.note"), "row-path");
        root = new VBox(16, Parts.column(4, sentence, tried, reason), rows, Parts.column(2, note, later), banner);
    }

    Node node() {
        return root;
    }

    void show(CardContent content) {
        RelaunchCard card = content.card();
        String name = content.app().name();
        List<Row> all = card.rows();
        boolean single = all.size() == 1 && !all.getFirst().risky();
        sentence.setText(
                all.size() == 1
                        ? words.say("card.one", name, all.getFirst().sentencePart())
                        : words.say("card.several", name, card.count()));
        note.setText(words.say("card.reopen.note", name));
        reason.setText(content.reason().orElse(""));
        Parts.visible(reason, content.reason().isPresent());
        Parts.visible(rows, !single);
        rows.getChildren().clear();
        if (!single) {
            int shown = unfolded ? all.size() : Math.min(all.size(), RelaunchCard.VISIBLE_ROWS);
            for (int at = 0; at < shown; at++) {
                rows.getChildren().add(line(all.get(at), at));
            }
            if (shown < all.size()) {
                rows.getChildren().add(more(content, all.size() - shown));
            }
        }
        tick();
    }

    /** Time went by: “3 seconds ago” becomes “4 seconds ago”. Not a change of what is asked. */
    void tick() {
        RelaunchCard card = model.content().get().card();
        String ago = Ago.say(card.newest(), clock.instant(), zone, words);
        if (card.rows().size() > 1) {
            tried.setText(words.say("card.several.hint"));
            return;
        }
        Row only = card.rows().getFirst();
        String text = only.examples().isEmpty()
                ? words.say("card.tried.nothing", ago)
                : words.say(
                        tried(only), words.say("card.example", only.examples().getFirst()), ago);
        tried.setText(connects(only) ? text + " " + words.say("card.port.note") : text);
    }

    private static String tried(Row row) {
        return row.access().contains(Access.EXECUTE)
                ? "card.tried.run"
                : row.access().contains(Access.WRITE) ? "card.tried.change" : "card.tried";
    }

    private Node line(Row row, int at) {
        Label what = Parts.paragraph(capital(row.sentencePart()), "row-title");
        VBox texts = Parts.column(1, what);
        String below = below(row);
        if (!below.isEmpty()) {
            texts.getChildren().add(Parts.label(below, "row-path"));
        }
        HBox.setHgrow(texts, Priority.ALWAYS);
        ToggleSwitch on = new ToggleSwitch();
        Parts.switchesBySpace(on);
        on.setId("card-switch-" + at);
        on.setAccessibleText(row.sentencePart());
        on.selectedProperty().bindBidirectional(model.switchOf(row));
        HBox line = Parts.row(16, texts, on);
        line.setId("card-row-" + at);
        line.getStyleClass().addAll("ask-row", at == 0 ? "ask-row-first" : "ask-row-next");
        return line;
    }

    private Node more(CardContent content, int hidden) {
        Hyperlink link = new Hyperlink(words.say("card.more", hidden));
        link.setId("card-more");
        link.getStyleClass().add("ask-more");
        link.setOnAction(event -> {
            unfolded = true;
            show(content);
            root.getScene().getWindow().sizeToScene();
        });
        return link;
    }

    private String below(Row row) {
        if (row.access().contains(Access.LISTEN)) {
            return words.say("card.listen.note");
        }
        if (connects(row)) {
            return words.say("card.port.note");
        }
        return words.list(row.examples().stream()
                .map(name -> words.say("card.example", name))
                .toList());
    }

    private static boolean connects(Row row) {
        return row.resource() instanceof Resource.TcpPort && row.access().contains(Access.CONNECT);
    }

    private String capital(String text) {
        int end = text.offsetByCodePoints(0, 1);
        return text.substring(0, end).toUpperCase(words.locale()) + text.substring(end);
    }
}
