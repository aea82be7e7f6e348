package org.landgrant.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The session bus as an app sees it, with a real bus and the real proxy. */
@Timeout(60)
class LauncherBusTest {
    private static final String APP = "app.desktop";
    private static final String CALL = "dbus-send --session --print-reply --reply-timeout=20000 --dest=";
    private static final String BUS = "org.freedesktop.DBus / org.freedesktop.DBus.";

    @TempDir
    Path folder;

    private LauncherRun launcher;
    private TestBus bus;

    @BeforeEach
    void home() throws IOException {
        launcher = new LauncherRun(folder);
        launcher.needsAbi(6);
        bus = new TestBus(folder.resolve("bus"));
        launcher.environment.put("DBUS_SESSION_BUS_ADDRESS", bus.address());
    }

    @AfterEach
    void noBus() {
        bus.close();
    }

    private void policy(String script, String... lines) throws IOException {
        List<String> all = new ArrayList<>(Arrays.asList(lines));
        all.addAll(List.of("command sh", "command -c", "command " + script.replace("%", "%%")));
        launcher.writePolicy(APP, LauncherRun.policy(APP, all.toArray(String[]::new)));
    }

    private LauncherRun.Outcome launch(String script, String... lines) throws IOException {
        policy(script, lines);
        return launcher.launch(APP);
    }

    @Test
    void aGrantedNameAnswersAndOthersDoNot() throws IOException {
        try (BusService _ = new BusService(bus.socket, "com.example.Friend");
                BusService _ = new BusService(bus.socket, "com.example.Stranger")) {
            String grant = "bus talk user/1 com.example.Friend";
            LauncherRun.Outcome friend = launch(CALL + "com.example.Friend / com.example.Any.Thing", grant);
            assertEquals(0, friend.status(), friend.err());
            assertTrue(friend.out().contains("method return"), friend.out());
            LauncherRun.Outcome stranger = launch(CALL + "com.example.Stranger / com.example.Any.Thing", grant);
            assertEquals(1, stranger.status());
            assertTrue(stranger.err().contains("ServiceUnknown"), stranger.err());
            assertEquals("", stranger.out());
            LauncherRun.Outcome names = launch(CALL + BUS + "ListNames", grant);
            assertTrue(names.out().contains("com.example.Friend"), names.out());
            assertFalse(names.out().contains("com.example.Stranger"), names.out());
        }
    }

    @Test
    void aNameThatMayOnlyBeSeenIsNotTalkedTo() throws IOException {
        try (BusService _ = new BusService(bus.socket, "com.example.Shown")) {
            String grant = "bus see user/1 com.example.*";
            assertTrue(launch(CALL + BUS + "ListNames", grant).out().contains("com.example.Shown"));
            assertNotEquals(
                    0,
                    launch(CALL + "com.example.Shown / com.example.Any.Thing", grant)
                            .status());
        }
    }

