package org.landgrant.ui;

import java.util.ArrayList;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.landgrant.grants.Resource;
import org.landgrant.prompts.Row;
import org.landgrant.prompts.Words;

/** “Recent refusals” of an app's page. */
final class RefusalsCard {
    private final AppPageModel model;
    private final Words words;
    private final Card card;
    private final Button clear;
    private boolean quietShown;
    private List<Refusal> shownWorthy = List.of();
    private List<Refusal> shownQuiet = List.of();
    private boolean drawn;

    /** @param all shows everything that happened with the app */
    RefusalsCard(AppPageModel model, Words words, Runnable all) {
        this.model = model;
        this.words = words;
        card = new Card(Feather.SLASH, words.say("refusals.title"), words.say("refusals.hint"));
        card.setId("refusals-card");
        clear = Parts.button("refusals-clear", words.say("refusals.clear"), model::clearRefusals);
        Button happened = Parts.button("app-activity", words.say("page.happened"), all);
        happened.setGraphic(Parts.icon(Feather.ACTIVITY, 14));
        card.actions(clear, happened);
    }

    Node node() {
        return card;
    }

    /** Another app is shown. */
    void forget() {
        quietShown = false;
        drawn = false;
    }

    void show(AppPage page) {
        if (!drawn || !page.refusals().equals(shownWorthy) || !page.quiet().equals(shownQuiet)) {
            drawn = true;
            shownWorthy = page.refusals();
            shownQuiet = page.quiet();
            draw();
        }
    }

    private void draw() {
        List<Node> lines = new ArrayList<>();
        clear.setVisible(!shownWorthy.isEmpty() || !shownQuiet.isEmpty());
        if (shownWorthy.isEmpty()) {
            lines.add(nothing());
        }
        for (Refusal refusal : shownWorthy) {
            lines.add(line(refusal, lines.size()));
        }
        if (!shownQuiet.isEmpty()) {
            lines.add(quiet());
        }
        card.body().getChildren().setAll(lines);
    }

    private Node nothing() {
        HBox row = Parts.row(
                16,
                Parts.lineIcon(Feather.CHECK_CIRCLE, "good-icon"),
                Parts.column(
                        1,
                        Parts.label(words.say("refusals.none"), "row-title"),
                        Parts.paragraph(words.say("refusals.none.hint"), "row-path")));
        row.getStyleClass().add("card-row");
        row.setId("refusals-none");
        return row;
    }

    private Node line(Refusal refusal, int index) {
        VBox texts = Parts.column(
                1, Parts.paragraph(refusal.what(), "row-title"), Parts.paragraph(refusal.detail(), "row-path"));
        HBox.setHgrow(texts, Priority.ALWAYS);
        HBox row = Parts.row(16, Parts.lineIcon(icon(refusal), "row-icon"), texts);
        row.getStyleClass().add("card-row");
        row.setId("refusal-" + index);
        if (refusal.allowed()) {
            Label done = Parts.label(words.say("refusals.allowed"), "good");
            done.setGraphic(Parts.icon(Feather.CHECK, 14, "good-icon"));
            done.setMinWidth(Region.USE_PREF_SIZE);
            row.getChildren().add(done);
        } else {
            refusal.grantable().ifPresent(wish -> {
                Button allow = Parts.button(
                        "refusal-" + index + "-allow", words.say("refusals.allow"), () -> model.allow(wish));
                Parts.explain(allow, words.say("refusals.allow.hint", wish.sentencePart()));
                row.getChildren().add(allow);
            });
        }
        return row;
    }

    private static Feather icon(Refusal refusal) {
        return refusal.grantable().map(Row::resource).map(RefusalsCard::icon).orElse(Feather.FILE);
    }

    private static Feather icon(Resource resource) {
        if (resource instanceof Resource.TcpPort) {
            return Feather.GLOBE;
        }
        return resource instanceof Resource.BusName ? Feather.GRID : Feather.FILE;
    }

    private Node quiet() {
        VBox lines = Parts.column(0);
        lines.getChildren().add(Parts.paragraph(words.say("refusals.quiet.hint"), "row-path", "quiet-hint"));
        for (Refusal refusal : shownQuiet) {
            Label where = Parts.label(refusal.what(), "quiet-place");
            Label often = Parts.label(refusal.detail(), "row-path");
            often.setMinWidth(Region.USE_PREF_SIZE);
            HBox line = Parts.row(16, where, Parts.spring(), often);
            line.getStyleClass().add("quiet-line");
            lines.getChildren().add(line);
        }
        ToggleButton more = new ToggleButton(words.say("refusals.quiet", shownQuiet.size()));
        more.setId("refusals-quiet");
        more.getStyleClass().add("disclosure");
        more.setSelected(quietShown);
        more.setGraphic(Parts.lineIcon(quietShown ? Feather.CHEVRON_DOWN : Feather.CHEVRON_RIGHT, "row-icon"));
        Parts.visible(lines, quietShown);
        more.setOnAction(event -> {
            quietShown = more.isSelected();
            more.setGraphic(Parts.lineIcon(quietShown ? Feather.CHEVRON_DOWN : Feather.CHEVRON_RIGHT, "row-icon"));
            Parts.visible(lines, quietShown);
        });
        VBox all = Parts.column(4, more, lines);
        all.getStyleClass().add("card-row");
        return all;
    }
}
