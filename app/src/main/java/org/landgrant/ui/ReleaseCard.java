package org.landgrant.ui;

import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.landgrant.prompts.Words;
import org.landgrant.ui.PreferencesModel.Releasing;

/** The way out: every app as it was. Asked about in its own place, with how many it concerns. */
final class ReleaseCard extends VBox {
    private final PreferencesModel model;
    private final Words words;
    private final Button start;
    private final Label question = Parts.paragraph("", "row-title");
    private final HBox asking;
    private final ProgressBar progress = new ProgressBar();
    private final Label done = Parts.paragraph("", "hint");
    private final Button no;

    ReleaseCard(PreferencesModel model, Words words) {
        this.model = model;
        this.words = words;
        Card card = new Card(Feather.UNLOCK, words.say("settings.release"), words.say("settings.release.hint"));
        start = Parts.button("release-all", words.say("settings.release.start"), model::askToRelease);
        card.actions(start);
        no = Parts.button("release-all-no", words.say("settings.release.no"), model::keepThem);
        Button yes = Parts.button("release-all-yes", words.say("settings.release.yes"), model::releaseAll, "danger");
        HBox.setHgrow(question, Priority.ALWAYS);
        question.setMaxWidth(Double.MAX_VALUE);
        question.setId("release-all-question");
        asking = Parts.row(12, question, no, yes);
        asking.getStyleClass().add("card-row");
        progress.setMaxWidth(Double.MAX_VALUE);
        progress.setAccessibleText(words.say("settings.release.working"));
        VBox working = new VBox(progress);
        working.getStyleClass().add("card-row");
        working.visibleProperty().bind(progress.visibleProperty());
        working.managedProperty().bind(progress.visibleProperty());
        done.getStyleClass().add("card-row");
        done.setMaxWidth(Double.MAX_VALUE);
        done.setId("release-all-done");
        card.body().getChildren().setAll(asking, working, done);
        getChildren().setAll(card);
        model.releasing().addListener((property, before, now) -> show(now));
        show(model.releasing().get());
    }

    private void show(Releasing now) {
        question.setText(words.say("settings.release.question", now.apps()));
        Parts.visible(asking, now.step() == Releasing.Step.ASKING);
        progress.setVisible(now.step() == Releasing.Step.WORKING);
        done.setText(model.released().orElse(""));
        Parts.visible(done, now.step() == Releasing.Step.DONE);
        boolean free = now.step() == Releasing.Step.READY || now.step() == Releasing.Step.DONE;
        start.setDisable(!free);
        if (now.step() == Releasing.Step.ASKING) {
            // Nothing is released by a key meant for the button before.
            no.requestFocus();
        }
    }
}
