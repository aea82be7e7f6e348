package org.landgrant.ui;

import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.landgrant.prompts.Words;
import org.landgrant.ui.ReachRules.At;

/** “Your home folder” of an app's page: a picture of what it reaches there. */
final class ReachCard {
    /** The least part of the whole that is said as a number. */
    private static final double LEAST = 0.01;

    private final AppPageModel model;
    private final HomeLook look;
    private final Words words;
    private final Card card;
    private final ReachTiles tiles;
    private final Label summary = Parts.paragraph("", "hint");

    ReachCard(AppPageModel model, HomeLook look, Words words) {
        this.model = model;
        this.look = look;
        this.words = words;
        card = new Card(Feather.PIE_CHART, words.say("picture.title"), words.say("picture.hint"));
        card.setId("reach-card");
        tiles = new ReachTiles(words);
        summary.setId("reach-summary");
        HBox legend = Parts.row(16);
        for (At at : At.values()) {
            Region mark = new Region();
            mark.getStyleClass().addAll("reach-mark", "reach-" + at.word());
            legend.getChildren().add(Parts.row(6, mark, Parts.label(words.say("picture." + at.word()), "row-path")));
        }
        VBox body = Parts.column(10, summary, tiles, legend);
        body.getStyleClass().addAll("card-row", "reach-body");
        card.body().getChildren().setAll(body);
        look.found().addListener((property, before, now) -> draw());
        look.files().addListener((property, before, now) -> progress(now.longValue()));
        model.preview().addListener((property, before, now) -> draw());
    }

    Node node() {
        return card;
    }

    void show(AppPage page) {
        if (page.settings().confined() && page.app().notOurs().isEmpty()) {
            look.look();
            draw();
        }
    }

    private void progress(long counted) {
        if (look.found().get().isEmpty()) {
            summary.setText(words.say("picture.looking", counted));
        }
    }

    private void draw() {
        Optional<AppPage> page = model.page().get();
        Optional<HomeScan> found = look.found().get();
        if (page.isEmpty() || found.isEmpty()) {
            return;
        }
        ReachRules rules = page.get().rules();
        Optional<AppPageModel.Preview> preview = model.preview().get();
        if (preview.isPresent()) {
            rules = rules.with(preview.get().path(), preview.get().level());
        }
        ReachPicture picture = ReachPicture.of(found.get().home(), rules);
        tiles.show(picture);
        String said = words.say("picture.summary", share(picture.seen()), share(picture.changed()));
        summary.setText(
                preview.isPresent() ? words.say("picture.preview", preview.get().name(), said) : said);
        tiles.setAccessibleText(summary.getText());
    }

    /** A little is not nothing. */
    private String share(double part) {
        boolean little = part > 0 && part < LEAST;
        return little ? words.say("picture.share.little", LEAST) : words.say("picture.share", part);
    }
}
