package org.landgrant.ui;

import java.time.InstantSource;
import java.time.ZoneId;
import javafx.animation.AnimationTimer;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.geometry.Pos;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;
import javafx.util.Duration;
import org.kordamp.ikonli.feather.Feather;
import org.landgrant.prompts.CardAnswers;
import org.landgrant.prompts.Words;

/**
 * The window of one card. It comes without asking for the focus, its buttons work only when {@link
 * Arming} says so, none of them is the default, and closing it decides nothing.
 */
final class CardWindow {
    private static final double WIDTH = 540;

    private final CardModel model;
    private final Words words;
    private final AppIcons icons;
    private final Stage stage = new Stage();
    private final Arming arming = new Arming();
    private final KeyGuard keys = new KeyGuard();
    private final StackPane icon = AppIcons.place(56);
    private final Region progress = new Region();
    private final StackPane track = new StackPane(progress);
    private final CardQuestion question;
    private final Label closing = Parts.paragraph("", "card-sentence");
    private final Label closingHint = Parts.paragraph("", "hint");
    private final Button kill;
    private final Button close;
    private final VBox asking;
    private final VBox ending;
    private final HBox buttons;
    private final Button deny;
    private final Button next;
    private final Button reopen;
    private final AnimationTimer frames;
    private final Timeline seconds;

    CardWindow(CardModel model, Words words, AppIcons icons, InstantSource clock, ZoneId zone) {
        this.model = model;
        this.words = words;
        this.icons = icons;
        question = new CardQuestion(model, words, clock, zone);
        deny = answer("card-deny", "card.deny", CardAnswers.Button.DONT_ALLOW);
        next = answer("card-allow-next", "card.next", CardAnswers.Button.ALLOW_NEXT_TIME);
        reopen = answer("card-allow-reopen", "card.reopen", CardAnswers.Button.ALLOW_AND_REOPEN);
        buttons = Parts.row(8, deny, next, reopen);
        kill = Parts.button("card-kill", words.say("card.kill"), model::kill);
        close = Parts.button("card-close", words.say("card.close"), model::dismiss);
        track.getStyleClass().add("arming-track");
        progress.getStyleClass().add("arming");
        track.setAlignment(Pos.CENTER_LEFT);
        track.setAccessibleText(words.say("card.arming"));
        asking = new VBox(16, question.node(), track, buttons);
        ending = new VBox(16, closing, closingHint, Parts.row(8, Parts.spring(), kill, close));
        stage.setScene(scene());
        stage.setResizable(false);
        stage.getIcons().setAll(ProductIcon.sizes());
        stage.setOnCloseRequest(event -> model.dismiss());
        watchDisturbances();
        frames = new AnimationTimer() {
            @Override
            public void handle(long now) {
                arm();
            }
        };
        seconds = new Timeline(new KeyFrame(Duration.seconds(1), event -> {
            model.look();
            question.tick();
        }));
        seconds.setCycleCount(Timeline.INDEFINITE);
        model.content().addListener((property, before, now) -> showContent());
        model.phase().addListener((property, before, now) -> showPhase());
        model.anyOn().addListener((property, before, now) -> arm());
        showContent();
        showPhase();
    }

    /** Shows it without taking the focus from what the person does. */
    void show() {
        frames.start();
        seconds.play();
        stage.show();
    }

    private Button answer(String id, String text, CardAnswers.Button which) {
        Button button = Parts.button(id, words.say(text), () -> {
            if (arming.armed(System.nanoTime())) {
                model.answer(which);
            }
        });
        // Equal width, so that none looks like the obvious one.
        button.setMaxWidth(Double.MAX_VALUE);
        button.setPrefWidth(WIDTH / 3);
        HBox.setHgrow(button, Priority.ALWAYS);
        button.setDisable(true);
        return button;
    }

    private Scene scene() {
        StackPane badged = new StackPane(icon, badge());
        badged.setAlignment(Pos.BOTTOM_RIGHT);
        badged.setMinSize(60, 60);
        badged.setMaxSize(60, 60);
        StackPane.setAlignment(icon, Pos.TOP_LEFT);
        StackPane content = new StackPane(asking, ending);
        content.setAlignment(Pos.TOP_LEFT);
        HBox.setHgrow(content, Priority.ALWAYS);
        HBox inside = new HBox(20, badged, content);
        inside.getStyleClass().add("ask-inside");
        Region bar = new Region();
        bar.getStyleClass().add("ask-bar");
        VBox all = new VBox(bar, inside);
        all.getStyleClass().add("ask");
        all.setId("card");
        all.setPrefWidth(WIDTH + 140);
        Scene scene = new Scene(all);
        Theme.dress(scene);
        keys.guard(scene);
        scene.addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ESCAPE) {
                model.dismiss();
            }
        });
        // Nothing that answers has the focus at first.
        stage.setOnShown(event -> all.requestFocus());
        return scene;
    }

    private static StackPane badge() {
        StackPane badge = new StackPane(Parts.icon(Feather.SHIELD, 14, "ask-badge-icon"));
        badge.getStyleClass().add("ask-badge");
        badge.setMinSize(26, 26);
        badge.setMaxSize(26, 26);
        return badge;
    }

    private void watchDisturbances() {
        stage.focusedProperty().addListener((property, before, now) -> {
            arming.focused(now, System.nanoTime());
            keys.forget();
            arm();
        });
        stage.widthProperty().addListener((property, before, now) -> disturb());
        stage.heightProperty().addListener((property, before, now) -> disturb());
        stage.xProperty().addListener((property, before, now) -> disturb());
        stage.yProperty().addListener((property, before, now) -> disturb());
    }

    private void disturb() {
        arming.disturbed(System.nanoTime());
        arm();
    }

    private void arm() {
        long now = System.nanoTime();
        boolean armed = arming.armed(now);
        progress.setMaxWidth(track.getWidth() * arming.progress(now));
        progress.setMinHeight(2);
        track.setOpacity(armed ? 0 : 1);
        deny.setDisable(!armed);
        next.setDisable(!armed || !model.anyOn().get());
        reopen.setDisable(!armed || !model.anyOn().get());
    }

    private void showContent() {
        CardContent content = model.content().get();
        stage.setTitle(words.say("card.window", content.app().name()));
        icons.show(content.app(), icon);
        question.show(content);
        fit();
        disturb();
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
            case ASKING -> disturb();
            case WORKING -> {}
            case CLOSING -> closing.setText(words.say("card.closing", name));
            case CLOSING_LONG -> closing.setText(words.say("card.closing.long", name));
            case NOT_STARTED -> closing.setText(words.say("card.failed", name));
            case DONE -> {
                frames.stop();
                seconds.stop();
                stage.hide();
            }
        }
        fit();
    }

    private void fit() {
        if (stage.isShowing()) {
            stage.sizeToScene();
        }
    }
}
