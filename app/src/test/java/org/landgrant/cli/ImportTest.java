package org.landgrant.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.landgrant.agent.TestHouse;
import org.landgrant.grants.AppId;
import org.landgrant.grants.Grant;

class ImportTest {
    private static final String DOCUMENTS =
            "{\"resource\":\"folder:documents\",\"access\":[\"read\"],\"decision\":\"allow\"}";

    @TempDir
    Path folder;

    private CommandGround ground;

    @BeforeEach
    void open() {
        ground = new CommandGround(folder);
    }

    @Test
    void whatWasExportedComesBackElsewhere() throws IOException {
        ground.run("confine", "editor");
        ground.run("grant", "editor", "folder:documents", "write");
        ground.run("grant", "editor", "/srv/a \"b\"", "read,execute");
        ground.run("deny", "editor", "tcp:25");
        String file = ground.run("export", "--all").out();
        assertEquals(file, ground.run("export", "editor").out());

        CommandGround other = new CommandGround(Files.createDirectory(folder.resolve("other")));
        assertEquals(0, other.run("import", "x", "--text", file, "--apply").status());
        assertEquals(file, other.run("export", "--all").out());
        assertEquals(
                "All of it is so already.\n",
                other.run("import", "x", "--text", file, "--apply").out());
    }

    @Test
    void nothingChangesUntilItIsApplied() {
        String file = file(DOCUMENTS);
        Commands.Outcome shown = ground.run("import", "x", "--text", file);
        assertEquals(0, shown.status());
        assertEquals("""
            editor.desktop  allow     read  folder:documents  -
            editor.desktop  confined                          -
            That would be changed; nothing is yet. "--apply" does it.
            """, shown.out());
        assertEquals(List.of(), grants());

        ground.run("deny", "editor", "folder:documents");
        assertTrue(ground.run("import", "x", "--text", file).out().contains("deny read,write,execute\n"));
        assertEquals(0, ground.run("import", "x", "--text", file, "--apply").status());
        assertEquals(1, grants().size());
        assertTrue(ground.run("grants", "editor").out().contains("allow  read          folder:documents  user"));
        assertTrue(ground.house.keeper().settings(TestHouse.EDITOR).confined());
    }

    @Test
    void aDecisionThatEndsIsImportedWithItsEndAndOneThatHasEndedIsNot() {
        String line = "{\"resource\":\"tcp:1\",\"access\":[\"connect\"],\"decision\":\"allow\",\"until\":\"%s\"}";
        ground.run("import", "x", "--apply", "--text", file(line.formatted("2026-05-02T00:00:00Z")));
        assertEquals(
                Instant.parse("2026-05-02T00:00:00Z"),
                grants().getFirst().lifetime().until().orElseThrow());
        ground.run(
                "import",
                "x",
                "--apply",
                "--text",
                file(line.replace("tcp:1", "tcp:2").formatted("2026-04-02T00:00:00Z")));
        assertEquals(1, grants().size());
    }

    @Test
    void protectedPlacesAreNeverGivenInPassing() {
        String file = file(DOCUMENTS, "{\"resource\":\"place:~/.ssh\",\"access\":[\"read\"],\"decision\":\"allow\"}");
        Commands.Outcome shown = ground.run("import", "x", "--text", file);
        assertEquals(1, shown.status());
        assertTrue(shown.out().endsWith("""
            It would give editor.desktop place:~/.ssh, a protected place: keys.
            "--apply" alone would change nothing of it; "--apply --protected" gives that all the same.
            """), shown.out());
        assertEquals(0, ground.run("import", "x", "--text", file, "--protected").status());
        Commands.Outcome refused = ground.run("import", "x", "--text", file, "--apply");
        assertEquals(1, refused.status());
        assertTrue(refused.err().contains("Nothing was changed"), refused.err());
        assertEquals(List.of(), grants());
        assertEquals(
                0,
                ground.run("import", "x", "--text", file, "--apply", "--protected")
                        .status());
        assertEquals(2, grants().size());
        // Refusing one is nothing to think about twice.
        String deny = file("{\"resource\":\"place:~/.ssh/a\",\"access\":[\"read\"],\"decision\":\"deny\"}");
        assertEquals(0, ground.run("import", "x", "--text", deny, "--apply").status());
    }

    @Test
    void allOfItOrNothing() {
        String file = file(DOCUMENTS)
                .replace(
                        "]}]}",
                        "]},{\"app\":\"viewer.desktop\",\"confined\":true,\"grants\":["
                                + "{\"resource\":\"tcp:1\",\"access\":[\"connect\"],\"decision\":\"allow\"}]}]}");
        ground.house.refuse(new AppId("viewer.desktop"));
        Commands.Outcome outcome = ground.run("import", "x", "--text", file, "--apply");
        assertEquals(1, outcome.status());
        assertTrue(outcome.err().contains("At viewer.desktop: "), outcome.err());
        assertTrue(outcome.err().contains("Nothing was changed."), outcome.err());
        assertEquals(List.of(), ground.house.book().grants());
        assertFalse(ground.house.keeper().settings(TestHouse.EDITOR).confined());
    }

