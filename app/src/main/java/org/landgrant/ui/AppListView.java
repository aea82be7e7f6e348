package org.landgrant.ui;

import java.util.Optional;
import javafx.application.Platform;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.controlsfx.control.textfield.CustomTextField;
import org.kordamp.ikonli.feather.Feather;
import org.landgrant.grants.AppId;
import org.landgrant.prompts.OneLine;
import org.landgrant.prompts.Words;

/** The left side of the settings window: search and the list of apps. */
final class AppListView {
    /** How many lines stay in sight above the chosen one. */
    private static final int LINES_ABOVE = 4;

    private final AppListModel model;
    private final Words words;
    private final CustomTextField search;
    private final ListView<ListItem> list = new ListView<>();
    private final Label emptyTitle = Parts.paragraph("", "row-title");
    private final Label emptyHint = Parts.paragraph("", "row-path");
    private final VBox root;
    private boolean moving;

    AppListView(AppListModel model, Words words, AppIcons icons) {
        this.model = model;
        this.words = words;
        search = Parts.search("search", words.say("list.search"), words.say("list.clear"));
        model.query().bind(search.textProperty());
        search.addEventFilter(KeyEvent.KEY_PRESSED, this::searchKey);

        list.setId("apps");
        list.getStyleClass().add("side-list");
        list.setAccessibleText(words.say("list.name"));
        list.setItems(model.items());
        list.setCellFactory(view -> new AppCell(words, icons));
        list.setPlaceholder(placeholder());
        list.getSelectionModel().selectedItemProperty().addListener((property, before, now) -> chosen(now));
        list.addEventFilter(KeyEvent.KEY_PRESSED, this::listKey);
        model.items().addListener((ListChangeListener<ListItem>) change -> {
            describeEmpty();
            select();
        });
        model.query().addListener((property, before, now) -> describeEmpty());
        model.selected().addListener((property, before, now) -> select());
        model.loaded().addListener((property, before, now) -> describeEmpty());
        model.failure().addListener((property, before, now) -> describeEmpty());
        describeEmpty();

        StackPane top = new StackPane(search);
        top.getStyleClass().add("search-bar");
        VBox.setVgrow(list, Priority.ALWAYS);
        root = new VBox(top, list);
        root.getStyleClass().add("side");
    }

    Node node() {
        return root;
    }

    /** Typing anywhere in the window where it has no other meaning goes to the search. */
    void typed(KeyEvent event) {
        Parts.typedInto(search, event);
    }

    void focusList() {
        list.requestFocus();
    }

    void focusSearch() {
        search.requestFocus();
        search.selectAll();
    }

    private void searchKey(KeyEvent event) {
        if (event.getCode() == KeyCode.DOWN || event.getCode() == KeyCode.ENTER) {
            list.requestFocus();
            if (list.getSelectionModel().isEmpty()) {
                step(-1, 1);
            }
            event.consume();
        }
    }

    private void listKey(KeyEvent event) {
        int direction = event.getCode() == KeyCode.DOWN ? 1 : event.getCode() == KeyCode.UP ? -1 : 0;
        if (direction != 0) {
            step(list.getSelectionModel().getSelectedIndex(), direction);
            event.consume();
        }
    }

    /** Goes to the next app in that direction, over headings. */
    private void step(int from, int direction) {
        for (int at = from + direction; at >= 0 && at < list.getItems().size(); at += direction) {
            if (list.getItems().get(at) instanceof ListItem.Entry) {
                list.getSelectionModel().clearAndSelect(at);
                list.getFocusModel().focus(at);
                reveal(at);
                return;
            }
        }
    }

    private void chosen(ListItem item) {
        if (!moving && item instanceof ListItem.Entry(AppEntry entry)) {
            model.selected().set(Optional.of(entry.app().id()));
        }
    }

    /** Shows in the list what is chosen, also after its place changed. */
    private void select() {
        moving = true;
        try {
            int at = indexOf(model.selected().get());
            if (at < 0) {
                list.getSelectionModel().clearSelection();
            } else if (list.getSelectionModel().getSelectedIndex() != at) {
                list.getSelectionModel().clearAndSelect(at);
                reveal(at);
            }
        } finally {
            moving = false;
        }
    }

    /** Later, as a list forgets where to scroll when its lines come at the same moment. */
    private void reveal(int at) {
        Platform.runLater(() -> {
            // Lines differ in height, so only the end of a list is found for certain.
            int end = list.getItems().size() - 1;
            list.scrollTo(at + LINES_ABOVE > end ? end : Math.max(0, at - LINES_ABOVE));
        });
    }

    private int indexOf(Optional<AppId> wanted) {
        for (int at = 0; at < list.getItems().size(); at++) {
            if (list.getItems().get(at) instanceof ListItem.Entry(AppEntry entry)
                    && wanted.filter(entry.app().id()::equals).isPresent()) {
                return at;
            }
        }
        return -1;
    }

    private Node placeholder() {
        VBox made = Parts.column(4, Parts.icon(Feather.SEARCH, 28, "empty-icon"), emptyTitle, emptyHint);
        made.setAlignment(Pos.CENTER);
        made.getStyleClass().add("list-empty");
        made.setId("apps-empty");
        return made;
    }

    private void describeEmpty() {
        String wanted = search.getText();
        if (!model.failure().get().isEmpty()) {
            emptyTitle.setText(model.failure().get());
        } else if (!model.loaded().get()) {
            emptyTitle.setText(words.say("list.loading"));
        } else if (wanted.isBlank()) {
            emptyTitle.setText(words.say("list.none"));
        } else {
            emptyTitle.setText(words.say("list.empty", OneLine.clean(wanted, 24)));
        }
        boolean searching = model.loaded().get() && !wanted.isBlank();
        emptyHint.setText(searching ? words.say("list.empty.hint") : "");
        Parts.visible(emptyHint, searching);
    }
}
