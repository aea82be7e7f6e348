package org.landgrant.ui;

import atlantafx.base.controls.ToggleSwitch;
import javafx.geometry.Insets;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.landgrant.desktop.Terminals.State;
import org.landgrant.prompts.OneLine;
import org.landgrant.prompts.Words;

/** Whether what is typed in a terminal is confined, too. */
final class TerminalRow {
    private static final int LONGEST_NAME = 40;

    private final Words words;
    private final ToggleSwitch covered = new ToggleSwitch();
    private final Label hint = Parts.paragraph("", "row-path");
    private final HBox row;
    private boolean showing;

    TerminalRow(AppPageModel model, Words words) {
        this.words = words;
        covered.setId("terminal");
        covered.setAccessibleText(words.say("terminal.title"));
        covered.selectedProperty().addListener((property, before, now) -> {
            if (!showing) {
                model.coverTerminal(now);
            }
        });
        Parts.switchesBySpace(covered);
        VBox texts = Parts.column(2, Parts.label(words.say("terminal.title"), "row-title"), hint);
        HBox.setHgrow(texts, Priority.ALWAYS);
        HBox.setMargin(covered, new Insets(0, -6, 0, 0));
        row = Parts.row(16, Parts.lineIcon(Feather.TERMINAL, "row-icon"), texts, covered);
        row.getStyleClass().add("card-row");
        row.setId("terminal-row");
    }

    Node node() {
        return row;
    }

    void show(AppPage page) {
        showing = true;
        State state = page.terminal();
        Parts.visible(row, page.settings().confined() && state != State.NO_COMMAND);
        covered.setSelected(state.isCovered());
        String word = page.app().command().getFirst();
        String typed = OneLine.clean(word.substring(word.lastIndexOf('/') + 1), LONGEST_NAME);
        hint.setText(words.say(
                switch (state) {
                    case COVERED -> "terminal.on";
                    case COVERED_LATER -> "terminal.later";
                    case OPEN, NO_COMMAND -> "terminal.off";
                },
                typed));
        showing = false;
    }
}
