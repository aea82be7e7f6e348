package org.landgrant.desktop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.landgrant.grants.AppId;
import org.landgrant.grants.RefusedException;

class MenuEntriesTest {
    private static final AppId APP = new AppId("app.desktop");

    @TempDir
    Path root;

    private TestDesktop desktop;
    private MenuEntries menus;

    @BeforeEach
    void aDesktop() throws IOException {
        desktop = new TestDesktop(root);
        menus = desktop.menus();
    }

    private void confine(String id) {
        menus.confine(desktop.app(id));
    }

    private String override(String relative) throws IOException {
        return Files.readString(desktop.userApps.resolve(relative));
    }

    @Test
    void onlyCommandLinesAndBusActivationChange() throws IOException {
        Path source = desktop.system("app.desktop", """
                # Ünïcode comment\r
                [Desktop Entry]
                Type=Application
                Name=App
                Name[de]=Programm
                TryExec=app
                DBusActivatable=true
                Exec = app  --x "a b" %U\s
                X-Unknown=\\\\;1
                Actions=new;

                [Desktop Action new]
                Name=New
                Exec=app --desktop %k
                [X Shortcut Group]
                Exec[de]=app --neu
                """);
        confine("app.desktop");
        String text = override("app.desktop");
        String hash = text.replaceAll("(?s).*X-Landgrant-SourceHash=([0-9a-f]{64})\n.*", "$1");
        String launch = desktop.launcher + " launch app.desktop -- ";
        assertEquals(
                Files.readString(source)
                        .replace(
                                "[Desktop Entry]\n",
                                "[Desktop Entry]\nX-Landgrant-Managed=true\nX-Landgrant-Source=" + source
                                        + "\nX-Landgrant-SourceHash=" + hash + "\nX-Landgrant-Version=1\n")
                        .replace("TryExec=app\n", "")
                        .replace("DBusActivatable=true", "DBusActivatable=false")
                        .replace("Exec = app", "Exec = " + launch + "app")
                        .replace("Exec=app --desktop %k", "Exec=" + launch + "app --desktop " + source)
                        .replace("Exec[de]=app", "Exec[de]=" + launch + "app"),
                text);
    }

    @Test
    void theLauncherAndTheIdAreQuotedForTheFormat() throws IOException {
        Path odd = desktop.program("land grant$", "exit 0");
        desktop.system("we ird;$(x)%U.desktop", TestDesktop.entry("app %U"));
        MenuEntries quoting = new MenuEntries(desktop.directories, desktop.environment, odd);
        InstalledApp app = desktop.app("we ird;$(x)%U.desktop");
        quoting.confine(app);
        DesktopEntry entry = DesktopEntry.parse(
                Files.readAllBytes(desktop.userApps.resolve(app.id().value())));
        assertEquals(
                List.of(odd.toString(), "launch", "we ird;$(x)%%U.desktop", "--", "app", "%U"),
                ExecLine.words(entry.text("Exec").orElseThrow(), new ExecLine.Facts(Optional.empty(), "", "")));
    }

    @Test
    void releasingLeavesNoTraceInAnEmptyHome() throws IOException {
        desktop.system("app.desktop", TestDesktop.entry("app"));
        desktop.system("kde4/sub.desktop", TestDesktop.entry("app"));
        Files.createDirectory(desktop.home.resolve(".local"));
        Map<String, String> before = TestDesktop.tree(desktop.home);
        confine("app.desktop");
        confine("kde4-sub.desktop");
        assertTrue(Files.exists(desktop.userApps.resolve("kde4/sub.desktop")), "in the folder of its source");
        assertTrue(menus.confined().contains(APP));
        menus.release(APP);
        assertFalse(menus.confined().contains(APP));
        assertTrue(menus.confined().contains(new AppId("kde4-sub.desktop")));
        menus.sync(List.of());
        assertEquals(before, TestDesktop.tree(desktop.home));
    }

