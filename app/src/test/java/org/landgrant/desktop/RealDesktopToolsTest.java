package org.landgrant.desktop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.landgrant.grants.AppId;

/** GLib, the bus and the validator judge the overrides, not we. Each test needs its tool installed. */
class RealDesktopToolsTest {
    private static final Path SYSTEM_APPS = Path.of("/usr/share/applications");

    @TempDir
    Path root;

    private TestDesktop desktop;

    @BeforeEach
    void aDesktop() throws IOException {
        desktop = new TestDesktop(root);
    }

    private static void needs(String tool) {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin", tool)), tool + " is not installed");
    }

    private TreeSet<String> launch(Path entry, List<String> files) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("gio", "launch", entry.toString()));
        command.addAll(files);
        return new TreeSet<>(desktop.run(command).lines().toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"$BIN/My App/app\" --x \"a b\" %U",
                "env \"FOO=a \\\\$b\" app %f",
                "app --100%%  %u",
                "app --title %c %i %U",
                "sh -c \"echo \\\\\"hi\\\\\" \\\\$HOME \\\\\"\\\\$@\\\\\"\" x %F",
                "app no field code",
                "app --desktop=%k",
                "app --desktop %k %U",
                "app 'single \"quoted\"' a\\\\ b \"\" %F",
                "app \"back\\\\\\\\slash\" \"\\\\`\" %u",
                "app --open=%f",
                "app %m %v x"
            })
    void gioGivesTheAppTheSameArgumentsBeforeAndAfter(String exec) throws Exception {
        needs("gio");
        Files.createDirectories(desktop.bin.resolve("My App"));
        Files.copy(desktop.bin.resolve("app"), desktop.bin.resolve("My App/app"));
        String id = "we ird;%U.desktop";
        Path source = desktop.system(id, TestDesktop.entry(exec.replace("$BIN", desktop.bin.toString())));
        List<String> files = new ArrayList<>();
        for (String name : List.of("one.txt", "two $x `y` \"z\".txt", "three%20ü.txt")) {
            files.add(TestDesktop.write(root.resolve(name), "").toString());
        }
        InstalledApp app = desktop.app(id);
        desktop.menus().confine(app);
        Path override = desktop.userApps.resolve(id);
        for (int count : List.of(0, 1, 3)) {
            Files.deleteIfExists(root.resolve("launched"));
            TreeSet<String> before = launch(source, files.subList(0, count));
            assertFalse(before.isEmpty());
            assertFalse(Files.exists(root.resolve("launched")));
            assertEquals(before, launch(override, files.subList(0, count)), count + " files");
            assertEquals(
                    List.of(id),
                    Files.readAllLines(root.resolve("launched")).stream()
                            .distinct()
                            .toList());
        }
    }

    @Test
    void startingByIdAndOpeningByTypeGoThroughTheOverride() throws Exception {
        needs("gio");
        desktop.system("app.desktop", TestDesktop.entry("app %U") + "MimeType=text/x-landgrant;\n");
        desktop.system("other.desktop", TestDesktop.entry("app --other %U") + "MimeType=text/x-landgrant;\n");
        TestDesktop.write(
                desktop.systemApps.resolve("mimeinfo.cache"),
                "[MIME Cache]\ntext/x-landgrant=other.desktop;app.desktop;\n");
        String before = desktop.run(List.of("gio", "mime", "text/x-landgrant"));
        desktop.menus().confine(desktop.app("app.desktop"));
        assertEquals(before, desktop.run(List.of("gio", "mime", "text/x-landgrant")), "no default moved");
        assertTrue(before.contains("other.desktop") && before.contains("app.desktop"), before);
        needs("gtk-launch");
        assertEquals("app", desktop.run(List.of("gtk-launch", "app")).strip());
        assertEquals(List.of("app.desktop"), Files.readAllLines(root.resolve("launched")));
    }

    @Test
    void theBusStartsTheAppThroughTheLauncher() throws Exception {
        needs("dbus-daemon");
        needs("dbus-send");
        String id = "org.example.Bus.desktop";
        desktop.system(id, TestDesktop.entry("app") + "DBusActivatable=true\n");
        TestDesktop.write(
                root.resolve("usr/share/dbus-1/services/org.example.Bus.service"),
                "[D-BUS Service]\nName=org.example.Bus\nExec=" + desktop.bin.resolve("app")
                        + " --service\nSystemdService=nothing.service\n");
        desktop.menus().confine(desktop.app(id));
        Path config = TestDesktop.write(
                root.resolve("bus.conf"),
                "<busconfig><type>session</type><listen>unix:path=" + root.resolve("bus")
                        + "</listen><standard_session_servicedirs/><policy context='default'>"
                        + "<allow send_destination='*'/><allow eavesdrop='true'/><allow own='*'/></policy></busconfig>");
        // The app ends without taking its name, so the call fails; that it was started is what counts.
        desktop.run(List.of(
                "dbus-run-session",
                "--config-file=" + config,
                "--",
                "dbus-send",
                "--session",
                "--print-reply",
                "--dest=org.freedesktop.DBus",
                "/",
                "org.freedesktop.DBus.StartServiceByName",
                "string:org.example.Bus",
                "uint32:0"));
        assertEquals(List.of(id), Files.readAllLines(root.resolve("launched")));
        desktop.menus().release(new AppId(id));
        assertFalse(Files.exists(desktop.home.resolve(".local/share/dbus-1")));
    }

    @Test
    void theValidatorFindsNothingNewInOverridesOfTheInstalledApps() throws Exception {
        needs("desktop-file-validate");
        assumeTrue(Files.isDirectory(SYSTEM_APPS));
        BaseDirectories real = new BaseDirectories(
                desktop.home,
                desktop.directories.dataHome(),
                desktop.home,
                desktop.home,
                desktop.home,
                desktop.directories.runtimeDir(),
                List.of(Path.of("/usr/local/share"), Path.of("/usr/share")));
        MenuEntries menus = new MenuEntries(real, desktop.environment, desktop.launcher);
        ScannedApps apps = new ScannedApps(real, desktop.environment, desktop.launcher);
        for (InstalledApp app : apps.all()) {
            if (app.notOurs().isEmpty()) {
                Path override = desktop.userApps.resolve(
                        Path.of(app.source().toString()).subpath(3, app.source().getNameCount()));
                menus.confine(app);
                assertEquals(
                        complaints(app.source()), complaints(override), app.id().value());
            }
        }
        menus.releaseAll();
        assertFalse(Files.exists(desktop.userApps));
    }

    private List<String> complaints(Path file) throws IOException, InterruptedException {
        return desktop.run(List.of("desktop-file-validate", file.toString()))
                .replace(file.toString(), "")
                .lines()
                .toList();
    }
}
