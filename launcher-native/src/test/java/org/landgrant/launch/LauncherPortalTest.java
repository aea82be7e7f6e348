package org.landgrant.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The portal's call for links and files, as real programs make it over a real bus; the agent is played. */
@Timeout(60)
class LauncherPortalTest {
    private static final String APP = "app.desktop";
    private static final String PAGE = "https://example.org/a?b=c";
    private static final String PORTAL = "org.freedesktop.portal.Desktop";
    private static final String CALL = "gdbus call --session --timeout 20 --dest " + PORTAL
            + " --object-path /org/freedesktop/portal/desktop --method ";
    private static final String OPEN = CALL + "org.freedesktop.portal.OpenURI.OpenURI '' ";
    /** GLib, when it takes itself for confined and knows no app: it asks the portal and waits for what became of it. */
    private static final String GLIB = "XDG_DATA_DIRS=/nonexistent GTK_USE_PORTAL=1 /usr/bin/gio open ";

    private static final int DENIED = 5;
    private static final int ENDED = 6;
    private static final int HAND_ON = 18;
    private static final int HANDED_ON = 19;

    @TempDir
    Path folder;

    private LauncherRun launcher;
    private FakeAgent agent;
    private TestBus bus;
    private Path mine;

    @BeforeEach
    void home() throws IOException {
        launcher = new LauncherRun(folder.toRealPath());
        launcher.needsAbi(6);
        agent = new FakeAgent(launcher.runtime);
        bus = new TestBus(folder.toRealPath().resolve("bus"));
        launcher.environment.put("DBUS_SESSION_BUS_ADDRESS", bus.address());
        mine = Files.createDirectory(launcher.home.resolve("mine"));
        Files.writeString(mine.resolve("a.txt"), "hello");
        Files.writeString(launcher.home.resolve("b.txt"), "secret");
    }

    @AfterEach
    void close() throws IOException {
        agent.close();
        bus.close();
    }

    private String policy(String script, String grant) {
        return LauncherRun.policy(
                APP,
                "file rw user/1 " + mine,
                "links user/3",
                "bus talk user/4 " + grant,
                "command sh",
                "command -c",
                "command " + script.replace("%", "%%"));
    }

    private record Opened(List<String> told, LauncherRun.Outcome outcome) {}

    /** One session whose program has one thing opened. */
    private Opened open(String script, String grant, String... answer) throws IOException {
        Process process = launcher.start(List.of("launch", APP));
        try (FakeAgent.Line line = agent.accept()) {
            line.begin(policy(script, grant));
            List<String> told = line.next(HAND_ON);
            line.send(HANDED_ON, told.getFirst(), answer[0], answer[1]);
            line.next(ENDED);
            return new Opened(told, LauncherRun.finish(process));
        }
    }

    @Test
    void aCallOfThePortalLeadsToTheAgentWithoutAnyPortal() throws IOException {
        Opened opened = open(OPEN + "'" + PAGE + "' '@a{sv} {}'", "com.example.Any", "done", "");
        assertEquals(0, opened.outcome.status(), opened.outcome.err());
        assertTrue(
                opened.outcome.out().startsWith("(objectpath '/org/freedesktop/portal/desktop/request/1_"),
                opened.outcome.out());
        assertEquals(List.of("1", "link", PAGE, "-", "-", "-"), opened.told);
    }

    @Test
    void aLibraryHearsWhatBecameOfItsLink() throws IOException {
        Opened opened = open(GLIB + "'" + PAGE + "'", "com.example.Any", "done", "");
        assertEquals(0, opened.outcome.status(), opened.outcome.err());
        assertEquals(List.of("1", "link", PAGE, "-", "-", "-"), opened.told);
        Opened refused = open(GLIB + "mailto:ada@example.org", "com.example.Any", "refused", "no app is set for it");
        assertNotEquals(0, refused.outcome.status());
        assertEquals("mailto:ada@example.org", refused.told.get(2));
    }

    @Test
    void aFileIsHandedOnAsTheDescriptorThatTheLibraryOpened() throws IOException {
        Path file = mine.resolve("a.txt");
        Opened opened = open(GLIB + file, "com.example.Any", "done", "");
        assertEquals(0, opened.outcome.status(), opened.outcome.err());
        String identity = Files.getAttribute(file, "unix:dev") + ":" + Files.getAttribute(file, "unix:ino");
        assertEquals(List.of("1", "file", file.toString(), "rw", identity, "-"), opened.told);
    }

