package org.landgrant.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.landgrant.agent.TestHouse;
import org.landgrant.desktop.Instance;
import org.landgrant.grants.Access;
import org.landgrant.grants.AppId;
import org.landgrant.grants.Decision;
import org.landgrant.grants.Denial;
import org.landgrant.grants.Event;
import org.landgrant.grants.Grant;
import org.landgrant.grants.Resource;
import org.landgrant.grants.UserFolder;
import org.landgrant.launch.LiveGrant;
import org.landgrant.launch.Refusal;
import org.landgrant.policy.Right;
import org.landgrant.prompts.LiveAnswer;

class CommandsTest {
    private static final Instant NOON = CommandGround.NOON;

    @TempDir
    Path folder;

    private final List<String> said = new CopyOnWriteArrayList<>();
    private CommandGround ground;
    private TestHouse house;
    private Commands commands;

    @BeforeEach
    void open() throws IOException {
        ground = new CommandGround(folder);
        house = ground.house;
        commands = ground.commands;
    }

    @Test
    void whatRunsWithoutLimitsIsListedAndClosed() {
        run("confine", "editor");
        ground.open.add(new Instance(4711, NOON, true));
        assertTrue(
                run("apps").out().contains("confined, open without limits  Editor\n"),
                run("apps").out());
        assertEquals(
                "editor.desktop  4711  2026-05-01 12:00:00  (open without limits)\n",
                run("sessions").out());
        ground.stubborn = true;
        assertEquals(1, run("close", "editor").status());
        ground.stubborn = false;
        assertEquals(
                "editor.desktop is not open without limits any more.\n",
                run("close", "editor").out());
        assertEquals(
                "Nothing of editor.desktop is open without limits.\n",
                run("close", "editor").out());
        assertEquals("", run("sessions").out());
    }

    @Test
    void terminalsAreCoveredOnRequestOnly() throws Exception {
        run("confine", "editor");
        assertEquals("editor.desktop  confined  Editor", firstLine(run("apps").out()));
        Commands.Outcome outcome = run("confine", "editor", "--terminal");
        assertTrue(outcome.out().contains("once ~/.local/bin comes first in PATH"), outcome.out());
        assertEquals(
                "editor.desktop  confined, in terminals too  Editor",
                firstLine(run("apps").out()));
        assertTrue(Files.exists(folder.resolve(".local/bin/Editor")));
        assertEquals(0, run("release", "--terminal", "editor").status());
        assertFalse(Files.exists(folder.resolve(".local")));
        assertTrue(run("apps").out().contains(" confined "));
        assertEquals(2, run("release", "--terminal").status());
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElseThrow();
    }

    @Test
    void appsAreListedWithTheirState() {
        run("confine", "editor");

        assertEquals("""
            editor.desktop  confined  Editor
            viewer.desktop  not ours  Viewer
            """, run("apps").out());
    }

    @Test
    void aGrantIsAcknowledgedWhenItHolds() {
        run("confine", "editor");
        Commands.Outcome outcome = run("grant", "editor.desktop", "folder:documents", "write");

        assertEquals("editor.desktop may reach folder:documents: read,write.\n", outcome.out());
        assertEquals(0, outcome.status());
        assertEquals(java.util.Set.of(Access.READ, Access.WRITE), only().access());
        assertTrue(run("policy", "editor").out().contains("/home/ada/Documents"));
    }

    @Test
    void whatCannotBeTriedIsSaidAndIsNoSuccess() {
        Commands.Outcome outcome = run("check");
        assertEquals(1, outcome.status());
        assertTrue(outcome.out().contains("Files and folders "), outcome.out());
        assertTrue(outcome.out().contains("Could not be tried"), outcome.out());
        assertFalse(outcome.out().contains("Enforced by"), outcome.out());
        assertTrue(outcome.out().contains("What can be done:\n"), outcome.out());
    }

