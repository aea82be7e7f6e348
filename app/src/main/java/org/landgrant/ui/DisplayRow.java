package org.landgrant.ui;

import javafx.scene.Node;
import org.kordamp.ikonli.feather.Feather;
import org.landgrant.prompts.Words;

/**
 * What the display gives away, said openly. X11 has no walls: whoever has it sees every key. On a desktop with Wayland
 * an app can do without, if it knows Wayland; elsewhere there is nothing to choose.
 */
final class DisplayRow {
    /** What an app's windows are shown by. */
    enum State {
        /** There is only X11. */
        X11_ONLY,
        /** X11 is there and may be used. */
        X11_TOO,
        /** Only Wayland may be used. */
        WAYLAND,
        /** There is no display at all, or nobody knows. */
        UNKNOWN
    }

    private final Words words;
    private final SwitchRow row;

    DisplayRow(AppPageModel model, Words words) {
        this.words = words;
        row = new SwitchRow("display", Feather.MONITOR, words.say("display.title"), model::useX11);
    }

    Node node() {
        return row.node();
    }

    void show(AppPage page) {
        State state = page.display();
        row.show(
                page.settings().confined() && state != State.UNKNOWN,
                state != State.X11_ONLY,
                state != State.WAYLAND,
                words.say(
                        switch (state) {
                            case X11_ONLY -> "display.only";
                            case WAYLAND -> "display.off";
                            case X11_TOO, UNKNOWN -> "display.on";
                        }));
    }
}
