package org.landgrant.ui;

import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.geometry.Rectangle2D;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.landgrant.grants.Access;
import org.landgrant.prompts.LiveAnswer.Choice;
import org.landgrant.prompts.Words;

/** The window of an app's live prompts; when one is answered, the next takes its place and is armed anew. */
final class PromptWindow {
    private final PromptModel model;
    private final Words words;
    private final Ends ends;
    private final AskWindow window;
    private final PromptQuestion question;
    private final PromptDetails details;
    private final Label deny = meaning("deny");
    private final Label once = meaning("once");
    private final Label allow = meaning("allow");
    private final Button denies;
    private final List<Button> clicked;
    private final List<HoldButton> held;
    private final VBox asking;

    PromptWindow(PromptModel model, Words words, AppIcons icons, InstantSource clock, ZoneId zone) {
        this.model = model;
        this.words = words;
        ends = new Ends(words, clock, zone);
        question = new PromptQuestion(model, words, clock, zone);
        window = new AskWindow("prompt", words, icons, () -> model.answer(Choice.LATER), question::tick);
        details = new PromptDetails(words, zone, window.hint(), window::fit);
        denies = answer("prompt-deny", "card.deny", Choice.DENY);
        Button onces = answer("prompt-once", "prompt.once", Choice.ONCE);
        Button allows = answer("prompt-allow", "prompt.allow", Choice.ALLOW);
        HoldButton holdsOnce = hold("prompt-hold-once", "prompt.hold.once", Choice.ONCE);
        HoldButton holdsAllow = hold("prompt-hold-allow", "prompt.hold.allow", Choice.ALLOW);
        clicked = List.of(onces, allows);
        held = List.of(holdsOnce, holdsAllow);
        Node buttons = AskWindow.thirds(
                column(deny, denies), column(once, onces, holdsOnce), column(allow, allows, holdsAllow));
        SpanChooser spans = new SpanChooser("prompt", words, model.span());
        asking = new VBox(16, AskWindow.scrolling(question.node(), spans, details.node()), window.arming(), buttons);
        window.content(asking);
        model.scope().addListener((property, before, now) -> showScope());
        model.span().addListener((property, before, now) -> showSpan());
        model.content().addListener((property, before, now) -> showContent());
        model.phase().addListener((property, before, now) -> showPhase());
        showContent();
    }

    /** Shows it without taking the focus from what the person does. */
    void show() {
        window.show();
    }

    Rectangle2D bounds() {
        return window.bounds();
    }

    private Button answer(String id, String text, Choice choice) {
        return window.answer(id, words.say(text), new ReadOnlyBooleanWrapper(true), () -> model.answer(choice));
    }

    private HoldButton hold(String id, String text, Choice choice) {
        return window.hold(id, words.say(text), () -> model.answer(choice));
    }

    /** What answers, and below it what that means. */
    private static Node column(Label meaning, Region... buttons) {
        VBox column = new VBox(6, buttons);
        for (Region button : buttons) {
            button.accessibleHelpProperty().bind(meaning.textProperty());
        }
        column.getChildren().add(meaning);
        return column;
    }

    private static Label meaning(String answer) {
        Label meaning = Parts.paragraph("", "row-path", "ask-meaning");
        meaning.setId("prompt-" + answer + "-means");
        meaning.setMaxWidth(Double.MAX_VALUE);
        return meaning;
    }

    private void showContent() {
        PromptContent content = model.content().get();
        String name = content.app().name();
        showScope();
        once.setText(words.say("prompt.once.means", name));
        showSpan();
        boolean sensitive = content.prompt().sensitive().isPresent();
        clicked.forEach(button -> Parts.visible(button, !sensitive));
        held.forEach(button -> Parts.visible(button, sensitive));
        window.warn(sensitive, denies);
        question.show(content);
        details.show(content);
        window.about(
                content.app(),
                sensitive
                        ? Feather.ALERT_TRIANGLE
                        : badge(content.prompt().first().access()));
    }

    private void showScope() {
        PromptContent content = model.content().get();
        boolean again = content.refused().contains(model.scope().get().resource());
        deny.setText(words.say(
                again ? "prompt.deny.again" : "prompt.deny.means", content.app().name()));
    }

    private void showSpan() {
        allow.setText(ends.means(model.span().get()));
    }

    private static Feather badge(Access access) {
        return switch (access) {
            case CONNECT -> Feather.GLOBE;
            case LISTEN -> Feather.RADIO;
            default -> Feather.FOLDER;
        };
    }

    private void showPhase() {
        PromptModel.Phase phase = model.phase().get();
        asking.setDisable(phase == PromptModel.Phase.WORKING);
        switch (phase) {
            case ASKING -> {
                window.fit();
                window.disturb();
            }
            case WORKING -> {}
            case DONE -> window.hide();
        }
    }
}
