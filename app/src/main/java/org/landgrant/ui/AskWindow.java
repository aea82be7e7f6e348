package org.landgrant.ui;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import javafx.animation.AnimationTimer;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.value.ObservableBooleanValue;
import javafx.css.PseudoClass;
import javafx.geometry.Orientation;
import javafx.geometry.Pos;
import javafx.geometry.Rectangle2D;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.input.InputEvent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.scene.text.TextAlignment;
import javafx.stage.Screen;
import javafx.stage.Stage;
import javafx.util.Duration;
import org.kordamp.ikonli.feather.Feather;
import org.landgrant.desktop.InstalledApp;
import org.landgrant.prompts.Words;

/**
 * The look and the manners that all windows that ask have in common. Such a window comes without asking
 * for the focus, what answers in it works only when {@link Arming} says so, nothing in it is the default,
 * and closing it decides nothing.
 */
final class AskWindow {
    private static final double WIDTH = 780;

    private static final double GAP = 8;
    private static final PseudoClass WARNS = PseudoClass.getPseudoClass("warns");

    private record Answer(Button button, ObservableBooleanValue sensible) {}

    private final Words words;
    private final AppIcons icons;
    private final Runnable dismiss;
    private final Stage stage = new Stage();
    private final Arming arming = new Arming();
    private final KeyGuard keys = new KeyGuard();
    private final StackPane icon = AppIcons.place(56);
    private final StackPane badge = badge();
    private final StackPane content = new StackPane();
    private final Region bar = new Region();
    private final Region progress = new Region();
    private final StackPane track = new StackPane(progress);
    private final Label hint;
    private final List<Answer> answers = new ArrayList<>();
    private final List<HoldButton> holds = new ArrayList<>();
    private Optional<Button> first = Optional.empty();
    private BooleanSupplier keyboard = () -> false;
    private boolean focused;
    private final AnimationTimer frames;
    private final Timeline seconds;

    /**
     * @param id of the node that holds all
     * @param dismiss what closing it means: not now
     * @param tick called each second while it is shown
     */
    AskWindow(String id, Words words, AppIcons icons, Runnable dismiss, Runnable tick) {
        this.words = words;
        this.icons = icons;
        this.dismiss = dismiss;
        track.getStyleClass().add("arming-track");
        progress.getStyleClass().add("arming");
        track.setAlignment(Pos.CENTER_LEFT);
        track.setAccessibleText(words.say("ask.click"));
        hint = Parts.label(words.say("ask.click"), "row-path");
        OnScreen.keep(stage);
        stage.setScene(scene(id));
        stage.setResizable(false);
        stage.setAlwaysOnTop(true);
        stage.getIcons().setAll(ProductIcon.sizes());
        stage.setOnCloseRequest(event -> {
            // It goes once that was heard; otherwise it could come back while it was on its way.
            event.consume();
            dismiss.run();
        });
        watchDisturbances();
        frames = new AnimationTimer() {
            @Override
            public void handle(long now) {
                lookForFocus();
                arm();
            }
        };
        seconds = new Timeline(new KeyFrame(Duration.seconds(1), event -> tick.run()));
        seconds.setCycleCount(Timeline.INDEFINITE);
        // Whoever hides it; what goes on running would keep all of it.
        stage.setOnHidden(event -> {
            frames.stop();
            seconds.stop();
        });
    }

    /** What it shows at the right of the app's icon; of several, each is made visible in its time. */
    void content(Node... nodes) {
        content.getChildren().setAll(nodes);
    }

    /** The thin line that fills until the buttons work. */
    Node arming() {
        return track;
    }

    /** Why the buttons do not work yet; its place stays when they do. */
    Node hint() {
        return hint;
    }

    /**
     * A button that answers, once it may.
     *
     * @param sensible whether it means something at the moment
     */
    Button answer(String id, String text, ObservableBooleanValue sensible, Runnable action) {
        Button button = Parts.button(id, text, () -> {
            if (arming.armed(System.nanoTime())) {
                action.run();
            }
        });
        fills(button);
        button.setDisable(true);
        answers.add(new Answer(button, sensible));
        sensible.addListener((property, before, now) -> arm());
        return button;
    }

    /** What is asked; on a screen too low for all of it, it scrolls, and what answers stays in sight. */
    static Node scrolling(Node... asked) {
        ScrollPane pane = new ScrollPane(new VBox(16, asked)) {
            @Override
            public Orientation getContentBias() {
                return Orientation.HORIZONTAL;
            }
        };
        pane.setFitToWidth(true);
        pane.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        pane.setFocusTraversable(false);
        pane.getStyleClass().add("ask-scroll");
        // A click into the words takes the focus from nothing and gives it to nothing.
        pane.focusedProperty().addListener((property, before, now) -> {
            if (now) {
                pane.getScene().getRoot().requestFocus();
            }
        });
        VBox.setVgrow(pane, Priority.ALWAYS);
        return pane;
    }

    /** Side by side and equally wide, so that none looks like the obvious one. */
    static Node thirds(Node... answers) {
        GridPane row = new GridPane(GAP, 0);
        row.setMinHeight(Region.USE_PREF_SIZE);
        for (int at = 0; at < answers.length; at++) {
            ColumnConstraints column = new ColumnConstraints(0);
            column.setPercentWidth(100.0 / answers.length);
            row.getColumnConstraints().add(column);
            row.add(answers[at], at, 0);
        }
        return row;
    }

