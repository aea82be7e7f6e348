package org.landgrant.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a real session hands on to other apps; the agent is played. */
@Timeout(60)
class LauncherLinksTest {
    private static final String APP = "app.desktop";
    private static final String PAGE = "https://example.org/a?b=c";
    private static final int HAND_ON = 18;
    private static final int HANDED_ON = 19;

    @TempDir
    Path folder;

    private LauncherRun launcher;
    private FakeAgent agent;
    private Path mine;

    @BeforeEach
    void home() throws IOException {
        launcher = new LauncherRun(folder.toRealPath());
        launcher.needsAbi(6);
        agent = new FakeAgent(launcher.runtime);
        mine = Files.createDirectory(launcher.home.resolve("mine"));
        Files.writeString(mine.resolve("a.txt"), "hello");
        Files.writeString(launcher.home.resolve("b.txt"), "secret");
    }

    @AfterEach
    void close() throws IOException {
        agent.close();
    }

    private String policy(String script, String... more) {
        List<String> lines = new ArrayList<>(List.of(
                "file rw user/1 " + mine,
                "file rx user/2 " + LauncherRun.LAUNCHER,
                "file r user/4 " + launcher.home.resolve(".config"),
                "command sh",
                "command -c",
                "command " + script.replace("%", "%%")));
        lines.addAll(0, List.of(more));
        return LauncherRun.policy(APP, lines.toArray(String[]::new));
    }

    /** One session whose program hands one thing on. */
    private LauncherRun.Outcome handOn(String script, List<String> told, String... answer) throws IOException {
        Process process = launcher.start(List.of("launch", APP));
        try (FakeAgent.Line line = agent.accept()) {
            line.begin(policy(script, "links user/3"));
            told.addAll(line.next(HAND_ON));
            line.send(HANDED_ON, "1", answer[0], answer[1]);
            if (answer[0].equals("copy")) {
                told.addAll(line.next(HAND_ON));
                told.add(Files.readString(Path.of(told.get(8))));
                line.send(HANDED_ON, "1", "done", "");
            }
            line.next(6);
            return LauncherRun.finish(process);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "xdg-open %s",
                "gio open %s",
                "$BROWSER %s",
                "exo-open %s",
                "exo-open --launch WebBrowser %s",
                "kde-open5 %s",
                "sensible-browser %s",
                "x-www-browser %s",
                "env -u BROWSER xdg-open %s"
            })
    void everyWayToOpenALinkLeadsOutside(String way) throws IOException {
        List<String> told = new ArrayList<>();
        LauncherRun.Outcome outcome = handOn(String.format(way, "'" + PAGE + "'"), told, "done", "");
        assertEquals(0, outcome.status(), outcome.err());
        assertEquals(List.of("1", "link", PAGE, "-", "-", "-"), told);
    }

    /** GLib itself, as within an app: it reads the entries and starts what stands there. */
    @ParameterizedTest
    @ValueSource(strings = {"/usr/bin/gio open %s", "/usr/bin/gio open 'mailto:ada@example.org'; true %s"})
    void aLibraryThatStartsTheAppItselfIsLedOutsideToo(String way) throws IOException {
        Path config = Files.createDirectories(launcher.home.resolve(".config"));
        Files.writeString(config.resolve("mimeapps.list"), """
                [Default Applications]
                x-scheme-handler/https=odd-browser.desktop
                x-scheme-handler/mailto=odd-mail.desktop;
                """);
        List<String> told = new ArrayList<>();
        LauncherRun.Outcome outcome = handOn(String.format(way, "'" + PAGE + "'"), told, "done", "");
        assertTrue(List.of(PAGE, "mailto:ada@example.org").contains(told.get(2)), told + outcome.err());
    }

    @Test
    void whatOtherProgramsOfThoseNamesDoGoesOn() throws IOException {
        List<String> told = new ArrayList<>();
        LauncherRun.Outcome outcome =
                handOn("gio version && xdg-email ada@example.org && gio help >/dev/null", told, "done", "");
        assertTrue(outcome.out().startsWith("2."), outcome.out() + outcome.err());
        assertEquals("mailto:ada@example.org", told.get(2));
    }

    @Test
    void aRefusalIsSaidAsXdgOpenWould() throws IOException {
        LauncherRun.Outcome outcome = handOn("xdg-open " + PAGE, new ArrayList<>(), "refused", "no app is set for it");
        assertEquals(4, outcome.status());
        assertTrue(outcome.err().contains(PAGE + " is not opened by another app: no app is set for it"), outcome.err());
    }

