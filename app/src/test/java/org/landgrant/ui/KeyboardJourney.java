package org.landgrant.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.landgrant.ui.Sample.FIREFOX;

import java.util.List;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;
import org.landgrant.grants.Access;
import org.landgrant.grants.Decision;
import org.landgrant.grants.Resource;
import org.landgrant.grants.UserFolder;
import org.landgrant.prompts.LiveAnswer.Choice;

/** Everything without a mouse. */
class KeyboardJourney extends RealWindows {
    private static final int FAR = 80;

    /** Goes on with Tab until that one has the focus, and shows it. */
    private void tabTo(String id) {
        for (int times = 0; times < FAR && !focused(id); times++) {
            Optional<Node> before = owner(id);
            keys(KeyCode.TAB);
            until(() -> !owner(id).equals(before));
        }
        until(() -> focused(id));
        assertTrue(about(id, Node.class, Node::isFocusVisible).orElse(false), id + " does not show the focus");
    }

    /** What has the focus in the window that shows it. */
    private Optional<Node> owner(String id) {
        return about(id, Node.class, node -> node.getScene().getFocusOwner());
    }

    @Test
    void anAppIsConfinedGivenAFolderOpenedAndAnsweredWithoutTheMouse() {
        windows.showSettings(Optional.empty());
        until(() -> focused("#apps") && visible(".app-cell"));
        type("firefox");
        until(() -> typed("#search").equals("firefox"));
        keys(KeyCode.DOWN);
        until(() -> text("#app-name").equals("Firefox ESR"));
        tabTo("#confine");
        keys(KeyCode.SPACE);
        until(() -> sample.gatekeeper.settings(FIREFOX).confined() && visible("#folder-documents-read"));
        tabTo("#folder-documents-read");
        keys(KeyCode.SPACE);
        until(() -> decided(DOCUMENTS, Decision.ALLOW, Access.READ));
        keys(KeyCode.RIGHT);
        until(() -> focused("#folder-documents-write"));
        keys(KeyCode.SPACE);
        until(() -> decided(DOCUMENTS, Decision.ALLOW, Access.WRITE));
        tabTo("#launch");
        keys(KeyCode.SPACE);
        until(() -> visible("#running"));

        // The prompt leaves the keyboard where it is; the desktop leads to it.
        asks("~/Music/a.ogg");
        assertTrue(inFront("#launch"));
        turnTo("#prompt");
        until(() -> enabled("#prompt-allow"));
        tabTo("#prompt-allow");
        keys(KeyCode.ENTER);
        until(() -> !visible("#prompt"));
        assertEquals(Choice.ALLOW, sample.live.answers().getLast().choice());
        assertEquals(
                new Resource.Folder(UserFolder.MUSIC),
                sample.live.answers().getLast().scope().resource());

        until(() -> inFront("#section-apps"));
        for (KeyCode digit : List.of(KeyCode.DIGIT3, KeyCode.DIGIT4, KeyCode.DIGIT1)) {
            keys(KeyCode.CONTROL, digit);
        }
        until(() -> visible("#apps"));
        assertEquals(Optional.empty(), sample.live.open().stream().findAny());
    }
}
