package org.landgrant.ui;

import atlantafx.base.controls.ToggleSwitch;
import javafx.geometry.Insets;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.landgrant.policy.Enforcement;
import org.landgrant.prompts.OneLine;
import org.landgrant.prompts.Words;

/** The switch that matters most, and what this computer can keep of its promise. */
final class ConfineCard {
    private static final int LONGEST_REASON = 300;

    private final Words words;
    private final VBox card = new VBox();
    private final StackPane shield = new StackPane();
    private final Label title = Parts.paragraph("", "card-title");
    private final Label sentence = Parts.paragraph("", "hint");
    private final ToggleSwitch confine = new ToggleSwitch();
    private final VBox enforcement = Parts.column(6);
    private final DisplayRow display;
    private final TerminalRow terminal;
    private final CheckBox accept = new CheckBox();
    private boolean showing;

    ConfineCard(AppPageModel model, Words words) {
        this.words = words;
        card.getStyleClass().addAll("card-frame", "confine-card");
        card.setId("confine-card");
        shield.setMinSize(Parts.ICON_COLUMN, Parts.ICON_COLUMN);
        shield.setMaxSize(Parts.ICON_COLUMN, Parts.ICON_COLUMN);
        confine.setId("confine");
        confine.selectedProperty().addListener((property, before, now) -> {
            if (!showing) {
                model.confine(now);
            }
        });
        Parts.switchesBySpace(confine);
        accept.setId("accept-partial");
        accept.setText(words.say("enforced.accept"));
        accept.setOnAction(event -> model.acceptPartial(accept.isSelected()));
        VBox texts = Parts.column(2, title, sentence);
        HBox.setHgrow(texts, Priority.ALWAYS);
        // The switch has room for a label at its side; without one its edge would not be in line.
        HBox.setMargin(confine, new Insets(0, -6, 0, 0));
        HBox head = Parts.row(16, shield, texts, confine);
        head.getStyleClass().add("card-head");
        enforcement.getStyleClass().add("card-row");
        enforcement.setId("enforcement");
        display = new DisplayRow(model, words);
        terminal = new TerminalRow(model, words);
        card.getChildren().addAll(head, enforcement, display.node(), terminal.node());
    }

    Node node() {
        return card;
    }

    void show(AppPage page) {
        showing = true;
        boolean on = page.settings().confined();
        boolean ours = page.app().notOurs().isEmpty();
        confine.setSelected(on);
        Parts.visible(confine, ours);
        String name = words.say("confine.title", page.app().name());
        confine.setAccessibleText(name);
        title.setText(ours ? name : words.say("notours.title"));
        sentence.setText(page.app()
                .notOurs()
                .map(words::told)
                .orElseGet(() -> words.say(on && !page.open() ? "confine.on" : "confine.off")));
        shield.getStyleClass().setAll("shield", page.open() ? "shield-open" : on ? "shield-on" : "shield-off");
        shield.getChildren().setAll(Parts.icon(on && !page.open() ? Feather.SHIELD : Feather.SHIELD_OFF, 22));
        Parts.visible(enforcement, on && ours);
        enforce(page);
        display.show(page);
        terminal.show(page);
        showing = false;
    }

    private void enforce(AppPage page) {
        Enforcement now = page.enforcement();
        enforcement.getChildren().clear();
        if (page.open()) {
            enforcement.getChildren().add(warning(words.say("enforced.free", page.since())));
        }
        switch (now.level()) {
            case FULL -> {
                if (!page.open()) {
                    enforcement.getChildren().add(full(page.outdated()));
                }
            }
            case PARTIAL -> enforcement.getChildren().add(warning(words.say("enforced.partial")));
            case NONE -> enforcement.getChildren().add(warning(words.say("enforced.none")));
        }
        for (String missing : now.missing()) {
            enforcement.getChildren().add(Parts.paragraph("•  " + words.told(missing), "row-path", "missing"));
        }
        if (!page.notGiven().isEmpty()) {
            enforcement.getChildren().add(warning(words.say("enforced.notgiven")));
        }
        for (String reason : page.notGiven()) {
            enforcement
                    .getChildren()
                    .add(Parts.paragraph(
                            "•  " + OneLine.clean(words.told(reason), LONGEST_REASON), "row-path", "missing"));
        }
        if (now.level() == Enforcement.Level.PARTIAL) {
            accept.setSelected(page.settings().partialAccepted());
            VBox choice = Parts.column(2, accept, Parts.paragraph(words.say("enforced.accept.hint"), "row-path"));
            choice.getStyleClass().add("accept");
            enforcement.getChildren().add(choice);
        }
    }

    private HBox full(boolean outdated) {
        return outdated
                ? warning(words.say("enforced.outdated"))
                : Parts.row(
                        16,
                        Parts.lineIcon(Feather.CHECK, "good-icon"),
                        Parts.paragraph(words.say("enforced.full"), "good"));
    }

    private static HBox warning(String text) {
        return Parts.row(16, Parts.lineIcon(Feather.ALERT_TRIANGLE, "warning-icon"), Parts.paragraph(text, "warning"));
    }
}
