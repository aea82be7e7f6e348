package org.landgrant.grants;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.landgrant.grants.Event.Kind;
import org.landgrant.grants.Event.Who;

class EventTextTest {
    private static final AppId VIM = new AppId("vim.desktop");
    private static final Instant NOON = Instant.parse("2026-05-04T12:00:00Z");
    private static final Ruling ALLOWED =
            new Ruling(Decision.ALLOW, Set.of(Access.WRITE, Access.READ), Lifetime.until(NOON), Origin.PROMPT);

    private static Event about(String path) {
        return Event.about(Kind.ALLOWED_ONCE, VIM, new Resource.Place(path), Set.of(Access.READ), NOON, Who.PROMPT);
    }

    private static String csvCell(String path) {
        String csv = EventText.csv(List.of(about(path)));
        String before = "first,last,app,kind,resource,access,count,who,before,after\r\n"
                + "2026-05-04T12:00:00Z,2026-05-04T12:00:00Z,vim.desktop,allowed_once,";
        String after = ",read,1,prompt,,\r\n";
        assertTrue(csv.startsWith(before) && csv.endsWith(after), csv);
        return csv.substring(before.length(), csv.length() - after.length());
    }

    @Test
    void cellsAreQuotedWhereTheyMustBe() {
        assertEquals("place:/plain name", csvCell("/plain name"));
        assertEquals("\"place:/a,b\"", csvCell("/a,b"));
        assertEquals("\"place:/a\"\"b\"", csvCell("/a\"b"));
        assertEquals("\"place:/a\nb\r\nc\"", csvCell("/a\nb\r\nc"));
    }

    @Test
    void noCellIsAFormula() {
        AppId app = new AppId("=HYPERLINK(\"x\").desktop");
        String csv = EventText.csv(List.of(Event.of(Kind.CONFINED, app, NOON, Who.SETTINGS)));
        assertTrue(csv.contains(",\"'=HYPERLINK(\"\"x\"\").desktop\",confined,,,1,settings,,\r\n"), csv);
        for (String start : List.of("+", "-", "@")) {
            Event event = Event.of(Kind.ENDED, new AppId(start + "1.desktop"), NOON, Who.APP);
            assertTrue(EventText.csv(List.of(event)).contains(",'" + start + "1.desktop,"));
        }
    }

    @Test
    void whatCannotBeSeenIsSpelledOut() {
        assertEquals("place:/\\u{202e}gpj.exe\\u{1b}[2J", csvCell("/\u202egpj.exe\u001b[2J"));
        assertTrue(EventText.json(List.of(about("/\u202egpj\u001b"))).contains("\"place:/\\u202egpj\\u001b\""));
    }

    @Test
    void jsonIsExact() {
        Event event = Event.decided(
                VIM,
                new Resource.Place("/a \"b\"\\c\n\u00e9\ud83d\udd10\ud800"),
                Optional.empty(),
                Optional.of(ALLOWED),
                NOON,
                Who.SETTINGS);
        assertEquals("""
                [
                {"first":"2026-05-04T12:00:00Z","last":"2026-05-04T12:00:00Z","app":"vim.desktop","kind":"changed",\
                "resource":"place:/a \\"b\\"\\\\c\\u000a\u00e9\ud83d\udd10\\ud800","access":["read","write"],"count":1,\
                "who":"settings","before":null,\
                "after":"decision=ALLOW access=READ,WRITE origin=PROMPT until=2026-05-04T12:00:00Z"}
                ]
                """, EventText.json(List.of(event)));
        assertEquals("[\n\n]\n", EventText.json(List.of()));
    }

    @Test
    void aRulingComesBackFromItsText() {
        assertEquals(ALLOWED, Ruling.parse(ALLOWED.text()));
        assertEquals(ALLOWED, Ruling.parse(ALLOWED.text() + " later=unknown"));
        for (String wrong :
                List.of("", "decision=ALLOW", "decision=NO access=READ origin=USER", ALLOWED.text() + "x")) {
            assertThrows(IllegalArgumentException.class, () -> Ruling.parse(wrong), wrong);
        }
    }
}
