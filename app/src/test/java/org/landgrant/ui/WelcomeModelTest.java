package org.landgrant.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.landgrant.ui.Sample.CHROMIUM;
import static org.landgrant.ui.Sample.FIREFOX;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.landgrant.grants.Preferences;
import org.landgrant.prompts.Words;
import org.landgrant.ui.WelcomeModel.Phase;

class WelcomeModelTest {
    private Sample sample;

    @BeforeEach
    void build(@TempDir Path folder) throws IOException {
        sample = new Sample(folder.resolve("anna"));
        sample.preferences.put(Preferences.USUAL);
    }

    private WelcomeModel model() {
        Words words = new Words(Locale.ENGLISH);
        return new WelcomeModel(sample.services(Runnable::run), new Tasks(Runnable::run, Runnable::run, words), words);
    }

    private static boolean needed(WelcomeModel model) {
        List<Boolean> answers = new ArrayList<>();
        model.look(answers::add);
        return answers.getFirst();
    }

    private static List<String> names(WelcomeModel model, boolean suggested) {
        return model.entries().stream()
                .filter(entry -> entry.suggested() == suggested)
                .map(entry -> entry.app().name())
                .toList();
    }

    @Test
    void whatOpensTheMailOfStrangersIsSuggestedAndChosen() {
        WelcomeModel model = model();
        assertTrue(needed(model));
        assertEquals(
                List.of("Chromium Web Browser", "Document Viewer", "Firefox ESR", "Okular", "Thunderbird"),
                names(model, true));
        assertEquals(5, model.count().get());
        assertTrue(names(model, false).contains("Audacity"));
        assertFalse(model.isChosen(sample.app(Sample.GIMP)));
        assertTrue(model.entries().stream()
                .noneMatch(entry -> entry.app().notOurs().isPresent()));
        assertEquals("Downloads, web", model.entries().getFirst().start());
    }

    @Test
    void categoriesDecideAboutAppsNobodyWroteATemplateFor() {
        assertTrue(WelcomeReader.exposed(List.of("Network", "InstantMessaging")));
        assertTrue(WelcomeReader.exposed(List.of("Viewer", "Office")));
        assertFalse(WelcomeReader.exposed(List.of("Viewer", "Graphics")));
        assertFalse(WelcomeReader.exposed(List.of()));
    }

    @Test
    void theChosenAreConfinedAndThePageNeverComesAgain() {
        WelcomeModel model = model();
        needed(model);
        model.choose(sample.app(CHROMIUM), false);
        model.choose(sample.app(Sample.GIMP), true);
        assertEquals(5, model.count().get());
        model.confine();
        assertEquals(Phase.DONE, model.phase().get());
        assertEquals(5, model.finished().get());
        assertTrue(sample.gatekeeper.settings(Sample.GIMP).confined());
        assertTrue(sample.gatekeeper.settings(FIREFOX).confined());
        assertFalse(sample.gatekeeper.settings(CHROMIUM).confined());
        sample.gatekeeper.release(FIREFOX);
        assertFalse(needed(model()));
    }

    @Test
    void notNowConfinesNothingAndIsNotAskedAgain() {
        WelcomeModel model = model();
        needed(model);
        model.skip();
        assertEquals(Phase.DONE, model.phase().get());
        assertFalse(sample.gatekeeper.settings(FIREFOX).confined());
        assertFalse(needed(model()));
    }

    @Test
    void whoConfinedAnAppAlreadyIsNotAsked() {
        sample.gatekeeper.confine(FIREFOX);
        assertFalse(needed(model()));
        sample.gatekeeper.release(FIREFOX);
        assertFalse(needed(model()), "nor later");
    }

    @Test
    void whatFailedIsSaidByName() {
        WelcomeModel model = model();
        needed(model);
        sample.gatekeeper.breakWith("The disk is full.");
        model.confine();
        assertEquals(Phase.FAILED, model.phase().get());
        assertEquals(5, model.failures().size());
        assertEquals(
                "Chromium Web Browser is not confined: The disk is full.",
                model.failures().getFirst());
        model.goOn();
        assertEquals(Phase.DONE, model.phase().get());
    }
}
