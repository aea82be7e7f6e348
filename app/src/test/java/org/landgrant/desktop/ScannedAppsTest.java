package org.landgrant.desktop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScannedAppsTest {
    @TempDir
    Path root;

    private TestDesktop desktop;

    @BeforeEach
    void aDesktop() throws IOException {
        desktop = new TestDesktop(root);
    }

    private List<String> ids() {
        return desktop.apps().all().stream().map(app -> app.id().value()).toList();
    }

    @Test
    void anAppIsReadWithItsTranslatedCleanedTexts() throws IOException {
        desktop.environment.put("LANG", "de_DE.UTF-8");
        desktop.system(
                "sub/dir/x.desktop",
                "[Desktop Entry]\nType=Application\nName=App\nName[de]=Programm\u202E\\nfalsch\nGenericName=G\nExec=app --n %c %U\nCategories=A;B;\nIcon=i\n");
        InstalledApp app = desktop.app("sub-dir-x.desktop");
        assertEquals("Programm falsch", app.name());
        assertEquals("G", app.description());
        assertEquals(List.of("A", "B"), app.categories());
        assertEquals("i", app.icon());
        assertTrue(app.shown());
        assertEquals(Optional.empty(), app.notOurs().filter(why -> !why.startsWith("Its command line holds")));
        assertEquals(desktop.systemApps.resolve("sub/dir/x.desktop"), app.source());
    }

    @Test
    void theFirstFolderWinsUnlessItsEntryDoesNotLoad() throws IOException {
        desktop.system("a.desktop", TestDesktop.entry("app --system"));
        desktop.user("a.desktop", TestDesktop.entry("app --user"));
        assertEquals(List.of("app", "--user"), desktop.app("a.desktop").command());
        desktop.user("a.desktop", TestDesktop.entry("missing-program"));
        assertEquals(List.of("app", "--system"), desktop.app("a.desktop").command());
        desktop.user("a.desktop", TestDesktop.entry("app --user") + "TryExec=missing-program\n");
        assertEquals(List.of("app", "--system"), desktop.app("a.desktop").command());
        desktop.user("a.desktop", "[Desktop Entry]\nHidden=true\n");
        assertFalse(desktop.app("a.desktop").shown());
        assertTrue(desktop.app("a.desktop").notOurs().isPresent());
    }

    @Test
    void ourOverridesAreLookedThrough() throws IOException {
        desktop.system("a.desktop", TestDesktop.entry("app %U"));
        InstalledApp before = desktop.app("a.desktop");
        desktop.menus().confine(before);
        assertEquals(before, desktop.app("a.desktop"));
    }

    @ParameterizedTest
    @CsvSource({
        "NoDisplay=true, '', false",
        "OnlyShowIn=KDE;, GNOME, false",
        "OnlyShowIn=KDE;, ubuntu:KDE, true",
        "OnlyShowIn=KDE;, '', false",
        "NotShowIn=KDE;, KDE, false",
        "NotShowIn=KDE;, GNOME, true"
    })
    void menusShowItOnlyWhereItBelongs(String line, String desktops, boolean shown) throws IOException {
        desktop.environment.put("XDG_CURRENT_DESKTOP", desktops);
        desktop.system("a.desktop", TestDesktop.entry("app") + line + "\n");
        assertEquals(shown, desktop.app("a.desktop").shown());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "flatpak run x      |                            | Flatpak",
                "app                | X-Flatpak=x                | Flatpak",
                "app                | X-SnapInstanceName=x       | snap",
                "env A=b /snap/bin/x|                            | snap",
                "app                | X-AppImage-Version=1       | AppImage",
                "sudo app           |                            | another user",
                "sh -c 'pkexec app' |                            | another user",
                "app                | X-KDE-SubstituteUID=true   | another user",
                "firejail app       |                            | confined by another",
                "env bwrap app      |                            | confined by another",
                "landgrant launch a |                            | through Landgrant",
                "landgrant          |                            | Landgrant itself",
                "app                | Categories=TerminalEmulator; | terminal",
                "app                | Categories=FileManager;    | file manager",
                "app                | Categories=Settings;       | settings",
                "app                | Categories=PackageManager; | installs software",
                "app                | X-GNOME-WMName=x           | part of the desktop",
                "app                | X-KDE-Wayland-Interfaces=x | the desktop gives",
                "steam              |                            | special rights",
                "setuid             |                            | special rights",
                "missing            |                            | not installed",
                "app; app           |                            | outside quotes",
                "app \"             |                            | never closed"
            })
    void whatIsNotOursSaysWhyInOneSentence(String exec, String line, String expected) throws IOException {
        for (String name : List.of("flatpak", "env", "sudo", "firejail", "steam", "setuid", "sh")) {
            desktop.program(name, "exit 0");
        }
        Files.setPosixFilePermissions(desktop.bin.resolve("setuid"), PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setAttribute(desktop.bin.resolve("setuid"), "unix:mode", 0104755);
        desktop.system("a.desktop", TestDesktop.entry(exec.strip()) + (line == null ? "" : line.strip()) + "\n");
        String why = desktop.app("a.desktop").notOurs().orElseThrow();
        assertTrue(why.toLowerCase(Locale.ROOT).contains(expected.toLowerCase(Locale.ROOT)), why);
        assertTrue(why.matches("[A-Z][^\\n]*\\."), why);
    }

    @Test
    void hostileFilesDisturbNobody() throws IOException {
        desktop.system("good.desktop", TestDesktop.entry("app"));
        desktop.system("big.desktop", TestDesktop.entry("app") + "#".repeat(1 << 20));
        desktop.system("nul.desktop", TestDesktop.entry("app\0"));
        desktop.system("empty.desktop", "");
        desktop.system("link.desktop/inside.desktop", TestDesktop.entry("app"));
        desktop.system("type.desktop", "[Desktop Entry]\nType=Link\nName=x\nExec=app\n");
        desktop.system("id with spaces.desktop", TestDesktop.entry("app"));
        desktop.system("line\nbreak.desktop", TestDesktop.entry("app"));
        desktop.system(".hidden.desktop", TestDesktop.entry("app"));
        Files.createSymbolicLink(desktop.systemApps.resolve("loop"), desktop.systemApps);
        Files.createSymbolicLink(desktop.systemApps.resolve("self.desktop"), Path.of("self.desktop"));
        Files.createSymbolicLink(desktop.systemApps.resolve("gone.desktop"), Path.of("nowhere"));
        assertEquals(
                List.of("good.desktop", "id with spaces.desktop", "nul.desktop"),
                ids().stream().sorted().toList());
        assertEquals("nul", desktop.app("nul.desktop").command().getFirst());
        assertTrue(desktop.app("nul.desktop").notOurs().isPresent());
    }

    @Test
    void whatIsReadIsKeptUntilItChangesOnDisk() throws Exception {
        ExecutorService executor = Executors.newSingleThreadExecutor();
        try (ScannedApps apps = desktop.apps()) {
            CountDownLatch changed = new CountDownLatch(1);
            apps.watch(changed::countDown);
            assertEquals(List.of(), apps.all());
            apps.startWatching(executor);
            desktop.user("late.desktop", TestDesktop.entry("app"));
            assertTrue(changed.await(20, TimeUnit.SECONDS), "also in a folder that did not exist");
            assertEquals("late.desktop", apps.all().getFirst().id().value());
        } finally {
            executor.shutdown();
            assertTrue(executor.awaitTermination(20, TimeUnit.SECONDS), "closing ends the watch");
        }
    }
}
