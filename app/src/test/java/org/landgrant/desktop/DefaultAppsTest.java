package org.landgrant.desktop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which app opens something, compared with what the real {@code gio} says of the same desktop. */
class DefaultAppsTest {
    private static final String WEB = "x-scheme-handler/https";

    @TempDir
    Path folder;

    private TestDesktop desktop;

    @BeforeEach
    void desktop() throws IOException {
        desktop = new TestDesktop(folder.toRealPath());
        desktop.environment.put("XDG_CURRENT_DESKTOP", "Odd:GNOME");
        for (String name : List.of("one", "two", "three")) {
            TestDesktop.write(
                    desktop.systemApps.resolve(name + ".desktop"),
                    "[Desktop Entry]\nType=Application\nName=" + name + "\nExec=app %u\nMimeType=" + WEB + ";\n");
        }
        index(desktop.systemApps, "one.desktop;two.desktop;three.desktop;");
    }

    private static void index(Path apps, String ids) throws IOException {
        TestDesktop.write(apps.resolve("mimeinfo.cache"), "[MIME Cache]\n" + WEB + "=" + ids + "\n");
    }

    private Optional<String> ours() {
        ScannedApps apps = new ScannedApps(desktop.directories, desktop.environment, desktop.launcher);
        return new DefaultApps(desktop.directories, desktop.environment, apps)
                .of(WEB)
                .map(app -> app.id().value());
    }

    private Optional<String> glibs() throws Exception {
        ProcessBuilder gio = new ProcessBuilder("gio", "mime", WEB);
        gio.environment().clear();
        gio.environment().putAll(desktop.environment);
        gio.environment().put("LC_ALL", "C");
        Matcher said = Pattern.compile("Default application for .*: (\\S+)").matcher(Glib.run(gio));
        return said.find() ? Optional.of(said.group(1)) : Optional.empty();
    }

    private void bothSay(String id) throws Exception {
        assertEquals(Optional.of(id), glibs());
        assertEquals(Optional.of(id), ours());
    }

    private Path list(String folderAndName, String text) throws IOException {
        return TestDesktop.write(desktop.root.resolve(folderAndName), text);
    }

    @Test
    void theListsOfThePersonComeFirstAndThoseOfTheDesktopBeforeOthers() throws Exception {
        bothSay("one.desktop");
        list("usr/share/applications/mimeapps.list", "[Default Applications]\n" + WEB + "=three.desktop\n");
        bothSay("three.desktop");
        list("etc/xdg/mimeapps.list", "[Default Applications]\n" + WEB + "=gone.desktop;two.desktop;\n");
        bothSay("two.desktop");
        list("home/.config/mimeapps.list", "[Default Applications]\n" + WEB + "=one.desktop\n");
        bothSay("one.desktop");
        list("home/.config/gnome-mimeapps.list", "[Default Applications]\n" + WEB + "=three.desktop;\n");
        bothSay("three.desktop");
        list("home/.config/odd-mimeapps.list", "[Default Applications]\n" + WEB + "=two.desktop;\n");
        bothSay("two.desktop");
    }

    @Test
    void whatWasTakenOutOpensNothingAndWhatWasAddedComesFirst() throws Exception {
        list("home/.config/mimeapps.list", "[Removed Associations]\n" + WEB + "=one.desktop;\n");
        bothSay("two.desktop");
        list("home/.config/mimeapps.list", "[Added Associations]\n" + WEB + "=three.desktop;\n");
        bothSay("three.desktop");
    }

    @Test
    void damagedListsAreNoLists() throws Exception {
        list("home/.config/mimeapps.list", "[Default Applications\n" + WEB + "=\u0000;;\n\u00ff=");
        list("etc/xdg/mimeapps.list", "[Default Applications]\n" + WEB + "=../../etc/passwd;a/b.desktop;;\n");
        assertEquals(Optional.of("one.desktop"), ours());
        index(desktop.systemApps, "");
        assertEquals(Optional.empty(), ours());
    }

    @Test
    void kindsOfFilesGoByTheirNames() throws IOException {
        TestDesktop.write(desktop.root.resolve("usr/share/mime/globs2"), """
                # a comment
                50:text/plain:*.txt
                50:application/gzip:*.gz
                50:application/x-compressed-tar:*.tar.gz
                60:text/x-c++src:*.C:cs
                50:text/x-csrc:*.c
                10:text/x-readme:readme*
                50:text/x-makefile:makefile
                odd
                """);
        FileTypes types = new FileTypes(desktop.directories);
        assertEquals(Optional.of("text/plain"), types.of("A.TXT"));
        assertEquals(Optional.of("application/x-compressed-tar"), types.of("a.tar.gz"));
        assertEquals(Optional.of("text/x-c++src"), types.of("a.C"));
        assertEquals(Optional.of("text/x-csrc"), types.of("a.c"));
        assertEquals(Optional.of("text/x-makefile"), types.of("Makefile"));
        assertEquals(Optional.empty(), types.of("a"));
        assertEquals(Optional.empty(), types.of("readme-first"));
    }

    @Test
    void whatCouldRunIsNotShown() {
        for (String type : List.of(
                "application/x-shellscript",
                "application/x-desktop",
                "application/java-archive",
                "application/x-executable",
                "text/x-python",
                "application/vnd.appimage",
                "application/x-ms-dos-executable",
                "application/vnd.debian.binary-package",
                "inode/directory")) {
            assertTrue(!FileTypes.isShown(type), type);
        }
        assertTrue(FileTypes.isShown("application/pdf") && FileTypes.isShown("image/png"));
    }

    @Test
    void aCommandLineTakesOneThingInItsPlace() {
        assertEquals(List.of("a", "--x", "https://a/"), OutsideStart.words(List.of("a", "--x", "%u"), "https://a/"));
        assertEquals(List.of("a", "/f", "100%"), OutsideStart.words(List.of("a", "%F", "100%%"), "/f"));
        assertEquals(List.of("a", "/f"), OutsideStart.words(List.of("a"), "/f"));
        assertThrows(NotOpenedException.class, () -> OutsideStart.words(List.of("a", "%f"), "https://a/"));
    }
}
