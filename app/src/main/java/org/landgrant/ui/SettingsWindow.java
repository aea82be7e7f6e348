package org.landgrant.ui;

import java.util.Optional;
import javafx.geometry.Rectangle2D;
import javafx.scene.Scene;
import javafx.scene.control.SplitPane;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Region;
import javafx.stage.Screen;
import javafx.stage.Stage;
import org.landgrant.grants.AppId;
import org.landgrant.prompts.Words;

/** The settings window: apps at the left, the chosen one's page at the right. */
final class SettingsWindow {
    private static final KeyCombination FIND = new KeyCodeCombination(KeyCode.F, KeyCombination.CONTROL_DOWN);

    private static final double WIDTH = 1120;
    private static final double HEIGHT = 780;

    /** Left for the window's own frame and the desktop's panels on small screens. */
    private static final double MARGIN = 48;

    private final AppListModel list;
    private final AppPageModel page;
    private final Stage stage = new Stage();

    SettingsWindow(AppListModel list, AppPageModel page, Words words, AppIcons icons) {
        this.list = list;
        this.page = page;
        AppListView left = new AppListView(list, words, icons);
        AppPageView right = new AppPageView(page, words, icons);
        Region side = (Region) left.node();
        side.setMinWidth(200);
        side.setPrefWidth(320);
        side.setMaxWidth(440);
        SplitPane split = new SplitPane(side, right.node());
        split.setDividerPositions(0.28);
        SplitPane.setResizableWithParent(side, Boolean.FALSE);
        split.getStyleClass().add("main-split");
        Rectangle2D screen = Screen.getPrimary().getVisualBounds();
        Scene scene = new Scene(
                split, Math.min(WIDTH, screen.getWidth() - MARGIN), Math.min(HEIGHT, screen.getHeight() - MARGIN));
        Theme.dress(scene);
        scene.addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            if (FIND.match(event)) {
                left.focusSearch();
                event.consume();
            }
        });
        scene.addEventHandler(KeyEvent.KEY_TYPED, event -> {
            if (!(scene.getFocusOwner() instanceof TextInputControl)) {
                left.typed(event);
            }
        });
        stage.setScene(scene);
        stage.setOnShown(event -> left.focusList());
        stage.setTitle(words.say("window.title"));
        stage.setMinWidth(640);
        stage.setMinHeight(360);
        stage.getIcons().setAll(ProductIcon.sizes());
        list.selected().addListener((property, before, now) -> page.choose(list.selectedApp()));
        list.loaded().addListener((property, before, now) -> page.choose(list.selectedApp()));
    }

    /** Shows the window in front, and an app's page when one is named. */
    void show(Optional<AppId> app) {
        app.ifPresent(id -> list.selected().set(Optional.of(id)));
        refresh();
        stage.show();
        stage.setIconified(false);
        stage.toFront();
    }

    boolean showing() {
        return stage.isShowing();
    }

    /** Something outside changed: reads again what is shown. */
    void refresh() {
        list.refresh();
        page.refresh();
    }
}