    @Test
    void barePathsAreResources() {
        run("grant", "editor", "~/Work/", "read");
        assertEquals(new Resource.Place("~/Work"), only().resource());
        run("reset", "editor", "place:~/Work");
        run("grant", "editor", "/srv/a b", "read,execute");
        assertEquals(new Resource.Place("/srv/a b"), only().resource());
    }

    @Test
    void aPathThatIsOneOfThePersonsFoldersIsThatFolder() {
        run("grant", "editor", "folder:pictures", "read");
        for (String path : List.of("~/Pictures", "/home/ada/Pictures")) {
            assertTrue(run("grant", "editor", path, "write").out().contains("folder:pictures"));
            assertEquals(new Resource.Folder(UserFolder.PICTURES), only().resource());
        }
        run("deny", "editor", "~/Pictures");
        assertEquals(Decision.DENY, only().decision());
        run("reset", "editor", "~/Pictures");
        assertEquals(List.of(), house.book().grants(TestHouse.EDITOR));
    }

    @Test
    void decidingAboutAnAppThatIsNotConfinedSaysSo() {
        String hint = "It is not confined, so nothing is kept from it; \"landgrant confine editor.desktop\" changes"
                + " that.\n";
        assertTrue(run("grant", "editor", "folder:documents", "read").out().contains(hint));
        assertTrue(run("deny", "editor", "folder:documents").out().contains(hint));
        run("confine", "editor");
        assertFalse(run("grant", "editor", "folder:documents", "read").out().contains("not confined"));
    }

    @Test
    void denyAndResetUndoAGrant() {
        run("grant", "editor", "tcp:8080", "connect");
        assertEquals(0, run("deny", "editor", "tcp:8080").status());
        assertEquals(Decision.DENY, only().decision());
        assertEquals(0, run("reset", "editor", "tcp:8080").status());
        assertEquals(List.of(), house.book().grants(TestHouse.EDITOR));
    }

    @Test
    void grantsShowWhoDecided() {
        run("grant", "editor", "device:gpu", "use");

        assertEquals(
                """
                allow  read,execute  place:/usr   template base/1
                allow  use           device:gpu   user g1
                """.replace("place:/usr   ", "place:/usr  ").replace("device:gpu   ", "device:gpu  "),
                run("grants", "editor").out());
    }

    @Test
    void whatMakesNoSenseIsOneSentenceAndStatus2() {
        for (String[] words : new String[][] {
            {"grant", "editor", "folder:documents", "fly"},
            {"grant", "editor", "folder:documents", "connect"},
            {"grant", "editor", "folder:nowhere", "read"},
            {"grant", "editor", "relative/path", "read"},
            {"grant", "editor", "/a/../b", "read"},
            {"grant", "editor", "tcp:65536", "connect"},
            {"grant", "editor"},
            {"grants", "../evil"},
            {"frobnicate"},
            {"release"},
            {"release", "editor", "--all"},
            {"apps", "@/etc/passwd"},
        }) {
            Commands.Outcome outcome = run(words);
            assertEquals(2, outcome.status(), String.join(" ", words));
            assertEquals("", outcome.out());
            assertTrue(outcome.err().startsWith("landgrant: "), outcome.err());
            assertEquals(2, outcome.err().lines().count(), outcome.err());
        }
        assertEquals(List.of(), house.book().grants());
    }

    @Test
    void whatIsRefusedIsOneSentenceAndStatus1() {
        Commands.Outcome outcome = run("grant", "nosuch", "folder:documents", "read");

        assertEquals(1, outcome.status());
        assertEquals(
                "landgrant: There is no app nosuch.desktop; \"landgrant apps\" lists those there are.\n",
                outcome.err());
        assertEquals(List.of(), house.book().grants());
    }

    @Test
    void anAppIsFoundByItsNameAndNearIdsAreOffered() {
        assertEquals("editor.desktop\n", run("apps", "--find", "Editor").out());
        assertEquals(
                "landgrant: There is no app edtior.desktop; did you mean editor?\n",
                run("apps", "--find", "edtior").err());
        assertEquals(1, run("show", "nosuch").status());
        assertEquals(List.of(), ground.shown);
    }

