package org.landgrant.ui;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.landgrant.grants.Resource;
import org.landgrant.prompts.LiveQuestion;
import org.landgrant.prompts.OneLine;
import org.landgrant.prompts.Words;

/** What stands behind a live prompt, for those who want to know it exactly; folded away at first. */
final class PromptDetails {
    private static final int PROGRAM = 40;

    private final Words words;
    private final ZoneId zone;
    private final Runnable resized;
    private final ToggleButton toggle = new ToggleButton();
    private final GridPane lines = new GridPane(16, 4);
    private final VBox root;

    /**
     * @param beside stands at the right of what unfolds it
     * @param resized called when it was folded or unfolded
     */
    PromptDetails(Words words, ZoneId zone, Node beside, Runnable resized) {
        this.words = words;
        this.zone = zone;
        this.resized = resized;
        toggle.setId("prompt-details");
        toggle.setText(words.say("prompt.details"));
        toggle.getStyleClass().addAll("disclosure", "ask-details");
        toggle.setOnAction(event -> fold());
        lines.setId("prompt-details-lines");
        root = Parts.column(8, Parts.row(16, toggle, Parts.spring(), beside), lines);
        fold();
    }

    Node node() {
        return root;
    }

    void show(PromptContent content) {
        LiveQuestion first = content.prompt().first();
        lines.getChildren().clear();
        line(
                first.resource() instanceof Resource.TcpPort ? "prompt.details.port" : "prompt.details.place",
                content.place());
        line("prompt.details.program", OneLine.clean(first.program(), PROGRAM));
        line("prompt.details.app", content.app().id().value());
        content.starter().ifPresent(program -> line("prompt.details.starter", program));
        time("prompt.details.started", content.started());
        time("prompt.details.asked", Optional.of(first.asked()));
    }

    private void time(String what, Optional<Instant> when) {
        when.map(moment -> DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM)
                        .withLocale(words.locale())
                        .format(moment.atZone(zone)))
                .ifPresent(text -> line(what, ActivityWords.plain(text)));
    }

    private void line(String what, String value) {
        Label shown = Parts.label(value, "detail");
        shown.setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
        Label name = Parts.label(words.say(what), "row-path");
        name.setMinWidth(Region.USE_PREF_SIZE);
        lines.addRow(lines.getRowCount(), name, shown);
    }

    private void fold() {
        toggle.setGraphic(
                Parts.icon(toggle.isSelected() ? Feather.CHEVRON_DOWN : Feather.CHEVRON_RIGHT, 14, "row-icon"));
        Parts.visible(lines, toggle.isSelected());
        resized.run();
    }
}
