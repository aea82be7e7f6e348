package org.landgrant.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.landgrant.ui.Sample.CHROMIUM;
import static org.landgrant.ui.Sample.FIREFOX;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javafx.application.ColorScheme;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.landgrant.grants.Preferences;
import org.landgrant.grants.Preferences.Appearance;
import org.landgrant.grants.Preferences.Language;
import org.landgrant.prompts.Words;
import org.landgrant.ui.PreferencesModel.Releasing.Step;

class PreferencesModelTest {
    private Sample sample;
    private PreferencesModel model;

    @BeforeEach
    void build(@TempDir Path folder) throws IOException {
        sample = new Sample(folder.resolve("anna"));
        Words words = new Words(Locale.ENGLISH);
        model = new PreferencesModel(
                sample.services(Runnable::run),
                Preferences.USUAL,
                new Tasks(Runnable::run, Runnable::run, words),
                words);
    }

    @Test
    void aChoiceHoldsAtOnceAndIsKept() {
        model.change(now -> now.withAppearance(Appearance.DARK));
        assertEquals(Appearance.DARK, model.now().get().appearance());
        assertEquals(Appearance.DARK, sample.preferences.now().appearance());
        assertTrue(sample.preferences.now().welcomed(), "what others wrote meanwhile stays");
    }

    @Test
    void whatCannotBeKeptDoesNotHoldAndIsSaid() throws IOException {
        Path file = sample.home.resolve(".local/share/landgrant/settings.properties");
        Files.delete(file);
        Files.createDirectories(file.resolve("inside"));
        model.change(now -> now.withLanguage(Language.JAPANESE));
        assertEquals(Language.DESKTOP, model.now().get().language());
        assertFalse(model.failure().get().isEmpty());
    }

    @Test
    void releasingAsksFirstAndNamesHowMany() {
        sample.gatekeeper.confine(FIREFOX);
        sample.gatekeeper.confine(CHROMIUM);
        model.releaseAll();
        assertTrue(sample.gatekeeper.settings(FIREFOX).confined(), "nobody was asked");
        model.askToRelease();
        assertEquals(Step.ASKING, model.releasing().get().step());
        assertEquals(2, model.releasing().get().apps());
        model.keepThem();
        assertTrue(sample.gatekeeper.settings(FIREFOX).confined());
        model.askToRelease();
        model.releaseAll();
        assertFalse(sample.gatekeeper.settings(FIREFOX).confined());
        assertFalse(sample.gatekeeper.settings(CHROMIUM).confined());
        assertEquals(Optional.of("2 apps were released."), model.released());
    }

    @Test
    void whatCouldNotBeReleasedIsSaid() {
        sample.gatekeeper.confine(FIREFOX);
        model.askToRelease();
        sample.gatekeeper.breakWith("The disk is full.");
        model.releaseAll();
        assertEquals(
                Optional.of("No app was released. Firefox ESR is still confined: The disk is full."), model.released());
    }

    @Test
    void theLookFollowsTheVariableThenTheChoiceThenTheDesktop() {
        assertTrue(Theme.dark("dark", Appearance.LIGHT, ColorScheme.LIGHT));
        assertFalse(Theme.dark("light", Appearance.DARK, ColorScheme.DARK));
        assertTrue(Theme.dark(null, Appearance.DARK, ColorScheme.LIGHT));
        assertFalse(Theme.dark("", Appearance.LIGHT, ColorScheme.DARK));
        assertTrue(Theme.dark(null, Appearance.DESKTOP, ColorScheme.DARK));
    }

    @Test
    void sizesInTheStyleSheetGrowWithTheText() {
        assertEquals(
                ".a { -fx-font-size: 21px; -fx-padding: 4px; -fx-min-height: 84px; }",
                StyleSheets.scaled(".a { -fx-font-size: 14px; -fx-padding: 4px; -fx-min-height: 56px; }", 150));
        List<String> sheets = StyleSheets.of(150, true);
        assertEquals(2, sheets.size());
        assertTrue(sheets.stream().allMatch(sheet -> sheet.startsWith("data:text/css;base64,")));
    }

    @Test
    void theLanguageCanChangeWhileItIsSpoken() {
        Words words = new Words(Words.locale(Language.ENGLISH));
        assertEquals(Locale.ENGLISH, words.locale());
        words.speak(Words.locale(Language.JAPANESE));
        assertEquals(Locale.JAPANESE, words.locale());
        assertFalse(words.say("section.apps").isEmpty());
    }
}
