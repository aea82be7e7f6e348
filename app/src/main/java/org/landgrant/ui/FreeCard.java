package org.landgrant.ui;

import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import org.kordamp.ikonli.feather.Feather;
import org.landgrant.grants.AppId;
import org.landgrant.prompts.Words;

/** Once without limits, on an app's page: asked about where it is always seen, and loud as long as it lasts. */
final class FreeCard {
    private final Words words;
    private final Card card;
    private final Button start;
    private final Label question = Parts.paragraph("", "warning");
    private final Button no;
    private final Beside asking;
    private final Label state = Parts.paragraph("", "hint");
    private final HBox stateLine;
    private final HBox loud;
    private final Label loudText = Parts.paragraph("", "warning");
    private Optional<AppId> shown = Optional.empty();
    private boolean asks;

    FreeCard(AppPageModel model, Words words) {
        this.words = words;
        card = new Card(Feather.SHIELD_OFF, words.say("free.title"), words.say("free.hint"));
        card.setId("free-card");
        start = Parts.button("free", words.say("free.start"), () -> ask(true));
        card.actions(start);
        no = Parts.button("free-no", words.say("free.no"), () -> ask(false));
        Button yes = Parts.button(
                "free-yes",
                words.say("free.yes"),
                () -> {
                    ask(false);
                    model.runFree();
                },
                "danger");
        question.setId("free-question");
        asking = new Beside(Parts.lineIcon(Feather.ALERT_TRIANGLE, "warning-icon"), question, Parts.row(12, no, yes));
        asking.getStyleClass().add("free-asking");
        Parts.visible(asking, false);
        state.setId("free-state");
        HBox.setHgrow(state, Priority.ALWAYS);
        stateLine = Parts.row(16, Parts.lineIcon(Feather.INFO, "row-icon"), state);
        stateLine.getStyleClass().add("card-row");
        card.body().getChildren().setAll(stateLine);
        loudText.setId("free-loud-text");
        HBox.setHgrow(loudText, Priority.ALWAYS);
        loudText.setMaxWidth(Double.MAX_VALUE);
        loud = Parts.row(12, Parts.icon(Feather.SHIELD_OFF, 18, "warning-icon"), loudText);
        loud.getStyleClass().add("free-loud");
        loud.setId("free-loud");
    }

    Node node() {
        return card;
    }

    /** What stands above the page while it is asked. */
    Node question() {
        return asking;
    }

    /** Not now, when it is being asked; whether it was. */
    boolean refuse() {
        boolean asked = asks;
        if (asked) {
            ask(false);
        }
        return asked;
    }

    /** What stands at the top of the page as long as the app is open without limits. */
    Node loud() {
        return loud;
    }

    void show(AppPage page) {
        String name = page.app().name();
        if (!shown.equals(Optional.of(page.app().id()))) {
            shown = Optional.of(page.app().id());
            asks = false;
        }
        question.setText(words.say("free.question", name));
        loudText.setText(words.say("free.open", name));
        state.setText(words.say(page.free() ? "free.open" : "free.running", name));
        start.setDisable(page.free() || page.running());
        Parts.visible(stateLine, page.free() || page.running());
        Parts.visible(loud, page.free());
        asks &= !start.isDisabled() && page.settings().confined();
        Parts.visible(asking, asks);
    }

    private void ask(boolean now) {
        asks = now;
        Parts.visible(asking, now);
        // Nothing is set free by a key meant for the button before.
        (now ? no : start).requestFocus();
    }
}