    @Test
    void whatIsWrongWithTheWordsIsSaidInOurs() {
        for (String[] row : new String[][] {
            {"APP is missing.", "grants"},
            {"RESOURCE and ACCESS are missing.", "grant", "editor"},
            {"\"more\" is one word too many.", "grants", "editor", "more"},
            {"There is no option \"--jsno\"; did you mean --json?", "grants", "editor", "--jsno"},
            {"--since is followed by DURATION.", "log", "--since"},
            {"--since is followed by DURATION.", "log", "--since", "--json"},
            {
                "--since \"x\": a length of time is a number and m, h, d or w, for instance 90m or 7d.",
                "log",
                "--since",
                "x"
            },
            {"ID \"x\": that is a number.", "answer", "x", "once"},
            {"ANSWER \"yes\": an answer is allow, once, deny or later.", "answer", "3", "yes"},
            {"--app is there more than once.", "log", "--app", "editor", "--app", "editor"},
            {"There is no command \"lanch\"; did you mean launch?", "lanch"},
        }) {
            Commands.Outcome outcome = run(Arrays.copyOfRange(row, 1, row.length));
            assertEquals("landgrant: " + row[0], firstLine(outcome.err()));
            assertEquals(2, outcome.status());
        }
    }

    @Test
    void aTableOfNothingIsASentenceForPeopleOnly() {
        assertEquals("No session is open.\n", ground.seen("sessions").out());
        assertEquals(
                "Nothing happened in the last 7 days.\n", ground.seen("log").out());
        assertEquals(
                "Nothing was refused to editor.desktop.\n",
                ground.seen("denials", "editor").out());
        assertEquals(
                "",
                run("sessions").out()
                        + run("log").out()
                        + run("denials", "editor").out());
        assertEquals("[ ]\n", ground.seen("sessions", "--json").out());
        assertEquals("", ground.seen("sessions", "-q").out());
    }

    @Test
    void releasingAllNamesEveryApp() {
        run("confine", "editor");
        assertEquals(
                "editor.desktop is no longer confined.\n",
                run("release", "--all").out());
        assertEquals("No app is confined.\n", run("release", "--all").out());
    }

    @Test
    void aHostilePathCannotForgeLinesOrMoveTheCursor() {
        house.book()
                .record(List.of(new Denial(
                        TestHouse.EDITOR,
                        new Resource.Place("/tmp/a\n\u001b[2Jb\u202ec"),
                        Access.READ,
                        "ev\u0007il",
                        3,
                        NOON,
                        NOON)));

        assertEquals(
                "2026-05-01 12:00:00  3×  read  place:/tmp/a\\u{a}\\u{1b}[2Jb\\u{202e}c  ev\\u{7}il\n",
                run("denials", "editor").out());
    }

    @Test
    void aRunningAppKeepsWhatItHasAndThatIsSaid() {
        ground.running.add(CommandGround.session());

        assertEquals(
                "editor.desktop  42  2026-05-01 12:00:00  a.txt\n",
                run("sessions").out());
        ground.given.add(new LiveGrant(Refusal.Kind.FILE, Set.of(Right.READ), "/home/ada/b.txt"));
        assertEquals(
                "editor.desktop  42  2026-05-01 12:00:00  a.txt (since then: /home/ada/b.txt)\n",
                run("sessions").out());
        assertTrue(run("sessions", "--json").out().contains("\"/home/ada/b.txt\""));
        assertTrue(run("deny", "editor", "/srv")
                .out()
                .endsWith("It runs now; what it could reach when it started stays open until it is closed.\n"));
    }

    @Test
    void settingsAreShownForOneAppOrAll() {
        run("settings");
        run("settings", "editor");
        run("show", "editor");

        assertEquals(
                List.of(Optional.empty(), Optional.of(TestHouse.EDITOR), Optional.of(TestHouse.EDITOR)), ground.shown);
    }

