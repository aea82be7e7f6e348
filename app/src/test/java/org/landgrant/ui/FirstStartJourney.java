package org.landgrant.ui;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.landgrant.ui.Sample.CHROMIUM;
import static org.landgrant.ui.Sample.FIREFOX;

import java.util.Optional;
import javafx.application.Platform;
import org.junit.jupiter.api.Test;
import org.landgrant.grants.Preferences;

/** The first time somebody opens Landgrant, and the second. */
class FirstStartJourney extends RealWindows {
    @Test
    void theFirstPageConfinesWhatIsChosenAndNeverComesAgain() {
        sample.preferences.put(Preferences.USUAL);
        windows.showSettings(Optional.empty());
        until(() -> text("#welcome-confine").equals("Confine 5 apps"));
        click("#welcome-chromium");
        click("#welcome-org-kde-okular");
        until(() -> text("#welcome-confine").equals("Confine 3 apps"));
        click("#welcome-confine");
        until(() -> visible("#section-apps") && visible("#apps"));
        assertTrue(sample.gatekeeper.settings(FIREFOX).confined());
        assertFalse(sample.gatekeeper.settings(CHROMIUM).confined());

        // The last window was closed; the agent goes on.
        closeAll();
        assertFalse(Platform.isImplicitExit());
        windows.showSettings(Optional.of(FIREFOX));
        until(() -> visible("#confine") && text("#app-name").equals("Firefox ESR"));

        closeAll();
        new UiWindows(sample.services(background)).showSettings(Optional.empty());
        until(() -> visible("#section-apps"));
        assertFalse(visible("#welcome"));
    }
}