    /** As wide as its place; its words take two lines if they must. */
    private static void fills(Button button) {
        button.setMaxWidth(Double.MAX_VALUE);
        button.setMinWidth(0);
        button.setWrapText(true);
        button.setTextAlignment(TextAlignment.CENTER);
    }

    /** A button that answers when it is held down for a while, once it may. */
    HoldButton hold(String id, String text, Runnable action) {
        HoldButton hold = new HoldButton(id, text, words.say("prompt.hold.help"), () -> {
            if (arming.armed(System.nanoTime())) {
                action.run();
            }
        });
        fills(hold.button());
        answers.add(new Answer(hold.button(), new ReadOnlyBooleanWrapper(true)));
        holds.add(hold);
        return hold;
    }

    /**
     * Says whether to think twice.
     *
     * @param safe has the focus then, as soon as it works; keys do nothing all the same until the focus was moved
     */
    void warn(boolean warns, Button safe) {
        bar.pseudoClassStateChanged(WARNS, warns);
        badge.pseudoClassStateChanged(WARNS, warns);
        first = warns ? Optional.of(safe) : Optional.empty();
    }

    /**
     * Whose question it is, and what kind. It is a new one, so everything begins anew: nothing that answers
     * has the focus, and keys do nothing until the focus was moved.
     */
    void about(InstalledApp app, Feather kind) {
        stage.setTitle(words.say("ask.window", app.name()));
        icons.show(app, icon);
        badge.getChildren().setAll(Parts.icon(kind, 14, "ask-badge-icon"));
        stage.getScene().getRoot().requestFocus();
        keys.forget();
        fit();
        disturb();
    }

    /** What it asks changed: nothing answers until it was read. */
    void disturb() {
        arming.disturbed(System.nanoTime());
        arm();
    }

    /** Shows it without taking the focus from what the person does. */
    void show() {
        frames.start();
        seconds.play();
        keyboard = QuietMap.show(stage);
    }

    /** Where it is on the screen. */
    Rectangle2D bounds() {
        return new Rectangle2D(
                stage.getX(), stage.getY(), Math.max(0, stage.getWidth()), Math.max(0, stage.getHeight()));
    }

    void hide() {
        stage.hide();
    }

    /** What it holds became larger or smaller. */
    void fit() {
        if (stage.isShowing()) {
            stage.sizeToScene();
        }
    }

    private Scene scene(String id) {
        StackPane badged = new StackPane(icon, badge);
        badged.setAlignment(Pos.BOTTOM_RIGHT);
        badged.setMinSize(60, 60);
        badged.setMaxSize(60, 60);
        StackPane.setAlignment(icon, Pos.TOP_LEFT);
        content.setAlignment(Pos.TOP_LEFT);
        HBox.setHgrow(content, Priority.ALWAYS);
        HBox inside = new HBox(20, badged, content);
        inside.getStyleClass().add("ask-inside");
        bar.getStyleClass().add("ask-bar");
        VBox all = new VBox(bar, inside);
        all.getStyleClass().add("ask");
        all.setId(id);
        all.setPrefWidth(Theme.width(WIDTH));
        all.setMaxHeight(Screen.getPrimary().getVisualBounds().getHeight() - Theme.FRAME);
        VBox.setVgrow(inside, Priority.ALWAYS);
        Scene scene = new Scene(all);
        Theme.dress(scene);
        // Before the guard, which begins anew when the focus comes.
        scene.addEventFilter(InputEvent.ANY, event -> lookForFocus());
        keys.guard(scene);
        scene.addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ESCAPE) {
                dismiss.run();
            }
        });
        // Nothing that answers has the focus at first.
        stage.setOnShown(event -> all.requestFocus());
        return scene;
    }

    private static StackPane badge() {
        StackPane badge = new StackPane();
        badge.getStyleClass().add("ask-badge");
        badge.setMinSize(26, 26);
        badge.setMaxSize(26, 26);
        return badge;
    }

    private void watchDisturbances() {
        stage.focusedProperty().addListener((property, before, now) -> lookForFocus());
        stage.widthProperty().addListener((property, before, now) -> disturb());
        stage.heightProperty().addListener((property, before, now) -> disturb());
        stage.xProperty().addListener((property, before, now) -> disturb());
        stage.yProperty().addListener((property, before, now) -> disturb());
    }

    private void lookForFocus() {
        boolean now = keyboard.getAsBoolean();
        if (now != focused) {
            focused = now;
            hint.setText(words.say(now ? "ask.arming" : "ask.click"));
            arming.focused(now, System.nanoTime());
            keys.forget();
            arm();
        }
    }

    private void arm() {
        long now = System.nanoTime();
        boolean armed = arming.armed(now);
        holds.forEach(hold -> hold.look(now));
        progress.setMaxWidth(track.getWidth() * arming.progress(now));
        progress.setMinHeight(2);
        track.setOpacity(armed ? 0 : 1);
        hint.setOpacity(armed ? 0 : 1);
        answers.forEach(answer ->
                answer.button().setDisable(!armed || !answer.sensible().get()));
        Scene scene = stage.getScene();
        if (armed && scene.getRoot().equals(scene.getFocusOwner())) {
            first.ifPresent(Button::requestFocus);
        }
    }
}