    /** A real one opens what it likes; it is asked for all else. */
    @Test
    void thePortalThatIsThereDoesNotJudgeLinksAndIsReachedForTheRest() throws IOException {
        try (BusService _ = new BusService(bus.socket, PORTAL)) {
            for (String way : List.of(GLIB + "'" + PAGE + "'", OPEN + "'" + PAGE + "' '@a{sv} {}'")) {
                Opened opened = open(way, "org.freedesktop.portal.*", "done", "");
                assertEquals(0, opened.outcome.status(), opened.outcome.err());
                assertEquals(PAGE, opened.told.get(2));
            }
            String version = CALL + "org.freedesktop.DBus.Properties.Get org.freedesktop.portal.OpenURI version";
            String settings = CALL + "org.freedesktop.portal.Settings.ReadAll \"['a']\"";
            String owner = "dbus-send --session --print-reply --dest=org.freedesktop.DBus / "
                    + "org.freedesktop.DBus.GetNameOwner string:" + PORTAL;
            launcher.writePolicy(
                    APP, policy(version + "; " + settings + "; " + owner + " | tail -1", "org.freedesktop.portal.*"));
            agent.close();
            LauncherRun.Outcome outcome = launcher.launch(APP);
            assertTrue(outcome.out().matches("\\(<uint32 5>,\\)\n\\(\\)\n *string \":1\\.[0-9]+\"\n"), outcome.out());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                OPEN + "'file://%s/b.txt' '@a{sv} {}'",
                OPEN + "'%s/b.txt' '@a{sv} {}'",
                OPEN + "'javascript:alert' '@a{sv} {}'",
                OPEN + "'mailto:a@example.org?attach=%s/b.txt' '@a{sv} {}'",
                OPEN + "\"$(echo https://a/; echo --b)\" '@a{sv} {}'",
                GLIB + "%s/b.txt",
                CALL + "org.freedesktop.portal.OpenURI.OpenFile '' 0 '@a{sv} {}'",
                CALL + "org.freedesktop.portal.Trash.TrashFile 0",
                CALL + "org.freedesktop.portal.Background.RequestBackground '' '@a{sv} {}'",
            })
    void nothingElseIsHandedOn(String way) throws IOException {
        String script = String.format(way, launcher.home) + "; " + OPEN + "'" + PAGE + "' '@a{sv} {}'";
        Opened opened = open(script, "org.freedesktop.portal.*", "done", "");
        assertEquals(PAGE, opened.told.get(2));
    }

    /** Every message passes through, so what the bus lets and does not let stays as it is. */
    @Test
    void allElseIsAsWithoutIt() throws IOException {
        try (BusService _ = new BusService(bus.socket, "com.example.Friend");
                BusService _ = new BusService(bus.socket, "com.example.Stranger")) {
            String send = "dbus-send --session --print-reply --reply-timeout=20000 --dest=";
            String names = send + "org.freedesktop.DBus / org.freedesktop.DBus.ListNames";
            String call = "com.example.%s / com.example.Any.Thing";
            String script = names + "; " + send + call.formatted("Friend") + "; " + send + call.formatted("Stranger")
                    + "; for i in 1 2 3 4 5 6 7 8; do " + names + " >/dev/null & done; wait; " + OPEN + "'" + PAGE
                    + "' '@a{sv} {}'";
            Process process = launcher.start(List.of("launch", APP));
            try (FakeAgent.Line line = agent.accept()) {
                line.begin(policy(script, "com.example.Friend"));
                boolean denied = false;
                for (FakeAgent.Frame frame = line.read(); frame.type() != ENDED; frame = line.read()) {
                    denied |= frame.type() == DENIED && frame.fields().contains("com.example.Stranger");
                    if (frame.type() == HAND_ON) {
                        line.send(HANDED_ON, frame.fields().getFirst(), "done", "");
                    }
                }
                LauncherRun.Outcome outcome = LauncherRun.finish(process);
                assertEquals(2, outcome.out().split("method return", -1).length - 1, outcome.out());
                assertTrue(outcome.out().contains("com.example.Friend"), outcome.out());
                assertFalse(outcome.out().contains("com.example.Stranger"), outcome.out());
                assertEquals(1, outcome.err().lines().count(), outcome.err());
                assertTrue(outcome.err().contains("ServiceUnknown"), outcome.err());
                assertTrue(denied);
            }
        }
    }

    @Test
    void theWayThroughEndsWithTheSession() throws IOException {
        Opened opened = open(
                "echo \"$DBUS_SESSION_BUS_ADDRESS\"; " + OPEN + "'" + PAGE + "' '@a{sv} {}'",
                "com.example.Any",
                "done",
                "");
        String path = opened.outcome.out().lines().findFirst().orElseThrow().substring("unix:path=".length());
        assertFalse(Files.exists(Path.of(path)));
        // They end by themselves, a moment later.
        String run = Path.of(path).getParent().toString();
        while (ProcessHandle.allProcesses()
                .anyMatch(process -> commandLine(process).contains(run))) {
            Thread.onSpinWait();
        }
    }

    /** All of it; a process handle knows none that is long. */
    private static String commandLine(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"), StandardCharsets.ISO_8859_1);
        } catch (IOException gone) {
            return "";
        }
    }
}
