package org.landgrant.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.landgrant.denials.DenialGatherer;
import org.landgrant.desktop.BaseDirectories;
import org.landgrant.desktop.Opening;
import org.landgrant.desktop.ScannedApps;
import org.landgrant.grants.AppId;
import org.landgrant.grants.Event;
import org.landgrant.launch.LaunchedSessions;
import org.landgrant.launch.LauncherProgram;
import org.landgrant.launch.Message.HandOn;
import org.landgrant.launch.Message.HandedOn;
import org.landgrant.launch.Message.HandedOn.Outcome;
import org.landgrant.launch.Session;
import org.landgrant.policy.Right;

/** Who opens what a confined app hands on, and how; apps and launcher are scripts that write down their words. */
@Timeout(60)
class LinkDeskTest {
    private static final AppId BROWSER = new AppId("browser.desktop");
    private static final AppId VIEWER = new AppId("viewer.desktop");
    private static final AppId OTHER = new AppId("other.desktop");

    @TempDir
    Path folder;

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final Set<AppId> confined = new TreeSet<>();
    private final List<Event> events = new ArrayList<>();
    private DenialGatherer denials;
    private LinkDesk desk;
    private Instant now = Instant.EPOCH;
    private boolean allowed = true;
    private long number;

    @BeforeEach
    void desktop() throws IOException {
        script("launcher", "printf '%s|' confined \"$@\" \"$LANDGRANT_HANDED\"");
        script("app", "printf '%s|' outside \"$@\"");
        entry(BROWSER, "x-scheme-handler/https;text/html;", "");
        entry(VIEWER, "image/png;", "");
        entry(OTHER, "image/png;x-scheme-handler/mailto;", "Terminal=true\n");
        write("share/applications/mimeinfo.cache", """
                [MIME Cache]
                x-scheme-handler/https=browser.desktop;
                x-scheme-handler/mailto=other.desktop;
                image/png=viewer.desktop;other.desktop;
                application/x-shellscript=viewer.desktop;
                """);
        write("share/mime/globs2", "50:image/png:*.png\n50:application/x-shellscript:*.sh\n50:text/csv:*.csv\n");
        Map<String, String> environment = Map.of(
                "HOME", folder.toString(),
                "PATH", folder + ":/usr/bin:/bin",
                "XDG_DATA_DIRS", folder.resolve("share").toString());
        BaseDirectories directories = BaseDirectories.from(environment, folder);
        ScannedApps apps = new ScannedApps(directories, environment, folder.resolve("launcher"));
        denials = new DenialGatherer(clock, clock);
        LaunchedSessions sessions =
                new LaunchedSessions(new LauncherProgram(folder.resolve("launcher")), app -> "", denials, folder);
        desk = new LinkDesk(new LinkDesk.Sources(
                Opening.of(directories, environment, apps),
                apps,
                sessions,
                confined::contains,
                app -> allowed,
                () -> now));
        desk.witness(events::add);
    }

    @AfterEach
    void close() {
        denials.close();
        clock.shutdownNow();
    }

    private void entry(AppId id, String types, String more) throws IOException {
        write(
                "share/applications/" + id,
                "[Desktop Entry]\nType=Application\nName=App\nExec=" + folder + "/app %u\nMimeType=" + types + "\n"
                        + more);
    }

