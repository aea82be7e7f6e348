package org.landgrant.ui;

import java.time.InstantSource;
import java.time.ZoneId;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.value.ObservableBooleanValue;
import javafx.geometry.Rectangle2D;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.landgrant.prompts.CardAnswers;
import org.landgrant.prompts.Words;

/** The window of one card: its question, then how the app closes and starts again. */
final class CardWindow {
    private final CardModel model;
    private final Words words;
    private final AskWindow window;
    private final CardQuestion question;
    private final Label closing = Parts.paragraph("", "card-sentence");
    private final Label closingHint = Parts.paragraph("", "hint");
    private final Button kill;
    private final Button close;
    private final VBox asking;
    private final VBox ending;

    CardWindow(CardModel model, Words words, AppIcons icons, InstantSource clock, ZoneId zone) {
        this.model = model;
        this.words = words;
        question = new CardQuestion(model, words, clock, zone);
        window = new AskWindow("card", words, icons, model::dismiss, () -> {
            model.look();
            question.tick();
        });
        ObservableBooleanValue always = new ReadOnlyBooleanWrapper(true);
        kill = Parts.button("card-kill", words.say("card.kill"), model::kill);
        close = Parts.button("card-close", words.say("card.close"), model::dismiss);
        asking = new VBox(
                16,
                AskWindow.scrolling(question.node(), new SpanChooser("card", words, model.span())),
                window.arming(),
                AskWindow.thirds(
                        answer("card-deny", "card.deny", always, CardAnswers.Button.DONT_ALLOW),
                        answer("card-allow-next", "card.next", model.anyOn(), CardAnswers.Button.ALLOW_NEXT_TIME),
                        answer(
                                "card-allow-reopen",
                                "card.reopen",
                                model.anyOn(),
                                CardAnswers.Button.ALLOW_AND_REOPEN)));
        ending = new VBox(16, closing, closingHint, Parts.row(8, Parts.spring(), kill, close));
        window.content(asking, ending);
        model.content().addListener((property, before, now) -> showContent());
        model.phase().addListener((property, before, now) -> showPhase());
        showContent();
        showPhase();
    }

    /** Shows it without taking the focus from what the person does. */
    void show() {
        window.show();
    }

    Rectangle2D bounds() {
        return window.bounds();
    }

    private Button answer(String id, String text, ObservableBooleanValue sensible, CardAnswers.Button which) {
        return window.answer(id, words.say(text), sensible, () -> model.answer(which));
    }

    private void showContent() {
        CardContent content = model.content().get();
        question.show(content);
        window.about(content.app(), Feather.SHIELD);
    }

    private void showPhase() {
        String name = model.content().get().app().name();
        CardModel.Phase phase = model.phase().get();
        boolean asks = phase == CardModel.Phase.ASKING || phase == CardModel.Phase.WORKING;
        Parts.visible(asking, asks);
        Parts.visible(ending, !asks);
        asking.setDisable(phase == CardModel.Phase.WORKING);
        Parts.visible(kill, phase == CardModel.Phase.CLOSING_LONG);
        Parts.visible(close, phase == CardModel.Phase.NOT_STARTED);
        Parts.visible(closingHint, phase == CardModel.Phase.CLOSING_LONG);
        closingHint.setText(words.say("card.closing.hint"));
        switch (phase) {
            case ASKING -> window.disturb();
            case WORKING -> {}
            case CLOSING -> closing.setText(words.say("card.closing", name));
            case CLOSING_LONG -> closing.setText(words.say("card.closing.long", name));
            case NOT_STARTED -> closing.setText(words.say("card.failed", name));
            case DONE -> window.hide();
        }
        window.fit();
    }
}