    /** A descriptor for its path only is had of every file, and a portal asks nothing about it. */
    @Test
    void portalsThatTakeFilesOrStartProgramsAreNotLetThrough() throws IOException {
        String name = "org.freedesktop.portal.Desktop";
        String portal = "org.freedesktop.portal.";
        try (BusService _ = new BusService(bus.socket, name);
                BusService _ = new BusService(bus.socket, portal + "Documents");
                BusService _ = new BusService(bus.socket, portal + "IBus")) {
            String to = CALL + name + " /org/freedesktop/portal/desktop ";
            for (String grant : List.of("bus talk user/1 org.freedesktop.portal.*", "bus talk user/1 " + name)) {
                for (String may : List.of(
                        to + portal + "Settings.ReadAll array:string:org.freedesktop.appearance",
                        to + portal + "FileChooser.OpenFile string: string:Open",
                        to + "org.freedesktop.DBus.Properties.GetAll string:" + portal + "Settings",
                        CALL + name + " /org/freedesktop/portal/desktop/request/1_1/a " + portal + "Request.Close")) {
                    LauncherRun.Outcome outcome = launch(may, grant);
                    assertTrue(outcome.out().contains("method return"), may + outcome.err());
                }
                for (String mayNot : List.of(
                        to + portal + "OpenURI.OpenURI string: string:https://example.org",
                        to + portal + "OpenURI.OpenFile",
                        to + portal + "Trash.TrashFile",
                        to + portal + "Email.ComposeEmail",
                        to + portal + "Background.RequestBackground",
                        to + portal + "DynamicLauncher.Install",
                        to + portal + "Wallpaper.SetWallpaperFile",
                        to + portal + "RemoteDesktop.CreateSession",
                        to + portal + "Secret.RetrieveSecret",
                        to + "org.freedesktop.host.portal.Registry.Register",
                        to + "org.freedesktop.impl.portal.FileChooser.OpenFile",
                        CALL + portal + "Documents /org/freedesktop/portal/documents " + portal + "Documents.Add")) {
                    LauncherRun.Outcome outcome = launch(mayNot, grant);
                    assertFalse(outcome.out().contains("method return"), mayNot);
                    assertNotEquals(0, outcome.status(), mayNot);
                }
            }
            String typing = CALL + portal + "IBus /org/freedesktop/IBus " + portal + "IBus.CreateInputContext";
            assertTrue(launch(typing, "bus talk user/1 org.freedesktop.portal.*")
                    .out()
                    .contains("method return"));
        }
    }

    /** Its owner may be the desktop, and press buttons of notifications for others. */
    @Test
    void showingNotificationsIsAllThatTheirNameIsGoodFor() throws IOException {
        String name = "org.freedesktop.Notifications";
        try (BusService _ = new BusService(bus.socket, name)) {
            String grant = "bus talk user/1 " + name;
            String to = CALL + name + " /org/freedesktop/Notifications ";
            for (String may : List.of(
                    name + ".GetCapabilities",
                    name + ".Notify",
                    name + ".CloseNotification uint32:1",
                    "org.freedesktop.DBus.Properties.GetAll string:" + name)) {
                LauncherRun.Outcome outcome = launch(to + may, grant);
                assertTrue(outcome.out().contains("method return"), may + outcome.err());
            }
            String elsewhere = CALL + name + " ";
            for (String mayNot : List.of(
                    to + "org.kde.NotificationManager.InvokeAction uint32:1 string:any",
                    to + "org.kde.NotificationManager.RegisterWatcher",
                    to + name + ".Inhibit",
                    elsewhere + "/fr/emersion/Mako fr.emersion.Mako.InvokeAction uint32:1 string:any",
                    elsewhere + "/PlasmaShell org.kde.PlasmaShell.evaluateScript string:any",
                    elsewhere + "/org/freedesktop/Notifications/more " + name + ".Notify")) {
                // Once it was talked to, too, and by the name that its connection has.
                String script = to + name + ".GetCapabilities >answer; " + mayNot + "; owner=$(" + CALL + BUS
                        + "GetNameOwner string:" + name + " | tail -1 | grep -o ':[0-9.]*'); test -n $owner && "
                        + mayNot.replace("--dest=" + name, "--dest=$owner");
                LauncherRun.Outcome outcome = launch(script, grant, "file rwd user/2 " + launcher.home);
                assertEquals("", outcome.out(), mayNot);
                assertEquals(
                        2,
                        outcome.err()
                                .lines()
                                .filter(line -> line.matches("Error .*\\.Error\\.(AccessDenied|NameHasNoOwner): .*"))
                                .count(),
                        mayNot + outcome.err());
            }
        }
    }

