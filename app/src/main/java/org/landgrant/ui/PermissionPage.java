package org.landgrant.ui;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.scene.shape.Circle;
import org.kordamp.ikonli.feather.Feather;
import org.landgrant.grants.AppId;
import org.landgrant.grants.Resource;
import org.landgrant.prompts.Words;

/** The right side of the permissions: one of them, and every confined app's way with it. */
final class PermissionPage {
    private final PermissionsModel model;
    private final Words words;
    private final AppIcons icons;
    private final Consumer<AppId> toApp;
    private final Label title = Parts.paragraph("", "app-name");
    private final Label detail = Parts.paragraph("", "hint");
    private final Button happened;
    private final Card card;
    private final Label nobody;
    private final VBox page;
    private final Map<AppId, Row> rows = new LinkedHashMap<>();
    private String shownId = "";

    PermissionPage(
            PermissionsModel model, Words words, AppIcons icons, Consumer<AppId> toApp, Consumer<String> toActivity) {
        this.model = model;
        this.words = words;
        this.icons = icons;
        this.toApp = toApp;
        card = new Card(Feather.GRID, words.say("permissions.apps"), words.say("permissions.apps.hint"));
        nobody = Parts.paragraph(words.say("permissions.nobody"), "hint", "card-row");
        nobody.setId("permission-nobody");
        title.setId("permission-name");
        happened = Parts.button(
                "permission-activity",
                words.say("permissions.happened"),
                () -> toActivity.accept(
                        model.chosen().get().map(Permission::name).orElse("")));
        happened.setGraphic(Parts.icon(Feather.ACTIVITY, 14));
        VBox names = Parts.column(4, title, detail);
        HBox.setHgrow(names, Priority.ALWAYS);
        page = new VBox(16, Parts.row(16, names, happened), card);
        page.getStyleClass().add("page");
        Theme.scale(page.maxWidthProperty(), 820);
        model.chosen().addListener((property, before, now) -> now.ifPresent(this::show));
    }

    Node node() {
        return page;
    }

    private void show(Permission permission) {
        if (!shownId.equals(permission.id())) {
            rows.clear();
            shownId = permission.id();
        }
        title.setText(permission.name());
        detail.setText(permission.detail());
        // Ports and devices are not called so in what happened.
        Parts.visible(happened, permission.group() == Permission.Group.FOLDERS);
        rows.keySet()
                .retainAll(permission.holders().stream()
                        .map(holder -> holder.app().id())
                        .toList());
        List<Node> lines = new ArrayList<>();
        for (Holder holder : permission.holders()) {
            Row row = rows.computeIfAbsent(holder.app().id(), none -> new Row(permission, holder));
            row.show(holder);
            lines.add(row.line);
        }
        if (lines.isEmpty()) {
            lines.add(nobody);
        }
        if (!card.body().getChildren().equals(lines)) {
            card.body().getChildren().setAll(lines);
        }
    }

    /** One app; kept while it is shown, so that the keyboard's focus stays where it is. */
    private final class Row {
        private final Beside line;
        private final Label notes = Parts.paragraph("", "row-path");
        private final Label state = Parts.label("", "row-path");
        private final Circle running = new Circle(4);
        private final Consumer<Level> choice;
        private Holder shown;

        Row(Permission permission, Holder first) {
            shown = first;
            String id = "permission-" + first.app().id().value().replaceAll("[^A-Za-z0-9_-]", "_");
            StackPane icon = AppIcons.place((int) Parts.ICON_COLUMN);
            icons.show(first.app(), icon);
            running.getStyleClass().add("running-mark");
            Label name = Parts.label(first.app().name(), "row-title");
            VBox texts = Parts.column(1, Parts.row(6, name, running), notes);
            Button open = Parts.iconButton(
                    id + "-open",
                    Feather.CHEVRON_RIGHT,
                    words.say("permissions.open", first.app().name()),
                    () -> toApp.accept(shown.app().id()));
            Node control;
            if (permission
                    .resource()
                    .filter(Resource.OfDevice.class::isInstance)
                    .isPresent()) {
                Segments<OnOff> segments = new Segments<>(
                        OnOff.class,
                        first.app().name(),
                        each -> id + "-" + each.word(),
                        each -> words.say("level." + each.word()),
                        each -> model.set(shown, each == OnOff.ON ? Level.READ : Level.NEVER));
                choice = level -> segments.show(level.reaches() ? OnOff.ON : OnOff.OFF);
                control = segments;
            } else if (permission.resource().isPresent()) {
                Segments<Level> segments = new Segments<>(
                        Level.class,
                        first.app().name(),
                        level -> id + "-" + level.word(),
                        level -> words.say("level." + (level == Level.READ_WRITE ? "readwrite" : level.word())),
                        level -> model.set(shown, level));
                choice = segments::show;
                control = segments;
            } else {
                choice = level -> {};
                control = state;
            }
            line = new Beside(icon, texts, Parts.row(16, control, open));
            line.getStyleClass().add("card-row");
            line.setId(id);
        }

        void show(Holder holder) {
            shown = holder;
            choice.accept(holder.level());
            state.setText(holder.state());
            notes.setText(String.join("\n", holder.notes()));
            Parts.visible(notes, !holder.notes().isEmpty());
            Parts.visible(running, holder.running());
        }
    }

    /** A device is used or not. */
    private enum OnOff {
        OFF("off"),
        ON("on");

        private final String word;

        OnOff(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }
}