    @Test
    void releasingPutsEverythingOfTheUserBack() throws IOException {
        desktop.system("app.desktop", TestDesktop.entry("app"));
        desktop.system("dbus.example.App.desktop", TestDesktop.entry("app"));
        TestDesktop.write(
                root.resolve("usr/share/dbus-1/services/x.service"),
                "[D-BUS Service]\nName=dbus.example.App\nExec=app\nSystemdService=x.service\n");
        Path own = desktop.user("app.desktop", TestDesktop.entry("app --mine"));
        Files.setPosixFilePermissions(own, PosixFilePermissions.fromString("rwx------"));
        Files.setLastModifiedTime(own, FileTime.fromMillis(1_000));
        TestDesktop.write(desktop.home.resolve("dotfiles/linked.desktop"), TestDesktop.entry("app --linked"));
        Files.createSymbolicLink(
                desktop.userApps.resolve("linked.desktop"), Path.of("../../../dotfiles/linked.desktop"));
        desktop.user("mimeinfo.cache", "stale\n");
        desktop.user("other.desktop", "no entry at all");
        Files.createDirectories(desktop.userApps.resolve("empty"));
        Files.createDirectories(desktop.home.resolve(".local/share/landgrant"));
        TestDesktop.write(
                desktop.home.resolve(".local/share/dbus-1/services/mine.service"),
                "[D-BUS Service]\nName=dbus.example.App\nExec=app --mine\n");
        Map<String, String> before = TestDesktop.tree(desktop.home);
        for (String id : List.of("app.desktop", "linked.desktop", "dbus.example.App.desktop")) {
            confine(id);
        }
        assertTrue(override("app.desktop").contains("app.desktop -- app --mine"));
        assertTrue(override("linked.desktop").contains("linked.desktop -- app --linked"));
        assertFalse(Files.isSymbolicLink(desktop.userApps.resolve("linked.desktop")));
        assertTrue(Files.readString(desktop.home.resolve(".local/share/dbus-1/services/mine.service"))
                .contains("launch dbus.example.App.desktop -- app --mine"));
        assertEquals(List.of("app", "--mine"), desktop.app("app.desktop").command());
        assertEquals(List.of("app", "--linked"), desktop.app("linked.desktop").command());
        Map<String, String> confined = TestDesktop.tree(desktop.home);
        List<AppId> all = List.of(APP, new AppId("linked.desktop"), new AppId("dbus.example.App.desktop"));
        assertEquals(Map.of(), menus.sync(all));
        assertEquals(confined, TestDesktop.tree(desktop.home), "what is right is left alone");
        menus.sync(List.of());
        assertEquals(before, TestDesktop.tree(desktop.home));
        assertEquals(FileTime.fromMillis(1_000), Files.getLastModifiedTime(own));
    }

    @Test
    void confiningTwiceNeverWrapsTwice() throws IOException {
        desktop.system("app.desktop", TestDesktop.entry("app"));
        confine("app.desktop");
        String once = override("app.desktop");
        confine("app.desktop");
        assertEquals(once, override("app.desktop"));
        Files.writeString(desktop.userApps.resolve("copy.desktop"), once.replaceAll("X-Landgrant.*\n", ""));
        assertEquals(
                "Its menu entry already starts it through Landgrant.",
                desktop.app("copy.desktop").notOurs().orElseThrow());
        assertThrows(RefusedException.class, () -> confine("copy.desktop"));
    }

    @Test
    void syncFollowsTheSource() throws IOException {
        Path source = desktop.system("app.desktop", TestDesktop.entry("app --old"));
        confine("app.desktop");
        Files.writeString(source, TestDesktop.entry("app --new"));
        assertEquals(Map.of(), menus.sync(List.of(APP)));
        assertTrue(override("app.desktop").contains("-- app --new\n"));
    }

    @Test
    void anAppThatIsNotInstalledKeepsItsPlaceOutOfSight() throws IOException {
        Path source = desktop.system("app.desktop", TestDesktop.entry("app"));
        confine("app.desktop");
        String confined = override("app.desktop");
        Files.delete(source);
        assertEquals(Map.of(), menus.sync(List.of(APP)));
        String placeholder = override("app.desktop");
        assertTrue(placeholder.contains("\nNoDisplay=true\nExec=" + desktop.launcher + " launch app.desktop\n"));
        assertEquals(Optional.empty(), desktop.find("app.desktop"));
        menus.sync(List.of(APP));
        assertEquals(placeholder, override("app.desktop"));
        desktop.system("app.desktop", TestDesktop.entry("app"));
        menus.sync(List.of(APP));
        assertEquals(confined, override("app.desktop"));
        Files.delete(source);
        menus.sync(List.of(APP));
        menus.sync(List.of());
        assertFalse(Files.exists(desktop.userApps));
    }

    @Test
    void aConfinedAppThatWasRemovedByAnOlderVersionGetsItsPlaceBack() throws IOException {
        menus.sync(List.of(new AppId("kde4-gone.desktop")));
        assertTrue(override("kde4-gone.desktop").contains("NoDisplay=true"));
        assertEquals(Set.of(new AppId("kde4-gone.desktop")), menus.confined());
        menus.release(new AppId("kde4-gone.desktop"));
        assertFalse(Files.exists(desktop.userApps));
    }

