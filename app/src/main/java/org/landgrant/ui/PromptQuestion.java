package org.landgrant.ui;

import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.RadioButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.landgrant.prompts.LivePrompt;
import org.landgrant.prompts.OneLine;
import org.landgrant.prompts.Scope;
import org.landgrant.prompts.Words;

/** What a live prompt asks: the sentence, what was tried, and how much an answer is about. */
final class PromptQuestion {
    private static final int SENTENCE = 240;

    private final PromptModel model;
    private final Words words;
    private final InstantSource clock;
    private final ZoneId zone;
    private final Label sentence = Parts.paragraph("", "card-sentence");
    private final Label tried = Parts.paragraph("", "hint");
    private final Label reason = Parts.paragraph("", "hint");
    private final Label waits = Parts.paragraph("", "hint");
    private final Label joined = Parts.paragraph("", "hint");
    private final Label warning = Parts.paragraph("", "ask-warning-text");
    private final HBox warns = Parts.row(10, Parts.icon(Feather.ALERT_TRIANGLE, 18, "warning-icon"), warning);
    private final VBox scopes = new VBox();
    private final Label banner;
    private final VBox root;

    PromptQuestion(PromptModel model, Words words, InstantSource clock, ZoneId zone) {
        this.model = model;
        this.words = words;
        this.clock = clock;
        this.zone = zone;
        sentence.setId("prompt-sentence");
        tried.setId("prompt-tried");
        reason.setId("prompt-reason");
        waits.setId("prompt-waits");
        joined.setId("prompt-joined");
        warning.setId("prompt-warning");
        HBox.setHgrow(warning, Priority.ALWAYS);
        warns.getStyleClass().add("ask-warning");
        scopes.setId("prompt-scope");
        scopes.getStyleClass().add("ask-rows");
        scopes.setAccessibleText(words.say("prompt.scope"));
        banner = Parts.complaint("prompt-banner", model.banner());
        root = new VBox(16, Parts.column(4, sentence, tried, waits, joined, reason), warns, scopes, banner);
    }

    Node node() {
        return root;
    }

    void show(PromptContent content) {
        LivePrompt prompt = content.prompt();
        sentence.setText(OneLine.clean(prompt.title(), SENTENCE));
        tried.setText(OneLine.clean(prompt.detail(), SENTENCE));
        reason.setText(content.reason().orElse(""));
        Parts.visible(reason, content.reason().isPresent());
        int more = prompt.questions().size() - 1;
        joined.setText(words.say("prompt.joined", more));
        Parts.visible(joined, more > 0);
        Parts.visible(warns, prompt.sensitive().isPresent());
        warning.setText(
                prompt.sensitive().map(kind -> words.say("warn." + kind.word())).orElse(""));
        choices(prompt.scopes());
        tick();
    }

    /** Time went by: “3 seconds ago” becomes “4 seconds ago”. Not a change of what is asked. */
    void tick() {
        LivePrompt prompt = model.content().get().prompt();
        waits.setText(words.say("prompt.waits", Ago.say(prompt.first().asked(), clock.instant(), zone, words)));
    }

    /** One after the other, because a list that folds out would hide what is being answered. */
    private void choices(List<Scope> offered) {
        // Where there is nothing to choose, the sentence has said it all.
        Parts.visible(scopes, offered.size() > 1);
        ToggleGroup one = new ToggleGroup();
        scopes.getChildren().clear();
        for (Scope scope : offered) {
            RadioButton choice = new RadioButton(LeftToRight.sentence(OneLine.clean(scope.label(), SENTENCE)));
            choice.setId("prompt-scope-" + offered.indexOf(scope));
            choice.getStyleClass()
                    .addAll("ask-choice", scopes.getChildren().isEmpty() ? "ask-row-first" : "ask-row-next");
            choice.setMaxWidth(Double.MAX_VALUE);
            choice.setMinWidth(0);
            choice.setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
            choice.setToggleGroup(one);
            choice.setSelected(scope.equals(model.scope().get()));
            choice.setOnAction(event -> model.scope().set(scope));
            scopes.getChildren().add(choice);
        }
    }
}
