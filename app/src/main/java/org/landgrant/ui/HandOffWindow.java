package org.landgrant.ui;

import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.landgrant.prompts.Words;

/** The window of one {@link HandOffModel}. Closing it means not now. */
final class HandOffWindow {
    private final HandOffModel model;
    private final Words words;
    private final AskWindow window;
    private final VBox asking;
    private final VBox closing;
    private final Label sentence = Parts.paragraph("", "card-sentence");
    private final Label hint = Parts.paragraph("", "hint");

    HandOffWindow(HandOffModel model, Words words, AppIcons icons) {
        this.model = model;
        this.words = words;
        window = new AskWindow("handoff", words, icons, model::refuse, model::look);
        String name = model.app().name();
        ReadOnlyBooleanWrapper always = new ReadOnlyBooleanWrapper(true);
        asking = new VBox(
                16,
                AskWindow.scrolling(
                        Parts.paragraph(words.say("outside.title", name), "card-sentence"),
                        Parts.paragraph(words.say("handoff.hint"), "hint"),
                        Parts.paragraph(words.say("handoff.save"), "hint")),
                window.arming(),
                AskWindow.thirds(
                        window.answer("handoff-no", words.say("handoff.no"), always, model::refuse),
                        window.answer("handoff-yes", words.say("outside.reopen"), always, model::close)));
        closing = new VBox(
                16,
                sentence,
                hint,
                Parts.row(8, Parts.spring(), Parts.button("handoff-stop", words.say("handoff.no"), model::refuse)));
        window.content(asking, closing);
        window.about(model.app(), Feather.ALERT_TRIANGLE);
        model.phase().addListener((property, before, now) -> show(now));
        show(model.phase().get());
    }

    /** Shows it without taking the focus from what the person does. */
    void show() {
        window.show();
    }

    private void show(HandOffModel.Phase phase) {
        String name = model.app().name();
        Parts.visible(asking, phase == HandOffModel.Phase.ASKING);
        Parts.visible(closing, phase != HandOffModel.Phase.ASKING);
        Parts.visible(hint, phase == HandOffModel.Phase.CLOSING_LONG);
        hint.setText(words.say("card.closing.hint"));
        switch (phase) {
            case ASKING -> window.disturb();
            case CLOSING -> sentence.setText(words.say("card.closing", name));
            case CLOSING_LONG -> sentence.setText(words.say("card.closing.long", name));
            case DONE -> window.hide();
        }
        window.fit();
    }
}
