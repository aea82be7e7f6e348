package org.landgrant.ui;

import java.util.function.Consumer;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.SplitPane;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.controlsfx.control.textfield.CustomTextField;
import org.kordamp.ikonli.feather.Feather;
import org.landgrant.grants.AppId;
import org.landgrant.prompts.Words;

/** The grants the other way round: what there is to reach at the left, who reaches it at the right. */
final class PermissionsSection implements Section {
    private final PermissionsModel model;
    private final CustomTextField search;
    private final ListView<Permission> list = new ListView<>();
    private final SplitPane split;
    private boolean moving;

    /**
     * @param toApp shows an app's page
     * @param toActivity shows what happened with what is called so
     */
    PermissionsSection(
            PermissionsModel model, Words words, AppIcons icons, Consumer<AppId> toApp, Consumer<String> toActivity) {
        this.model = model;
        search = Parts.search("permissions-search", words.say("permissions.search"), words.say("list.clear"));
        model.query().bind(search.textProperty());
        search.addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.DOWN || event.getCode() == KeyCode.ENTER) {
                list.requestFocus();
                event.consume();
            }
        });
        list.setId("permissions");
        list.getStyleClass().add("side-list");
        list.setAccessibleText(words.say("section.permissions"));
        list.setItems(model.items());
        list.setCellFactory(view -> new PermissionCell(words));
        list.setPlaceholder(Parts.paragraph(words.say("permissions.none"), "hint"));
        list.getSelectionModel().selectedItemProperty().addListener((property, before, now) -> {
            if (now != null && !moving) {
                model.choose(now);
            }
        });
        model.chosen().addListener((property, before, now) -> now.ifPresent(this::select));
        model.items().addListener((ListChangeListener<Permission>)
                change -> model.chosen().get().ifPresent(this::select));

        StackPane top = new StackPane(search);
        top.getStyleClass().add("search-bar");
        VBox.setVgrow(list, Priority.ALWAYS);
        VBox side = new VBox(top, list);
        side.getStyleClass().add("side");
        side.setMinWidth(200);
        side.setPrefWidth(300);
        Theme.scale(side.maxWidthProperty(), 440);
        Label banner = Parts.complaint("permissions-banner", model.banner(), "permission-banner");
        VBox page = new VBox(banner, new PermissionPage(model, words, icons, toApp, toActivity).node());
        page.setAlignment(Pos.TOP_CENTER);
        page.getStyleClass().add("page-ground");
        ScrollPane scroll = new ScrollPane(page);
        scroll.setFitToWidth(true);
        scroll.setFocusTraversable(false);
        scroll.getStyleClass().add("page-scroll");
        split = new SplitPane(side, scroll);
        split.setDividerPositions(0.28);
        SplitPane.setResizableWithParent(side, Boolean.FALSE);
        split.getStyleClass().add("main-split");
    }

    @Override
    public String name() {
        return "permissions";
    }

    @Override
    public Feather icon() {
        return Feather.KEY;
    }

    @Override
    public Node node() {
        return split;
    }

    @Override
    public void refresh() {
        model.refresh();
    }

    @Override
    public void focus() {
        list.requestFocus();
    }

    @Override
    public void find() {
        search.requestFocus();
        search.selectAll();
    }

    @Override
    public void typed(KeyEvent event) {
        Parts.typedInto(search, event);
    }

    /** Shows in the list what is chosen, also after it was read again. */
    private void select(Permission permission) {
        moving = true;
        try {
            int at = list.getItems().indexOf(permission);
            if (at >= 0) {
                list.getSelectionModel().clearAndSelect(at);
            } else {
                list.getSelectionModel().clearSelection();
            }
        } finally {
            moving = false;
        }
    }
}
