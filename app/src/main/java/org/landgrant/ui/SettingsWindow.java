package org.landgrant.ui;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javafx.geometry.Rectangle2D;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.Region;
import javafx.stage.Screen;
import javafx.stage.Stage;
import org.landgrant.grants.AppId;
import org.landgrant.prompts.Words;

/** The settings window: the sections at the left, the chosen one at the right. */
final class SettingsWindow {
    private static final KeyCombination FIND = new KeyCodeCombination(KeyCode.F, KeyCombination.CONTROL_DOWN);

    private static final double WIDTH = 1200;
    private static final double HEIGHT = 780;

    /** Left for the window's own frame and the desktop's panels on small screens. */
    private static final double MARGIN = 48;

    private final AppsSection apps;
    private final List<Section> sections;
    private final Rail rail;
    private final Node left;
    private final BorderPane root = new BorderPane();
    private final Stage stage = new Stage();
    private Section shown;

    /**
     * @param others the sections besides the apps, in their order
     */
    SettingsWindow(AppsSection apps, List<Section> others, Words words) {
        this.apps = apps;
        this.sections = Stream.concat(Stream.of(apps), others.stream()).toList();
        this.shown = apps;
        this.rail = new Rail(sections, words, this::turnTo);
        ScrollPane reach = new ScrollPane(rail);
        reach.setFitToHeight(true);
        reach.setFitToWidth(true);
        reach.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        reach.setMinWidth(Region.USE_PREF_SIZE);
        reach.setFocusTraversable(false);
        reach.getStyleClass().add("rail-scroll");
        left = reach;
        root.setLeft(left);
        Rectangle2D screen = Screen.getPrimary().getVisualBounds();
        Scene scene = new Scene(root, Theme.width(WIDTH), Math.min(Theme.scaled(HEIGHT), screen.getHeight() - MARGIN));
        Theme.dress(scene);
        scene.addEventFilter(KeyEvent.KEY_PRESSED, this::shortcut);
        scene.addEventHandler(KeyEvent.KEY_TYPED, event -> {
            if (!(scene.getFocusOwner() instanceof TextInputControl)) {
                shown.typed(event);
            }
        });
        stage.setScene(scene);
        stage.setOnShown(event -> shown.focus());
        OnScreen.keep(stage);
        stage.setTitle(words.say("window.title"));
        stage.setMinWidth(720);
        stage.setMinHeight(360);
        stage.getIcons().setAll(ProductIcon.sizes());
        rail.choose(0);
    }

    /** Who hears when the window comes and goes. */
    void onShowing(Consumer<Boolean> listener) {
        stage.showingProperty().addListener((property, before, now) -> listener.accept(now));
    }

    /** Shows the window in front, and an app's page when one is named. */
    void show(Optional<AppId> app) {
        app.ifPresent(id -> {
            rail.choose(0);
            apps.choose(id);
        });
        refresh();
        stage.show();
        stage.setIconified(false);
        stage.toFront();
    }

    /** Shows the first page instead of everything else; {@link #goOn} ends that. */
    void greet(WelcomeView welcome) {
        root.setLeft(null);
        root.setCenter(welcome.node());
        stage.setOnShown(event -> welcome.focus());
    }

    /** Turns to a section by its name. */
    void choose(String section) {
        for (int at = 0; at < sections.size(); at++) {
            if (sections.get(at).name().equals(section)) {
                rail.choose(at);
            }
        }
    }

    /** The first page was answered. */
    void goOn() {
        stage.setOnShown(event -> shown.focus());
        root.setLeft(left);
        turnTo(shown);
        shown.focus();
    }

    /** Shows the window with that section, where another one was. */
    void replace(SettingsWindow other, String section) {
        stage.setX(other.stage.getX());
        stage.setY(other.stage.getY());
        stage.setWidth(other.stage.getWidth());
        stage.setHeight(other.stage.getHeight());
        choose(section);
        show(Optional.empty());
        other.stage.hide();
    }

    /** Where it is on the screen, while it is shown. */
    Optional<Rectangle2D> bounds() {
        return stage.isShowing() && !stage.isIconified()
                ? Optional.of(new Rectangle2D(stage.getX(), stage.getY(), stage.getWidth(), stage.getHeight()))
                : Optional.empty();
    }

    boolean showing() {
        return stage.isShowing();
    }

    /** Something outside changed: reads again what is shown. */
    void refresh() {
        shown.refresh();
        sections.stream().filter(section -> !section.equals(shown)).forEach(Section::count);
    }

    private void turnTo(Section section) {
        shown = section;
        root.setCenter(section.node());
        section.refresh();
    }

    /** Control and a number choose a section. */
    private void shortcut(KeyEvent event) {
        if (FIND.match(event)) {
            shown.find();
            event.consume();
        } else if (event.isControlDown() && event.getCode().isDigitKey()) {
            rail.choose(event.getCode().getCode() - KeyCode.DIGIT1.getCode());
            event.consume();
        }
    }
}