    @Test
    void helpHasExamplesAndFitsTheTerminal() {
        Commands.Outcome help = commands.run(60, List.of("--help"));

        assertEquals(0, help.status());
        assertTrue(help.out().contains("landgrant grant firefox-esr folder:documents read"));
        assertTrue(help.out().lines().allMatch(line -> line.length() <= 60), help.out());
        assertEquals(help.out(), commands.run(60, List.of()).out());
        assertTrue(run("grant", "--help").out().contains("~/Work read,write"));
    }

    @Test
    void sentencesOfTheHelpAreBrokenWhereTheTerminalEnds() {
        assertEquals(
                List.of("", "One sentence, on two lines.", "Examples:", "  landgrant x", "Exit status: 0 or 1."),
                HelpText.joined(
                        "", "One sentence,", "on two lines. Examples:", "  landgrant x", "Exit status: 0", "or 1."));
        for (String name : List.of("log", "import", "explain", "grant", "check")) {
            String help = commands.run(120, List.of(name, "--help")).out();
            assertTrue(help.contains("\nExamples:\n  landgrant " + name), help);
        }
    }

    @Test
    void aCommandThatIsNotThereIsNamedWithThoseThatAreNear() {
        String help = "Try \"landgrant --help\".\n";
        assertEquals(
                "landgrant: There is no command \"xyz\".\n" + help, run("xyz").err());
        String near = run("grnt").err();
        assertTrue(near.startsWith("landgrant: There is no command \"grnt\"; did you mean "), near);
        assertTrue(near.contains("grant"), near);
    }

    @Test
    void colourAndHeadingsComeOnATerminalOnly() {
        run("confine", "editor");
        String seen = ground.seen("apps").out();
        assertEquals(
                "\u001b[1mID              STATE     NAME\u001b[0m",
                seen.lines().findFirst().orElseThrow());
        assertTrue(seen.contains("\u001b[32mconfined\u001b[0m  Editor"), seen);
        assertFalse(commands.run(80, List.of("--no-color", "apps")).out().contains("\u001b"));
        assertTrue(commands.run(80, List.of("--no-color", "apps")).out().startsWith("ID  "));
        assertFalse(ground.seen("apps", "-q").out().contains("STATE"));
        assertFalse(run("apps").out().contains("\u001b"));
        assertFalse(ground.seen("apps", "--json").out().contains("\u001b"));
    }

    @Test
    void whoIsQuietGetsNoRemarks() {
        assertEquals("", run("confine", "editor", "-q").out());
        assertEquals("", run("grant", "editor", "tcp:1", "connect", "--quiet").out());
        assertTrue(run("deny", "nosuch", "tcp:1", "-q").err().startsWith("landgrant: There is no app"));
    }

