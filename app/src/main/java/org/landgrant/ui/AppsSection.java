package org.landgrant.ui;

import java.util.Optional;
import java.util.function.Consumer;
import javafx.scene.Node;
import javafx.scene.control.SplitPane;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Region;
import org.kordamp.ikonli.feather.Feather;
import org.landgrant.grants.AppId;
import org.landgrant.prompts.Words;

/** The apps at the left, the chosen one's page at the right. */
final class AppsSection implements Section {
    private final AppListModel list;
    private final AppPageModel page;
    private final AppListView left;
    private final SplitPane split;

    /** @param toActivity shows what happened with an app */
    AppsSection(
            AppListModel list,
            AppPageModel page,
            HomeLook look,
            Words words,
            AppIcons icons,
            Consumer<AppId> toActivity) {
        this.list = list;
        this.page = page;
        left = new AppListView(list, words, icons);
        AppPageView right = new AppPageView(page, look, words, icons, toActivity);
        Region side = (Region) left.node();
        side.setMinWidth(200);
        side.setPrefWidth(300);
        Theme.scale(side.maxWidthProperty(), 440);
        split = new SplitPane(side, right.node());
        split.addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ESCAPE && right.escape()) {
                event.consume();
            }
        });
        split.setDividerPositions(0.28);
        SplitPane.setResizableWithParent(side, Boolean.FALSE);
        split.getStyleClass().add("main-split");
        list.selected().addListener((property, before, now) -> page.choose(list.selectedApp()));
        list.loaded().addListener((property, before, now) -> page.choose(list.selectedApp()));
    }

    void choose(AppId app) {
        list.selected().set(Optional.of(app));
    }

    @Override
    public String name() {
        return "apps";
    }

    @Override
    public Feather icon() {
        return Feather.GRID;
    }

    @Override
    public Node node() {
        return split;
    }

    @Override
    public void refresh() {
        list.refresh();
        page.refresh();
    }

    @Override
    public void focus() {
        left.focusList();
    }

    @Override
    public void find() {
        left.focusSearch();
    }

    @Override
    public void typed(KeyEvent event) {
        left.typed(event);
    }
}
