package org.landgrant.ui;

import java.util.Optional;
import java.util.function.Supplier;
import javafx.animation.PauseTransition;
import javafx.geometry.Rectangle2D;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.stage.Screen;
import javafx.stage.Stage;
import javafx.stage.StageStyle;
import javafx.util.Duration;
import org.kordamp.ikonli.feather.Feather;
import org.landgrant.prompts.Words;

/**
 * Says for five seconds what an answer changed, and takes it back. A small window that never takes the
 * keyboard, in front of the settings window where that is open, else where the prompt was; not a
 * notification of the desktop, which would look like those of any app. Belongs to the toolkit's thread.
 */
final class Toasts {
    private static final Duration SHOWN = Duration.seconds(5);

    /** By then the window that asked is gone and the keyboard is where it was before; a new window could be given it. */
    private static final Duration AFTER = Duration.millis(300);

    private static final double WIDTH = 560;
    private static final double GAP = 16;

    private final Tasks tasks;
    private final Words words;
    private final Supplier<Optional<Rectangle2D>> settings;
    private final Stage stage = new Stage(StageStyle.UNDECORATED);
    private final Label sentence = Parts.paragraph("", "row-title");
    private final Button undo;
    private final PauseTransition appear = new PauseTransition(AFTER);
    private final PauseTransition end = new PauseTransition(SHOWN);
    private Optional<Note> shown = Optional.empty();

    /** @param settings where the settings window is, when it is open */
    Toasts(Tasks tasks, Words words, Supplier<Optional<Rectangle2D>> settings) {
        this.tasks = tasks;
        this.words = words;
        this.settings = settings;
        undo = Parts.button("toast-undo", words.say("toast.undo"), this::undo);
        sentence.setId("toast-sentence");
        HBox.setHgrow(sentence, Priority.ALWAYS);
        sentence.setMaxWidth(Double.MAX_VALUE);
        HBox all = Parts.row(
                12,
                Parts.icon(Feather.CHECK, 18, "good-icon"),
                sentence,
                undo,
                Parts.iconButton("toast-close", Feather.X, words.say("banner.close"), stage::hide));
        all.setId("toast");
        all.getStyleClass().add("toast");
        all.setPrefWidth(WIDTH);
        // As long as somebody is about to click, it stays.
        all.setOnMouseEntered(event -> end.pause());
        all.setOnMouseExited(event -> end.playFromStart());
        Scene scene = new Scene(all);
        Theme.dress(scene);
        stage.setScene(scene);
        // Where the desktop gives it the keyboard all the same, a key meant for something else undoes nothing.
        stage.setOnShown(event -> all.requestFocus());
        stage.setTitle(words.say("toast.window"));
        stage.setAlwaysOnTop(true);
        stage.getIcons().setAll(ProductIcon.sizes());
        appear.setOnFinished(event -> appear());
        end.setOnFinished(event -> stage.hide());
    }

    /** @param asked where the window was that asked */
    void show(Note note, Rectangle2D asked) {
        shown = Optional.of(note);
        say(note.sentence(), true);
        Rectangle2D near = settings.get().orElse(asked);
        stage.setX(near.getMinX() + (near.getWidth() - WIDTH) / 2);
        double below = settings.get().isPresent() ? near.getMaxY() - 96 : near.getMaxY() + GAP;
        double lowest = Screen.getPrimary().getVisualBounds().getMaxY() - 96;
        stage.setY(Math.min(below, lowest));
        if (stage.isShowing()) {
            stage.sizeToScene();
        } else {
            appear.playFromStart();
        }
    }

    private void appear() {
        if (!stage.isShowing()) {
            QuietMap.show(stage);
            stage.sizeToScene();
        }
    }

    private void say(String text, boolean undoable) {
        sentence.setText(text);
        Parts.visible(undo, undoable);
        end.playFromStart();
    }

    private void undo() {
        shown.ifPresent(note -> {
            shown = Optional.empty();
            tasks.run(
                    () -> {
                        note.undo().undo();
                        return words.say("toast.undone");
                    },
                    done -> say(done, false),
                    failure -> say(failure, false));
        });
    }
}
