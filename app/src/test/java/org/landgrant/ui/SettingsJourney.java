package org.landgrant.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.landgrant.ui.Sample.FIREFOX;

import java.util.List;
import java.util.Optional;
import javafx.application.Application;
import javafx.geometry.Bounds;
import javafx.scene.control.Labeled;
import javafx.scene.text.Text;
import javafx.stage.Screen;
import org.junit.jupiter.api.Test;
import org.landgrant.grants.Decision;
import org.landgrant.grants.Preferences;
import org.landgrant.grants.Preferences.Appearance;
import org.landgrant.grants.Preferences.Language;
import org.landgrant.prompts.LiveAnswer;
import org.landgrant.prompts.LiveAnswer.Choice;

/** How Landgrant itself looks is chosen in its window and holds at once, everywhere. */
class SettingsJourney extends RealWindows {
    private static boolean dark() {
        return now(() -> Application.getUserAgentStylesheet().contains("dark"), false);
    }

    private double height(String id) {
        return about(id, Labeled.class, label -> label.getFont().getSize()).orElse(0.0);
    }

    /** Whether all of what a button says is seen: nothing cut off, nothing beside the screen. */
    private boolean readable(String id) {
        Bounds place = settled(id);
        boolean onScreen = now(
                () -> Screen.getPrimary()
                        .getBounds()
                        .contains(place.getMinX(), place.getMinY(), place.getWidth(), place.getHeight()),
                false);
        boolean whole = about(
                        id,
                        Labeled.class,
                        label -> label.lookup(".text") instanceof Text shown
                                && shown.getText().equals(label.getText()))
                .orElse(false);
        return onScreen && whole;
    }

    @Test
    void darkJapaneseAndTwiceAsLargeHoldAtOnceEverywhereAndEveryAppIsReleased() {
        sample.gatekeeper.confine(FIREFOX);
        windows.showSettings(Optional.empty());
        click("#section-settings");
        click("#appearance-dark");
        until(SettingsJourney::dark);
        double usual = height("#appearance-dark");
        click("#text-200");
        until(() -> height("#appearance-dark") > 1.9 * usual);
        click("#language-japanese");
        until(() -> text("#section-apps").equals("アプリ"));
        Preferences chosen = sample.preferences.now();
        assertEquals(Appearance.DARK, chosen.appearance());
        assertEquals(200, chosen.textPercent());
        assertEquals(Language.JAPANESE, chosen.language());

        click("#section-permissions");
        click("#permission-firefox-esr_desktop-read");
        until(() -> sample.gatekeeper.effective(FIREFOX).stream()
                .anyMatch(grant -> grant.decision() == Decision.ALLOW && grant.changed()));

        waitsFor("~/Documents/2025/taxes.pdf");
        assertTrue(dark());
        assertEquals("許可しない", text("#prompt-deny"));
        for (String button : List.of("#prompt-deny", "#prompt-once", "#prompt-allow")) {
            assertTrue(readable(button), button);
        }
        click("#prompt-once");
        until(() -> !visible("#prompt"));
        assertEquals(
                List.of(Choice.ONCE),
                sample.live.answers().stream().map(LiveAnswer::choice).toList());
        click("#toast-close");
        until(() -> !visible("#toast"));

        click("#section-settings");
        click("#language-english");
        until(() -> text("#section-apps").equals("Apps"));
        click("#text-150");
        until(() -> sample.preferences.now().textPercent() == 150);
        click("#text-100");
        until(() -> height("#appearance-dark") == usual);
        click("#appearance-light");
        until(() -> sample.preferences.now().appearance() == Appearance.LIGHT && !dark());

        click("#release-all");
        until(() -> text("#release-all-question").startsWith("Release 1 confined app?"));
        assertTrue(sample.gatekeeper.settings(FIREFOX).confined());
        click("#release-all-yes");
        until(() -> visible("#release-all-done"));
        assertFalse(sample.gatekeeper.settings(FIREFOX).confined());
    }
}
