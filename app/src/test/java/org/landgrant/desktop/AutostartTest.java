package org.landgrant.desktop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.landgrant.grants.AppId;

/** What starts at log-in is confined, too. */
class AutostartTest {
    private static final AppId APP = new AppId("app.desktop");
    private static final String AT_LOGIN = "X-GNOME-Autostart-Phase=Panel\n";

    @TempDir
    Path root;

    private TestDesktop desktop;
    private Path system;
    private Path user;

    @BeforeEach
    void anApp() throws IOException {
        desktop = new TestDesktop(root);
        system = desktop.directories.configDirs().getFirst().resolve("autostart");
        user = desktop.home.resolve(".config/autostart");
        desktop.system("app.desktop", TestDesktop.entry("app %U"));
        Files.createDirectory(desktop.home.resolve(".local"));
    }

    private String confined(String exec) {
        return "Exec=" + desktop.launcher + " launch app.desktop -- " + exec + "\n";
    }

    private void assertConfined(String name, String exec) throws IOException {
        assertTrue(Files.readString(user.resolve(name)).contains(confined(exec)), name);
    }

    @Test
    void theSystemsEntryOfTheSameIdOrProgramIsHidden() throws IOException {
        TestDesktop.write(system.resolve("app.desktop"), TestDesktop.entry("sh -c app") + AT_LOGIN);
        TestDesktop.write(
                system.resolve("app-tray.desktop"), TestDesktop.entry(desktop.bin.resolve("app") + " --tray"));
        TestDesktop.write(system.resolve("shell.desktop"), TestDesktop.entry("sh -c app"));
        desktop.program("other", "");
        TestDesktop.write(system.resolve("other.desktop"), TestDesktop.entry("other"));
        Map<String, String> before = TestDesktop.tree(desktop.home);
        desktop.menus().confine(desktop.app("app.desktop"));
        assertConfined("app.desktop", "sh -c app");
        assertTrue(Files.readString(user.resolve("app.desktop")).endsWith(AT_LOGIN));
        assertConfined("app-tray.desktop", desktop.bin.resolve("app") + " --tray");
        assertEquals(2, files(user));
        desktop.menus().release(APP);
        assertEquals(before, TestDesktop.tree(desktop.home));
    }

    @Test
    void theUsersOwnEntryIsSetAsideAndComesBack() throws IOException {
        TestDesktop.write(user.resolve("mine.desktop"), TestDesktop.entry("app --minimised"));
        TestDesktop.write(system.resolve("mine.desktop"), TestDesktop.entry("app"));
        Map<String, String> before = TestDesktop.tree(desktop.home);
        desktop.menus().confine(desktop.app("app.desktop"));
        assertConfined("mine.desktop", "app --minimised");
        desktop.menus().sync(List.of(APP));
        assertConfined("mine.desktop", "app --minimised");
        desktop.menus().sync(List.of());
        assertEquals(before, TestDesktop.tree(desktop.home));
    }

    @Test
    void whatIsSwitchedOffStaysSwitchedOff() throws IOException {
        TestDesktop.write(system.resolve("app.desktop"), TestDesktop.entry("app"));
        TestDesktop.write(user.resolve("app.desktop"), TestDesktop.entry("app") + "Hidden=true\n");
        desktop.menus().confine(desktop.app("app.desktop"));
        assertEquals(TestDesktop.entry("app") + "Hidden=true\n", Files.readString(user.resolve("app.desktop")));
    }

    @Test
    void anEntryIsFollowedWhenItsSourceChangesOrGoes() throws IOException {
        Path source = TestDesktop.write(system.resolve("app.desktop"), TestDesktop.entry("app --old"));
        desktop.menus().confine(desktop.app("app.desktop"));
        TestDesktop.write(source, TestDesktop.entry("app --new"));
        desktop.menus().sync(List.of(APP));
        assertConfined("app.desktop", "app --new");
        TestDesktop.write(source, TestDesktop.entry("app --new") + "Hidden=true\n");
        desktop.menus().sync(List.of(APP));
        assertFalse(Files.exists(user.resolve("app.desktop")));
        TestDesktop.write(user.resolve("later.desktop"), TestDesktop.entry("app --later"));
        desktop.menus().sync(List.of(APP));
        assertConfined("later.desktop", "app --later");
    }

    @Test
    void aCopyOfOurMenuEntryStartsTheAppAsBeforeOnceItIsReleased() throws IOException {
        desktop.menus().confine(desktop.app("app.desktop"));
        Files.createDirectories(user);
        Files.copy(desktop.userApps.resolve("app.desktop"), user.resolve("app.desktop"));
        desktop.menus().sync(List.of(APP));
        assertConfined("app.desktop", "app %U");
        desktop.menus().release(APP);
        assertEquals(TestDesktop.entry("app %U"), Files.readString(user.resolve("app.desktop")));
    }

    private static int files(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return (int) files.count();
        }
    }
}