    @Test
    void syncRepairsWhatIsMissingDamagedOrEdited() throws IOException {
        desktop.system("app.desktop", TestDesktop.entry("app"));
        confine("app.desktop");
        String good = override("app.desktop");
        Path file = desktop.userApps.resolve("app.desktop");
        for (String damage : List.of(good.replace("launch", "lunch"), good.substring(0, 60), good + "Exec=app\n")) {
            Files.writeString(file, damage);
            assertEquals(Map.of(), menus.sync(List.of(APP)));
            assertEquals(good, override("app.desktop"), damage);
        }
        Files.delete(file);
        menus.sync(List.of(APP));
        assertEquals(good, override("app.desktop"));
        menus.sync(List.of());
        assertFalse(Files.exists(file));
    }

    @Test
    void syncTouchesNothingOfAppsThatAreNotConfined() throws IOException {
        desktop.system("app.desktop", TestDesktop.entry("app"));
        desktop.user("app.desktop", TestDesktop.entry("app --mine"));
        desktop.user("broken.desktop", "\0\0\0");
        Map<String, String> before = TestDesktop.tree(desktop.home);
        menus.sync(List.of());
        assertEquals(before, TestDesktop.tree(desktop.home));
    }

    @Test
    void aFileWrittenInOurPlaceByTheAppItselfIsWrappedAgain() throws IOException {
        desktop.system("app.desktop", TestDesktop.entry("app"));
        confine("app.desktop");
        desktop.user("app.desktop", TestDesktop.entry("app --update"));
        assertFalse(menus.confined().contains(APP));
        assertEquals(Map.of(), menus.sync(List.of(APP)));
        assertTrue(override("app.desktop").contains("app.desktop -- app --update\n"));
        menus.sync(List.of());
        assertEquals(TestDesktop.entry("app --update"), override("app.desktop"));
    }

    @Test
    void anUnreadableFileOfTheUserInTheWayIsSetAsideAndRestored() throws IOException {
        desktop.system("app.desktop", TestDesktop.entry("app"));
        desktop.user("app.desktop", "garbage");
        confine("app.desktop");
        assertTrue(override("app.desktop").contains(" launch app.desktop -- app\n"));
        menus.release(APP);
        assertEquals("garbage", override("app.desktop"));
    }

    @Test
    void whatTheUserRemovedFromTheMenusStaysRemoved() throws IOException {
        desktop.system("app.desktop", TestDesktop.entry("app"));
        desktop.user("app.desktop", "[Desktop Entry]\nHidden=true\n");
        Map<String, String> before = TestDesktop.tree(desktop.home);
        assertThrows(RefusedException.class, () -> confine("app.desktop"));
        assertEquals(1, menus.sync(List.of(APP)).size());
        assertEquals(before, TestDesktop.tree(desktop.home));
    }

    @Test
    void anActionThatDesktopsReadDifferentlyRefusesTheWholeEntry() throws IOException {
        desktop.system("app.desktop", TestDesktop.entry("app") + "[Desktop Action x]\nExec=app; app\n");
        RefusedException refused = assertThrows(RefusedException.class, () -> confine("app.desktop"));
        assertTrue(refused.getMessage().contains("the character ; outside quotes"), refused.getMessage());
        assertFalse(Files.exists(desktop.userApps.resolve("app.desktop")));
    }

    @Test
    void aFolderInTheWayIsAReasonAndNothingIsLost() throws IOException {
        desktop.system("app.desktop", TestDesktop.entry("app"));
        TestDesktop.write(desktop.userApps.resolve("app.desktop/precious"), "x");
        assertThrows(RefusedException.class, () -> confine("app.desktop"));
        assertEquals("x", Files.readString(desktop.userApps.resolve("app.desktop/precious")));
    }

    @Test
    void aDamagedMemoryOfFoldersNeverLeadsOutside() throws IOException {
        desktop.system("app.desktop", TestDesktop.entry("app"));
        Path outside = Files.createDirectories(desktop.home.resolve("outside"));
        TestDesktop.write(
                desktop.home.resolve(".local/share/landgrant/made-folders"), "../../outside\n" + outside + "\n\0\n");
        confine("app.desktop");
        menus.sync(List.of());
        assertTrue(Files.isDirectory(outside));
    }
}
