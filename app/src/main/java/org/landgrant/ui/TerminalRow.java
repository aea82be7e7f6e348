package org.landgrant.ui;

import javafx.scene.Node;
import org.kordamp.ikonli.feather.Feather;
import org.landgrant.desktop.Terminals.State;
import org.landgrant.prompts.OneLine;
import org.landgrant.prompts.Words;

/** Whether what is typed in a terminal is confined, too. */
final class TerminalRow {
    private static final int LONGEST_NAME = 40;

    private final Words words;
    private final SwitchRow row;

    TerminalRow(AppPageModel model, Words words) {
        this.words = words;
        row = new SwitchRow("terminal", Feather.TERMINAL, words.say("terminal.title"), model::coverTerminal);
    }

    Node node() {
        return row.node();
    }

    void show(AppPage page) {
        State state = page.terminal();
        String word = page.app().command().getFirst();
        String typed = OneLine.clean(word.substring(word.lastIndexOf('/') + 1), LONGEST_NAME);
        row.show(
                page.settings().confined() && state != State.NO_COMMAND,
                true,
                state.isCovered(),
                words.say(
                        switch (state) {
                            case COVERED -> "terminal.on";
                            case COVERED_LATER -> "terminal.later";
                            case OPEN, NO_COMMAND -> "terminal.off";
                        },
                        typed));
    }
}
