package org.landgrant.prompts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.landgrant.grants.Access;
import org.landgrant.grants.Decision;
import org.landgrant.grants.Denial;
import org.landgrant.grants.EffectiveGrant;
import org.landgrant.grants.Origin;
import org.landgrant.grants.Resource;
import org.landgrant.grants.UserFolder;

class RelaunchCardTest {
    private static final Resource DOCUMENTS = new Resource.Folder(UserFolder.DOCUMENTS);

    private static Optional<RelaunchCard> card(List<Denial> denials, EffectiveGrant... grants) {
        return RelaunchCard.of(Example.APP, denials, Example.WORTHINESS, Example.standing(grants), Example.COALESCER);
    }

    private static Row only(Denial... denials) {
        List<Row> rows = card(List.of(denials)).orElseThrow().rows();
        assertEquals(1, rows.size());
        return rows.getFirst();
    }

    @Test
    void severalFilesOfAFolderAreOneRowWithItsLocalisedName() {
        Row row = only(
                Example.denial("/home/anna/書類/a/old.txt", Access.READ, 9),
                Example.denial("/home/anna/書類/new\u202E.txt", Access.READ, 1));
        assertEquals(DOCUMENTS, row.resource());
        assertEquals(Set.of(Access.READ), row.access());
        assertEquals("see files in your 書類 folder", row.sentencePart());
        assertEquals(List.of("new.txt", "old.txt"), row.examples());
        assertFalse(row.risky());
    }

    @Test
    void writingImpliesReadingAndChangesTheSentence() {
        Row row = only(Example.denial("/home/anna/Downloads/x", Access.WRITE, 0));
        assertEquals(Set.of(Access.READ, Access.WRITE), row.access());
        assertEquals("see and change files in your Downloads folder", row.sentencePart());
    }

    @Test
    void removableMediaAreNamedByTheirMountPoint() {
        Row row = only(Example.read("/run/media/anna/USB-STICK/a/b"));
        assertEquals(new Resource.Place("/run/media/anna/USB-STICK"), row.resource());
        assertEquals("see files on “USB-STICK”", row.sentencePart());
    }

    @Test
    void aServiceOfTheDesktopIsAskedAboutInWordsAndItsSwitchBeginsAsOffWhenItGivesMuch() {
        Row files = only(Example.bus("org.freedesktop.FileManager1", Access.USE));
        assertEquals("show files in the file manager", files.sentencePart());
        assertEquals(Set.of(Access.USE), files.access());
        assertFalse(files.risky());
        assertEquals(List.of(), files.examples());
        Row passwords = only(Example.bus("org.freedesktop.secrets", Access.USE));
        assertEquals(new Resource.BusName("org.freedesktop.secrets"), passwords.resource());
        assertTrue(passwords.risky());
    }

    @Test
    void ofAServiceWithManyNamesOneAnswerCoversAll() {
        Denial first = Example.bus("org.gnome.evolution.dataserver.Sources5", Access.USE);
        Denial second = Example.bus("org.gnome.evolution.dataserver.Calendar8", Access.USE);
        Row row = only(first, second);
        assertEquals(new Resource.BusName("org.gnome.evolution.dataserver.*"), row.resource());
        EffectiveGrant given = Example.grant(row.resource(), Decision.ALLOW, Origin.PROMPT, Access.USE);
        assertEquals(Optional.empty(), card(List.of(first, second), given));
        EffectiveGrant no = Example.grant(row.resource(), Decision.DENY, Origin.PROMPT, Access.USE);
        assertEquals(Optional.empty(), card(List.of(first, second), no));
    }

    @Test
    void deepFilesBecomeTheFirstFolderBelowHome() {
        Row row = only(Example.read("/home/anna/projects/site/index.html"));
        assertEquals(new Resource.Place("/home/anna/projects"), row.resource());
        assertEquals("see files in your projects folder", row.sentencePart());
    }

    @Test
    void aFileDirectlyInHomeIsAskedAboutItself() {
        Row row = only(Example.read("/home/anna/song.mp3"));
        assertEquals(new Resource.Place("/home/anna/song.mp3"), row.resource());
        assertEquals("open “song.mp3” in your home folder", row.sentencePart());
        assertTrue(row.examples().isEmpty());
    }

    @Test
    void whatDoesNotExistDirectlyInHomeCannotBeGrantedAndIsNotAsked() {
        assertTrue(card(List.of(Example.denial("/home/anna/file.new", Access.WRITE, 0)))
                .isEmpty());
    }

    @Test
    void nothingEverAsksForHomeOrWider() {
        List<Denial> probes = List.of(
                Example.read("/home/anna"),
                Example.read("/home"),
                Example.read("/"),
                Example.read("/home/anna/x.y"),
                Example.read("/home/anna/a/b"));
        for (Row row : card(probes).orElseThrow().rows()) {
            String path = Example.PLACES.pathOf(row.resource()).orElseThrow();
            assertTrue(path.startsWith("/home/anna/"), path);
        }
    }

    @Test
    void listeningIsRiskyAndComesLast() {
        List<Row> rows = card(List.of(Example.port(8080, Access.LISTEN), Example.port(443, Access.CONNECT)))
                .orElseThrow()
                .rows();
        assertEquals("connect to the internet (web, port 443)", rows.getFirst().sentencePart());
        assertEquals("accept connections on port 8080", rows.getLast().sentencePart());
        assertTrue(rows.getLast().risky());
    }

    @Test
    void rowsAreBoundedHoweverMuchWasRefused() {
        List<Denial> storm = new ArrayList<>();
        for (int port = 1; port <= 5000; port++) {
            storm.add(Example.port(port, Access.CONNECT));
        }
        RelaunchCard card = card(storm).orElseThrow();
        assertEquals(Coalescer.MOST_ROWS, card.rows().size());
        assertEquals(5000, card.count());
    }

    @Test
    void whatIsAllowedByNowIsNotAsked() {
        List<Denial> denials = List.of(Example.read("/home/anna/書類/a"));
        assertTrue(card(denials, Example.grant(DOCUMENTS, Decision.ALLOW, Origin.USER, Access.READ))
                .isEmpty());
        assertTrue(card(denials, Example.grant(new Resource.Place("~"), Decision.ALLOW, Origin.USER, Access.READ))
                .isEmpty());
    }

    @Test
    void readingAllowedStillAsksAboutWriting() {
        assertTrue(card(
                        List.of(Example.denial("/home/anna/書類/a", Access.WRITE, 0)),
                        Example.grant(DOCUMENTS, Decision.ALLOW, Origin.USER, Access.READ))
                .isPresent());
    }

    @Test
    void whatThePersonSwitchedOffIsNeverAsked() {
        assertTrue(card(
                        List.of(Example.read("/home/anna/書類/a")),
                        Example.grant(DOCUMENTS, Decision.DENY, Origin.USER, Access.READ))
                .isEmpty());
        assertTrue(card(
                        List.of(Example.port(443, Access.CONNECT)),
                        Example.grant(new Resource.AnyTcpPort(), Decision.DENY, Origin.USER, Access.CONNECT))
                .isEmpty());
    }

    @Test
    void rowsThatWereAskedCanBeTakenOut() {
        RelaunchCard card = card(List.of(Example.read("/home/anna/書類/a"))).orElseThrow();
        assertTrue(card.without(Set.of(DOCUMENTS)).isEmpty());
        assertEquals(Optional.of(card), card.without(Set.of()));
    }
}
