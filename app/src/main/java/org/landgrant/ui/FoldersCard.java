package org.landgrant.ui;

import java.io.File;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.input.DragEvent;
import javafx.scene.input.TransferMode;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.VBox;
import javafx.stage.DirectoryChooser;
import org.kordamp.ikonli.feather.Feather;
import org.landgrant.grants.Resource;
import org.landgrant.grants.UserFolder;
import org.landgrant.prompts.Words;

/** “Files and folders” of an app's page. */
final class FoldersCard {
    private final AppPageModel model;
    private final Words words;
    private final Card card;
    private final Map<Resource, Row> rows = new LinkedHashMap<>();
    private String appName = "";

    FoldersCard(AppPageModel model, Words words) {
        this.model = model;
        this.words = words;
        this.card = new Card(Feather.FOLDER, words.say("files.title"), words.say("files.hint"));
        Button add = Parts.button("add-folder", words.say("files.add"), this::choose);
        add.setGraphic(Parts.icon(Feather.PLUS, 14));
        card.actions(add);
        card.setId("files-card");
        card.setOnDragOver(this::dragOver);
        card.setOnDragExited(event -> card.getStyleClass().remove("drop-target"));
        card.setOnDragDropped(this::dropped);
    }

    Node node() {
        return card;
    }

    void show(AppPage page) {
        appName = page.app().name();
        rows.keySet().retainAll(page.folders().stream().map(FolderRow::resource).toList());
        List<Beside> lines = new ArrayList<>();
        for (FolderRow folder : page.folders()) {
            Row row = rows.computeIfAbsent(folder.resource(), none -> new Row(folder));
            row.show(folder);
            lines.add(row.line);
        }
        if (!card.body().getChildren().equals(lines)) {
            card.body().getChildren().setAll(lines);
        }
    }

    private void choose() {
        DirectoryChooser chooser = new DirectoryChooser();
        chooser.setTitle(words.say("files.add.title", appName));
        // Without a beginning, the desktop's chooser shows what was opened last, which is mostly nothing.
        Optional.of(model.home().toFile()).filter(File::isDirectory).ifPresent(chooser::setInitialDirectory);
        Optional.ofNullable(chooser.showDialog(card.getScene().getWindow()))
                .map(File::toPath)
                .ifPresent(model::add);
    }

    private void dragOver(DragEvent event) {
        if (event.getDragboard().hasFiles()) {
            event.acceptTransferModes(TransferMode.COPY, TransferMode.LINK);
            if (!card.getStyleClass().contains("drop-target")) {
                card.getStyleClass().add("drop-target");
            }
        }
        event.consume();
    }

    private void dropped(DragEvent event) {
        List<File> files = event.getDragboard().getFiles();
        files.forEach(file -> model.add(file.toPath()));
        event.setDropCompleted(!files.isEmpty());
        event.consume();
    }

    static Feather icon(Optional<UserFolder> folder) {
        return folder.map(one -> switch (one) {
                    case DESKTOP -> Feather.MONITOR;
                    case DOWNLOAD -> Feather.DOWNLOAD;
                    case DOCUMENTS -> Feather.FILE_TEXT;
                    case PICTURES -> Feather.IMAGE;
                    case MUSIC -> Feather.MUSIC;
                    case VIDEOS -> Feather.FILM;
                    case TEMPLATES -> Feather.COPY;
                    case PUBLICSHARE -> Feather.USERS;
                })
                .orElse(Feather.FOLDER);
    }

    /** One line; kept while the folder is shown, so that the keyboard's focus stays where it is. */
    private final class Row {
        private final Beside line;
        private final Label path = Parts.label("", "row-path");
        private final Label note = Parts.label("", "note");
        private final Button back;
        private final Segments<Level> segments;
        private FolderRow shown;

        Row(FolderRow first) {
            shown = first;
            String id = "folder-"
                    + first.folder()
                            .map(UserFolder::word)
                            .orElseGet(() -> first.name().replaceAll("[^A-Za-z0-9_-]", "_"));
            Label name = Parts.label(first.name(), "row-title");
            FlowPane below = new FlowPane(path, note);
            path.maxWidthProperty().bind(below.widthProperty());
            note.maxWidthProperty().bind(below.widthProperty());
            VBox texts = Parts.column(1, name, below);
            boolean added = first.folder().isEmpty();
            back = Parts.iconButton(
                    id + (added ? "-remove" : "-reset"),
                    added ? Feather.X : Feather.ROTATE_CCW,
                    added ? words.say("files.remove", first.name()) : words.say("row.reset"),
                    () -> {
                        if (added) {
                            model.remove(shown);
                        } else {
                            model.reset(shown.resource());
                        }
                    });
            segments = new Segments<>(
                    Level.class,
                    first.name(),
                    level -> id + "-" + level.word(),
                    level -> words.say("level." + (level == Level.READ_WRITE ? "readwrite" : level.word())),
                    level -> model.set(shown, level));
            segments.onThink(level -> model.think(shown, level));
            line = new Beside(
                    Parts.lineIcon(first.file() ? Feather.FILE : icon(first.folder()), "row-icon"),
                    texts,
                    Parts.row(16, back, segments));
            line.getStyleClass().add("card-row");
            note.setId(id + "-note");
            line.setId(id);
        }

        void show(FolderRow row) {
            shown = row;
            segments.show(row.level());
            boolean added = row.folder().isEmpty();
            path.setText(row.note().isEmpty() ? row.path() : row.path() + "  ·  ");
            note.setText(row.note());
            Parts.visible(note, !row.note().isEmpty());
            // Its place stays, so that the columns stay in line.
            back.setVisible(added || row.changed() || row.never());
        }
    }
}
