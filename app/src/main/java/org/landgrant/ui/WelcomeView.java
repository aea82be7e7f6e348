package org.landgrant.ui;

import java.util.List;
import javafx.beans.binding.Bindings;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.landgrant.grants.AppId;
import org.landgrant.prompts.Words;

/** “Which apps should ask before they reach your files?” */
final class WelcomeView {
    /** As wide as the cards above it. */
    private static final double WIDTH = 756;

    private static final int ICON = 36;

    private final WelcomeModel model;
    private final Words words;
    private final AppIcons icons;
    private final BorderPane root = new BorderPane();
    private final Button confine;
    private final Button skip;
    private final ProgressBar progress = new ProgressBar(0);
    private final VBox failed = Parts.column(4);
    private final VBox list = new VBox();

    WelcomeView(WelcomeModel model, Words words, AppIcons icons) {
        this.model = model;
        this.words = words;
        this.icons = icons;
        skip = Parts.button("welcome-skip", words.say("welcome.skip"), model::skip);
        confine = Parts.button("welcome-confine", "", this::accept, "accent");
        progress.setId("welcome-progress");
        progress.setMaxWidth(Double.MAX_VALUE);
        progress.setAccessibleText(words.say("welcome.working"));
        HBox.setHgrow(progress, Priority.ALWAYS);
        failed.getStyleClass().addAll("banner", "welcome-failed");
        failed.setId("welcome-failed");
        Parts.visible(failed, false);

        fill();
        ScrollPane page = SectionPage.of("welcome-page", words.say("welcome.title"), intro(), failed, list);
        HBox bar = Parts.row(12, skip, progress, Parts.spring(), confine);
        Theme.scale(bar.maxWidthProperty(), WIDTH);
        // In line with the cards, which give way to the scroll bar.
        bar.translateXProperty()
                .bind(Bindings.createDoubleBinding(
                        () -> (page.getViewportBounds().getWidth() - page.getWidth()) / 2,
                        page.viewportBoundsProperty(),
                        page.widthProperty()));
        StackPane foot = new StackPane(bar);
        foot.getStyleClass().add("welcome-foot");
        root.setCenter(page);
        root.setBottom(foot);
        root.setId("welcome");
        model.count().addListener((property, before, now) -> describe());
        model.finished().addListener((property, before, now) -> describe());
        model.phase().addListener((property, before, now) -> describe());
        describe();
    }

    Node node() {
        return root;
    }

    void focus() {
        confine.requestFocus();
    }

    private Node intro() {
        Label text = Parts.paragraph(words.say("welcome.hint"), "hint");
        text.setId("welcome-hint");
        return text;
    }

    private void fill() {
        list.setSpacing(16);
        card("welcome.suggested", "welcome.suggested.hint", Feather.SHIELD, true);
        card("welcome.others", "welcome.others.hint", Feather.GRID, false);
    }

    private void card(String title, String hint, Feather icon, boolean suggested) {
        List<WelcomeEntry> members = model.entries().stream()
                .filter(entry -> entry.suggested() == suggested)
                .toList();
        if (!members.isEmpty()) {
            Card card = new Card(icon, words.say(title), words.say(hint));
            members.forEach(entry -> card.body().getChildren().add(row(entry)));
            list.getChildren().add(card);
        }
    }

    private Node row(WelcomeEntry entry) {
        CheckBox choice = new CheckBox();
        choice.setId("welcome-" + bare(entry.app().id()));
        choice.setSelected(model.isChosen(entry.app()));
        choice.selectedProperty().addListener((property, before, now) -> model.choose(entry.app(), now));
        String begins = entry.start().isEmpty()
                ? words.say("welcome.begins.nothing")
                : words.say("welcome.begins", entry.start());
        choice.setAccessibleText(entry.app().name() + ", " + begins);
        StackPane icon = AppIcons.place(ICON);
        icons.show(entry.app(), icon);
        VBox texts = Parts.column(2, Parts.label(entry.app().name(), "row-title"), Parts.paragraph(begins, "row-path"));
        HBox.setHgrow(texts, Priority.ALWAYS);
        HBox row = Parts.row(16, choice, icon, texts);
        row.setAlignment(Pos.CENTER_LEFT);
        row.getStyleClass().addAll("card-row", "welcome-row");
        row.setOnMouseClicked(event -> {
            if (!choice.isDisabled()) {
                choice.setSelected(!choice.isSelected());
            }
        });
        return row;
    }

    private void accept() {
        if (model.phase().get() == WelcomeModel.Phase.FAILED) {
            model.goOn();
        } else {
            model.confine();
        }
    }

    private void describe() {
        int count = model.count().get();
        boolean choosing = model.phase().get() == WelcomeModel.Phase.CHOOSING;
        boolean failing = model.phase().get() == WelcomeModel.Phase.FAILED;
        confine.setText(failing ? words.say("welcome.go-on") : words.say("welcome.confine", count));
        confine.setDisable(!failing && (!choosing || count == 0));
        list.setDisable(!choosing);
        Parts.visible(skip, choosing);
        Parts.visible(progress, !choosing && !failing);
        progress.setProgress(count == 0 ? 0 : (double) model.finished().get() / count);
        Parts.visible(failed, failing);
        if (failing) {
            failed.getChildren()
                    .setAll(model.failures().stream()
                            .map(sentence -> Parts.paragraph(sentence))
                            .toList());
        }
    }

    private static String bare(AppId app) {
        return app.value().replace(".desktop", "").replace('.', '-');
    }
}
