package org.landgrant.ui;

import java.util.Optional;
import javafx.scene.Scene;
import javafx.scene.control.SplitPane;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Region;
import javafx.stage.Stage;
import org.landgrant.grants.AppId;
import org.landgrant.prompts.Words;

/** The settings window: apps at the left, the chosen one's page at the right. */
final class SettingsWindow {
    private static final KeyCombination FIND = new KeyCodeCombination(KeyCode.F, KeyCombination.CONTROL_DOWN);

    private final AppListModel list;
    private final AppPageModel page;
    private final Stage stage = new Stage();

    SettingsWindow(AppListModel list, AppPageModel page, Words words, AppIcons icons) {
        this.list = list;
        this.page = page;
        AppListView left = new AppListView(list, words, icons);
        AppPageView right = new AppPageView(page, words, icons);
        Region side = (Region) left.node();
        side.setMinWidth(260);
        side.setPrefWidth(320);
        side.setMaxWidth(440);
        SplitPane split = new SplitPane(side, right.node());
        split.setDividerPositions(0.28);
        SplitPane.setResizableWithParent(side, Boolean.FALSE);
        split.getStyleClass().add("main-split");
        Scene scene = new Scene(split, 1120, 780);
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
        stage.setMinWidth(820);
        stage.setMinHeight(480);
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