    private Path write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private Path script(String name, String says) throws IOException {
        Path file = write(name, "#!/bin/sh\n" + says + " >\"$0.part\" && mv \"$0.part\" \"$0.said\"\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    private String said(String name) throws IOException {
        Path file = folder.resolve(name + ".said");
        while (!Files.exists(file)) {
            LockSupport.parkNanos(10_000_000);
        }
        String said = Files.readString(file);
        Files.delete(file);
        return said;
    }

    private HandedOn link(String text) {
        return desk.open(
                session(VIEWER), new HandOn(++number, HandOn.Kind.LINK, text, Set.of(), "-", Optional.empty()));
    }

    private HandedOn file(HandOn.Kind kind, String path, String rights, Optional<AppId> by) {
        return desk.open(session(BROWSER), new HandOn(++number, kind, path, Right.parse(rights), "7:9", by));
    }

    private static Session session(AppId app) {
        return new Session(1, app, 10, Instant.EPOCH, Path.of("/"), List.of());
    }

    private void refused(String why, HandedOn answer) {
        assertEquals(new HandedOn(number, Outcome.REFUSED, why), answer);
        assertFalse(Files.exists(folder.resolve("app.said")) || Files.exists(folder.resolve("launcher.said")));
        assertEquals(List.of(), events);
    }

    @Test
    void aLinkOpensInTheDefaultAppWhichIsConfinedWhenMenusStartItSo() throws IOException {
        assertEquals(Outcome.DONE, link("https://example.org/").outcome());
        assertEquals("outside|https://example.org/|", said("app"));
        confined.add(BROWSER);
        assertEquals(Outcome.DONE, link("HTTPS://example.org/b").outcome());
        assertEquals("confined|launch|browser.desktop|HTTPS://example.org/b||", said("launcher"));
        assertEquals(2, events.size());
        assertEquals(Event.Kind.OPENED, events.getFirst().kind());
        assertEquals(VIEWER, events.getFirst().app());
    }

    @Test
    void aFileOpensInAConfinedAppAsTheVeryFileWithTheRightsItsAppHas() throws IOException {
        confined.add(VIEWER);
        assertEquals(
                Outcome.DONE,
                file(HandOn.Kind.FILE, "/home/a.png", "r", Optional.empty()).outcome());
        assertEquals("confined|launch|viewer.desktop|/home/a.png|r 7:9|", said("launcher"));
        assertEquals(
                Outcome.DONE,
                file(HandOn.Kind.FILE, "/home/b.png", "rw", Optional.empty()).outcome());
        assertEquals("confined|launch|viewer.desktop|/home/b.png|rw 7:9|", said("launcher"));
        assertEquals(
                Outcome.REFUSED,
                file(HandOn.Kind.COPY, "/tmp/b.png", "rw", Optional.empty()).outcome());
    }

    @Test
    void anAppThatIsNotConfinedGetsACopy() throws IOException {
        assertEquals(new HandedOn(1, Outcome.COPY, ""), file(HandOn.Kind.FILE, "/home/a.png", "rw", Optional.empty()));
        assertEquals(List.of(), events);
        assertEquals(
                Outcome.DONE,
                file(HandOn.Kind.COPY, "/tmp/x/a.png", "rw", Optional.empty()).outcome());
        assertEquals("outside|/tmp/x/a.png|", said("app"));
    }

    @Test
    void theAppThatIsAskedForCountsOnlyWhenItIsConfinedAndOpensSuchFiles() throws IOException {
        assertEquals(
                Outcome.COPY,
                file(HandOn.Kind.FILE, "/a.png", "r", Optional.of(OTHER)).outcome());
        confined.add(OTHER);
        assertEquals(
                Outcome.DONE,
                file(HandOn.Kind.FILE, "/a.png", "r", Optional.of(OTHER)).outcome());
        assertTrue(said("launcher").startsWith("confined|launch|other.desktop|"));
        confined.add(BROWSER);
        assertEquals(
                Outcome.COPY,
                file(HandOn.Kind.FILE, "/b.png", "r", Optional.of(BROWSER)).outcome());
    }

    @Test
    void whatCannotBeOpenedIsRefusedWithTheReason() {
        refused("no app is set to open such things", link("http://example.org/"));
        refused("the app for it needs a terminal", link("mailto:a@example.org"));
        refused("opening such a file could run it", file(HandOn.Kind.FILE, "/a.sh", "r", Optional.empty()));
        refused("nobody knows what kind of file it is", file(HandOn.Kind.FILE, "/a", "r", Optional.empty()));
        refused("no app is set to open such things", file(HandOn.Kind.FILE, "/a.csv", "r", Optional.empty()));
        allowed = false;
        refused("the app may not open anything in other apps any more", link("https://example.org/"));
    }

    @Test
    void whatOnlyLooksForAnotherAppOpensNothing() throws IOException {
        Files.createSymbolicLink(folder.resolve("mail"), script("xdg-email", "printf outside"));
        List<String> links = List.of("http://a.example.org/", "https://a.example.org/", "mailto:a@example.org");
        List<String> commands = List.of("gio open %u", "xdg-open %u", folder + "/mail %u");
        StringBuilder index = new StringBuilder("[MIME Cache]\n");
        for (int i = 0; i < commands.size(); i++) {
            String type = "x-scheme-handler/" + links.get(i).split(":", 2)[0];
            write(
                    "share/applications/x" + i + ".desktop",
                    "[Desktop Entry]\nType=Application\nName=App\nExec=" + commands.get(i) + "\nMimeType=" + type
                            + ";\n");
            index.append(type).append("=x").append(i).append(".desktop;\n");
        }
        write("share/applications/mimeinfo.cache", index.toString());
        for (int i = 0; i < commands.size(); i++) {
            refused("the app that is set to open such things only looks for another one", link(links.get(i)));
            confined.add(new AppId("x" + i + ".desktop"));
            refused("the app that is set to open such things only looks for another one", link(links.get(i)));
        }
    }

    @Test
    void anAppGivesNoFileToASessionOfItsOwnWhichWouldKeepIt() {
        confined.add(VIEWER);
        refused(
                "the app opens such files itself",
                desk.open(
                        session(VIEWER),
                        new HandOn(++number, HandOn.Kind.FILE, "/a.png", Right.parse("r"), "7:9", Optional.empty())));
    }

    @Test
    void nothingGoesRoundInACircle() throws IOException {
        assertEquals(Outcome.DONE, link("https://example.org/").outcome());
        said("app");
        HandOn again = new HandOn(9, HandOn.Kind.LINK, "https://example.org/", Set.of(), "-", Optional.empty());
        assertEquals(
                new HandedOn(9, Outcome.REFUSED, "the app was just given that to open it itself"),
                desk.open(session(BROWSER), again));
        assertEquals(Outcome.DONE, desk.open(session(VIEWER), again).outcome());
        said("app");
        now = now.plusSeconds(11);
        assertEquals(Outcome.DONE, desk.open(session(BROWSER), again).outcome());
        said("app");
    }
}