    /** The proxy says what it refused, and the agent hears it while the app runs. */
    @Test
    void whatWasRefusedIsTold() throws IOException {
        try (BusService _ = new BusService(bus.socket, "com.example.Friend");
                FakeAgent agent = new FakeAgent(launcher.runtime)) {
            Process process = launcher.start(List.of("launch", APP));
            try (FakeAgent.Line line = agent.accept()) {
                line.read();
                line.send(12, "test");
                line.read();
                String script = CALL + "com.example.Friend / com.example.Any.Thing; "
                        + CALL + "com.example.Stranger / com.example.Any.Thing; "
                        + CALL + "com.example.Stranger / com.example.Any.Other; "
                        + CALL + BUS + "RequestName string:com.example.Mine uint32:0; "
                        + CALL + BUS + "GetNameOwner string:com.example.Looked; read wait";
                line.send(
                        3,
                        LauncherRun.policy(
                                APP,
                                "bus talk user/1 com.example.Friend",
                                "command sh",
                                "command -c",
                                "command " + script));
                Map<List<String>, Integer> told = new HashMap<>();
                while (told.getOrDefault(List.of("bus", "w", "com.example.Mine", ""), 0) == 0) {
                    FakeAgent.Frame frame = line.read();
                    for (int at = 0; frame.type() == 5 && at < frame.fields().size(); at += 6) {
                        told.merge(
                                frame.fields().subList(at, at + 4),
                                Integer.parseInt(frame.fields().get(at + 4)),
                                Integer::sum);
                    }
                }
                told.keySet().removeIf(key -> key.getFirst().equals("file"));
                assertEquals(
                        Map.of(
                                List.of("bus", "r", "com.example.Stranger", ""),
                                2,
                                List.of("bus", "w", "com.example.Mine", ""),
                                1),
                        told);
                process.getOutputStream().close();
            }
            LauncherRun.finish(process);
        }
    }

    /** The bus that screen readers have with apps: an app shows itself there, and reads nobody else. */
    @Test
    void screenReadersReachTheAppAndTheAppReachesNoOther() throws IOException {
        Files.createDirectories(launcher.runtime.resolve("at-spi"));
        launcher.environment.put("DISPLAY", ":7");
        try (TestBus readers = new TestBus(launcher.runtime.resolve("at-spi/here"))) {
            Path socket = launcher.runtime.resolve("at-spi/bus_7");
            Files.createLink(socket, readers.socket);
            try (BusService _ = new BusService(readers.socket, "org.a11y.atspi.Registry");
                    BusService _ = new BusService(readers.socket, "com.example.Other")) {
                String call = "dbus-send --bus=$AT_SPI_BUS_ADDRESS --print-reply --reply-timeout=20000 --dest=";
                String registry = call + "org.a11y.atspi.Registry ";
                String grant = "bus talk user/1 org.a11y.Bus";
                LauncherRun.Outcome shows =
                        launch(registry + "/org/a11y/atspi/accessible/root org.a11y.atspi.Socket.Embed", grant);
                assertTrue(shows.out().contains("method return"), shows.err());
                for (String mayNot : List.of(
                        registry + "/org/a11y/atspi/accessible/root org.a11y.atspi.Accessible.GetChildren",
                        registry + "/org/a11y/atspi/registry org.a11y.atspi.Registry.RegisterEvent string:any",
                        call + "com.example.Other /org/a11y/atspi/accessible/root org.a11y.atspi.Text.GetText",
                        "dbus-send --bus=unix:path=" + socket + " --print-reply --dest=com.example.Other / a.b.C")) {
                    LauncherRun.Outcome outcome = launch(mayNot, grant);
                    assertEquals("", outcome.out(), mayNot);
                    assertNotEquals(0, outcome.status(), mayNot);
                }
                assertEquals(
                        "\n",
                        launch("echo $AT_SPI_BUS_ADDRESS", "bus talk user/1 com.example.Any")
                                .out());
            }
        }
    }

    @Test
    void soItIsWithTheScreenSaverAndTheIconsBesideTheClock() throws IOException {
        for (String[] one : new String[][] {
            {"org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver", "Inhibit"},
            {"org.kde.StatusNotifierWatcher", "/StatusNotifierWatcher", "RegisterStatusNotifierItem"},
        }) {
            try (BusService _ = new BusService(bus.socket, one[0])) {
                String grant = "bus talk user/1 " + one[0];
                String to = CALL + one[0] + " ";
                String may = to + one[1] + " " + one[0] + "." + one[2] + " string:any";
                assertTrue(launch(may, grant).out().contains("method return"), may);
                String mayNot = to + "/ org.awesomewm.awful.Remote.Eval string:any";
                LauncherRun.Outcome outcome = launch(mayNot, grant);
                assertTrue(outcome.err().contains("AccessDenied"), outcome.err());
                assertEquals("", outcome.out());
            }
        }
    }