    @Test
    void aMenuEntryStartedInsideHandsOnWhatItOpensAndNamesItsApp() throws IOException {
        List<String> told = new ArrayList<>();
        LauncherRun.Outcome outcome =
                handOn(LauncherRun.LAUNCHER + " launch other.desktop -- firefox --new-tab " + PAGE, told, "done", "");
        assertEquals(0, outcome.status(), outcome.err());
        assertEquals(List.of("1", "link", PAGE, "-", "-", "other.desktop"), told);
    }

    @Test
    void aFileIsToldByWhatItIs() throws IOException {
        List<String> told = new ArrayList<>();
        Path file = mine.resolve("a.txt");
        LauncherRun.Outcome outcome = handOn("cd " + mine + " && gio open a.txt", told, "done", "");
        assertEquals(0, outcome.status(), outcome.err());
        String identity = Files.getAttribute(file, "unix:dev") + ":" + Files.getAttribute(file, "unix:ino");
        assertEquals(List.of("1", "file", file.toString(), "rw", identity, "-"), told);
    }

    @Test
    void aCopyForAnAppThatIsNotConfinedStaysUntilTheNextLaunch() throws IOException {
        List<String> told = new ArrayList<>();
        LauncherRun.Outcome outcome = handOn("xdg-open file://" + mine + "/a.txt", told, "copy", "");
        assertEquals(0, outcome.status(), outcome.err());
        assertEquals(List.of("1", "copy"), told.subList(6, 8));
        assertTrue(told.get(8).endsWith("/shown-1/a.txt"), told.get(8));
        assertEquals("hello", told.getLast());
        Path copy = Path.of(told.get(8));
        assertEquals("hello", Files.readString(copy));
        try (Stream<Path> left = Files.list(copy.getParent().getParent())) {
            assertEquals(1, left.count());
        }
        handOn("xdg-open " + PAGE, new ArrayList<>(), "done", "");
        assertFalse(Files.exists(copy));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "xdg-open %s/b.txt",
                "gio open file://%s/b.txt",
                "xdg-open FILE:%s/b.txt",
                "ln -s %1$s/b.txt %1$s/mine/l.txt; xdg-open %1$s/mine/l.txt",
                "mkfifo %1$s/mine/f; xdg-open %1$s/mine/f",
                "xdg-open %s/mine",
                "xdg-open -- %s/b.txt",
                "xdg-open --help",
                "xdg-open -",
                "xdg-open ''",
                "xdg-open",
                "xdg-open javascript:alert",
                "xdg-open mailto:a?attach=%s/b.txt",
                "xdg-open \"$(echo https://a/; echo --b)\"",
                "xdg-open /proc/self/environ",
                "xdg-email --attach %s/b.txt a@example.org",
            })
    void nothingElseIsHandedOn(String way) throws IOException {
        List<String> told = new ArrayList<>();
        String script = String.format(way, launcher.home) + " && echo opened; xdg-open " + PAGE;
        LauncherRun.Outcome outcome = handOn(script, told, "done", "");
        assertEquals("", outcome.out(), outcome.err());
        assertEquals(PAGE, told.get(2));
    }

    @Test
    void anAppThatMayNotOpenLinksHasNoWayThere() throws IOException {
        Process process = launcher.start(List.of("launch", APP));
        try (FakeAgent.Line line = agent.accept()) {
            line.begin(policy("echo $LANDGRANT_LINKS; command -v xdg-open; ls " + launcher.runtime));
            line.next(6);
            LauncherRun.Outcome outcome = LauncherRun.finish(process);
            assertFalse(outcome.out().contains("landgrant-buses"), outcome.out());
        }
    }

    @Test
    void withoutAnAgentALinkIsNotOpenedAndTheAppGoesOn() throws IOException {
        agent.close();
        launcher.writePolicy(APP, policy("timeout 3 xdg-open " + PAGE + "; echo on", "links user/3"));
        assertEquals("on\n", launcher.launch(APP).out());
    }

    /** A launch is a person's gesture only where a person could have made it. */
    @ParameterizedTest
    @ValueSource(strings = {"", "env -u LANDGRANT_LINKS ", "env -i HOME=$HOME XDG_RUNTIME_DIR=$XDG_RUNTIME_DIR "})
    void aLaunchWithinASessionPassesNothingOn(String how) throws IOException {
        Path secret = launcher.home.resolve("b.txt");
        launcher.writePolicy("other.desktop", LauncherRun.policy("other.desktop", "command cat", "command %F"));
        Process process = launcher.start(List.of("launch", APP));
        try (FakeAgent.Line line = agent.accept()) {
            line.begin(policy(
                    how + LauncherRun.LAUNCHER + " launch other.desktop " + secret + "; echo $?", "links user/3"));
            line.next(6);
            LauncherRun.Outcome outcome = LauncherRun.finish(process);
            assertTrue(List.of("2\n", "125\n").contains(outcome.out()), outcome.out() + outcome.err());
        }
    }

    @Test
    void aHandedFileIsGrantedWithTheRightsItHadAndNoOther() throws IOException {
        Path file = launcher.home.resolve("b.txt");
        String identity = Files.getAttribute(file, "unix:dev") + ":" + Files.getAttribute(file, "unix:ino");
        String script = "cat $0; echo more >> $0; echo [$LANDGRANT_HANDED]";
        launcher.environment.put(LauncherProgram.HANDED, "r " + identity);
        LauncherRun.Outcome outcome = launchOpened(script, file);
        assertEquals("secret[]\n", outcome.out(), outcome.err());
        assertEquals("secret", Files.readString(file));

        // Somebody put another file there.
        Files.move(file, launcher.home.resolve("c.txt"));
        Files.writeString(file, "another");
        LauncherRun.Outcome swapped = launchOpened(script, file);
        assertEquals(125, swapped.status());
        assertTrue(swapped.err().contains("is not the file that was to be opened"), swapped.err());
        assertEquals("", swapped.out());

        // Or a link to the very file.
        Files.delete(file);
        Files.createSymbolicLink(file, mine.resolve("a.txt"));
        assertEquals(125, launchOpened(script, file).status());

        launcher.environment.put(LauncherProgram.HANDED, "rwx 1:1");
        assertEquals(125, launchOpened(script, file).status());
    }

    private LauncherRun.Outcome launchOpened(String script, Path file) throws IOException {
        Process process = launcher.start(List.of("launch", APP, file.toString()));
        try (FakeAgent.Line line = agent.accept()) {
            line.read();
            line.send(12, "test");
            line.read();
            line.send(3, policy(script, "file r user/9 /bin") + "command %F\n");
            return LauncherRun.finish(process);
        }
    }

    /** Opened again later, by whoever: only as the very file. */
    @Test
    void aHandedFileIsNoArgumentOfTheSession() throws IOException {
        Path file = launcher.home.resolve("b.txt");
        launcher.environment.put(
                LauncherProgram.HANDED,
                "rw " + Files.getAttribute(file, "unix:dev") + ":" + Files.getAttribute(file, "unix:ino"));
        Process process = launcher.start(List.of("launch", APP, file.toString()));
        try (FakeAgent.Line line = agent.accept()) {
            List<String> started = line.begin(policy("read x; cat $0") + "command %F\n");
            assertEquals(4, started.size(), started.toString());
            Files.move(file, launcher.home.resolve("c.txt"));
            Files.createSymbolicLink(file, mine.resolve("a.txt"));
            line.send(7, "reopen");
            line.next(6);
            try (FakeAgent.Line again = agent.accept()) {
                again.read();
                again.send(12, "test");
                again.read();
                again.send(3, policy("cat $0") + "command %F\n");
                LauncherRun.Outcome outcome = LauncherRun.finish(process);
                assertEquals(125, outcome.status());
                assertEquals("", outcome.out());
            }
        }
    }

    @Test
    void whatASecondStartOpensIsToldBeforeTheAppRuns() throws IOException {
        Path file = launcher.home.resolve("b.txt");
        Process process = launcher.start(
                List.of("launch", APP, file.toString(), mine.toString(), PAGE, "/etc/hosts", mine + "/none"));
        try (FakeAgent.Line line = agent.accept()) {
            line.read();
            line.send(12, "test");
            line.read();
            line.send(3, policy("true") + "command %F\n");
            FakeAgent.Frame brings = line.read();
            assertEquals(20, brings.type());
            assertEquals(List.of("rw", file.toString(), "rw", "/etc/hosts"), brings.fields());
            line.send(21, "1");
            assertEquals(4, line.read().type());
            assertEquals(0, LauncherRun.finish(process).status());
        }
    }

    @Test
    void aMarkIsAnsweredWhenAllBeforeItIsDone() throws IOException {
        Path file = launcher.home.resolve("b.txt");
        Process process = launcher.start(List.of("launch", APP));
        try (FakeAgent.Line line = agent.accept()) {
            line.begin(policy("read x; cat " + file));
            line.grant("r", file);
            line.send(22, "7");
            assertEquals(List.of("7"), line.next(23));
            process.getOutputStream().write('\n');
            process.getOutputStream().flush();
            line.next(6);
            assertEquals("secret", LauncherRun.finish(process).out());
        }
    }
}
