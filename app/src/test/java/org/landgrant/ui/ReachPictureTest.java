package org.landgrant.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.landgrant.policy.Enforcement;
import org.landgrant.policy.Policy;
import org.landgrant.policy.PolicyLine;
import org.landgrant.policy.Right;
import org.landgrant.ui.ReachRules.At;
import org.landgrant.ui.Treemap.Piece;

/** What an app reaches in the home folder, as it is drawn. */
class ReachPictureTest {
    private static final Set<Right> SEE = Set.of(Right.LIST, Right.READ);
    private static final Set<Right> CHANGE = Set.of(Right.LIST, Right.READ, Right.WRITE);

    private static ReachRules rules(PolicyLine... lines) {
        Enforcement full = new Enforcement(Enforcement.Level.FULL, List.of());
        return ReachRules.of(new Policy("a.desktop", List.of(lines), full));
    }

    @Test
    void whatNoLineGivesIsClosed() {
        ReachRules rules = rules(new PolicyLine.File(SEE, "g1", "/h/Documents"));
        assertEquals(At.CLOSED, rules.at("/h"));
        assertEquals(At.CLOSED, rules.at("/h/Documents2"));
        assertEquals(At.SEEN, rules.at("/h/Documents/a/b"));
        assertTrue(rules.divided("/h"));
        assertFalse(rules.divided("/h/Documents"));
    }

    @Test
    void anExceptionKeepsWhatIsGivenAboveItAndNotWhatIsGivenBelow() {
        ReachRules rules = rules(
                new PolicyLine.File(CHANGE, "g1", "/h"),
                new PolicyLine.Except(CHANGE, "g2", "/h/.ssh"),
                new PolicyLine.File(SEE, "g3", "/h/.ssh/known_hosts"));
        assertEquals(At.CHANGED, rules.at("/h/work"));
        assertEquals(At.KEPT, rules.at("/h/.ssh/id"));
        assertEquals(At.SEEN, rules.at("/h/.ssh/known_hosts"));
    }

    @Test
    void whatAnAppKeepsForItselfIsItsOwn() {
        ReachRules rules = rules(
                new PolicyLine.Create("t/1", "/h/.app"),
                new PolicyLine.File(CHANGE, "t/1", "/h/.app"),
                new PolicyLine.File(CHANGE, "g1", "/h/Music"));
        assertEquals(At.OWN, rules.at("/h/.app/cache"));
        assertEquals(At.CHANGED, rules.at("/h/Music"));
        assertEquals(At.CLOSED, rules.at("/h/.app2"));
    }

    @Test
    void anExceptionFromWritingAloneLeavesReading() {
        ReachRules rules = rules(
                new PolicyLine.File(CHANGE, "g1", "/h"),
                new PolicyLine.Except(Set.of(Right.WRITE), "g2", "/h/.config"));
        assertEquals(At.SEEN, rules.at("/h/.config/x"));
    }

    @Test
    void aChangeIsShownBeforeItIsMade() {
        ReachRules rules = rules(new PolicyLine.File(SEE, "g1", "/h"));
        assertEquals(At.CHANGED, rules.with("/h/Music", Level.READ_WRITE).at("/h/Music/a"));
        assertEquals(At.KEPT, rules.with("/h/Music", Level.NEVER).at("/h/Music/a"));
        assertEquals(At.SEEN, rules.with("/h/Music", Level.NEVER).at("/h/Videos"));
    }

    private static void put(Path file, long bytes) throws IOException {
        Files.createDirectories(file.getParent());
        try (RandomAccessFile made = new RandomAccessFile(file.toFile(), "rw")) {
            made.setLength(bytes);
        }
    }

    private static HomeScan scan(Path home) {
        HomeScan scan = new HomeScan(home);
        while (!scan.finished()) {
            scan.step(10);
        }
        return scan;
    }

    @Test
    void everyByteIsCountedOnceAndLinksAreNotFollowed(@TempDir Path home) throws IOException {
        put(home.resolve("a.txt"), 100);
        put(home.resolve("Documents/b.txt"), 200);
        put(home.resolve("Documents/2025/deep/deeper/c.txt"), 300);
        Files.createSymbolicLink(home.resolve("again"), home.resolve("Documents"));
        HomeScan scan = scan(home);
        assertEquals(600, scan.home().bytes());
        assertEquals(100, scan.home().ownBytes());
        assertEquals(4, scan.files());
    }

    @Test
    void theSummaryIsAboutAllBytesAndWritingIncludesSeeing(@TempDir Path home) throws IOException {
        put(home.resolve("Documents/a"), 500);
        put(home.resolve("Music/b"), 250);
        put(home.resolve("Videos/c"), 250);
        ReachPicture picture = ReachPicture.of(
                scan(home).home(),
                rules(
                        new PolicyLine.File(
                                CHANGE, "g1", home.resolve("Documents").toString()),
                        new PolicyLine.File(SEE, "g2", home.resolve("Music").toString())));
        assertEquals(0.75, picture.seen(), 1e-9);
        assertEquals(0.5, picture.changed(), 1e-9);
        assertEquals("Documents", picture.tiles().getFirst().name());
    }

    @Test
    void aFolderIsDividedOnlyWhereRulesDivideIt(@TempDir Path home) throws IOException {
        put(home.resolve("projects/one/a"), 500);
        put(home.resolve("projects/two/b"), 400);
        ReachRules whole =
                rules(new PolicyLine.File(SEE, "g1", home.resolve("projects").toString()));
        ReachRules part = rules(
                new PolicyLine.File(SEE, "g1", home.resolve("projects/two").toString()));
        HomeScan.Folder found = scan(home).home();
        assertEquals(List.of(), ReachPicture.of(found, whole).tiles().getFirst().inside());
        assertEquals(
                List.of(At.CLOSED, At.SEEN),
                ReachPicture.of(found, part).tiles().getFirst().inside().stream()
                        .map(ReachPicture.Tile::at)
                        .toList());
    }

    @Test
    void aFolderThatCannotBeReadIsNoFailure(@TempDir Path home) {
        assertEquals(0, scan(home.resolve("not there")).home().bytes());
    }

    @Test
    void thePiecesFillTheRectangleByWeight() {
        List<Double> weights =
                IntStream.rangeClosed(1, 20).mapToObj(i -> 21.0 - i).toList();
        List<Piece> pieces = Treemap.divide(weights, new Piece(0, 0, 600, 260));
        double unit =
                600.0 * 260 / weights.stream().mapToDouble(Double::doubleValue).sum();
        for (int i = 0; i < weights.size(); i++) {
            Piece piece = pieces.get(i);
            assertEquals(weights.get(i) * unit, piece.width() * piece.height(), 1e-6);
            assertTrue(piece.x() >= -1e-9 && piece.x() + piece.width() <= 600 + 1e-6);
            assertTrue(piece.y() >= -1e-9 && piece.y() + piece.height() <= 260 + 1e-6);
        }
        assertEquals(List.of(), Treemap.divide(List.of(), new Piece(0, 0, 10, 10)));
    }
}
