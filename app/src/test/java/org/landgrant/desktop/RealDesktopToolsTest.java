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
import java.util.Map;
import java.util.Set;
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

    private Set<String> launch(Path entry, List<String> files) throws IOException, InterruptedException {
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
            Set<String> before = launch(source, files.subList(0, count));
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
    void aConfinedAppIsStillOfferedForItsTypesAndChosenDefaultsStay() throws Exception {
        needs("gio");
        desktop.system("app.desktop", TestDesktop.entry("app %U") + "MimeType=text/x-landgrant;\n");
        desktop.system("other.desktop", TestDesktop.entry("app --other %U") + "MimeType=text/x-landgrant;\n");
        TestDesktop.write(
                desktop.systemApps.resolve("mimeinfo.cache"),
                "[MIME Cache]\ntext/x-landgrant=other.desktop;app.desktop;\n");
        TestDesktop.write(
                desktop.home.resolve(".config/mimeapps.list"),
                "[Default Applications]\ntext/x-landgrant=other.desktop\n");
        Files.createDirectory(desktop.home.resolve(".local"));
        Map<String, String> before = TestDesktop.tree(desktop.home);
        String said = desktop.run(List.of("gio", "mime", "text/x-landgrant"));
        desktop.menus().confine(desktop.app("app.desktop"));
        String now = desktop.run(List.of("gio", "mime", "text/x-landgrant"));
        assertEquals(
                new TreeSet<>(said.lines().toList()), new TreeSet<>(now.lines().toList()), "still offered");
        assertEquals(said.lines().findFirst(), now.lines().findFirst(), "the chosen default stays");
        desktop.menus().sync(List.of());
        assertEquals(before, TestDesktop.tree(desktop.home));
    }

    @Test
    void theLocationIsThatOfTheSource() throws Exception {
        needs("gio");
        Path source = desktop.system("a b.desktop", TestDesktop.entry("app --desktop=%k \"%k\""));
        desktop.menus().confine(desktop.app("a b.desktop"));
        assertEquals(
                Set.of("app <--desktop=" + source + "> <" + source + ">"),
                launch(desktop.userApps.resolve("a b.desktop"), List.of()));
    }

    @Test
    void startingByIdGoesThroughTheOverride() throws Exception {
        needs("gtk-launch");
        needs("Xvfb");
        needs("xvfb-run");
        desktop.system("app.desktop", TestDesktop.entry("app %U"));
        desktop.menus().confine(desktop.app("app.desktop"));
        desktop.environment.put("NO_AT_BRIDGE", "1");
        String said = desktop.run(List.of("xvfb-run", "-a", "gtk-launch", "app"));
        assertTrue(said.lines().anyMatch("app"::equals), said);
        assertEquals(List.of("app.desktop"), Files.readAllLines(root.resolve("launched")));
    }

    @Test
    void theBusStartsTheAppThroughTheLauncher() throws Exception {
        needs("dbus-daemon");
        needs("dbus-send");
        String id = "org.example.Bus.desktop";
        // dbus-daemon takes the home folder from the password database.
        desktop.environment.put("XDG_DATA_HOME", desktop.directories.dataHome().toString());
        desktop.system(id, TestDesktop.entry("app") + "DBusActivatable=true\n");
        TestDesktop.write(
                root.resolve("usr/share/dbus-1/services/org.example.Bus.service"),
                "[D-BUS Service]\nName=org.example.Bus\nExec=" + desktop.program("service", "exit 1")
                        + " --service\nSystemdService=nothing.service\n");
        desktop.menus().confine(desktop.app(id));
        Path config = TestDesktop.write(
                root.resolve("bus.conf"),
                "<busconfig><type>session</type><listen>unix:path=" + root.resolve("bus")
                        + "</listen><standard_session_servicedirs/><policy context='default'>"
                        + "<allow send_destination='*'/><allow eavesdrop='true'/><allow own='*'/></policy></busconfig>");
        // The service fails, so the call ends at once; that it was started is what counts.
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
                List.of(Path.of("/usr/local/share"), Path.of("/usr/share")),
                List.of());
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
        menus.sync(List.of());
        assertFalse(Files.exists(desktop.userApps));
    }

    private List<String> complaints(Path file) throws IOException, InterruptedException {
        return desktop.run(List.of("desktop-file-validate", file.toString()))
                .replace(file.toString(), "")
                .lines()
                .toList();
    }
}