    @Test
    void anAppThatIsNotHereIsAMistakeOrLeftOut() {
        String file = file(DOCUMENTS).replace("editor.desktop", "nosuch.desktop");
        assertEquals(1, ground.run("import", "x", "--text", file, "--apply").status());
        assertEquals(
                0,
                ground.run("import", "x", "--text", file, "--apply", "--installed")
                        .status());
        assertEquals(List.of(), ground.house.book().grants());
    }

    @Test
    void aFileThatIsNotExactlyAsDescribedIsRefusedWithTheSpot() {
        String good = file(DOCUMENTS);
        says("lacks \"apps\"", "{\"format\":\"landgrant-grants\",\"version\":1}");
        says("its format is not", good.replace("landgrant-grants", "other"));
        says("its version is not 1", good.replace("\"version\":1", "\"version\":2"));
        says("has \"extra\", which means nothing here", good.replace("\"version\":1", "\"version\":1,\"extra\":1"));
        says("apps[0].grants[0] has \"origin\"", good.replace("\"decision\"", "\"origin\":\"user\",\"decision\""));
        says("apps[0].grants[0].access: for folder:documents", good.replace("[\"read\"]", "[\"connect\"]"));
        says("who may write may read", good.replace("[\"read\"]", "[\"write\"]"));
        says("names something twice", good.replace("[\"read\"]", "[\"read\",\"read\"]"));
        says("names folder:documents twice", file(DOCUMENTS, DOCUMENTS));
        says("apps[0].grants[0].decision is one of allow, deny, ask", good.replace("\"allow\"", "\"ALLOW\""));
        says("apps[0].grants[0].resource:", good.replace("folder:documents", "folder:../x"));
        says("apps[0].app:", good.replace("editor.desktop", "../editor.desktop"));
        says("apps[0].confined is true or false", good.replace("true", "1"));
        says("is no JSON in line 1, column 23: a name stands twice", "{\"format\":\"a\",\"format\":\"b\"}");
        says("is no JSON in line 2, column 3.", "{\n  x}");
        says("is no JSON in line 1, column 2: it ends too early", "[");
        says("is no JSON in line 1, column ", "{\"a\": [1 2]}");
        says("too long or too deep", "[".repeat(100));
        says("is empty", "");
        says("is no JSON", "[".repeat(100));
        says("is no JSON", "\"" + "a".repeat(10_000) + "\"");
        says("only whole numbers", good.replace("\"version\":1", "\"version\":1.5"));
        says("behind the end", good + "1");
        says("is no JSON", good.substring(0, good.length() - 3));
        says("is an object", "[]");
        says("more than 1000", good.replace("\"apps\":[", "\"apps\":[" + "1,".repeat(1_000)));
        assertEquals(List.of(), ground.house.book().grants());
    }

    @Test
    void namesThatCannotBeSeenAreSpelledOut() {
        String file = file(DOCUMENTS.replace("folder:documents", "place:/a\\u202eb\\u001b[2J"));
        assertTrue(ground.run("import", "x", "--text", file).out().contains("place:/a\\u{202e}b\\u{1b}[2J"));
    }

    @Test
    void filesThatAreDamagedAnywhereAreRefusedOrStillMakeSense() {
        String good = file(DOCUMENTS, "{\"resource\":\"tcp:1\",\"access\":[\"connect\"],\"decision\":\"deny\"}");
        String pieces = "{}[]\",:\\u0000\\u202e1e9-truenull\n\ud83d~/.ssh$XDG_";
        Random random = new Random(20_260_501);
        for (int time = 0; time < 3_000; time++) {
            StringBuilder text = new StringBuilder(good);
            for (int change = random.nextInt(1, 4); change > 0; change--) {
                int at = random.nextInt(text.length());
                int piece = random.nextInt(pieces.length());
                switch (random.nextInt(3)) {
                    case 0 -> text.deleteCharAt(at);
                    case 1 -> text.insert(at, pieces, piece, random.nextInt(piece, pieces.length()) + 1);
                    default -> text.setCharAt(at, pieces.charAt(piece));
                }
            }
            try {
                BookText.read(text.toString());
            } catch (IllegalArgumentException refused) {
                assertFalse(refused.getMessage().isEmpty());
            }
            if (time % 30 == 0) {
                Commands.Outcome outcome = ground.run("import", "x", "--text=" + text);
                assertTrue(outcome.status() <= 2 && !outcome.err().contains("made a mistake"), text + outcome.err());
            }
        }
        assertEquals(List.of(), ground.house.book().grants());
    }

    @Test
    void aHugeFileIsRefusedBeforeItIsUnderstood() {
        says("is no JSON", " ".repeat(Json.MOST + 1) + file(DOCUMENTS));
    }

    private void says(String what, String file) {
        Commands.Outcome outcome = ground.run("import", "x", "--text", file, "--apply");
        assertEquals(2, outcome.status(), what);
        assertTrue(outcome.err().contains(what), outcome.err());
        assertFalse(outcome.err().contains("Source"), outcome.err());
        assertTrue(outcome.err().lines().count() <= 2, outcome.err());
    }

    private static String file(String... grants) {
        return "{\"format\":\"landgrant-grants\",\"version\":1,\"apps\":[{\"app\":\"editor.desktop\",\"confined\":true,"
                + "\"grants\":[" + String.join(",", grants) + "]}]}";
    }

    private List<Grant> grants() {
        return ground.house.book().grants(TestHouse.EDITOR);
    }
}
