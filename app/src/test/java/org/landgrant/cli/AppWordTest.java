package org.landgrant.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.landgrant.desktop.InstalledApp;
import org.landgrant.grants.AppId;
import picocli.CommandLine.TypeConversionException;

class AppWordTest {
    private static final List<InstalledApp> APPS = List.of(
            app("org.gnome.gedit.desktop", "Text Editor", "gedit", true),
            app("firefox-esr.desktop", "Firefox ESR", "/usr/lib/firefox-esr/firefox-esr", true),
            app("libreoffice-writer.desktop", "LibreOffice Writer", "libreoffice", true),
            app("libreoffice-calc.desktop", "LibreOffice Calc", "libreoffice", true),
            app("org.gnome.eog.desktop", "Image Viewer", "eog", true),
            app("org.other.eog-helper.desktop", "Helper", "eog", false),
            app("calc.desktop", "Calculator", "kcalc", true),
            app("org.gnome.calc.desktop", "Calc", "gnome-calc", true));

    private final Set<AppId> decided = Set.of(new AppId("gone.desktop"));

    private static InstalledApp app(String id, String name, String program, boolean shown) {
        return new InstalledApp(
                new AppId(id), name, "", "", List.of(), List.of(program), Path.of("/x"), shown, Optional.empty());
    }

    private String meant(String word) {
        return AppWord.app(
                        word,
                        APPS,
                        id -> decided.contains(id)
                                || APPS.stream().anyMatch(app -> app.id().equals(id)))
                .value();
    }

    @Test
    void anIdMeansThatAppEvenWhereOthersAreCalledSo() {
        assertEquals("calc.desktop", meant("calc"));
        assertEquals("calc.desktop", meant("calc.desktop"));
        assertEquals("org.gnome.calc.desktop", meant("org.gnome.calc"));
        assertEquals("firefox-esr.desktop", meant("firefox-esr"));
    }

    @Test
    void anIdThatIsWrittenOutNeverMeansAnotherApp() {
        assertEquals("gedit.desktop", meant("gedit.desktop"));
        assertEquals("eog.desktop", meant("eog.desktop"));
    }

    @Test
    void anAppThatWasRemovedKeepsItsWord() {
        assertEquals("gone.desktop", meant("gone"));
    }

    @Test
    void theLastPartOfTheIdTheProgramAndTheNameMeanTheAppTheyAreOf() {
        assertEquals("org.gnome.gedit.desktop", meant("gedit"));
        assertEquals("org.gnome.gedit.desktop", meant("text editor"));
        assertEquals("org.gnome.eog.desktop", meant("eog"), "menus do not show the other one");
        assertEquals("org.other.eog-helper.desktop", meant("eog-helper"));
        assertEquals("calc.desktop", meant("kcalc"));
    }

    @Test
    void whatMeansSeveralAppsMeansNone() {
        TypeConversionException several = assertThrows(TypeConversionException.class, () -> meant("libreoffice"));
        assertEquals(
                "2 apps are called that; name one by its ID: libreoffice-writer.desktop, libreoffice-calc.desktop",
                several.getMessage());
    }

    @Test
    void whatMeansNoAppStaysAnId() {
        assertEquals("gedi.desktop", meant("gedi"));
        assertThrows(TypeConversionException.class, () -> meant("../x"));
        assertThrows(TypeConversionException.class, () -> meant(""));
    }

    @Test
    void wordsAreNearByASlipOrTheirBeginning() {
        List<String> words = List.of("grants", "grant", "launch", "log", "sessions", "policy", "prompts", "run");
        assertEquals(List.of("grant"), Near.to("grnt", words));
        assertEquals(List.of("launch"), Near.to("lanuch", words));
        assertEquals(List.of("sessions"), Near.to("sess", words));
        assertEquals(List.of(), Near.to("xyz", words));
        assertEquals(List.of(), Near.to("frobnicate", words));
        assertEquals(List.of("run"), Near.to("rum", words));
    }
}