    @Test
    void onlyAGrantedNameCanBeOwned() throws IOException {
        String grant = "bus own user/1 com.example.Mine.*";
        String own = CALL + BUS + "RequestName string:com.example.%s uint32:0";
        assertEquals(0, launch(own.formatted("Mine.one"), grant).status());
        assertNotEquals(0, launch(own.formatted("Other"), grant).status());
    }

    @Test
    void noOtherServiceCanBeStarted() throws IOException {
        Path friend = folder.resolve("friend-was-started");
        Path stranger = folder.resolve("stranger-was-started");
        bus.addService("com.example.Friend", friend);
        bus.addService("com.example.Stranger", stranger);
        String script = "for name in Stranger Friend; do " + CALL + BUS
                + "StartServiceByName string:com.example.$name uint32:0; " + CALL
                + "com.example.$name / com.example.Any.Thing; done";
        LauncherRun.Outcome outcome = launch(script, "bus talk user/1 com.example.Friend");
        assertTrue(Files.exists(friend), outcome.err());
        assertFalse(Files.exists(stranger), outcome.err());
    }

    @Test
    void nobodyIsWatchedAndNobodysEnvironmentChanged() throws IOException {
        String grant = "bus talk user/1 com.example.Friend";
        for (String call : List.of(
                "UpdateActivationEnvironment dict:string:string:LD_PRELOAD,/tmp/evil",
                "Monitoring.BecomeMonitor array:string: uint32:0",
                "GetConnectionCredentials string:com.example.Stranger")) {
            assertNotEquals(0, launch(CALL + BUS + call, grant).status(), call);
        }
    }

    @Test
    void withoutGrantedNamesThereIsNoBus() throws IOException {
        for (LauncherRun.Outcome outcome : List.of(
                launch("echo $DBUS_SESSION_BUS_ADDRESS; " + CALL + BUS + "ListNames"),
                launcher.runWith(
                        List.of(), "sh", "-c", "echo $DBUS_SESSION_BUS_ADDRESS; " + CALL + BUS + "ListNames"))) {
            assertEquals("disabled:\n", outcome.out());
            assertNotEquals(0, outcome.status());
            assertFalse(outcome.err().contains("landgrant: the app gets no"), outcome.err());
        }
    }

    @Test
    void whereThereIsNoBusAtAllNothingIsSaid() throws IOException {
        launcher.environment.remove("DBUS_SESSION_BUS_ADDRESS");
        LauncherRun.Outcome outcome = launch("echo $DBUS_SESSION_BUS_ADDRESS", "bus talk user/1 com.example.Friend");
        assertEquals("disabled:\n", outcome.out());
        assertEquals("", outcome.err());
    }

    @Test
    void theUsualBusIsFoundWithoutTheVariable() throws IOException {
        launcher.environment.remove("DBUS_SESSION_BUS_ADDRESS");
        Files.createSymbolicLink(launcher.runtime.resolve("bus"), bus.socket);
        LauncherRun.Outcome outcome = launch(CALL + BUS + "ListNames", "bus talk user/1 com.example.Friend");
        assertEquals(0, outcome.status(), outcome.err());
    }

    @Test
    void theRealBusIsNeverGranted() throws IOException {
        LauncherRun.Outcome outcome = launch("echo ran", "file rw user/1 " + bus.socket);
        assertEquals("ran\n", outcome.out());
        assertTrue(outcome.err().contains("the session bus is reached by names only"), outcome.err());
    }