    @Test
    void nothingIsPrintedByTheAgentItself() {
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            run("--help");
            run("apps");
            run("nonsense");
        } finally {
            System.setOut(before);
        }
        assertFalse(printed.size() > 0);
    }

    private Commands.Outcome run(String... words) {
        return ground.run(words);
    }

    private Grant only() {
        List<Grant> grants = house.book().grants(TestHouse.EDITOR);
        assertEquals(1, grants.size());
        return grants.getFirst();
    }

    @Test
    void promptsAreListedAndASentenceSaysWhenThereAreNone() {
        assertEquals("No app waits for an answer.\n", run("prompts").out());
        ground.prompts.add(CommandGround.prompt());
        assertEquals(
                "3  editor.desktop  “Editor” would like to see a\\u{1b}b. It tried.  2026-05-01 12:00:00  file,"
                        + " documents\n",
                run("prompts").out());
    }

    @Test
    void aPromptIsAnsweredAboutItsSensibleScopeOrTheNamedOne() {
        ground.prompts.add(CommandGround.prompt());
        assertEquals(
                "editor.desktop may reach folder:documents: read, until it ends.\n",
                run("answer", "3", "once").out());
        assertEquals(
                "editor.desktop may reach place:/d/a: read.\n",
                run("answer", "3", "allow", "--scope", "file").out());
        assertEquals(
                "editor.desktop may not reach folder:documents: read, until it is closed; after that you are asked"
                        + " once more.\n",
                run("answer", "3", "deny", "--scope", "documents").out());
        assertEquals(
                List.of(
                        new LiveAnswer(
                                LiveAnswer.Choice.ONCE,
                                CommandGround.prompt().scopes().getLast()),
                        new LiveAnswer(
                                LiveAnswer.Choice.ALLOW,
                                CommandGround.prompt().scopes().getFirst()),
                        new LiveAnswer(
                                LiveAnswer.Choice.DENY,
                                CommandGround.prompt().scopes().getLast())),
                ground.answers);
    }

    @Test
    void whatARunningAppLosesAtOnceIsSaid() {
        ground.running.add(CommandGround.session());
        ground.given.add(new LiveGrant(Refusal.Kind.FILE, Set.of(Right.READ), "/srv"));
        ground.house.keeper().watch(app -> ground.given.clear());
        run("grant", "editor", "/srv", "read");
        ground.given.add(new LiveGrant(Refusal.Kind.FILE, Set.of(Right.READ), "/srv"));
        assertTrue(run("revoke", "editor", "/srv")
                .out()
                .endsWith(
                        "It runs now; what it was given since it started is gone at once, but what it could reach when"
                                + " it started stays open until it is closed.\n"));
        assertTrue(run("revoke", "editor", "/srv")
                .out()
                .endsWith("It runs now; what it could reach when it started stays open until it is closed.\n"));
    }

    @Test
    void aSecondNoIsSaidToBeForGood() {
        ground.prompts.add(CommandGround.prompt());
        run("deny", "editor", "folder:documents");
        assertEquals(
                "editor.desktop may not reach folder:documents: read, from now on.\n",
                run("answer", "3", "deny").out());
    }

    @Test
    void aProtectedPlaceIsGivenWithAWarning() {
        assertEquals("""
                editor.desktop may reach place:~/.ssh: read.
                That gives it place:~/.ssh, a protected place: keys; "landgrant revoke editor.desktop ~/.ssh" takes it back.
                """, run("grant", "editor", "~/.ssh", "read").out().replaceFirst("It is not confined.*\n", ""));
        assertFalse(run("grant", "editor", "~/x", "read").out().contains("gives"));
    }

    @Test
    void anAppThatNeverWasIsNeitherReleasedNorLogged() {
        for (String[] words : new String[][] {{"release", "nosuch"}, {"log", "--app", "nosuch"}}) {
            Commands.Outcome outcome = run(words);
            assertEquals(1, outcome.status());
            assertTrue(outcome.err().startsWith("landgrant: There is no app nosuch.desktop"), outcome.err());
        }
    }

    @Test
    void anAppThatIsGoneIsStillReleasedAndLogged() {
        ground.house.keeper().confine(new AppId("gone.desktop"));
        assertEquals(0, run("log", "--app", "gone").status());
        assertEquals(
                "gone.desktop is no longer confined.\n", run("release", "gone").out());
        assertEquals(0, run("release", "gone").status());
    }

    @Test
    void notNowDecidesNothingAndSaysSo() {
        ground.prompts.add(CommandGround.prompt());
        assertEquals(
                "editor.desktop may not reach place:/d/a: read, as long as it is open. Nothing was decided.\n",
                run("answer", "3", "later", "--nth", "1").out());
        assertEquals(
                List.of(new LiveAnswer(
                        LiveAnswer.Choice.LATER, CommandGround.prompt().scopes().getFirst())),
                ground.answers);
    }

    @Test
    void theNextPromptIsSaidForATerminal() {
        ground.prompts.add(CommandGround.prompt());
        String asked = """
            3 2 2 plain
            “Editor” would like to see ab.
            It tried.  (editor.desktop)
              1  Only “a”
            * 2  Documents
            """;
        assertEquals(asked, run("prompts", "--next", "0").out());
        assertEquals(asked, run("prompts", "--next", "2").out());
        ground.prompts.clear();
        assertEquals("0\n", run("prompts", "--next", "3").out());
    }

    @Test
    void whoWaitsForAPromptHearsOfItAndOfItsEnd() throws Exception {
        Thread first = Thread.ofVirtual()
                .start(() -> said.add(run("prompts", "--next", "0").out()));
        ground.prompts.add(CommandGround.prompt());
        tell();
        first.join();
        assertTrue(said.removeFirst().startsWith("3 2 2 plain\n"));

        Thread gone = Thread.ofVirtual()
                .start(() -> said.add(run("prompts", "--next", "3").out()));
        tell();
        ground.prompts.clear();
        tell();
        gone.join();
        assertEquals("0\n", said.removeFirst());

        Thread last = Thread.ofVirtual()
                .start(() -> said.add(run("prompts", "--next", "0").out()));
        commands.close();
        last.join();
        assertEquals("", said.removeFirst());
    }

    private void tell() {
        ground.tell();
    }

    @Test
    void anUnknownPromptIsStatus1AndWordsThatMakeNoSenseStatus2() {
        ground.prompts.add(CommandGround.prompt());
        assertEquals(1, run("answer", "4", "allow").status());
        assertEquals(
                "landgrant: There is no prompt 4; \"landgrant prompts\" lists those there are.\n",
                run("answer", "4", "allow").err());
        assertEquals(2, run("answer", "3", "perhaps").status());
        assertEquals(2, run("answer", "3", "allow", "--nth", "3").status());
        assertEquals(
                2, run("answer", "3", "allow", "--nth", "1", "--scope", "file").status());
        assertEquals(2, run("answer", "x", "allow").status());
        assertEquals(2, run("answer", "3").status());
        Commands.Outcome scope = run("answer", "3", "allow", "--scope", "home");
        assertEquals(2, scope.status());
        assertTrue(scope.err().contains("Prompt 3 has no such scope; it has: file, documents."), scope.err());
        assertEquals(List.of(), ground.answers);
        assertTrue(run("answer", "--help").out().contains("landgrant answer 3 allow --scope documents"));
    }

    @Test
    void theLogTellsWhatHappenedNewestFirst() {
        run("grant", "editor", "folder:documents", "read");
        run("confine", "editor");
        run("reset", "editor", "folder:documents");
        house.book()
                .note(List.of(
                        refusal(TestHouse.EDITOR, "/d/a\u001b\nb", NOON.plusSeconds(1)),
                        refusal(new AppId("viewer.desktop"), "/old", NOON.minusSeconds(90_000))));

        assertEquals("""
            2026-05-01 12:00:01  editor.desktop  refused 2×            read  place:/d/a\\u{1b}\\u{a}b
            2026-05-01 12:00:00  editor.desktop  changed     template  read  folder:documents
            2026-05-01 12:00:00  editor.desktop  confined
            2026-05-01 12:00:00  editor.desktop  changed     allow     read  folder:documents
            """, run("log", "--since", "1d").out());
        assertTrue(run("log").out().contains("viewer.desktop"));
        assertEquals("", run("log", "--app", "viewer", "--since", "60m").out());
    }

    @Test
    void theLogIsPrintedForOtherPrograms() {
        run("deny", "editor", "tcp:25");
        String json = run("log", "--json").out();
        assertTrue(json.contains("\"kind\":\"changed\",\"resource\":\"tcp:25\""), json);
        assertTrue(json.contains("\"who\":\"command_line\""), json);
        assertTrue(run("log", "--csv").out().startsWith("first,last,app,kind,"));
        assertEquals(2, run("log", "--csv", "--json").status());
        assertEquals(2, run("log", "--since", "yesterday").status());
        assertTrue(run("log", "--since", "7").err().contains("90m or 7d"));
    }

    private static Event refusal(AppId app, String path, Instant at) {
        return Event.refused(new Denial(app, new Resource.Place(path), Access.READ, "ed", 2, at, at));
    }
}
