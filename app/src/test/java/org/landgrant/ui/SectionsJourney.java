package org.landgrant.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.landgrant.ui.Sample.FIREFOX;

import java.time.Duration;
import java.util.Optional;
import javafx.scene.control.ListView;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;
import org.landgrant.grants.Access;
import org.landgrant.grants.Decision;
import org.landgrant.grants.Device;
import org.landgrant.grants.Event;
import org.landgrant.grants.Resource;

/** The sections of the settings window besides the apps. */
class SectionsJourney extends RealWindows {
    @Test
    void aPermissionIsGivenFromItsOwnSideAndLeadsToTheApp() {
        Resource camera = new Resource.OfDevice(Device.CAMERA);
        sample.gatekeeper.confine(FIREFOX);
        windows.showSettings(Optional.empty());
        click("#section-permissions");
        until(() -> visible("#permission-firefox-esr_desktop-read"));
        type("camera");
        until(() -> lines("#permissions") == 1);
        keys(KeyCode.DOWN);
        keys(KeyCode.DOWN);
        until(() -> text("#permission-name").equals("Camera"));
        click("#permission-firefox-esr_desktop-on");
        until(() -> decided(camera, Decision.ALLOW, Access.USE));
        click("#permission-firefox-esr_desktop-off");
        until(() -> decided(camera, Decision.DENY));

        keys(KeyCode.CONTROL, KeyCode.F);
        type("docum");
        until(() -> lines("#permissions") == 1 && typed("#permissions-search").equals("docum"));
        keys(KeyCode.DOWN);
        keys(KeyCode.DOWN);
        until(() -> text("#permission-name").equals("Documents"));
        click("#permission-firefox-esr_desktop-read");
        until(() -> decided(DOCUMENTS, Decision.ALLOW, Access.READ));
        click("#permission-activity");
        until(() -> typed("#activity-search").equals("Documents") && lines("#activity-list") == 2);
        click("#section-permissions");
        click("#permission-firefox-esr_desktop-open");
        until(() -> visible("#folder-documents-read") && text("#app-name").equals("Firefox ESR"));
        click("#app-activity");
        until(() -> typed("#activity-search").isEmpty() && lines("#activity-list") == 4);
    }

    @Test
    void aRefusalAppearsIsAllowedUndoneFilteredAndForgotten() {
        sample.gatekeeper.confine(FIREFOX);
        windows.showSettings(Optional.empty());
        click("#section-activity");
        until(() -> visible("#activity-empty"));
        sample.history.note(
                Event.refused(sample.denial(FIREFOX, "~/Documents/taxes.pdf", Access.READ, 3, Duration.ofSeconds(9))));
        click("#activity-allow-1");
        until(() -> decided(DOCUMENTS, Decision.ALLOW) && visible("#activity-undo-2"));
        click("#activity-undo-2");
        until(() -> !decided(DOCUMENTS, Decision.ALLOW) && visible("#activity-undo-3") && !visible("#activity-undo-2"));
        until(() -> lines("#activity-list") == 4);
        click("#activity-show-refused");
        until(() -> lines("#activity-list") == 2);
        click("#activity-show-all");
        click("#activity-list");
        type("nothing like it");
        until(() -> lines("#activity-list") == 0 && visible("#activity-empty"));
        keys(KeyCode.ESCAPE);
        until(() -> lines("#activity-list") == 4);
        click("#activity-app-1");
        until(() -> visible("#confine") && !visible("#activity-list"));
        click("#section-activity");
        click("#activity-clear");
        until(() -> visible("#activity-clear-sure"));
        click("#activity-clear-yes");
        until(() -> lines("#activity-list") == 0 && visible("#activity-empty") && !visible("#activity-clear-sure"));
        assertTrue(text("#activity-summary").contains("nothing refused"));
    }

    @Test
    void protectionIsTriedOutWhenItIsLookedAt() {
        windows.showSettings(Optional.empty());
        click("#section-protection");
        until(() -> text("#verdict-files").startsWith("Enforced by"));
        until(() -> enabled("#protect-again"));
        assertFalse(text("#protect-summary").isEmpty());
        click("#protect-again");
        until(() -> enabled("#protect-again"));
        assertEquals("Enforced by Landgrant", text("#verdict-permissions"));
    }

    private int lines(String list) {
        return about(list, ListView.class, view -> view.getItems().size()).orElse(-1);
    }
}