    @Test
    void theSocketCannotBeReplacedAndTheAppLearnsNoOtherAddress() throws IOException {
        launcher.environment.put("DBUS_STARTER_ADDRESS", bus.address());
        launcher.environment.put("OTHER_NAME_OF_IT", bus.address() + ",guid=0");
        String script = "path=${DBUS_SESSION_BUS_ADDRESS#unix:path=}; rm -f $path; mv $path $path.old;"
                + " touch ${path%/bus}/made; mkdir " + launcher.runtime
                + "/landgrant-buses/made; echo $path; env | grep -c " + bus.socket;
        LauncherRun.Outcome outcome =
                launch(script, "bus talk user/1 com.example.Friend", "file rw user/2 " + launcher.runtime);
        List<String> lines = outcome.out().lines().toList();
        assertEquals("0", lines.getLast());
        assertTrue(lines.getFirst().startsWith(launcher.runtime + "/landgrant-buses/"), outcome.out());
        assertEquals(
                4, outcome.err().lines().filter(line -> line.contains("denied")).count(), outcome.err());
    }

    private List<ProcessHandle> proxies() {
        return ProcessHandle.allProcesses()
                .filter(process -> Arrays.stream(process.info().arguments().orElse(new String[0]))
                        .anyMatch(word -> word.startsWith(launcher.runtime.toString())))
                .toList();
    }

    private int buses() {
        String[] left = launcher.runtime.resolve("landgrant-buses").toFile().list();
        return left == null ? 0 : left.length;
    }

    @Test
    void theProxyEndsWithTheSessionAndDoesNotKeepItAlive() throws IOException {
        LauncherRun.Outcome outcome = launch("exit 4", "bus talk user/1 com.example.Friend");
        assertEquals(4, outcome.status(), outcome.err());
        proxies().forEach(proxy -> proxy.onExit().join());
        assertEquals(0, buses());
    }

    @Test
    void theProxyEndsWithAKilledLauncherAndTheNextOneClearsUp() throws Exception {
        policy("echo ready; exec sleep 60", "bus talk user/1 com.example.Friend");
        Process killed = launcher.start(List.of("launch", APP));
        new BufferedReader(new InputStreamReader(killed.getInputStream(), StandardCharsets.UTF_8)).readLine();
        List<ProcessHandle> proxies = proxies();
        assertEquals(1, proxies.size());
        assertEquals(2, buses(), "its bus, and where sessions of the app know each other");
        assertFalse(
                killed.descendants().anyMatch(process -> process.equals(proxies.getFirst())),
                "it is no process of the session");
        killed.destroyForcibly().waitFor();
        proxies.getFirst().onExit().join();
        launch("exit 0", "bus talk user/1 com.example.Friend");
        assertEquals(0, buses());
    }

    /** Runs the launcher where this program lies in the proxy's place. */
    private LauncherRun.Outcome launchWithProxy(String program) throws IOException {
        String mount = "mount --bind " + program + " /usr/bin/xdg-dbus-proxy";
        List<String> world = List.of("unshare", "--map-root-user", "--mount", "sh", "-c");
        List<String> probe = new ArrayList<>(world);
        probe.add(mount);
        assumeTrue(LauncherRun.finish(new ProcessBuilder(probe).start()).status() == 0, "needs mounts of one's own");
        policy("echo $DBUS_SESSION_BUS_ADDRESS", "bus talk user/1 com.example.Friend");
        launcher.within(List.of("unshare", "--map-root-user", "--mount", "sh", "-c", mount + " && exec \"$0\" \"$@\""));
        return launcher.launch(APP);
    }

    @Test
    void withoutAProxyThereIsNoBusAndASentence() throws IOException {
        LauncherRun.Outcome outcome = launchWithProxy("/dev/null");
        assertEquals("disabled:\n", outcome.out());
        assertEquals("landgrant: the app gets no session bus: xdg-dbus-proxy is not installed\n", outcome.err());
    }

    @Test
    void aProxyThatFailsIsNoBusAndASentence() throws IOException {
        LauncherRun.Outcome outcome = launchWithProxy("/bin/false");
        assertEquals("disabled:\n", outcome.out());
        assertEquals("landgrant: the app gets no session bus: /usr/bin/xdg-dbus-proxy did not start\n", outcome.err());
        assertEquals(0, buses());
    }
}
