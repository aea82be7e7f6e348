package org.landgrant.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.landgrant.grants.Access;
import org.landgrant.grants.AppId;
import org.landgrant.grants.Decision;
import org.landgrant.grants.Denial;
import org.landgrant.grants.Device;
import org.landgrant.grants.Event;
import org.landgrant.grants.Event.Kind;
import org.landgrant.grants.Event.Who;
import org.landgrant.grants.Lifetime;
import org.landgrant.grants.Origin;
import org.landgrant.grants.Resource;
import org.landgrant.grants.Ruling;
import org.landgrant.grants.Service;
import org.landgrant.grants.UserFolder;
import org.landgrant.prompts.UserPlaces;
import org.landgrant.prompts.Words;

class ActivityWordsTest {
    private static final AppId APP = new AppId("gimp.desktop");
    private static final Instant NOON = Instant.parse("2026-05-04T12:00:00Z");
    private static final Resource PICTURES = new Resource.Folder(UserFolder.PICTURES);

    private final ActivityWords words = new ActivityWords(
            new UserPlaces(
                    "/home/anna",
                    Map.of(
                            UserFolder.DOCUMENTS, "/home/anna/Documents",
                            UserFolder.PICTURES, "/home/anna/Bilder")),
            new Words(Locale.ENGLISH),
            ZoneOffset.UTC);

    private String refused(Resource resource, Access access, int times) {
        return words.sentence(Event.refused(new Denial(APP, resource, access, "gimp", times, NOON, NOON)), "GIMP");
    }

    private String refused(String path) {
        return refused(new Resource.Place(path), Access.READ, 1);
    }

    private String decided(Optional<Ruling> after, Who who) {
        Ruling before = ruling(Decision.ASK, Lifetime.ALWAYS, Origin.PROMPT, Access.READ);
        return words.sentence(Event.decided(APP, PICTURES, Optional.of(before), after, NOON, who), "GIMP");
    }

    private static Ruling ruling(Decision decision, Lifetime lifetime, Origin origin, Access... access) {
        return new Ruling(decision, Set.copyOf(Arrays.asList(access)), lifetime, origin);
    }

    @Test
    void refusalsSayWhatWhereAndHowOften() {
        assertEquals(
                "GIMP tried to see “taxes.pdf” in Documents and was refused, 3 times",
                refused(new Resource.Place("/home/anna/Documents/2025/taxes.pdf"), Access.READ, 3));
        assertEquals(
                "GIMP tried to change “a” in Documents and was refused, twice",
                refused(new Resource.Place("/home/anna/Documents/a"), Access.WRITE, 2));
        assertEquals("GIMP tried to see “a.jpg” in Bilder and was refused", refused("/home/anna/Bilder/a.jpg"));
        assertEquals("GIMP tried to see files in Bilder and was refused", refused("/home/anna/Bilder"));
        assertEquals(
                "GIMP tried to see “song.mp3” in your home folder and was refused", refused("/home/anna/song.mp3"));
        assertEquals("GIMP tried to see files in your home folder and was refused", refused("/home/anna"));
        assertEquals("GIMP tried to see “~/projects/a/b.c” and was refused", refused("/home/anna/projects/a/b.c"));
        assertEquals("GIMP tried to see “/proc/1/stat” and was refused", refused("/proc/1/stat"));
        assertEquals(
                "GIMP tried to connect to port 25 and was refused",
                refused(new Resource.TcpPort(25), Access.CONNECT, 1));
        assertEquals(
                "GIMP was refused 1,234 more things within an hour",
                words.sentence(
                        Event.refused(new Denial(APP, PICTURES, Access.READ, "", 1_234, NOON, NOON))
                                .withoutResource(),
                        "GIMP"));
    }

    @Test
    void answersAndChangesSayWhatHoldsFromThen() {
        Lifetime month = Lifetime.until(NOON.plusSeconds(86_400));
        assertEquals(
                "You allowed GIMP to see and change files in Bilder",
                decided(
                        Optional.of(ruling(Decision.ALLOW, Lifetime.ALWAYS, Origin.USER, Access.READ, Access.WRITE)),
                        Who.SETTINGS));
        assertEquals(
                "You allowed GIMP to see files in Bilder until Tue, May 5",
                decided(Optional.of(ruling(Decision.ALLOW, month, Origin.PROMPT, Access.READ)), Who.PROMPT));
        assertEquals(
                "You did not allow GIMP to see files in Bilder",
                decided(Optional.of(ruling(Decision.ASK, Lifetime.ALWAYS, Origin.PROMPT, Access.READ)), Who.PROMPT));
        assertEquals(
                "You did not allow GIMP to see files in Bilder, for good",
                decided(Optional.of(ruling(Decision.DENY, Lifetime.ALWAYS, Origin.USER, Access.READ)), Who.SETTINGS));
        assertEquals(
                "GIMP has to ask you before it may see files in Bilder",
                decided(Optional.of(ruling(Decision.ASK, Lifetime.ALWAYS, Origin.USER, Access.READ)), Who.SETTINGS));
        assertEquals(
                "You went back to how GIMP began: whether it may see files in Bilder",
                decided(Optional.empty(), Who.COMMAND_LINE));
    }

    @Test
    void runningIsNamedOnlyWhereItIsAllThereIs() {
        Ruling all = ruling(Decision.DENY, Lifetime.ALWAYS, Origin.USER, Access.READ, Access.WRITE, Access.EXECUTE);
        assertEquals(
                "You did not allow GIMP to see and change files in Bilder, for good",
                decided(Optional.of(all), Who.COMMAND_LINE));
        assertEquals("see files in Bilder", words.deed(PICTURES, Set.of(Access.READ, Access.EXECUTE)));
        assertEquals("change files in Bilder", words.deed(PICTURES, Set.of(Access.WRITE, Access.EXECUTE)));
        assertEquals("run files in Bilder", words.deed(PICTURES, Set.of(Access.EXECUTE)));
    }

    @Test
    void everyKindOfEventAndResourceHasASentence() {
        for (Kind kind : Kind.values()) {
            String sentence = words.sentence(
                    kind == Kind.ANSWERED || kind == Kind.CHANGED
                            ? Event.decided(
                                    APP,
                                    PICTURES,
                                    Optional.empty(),
                                    Optional.of(ruling(Decision.ALLOW, Lifetime.ALWAYS, Origin.USER, Access.READ)),
                                    NOON,
                                    Who.PROMPT)
                            : Event.about(kind, APP, PICTURES, Set.of(Access.READ), NOON, Who.SETTINGS),
                    "GIMP");
            assertFalse(sentence.contains("{"), sentence);
        }
        for (Device device : Device.values()) {
            assertFalse(words.deed(new Resource.OfDevice(device), Set.of(Access.USE))
                    .isEmpty());
        }
        for (Service service : Service.values()) {
            assertFalse(words.deed(new Resource.OfService(service), Set.of(Access.USE))
                    .isEmpty());
        }
        assertEquals(
                "connect to every port and accept connections",
                words.deed(new Resource.AnyTcpPort(), Set.of(Access.CONNECT, Access.LISTEN)));
        assertEquals("use UDP", words.deed(new Resource.AnyUdpPort(), Set.of(Access.CONNECT)));
        assertEquals(
                "talk to “org.example.A” on the desktop",
                words.deed(new Resource.BusName("org.example.A"), Set.of(Access.USE)));
        assertEquals(
                "use the password store, with the passwords of all apps in it",
                words.deed(new Resource.BusName("org.freedesktop.secrets"), Set.of(Access.USE)));
    }

    @Test
    void hostileNamesStayOnTheirLineAndInTheirPlace() {
        assertEquals(
                "GIMP tried to see “a bgpj.exe” in Documents and was refused",
                refused("/home/anna/Documents/a\nb\u202e\u200bgpj.exe"));
        assertEquals(
                "GIMP tried to see “\u05d0\u05d1\u200e” in Documents and was refused",
                refused("/home/anna/Documents/\u05d0\u05d1"));
        assertEquals(
                40,
                refused("/home/anna/Documents/" + "x".repeat(4_000)).length()
                        - "GIMP tried to see “” in Documents and was refused".length());
        assertEquals("a b was opened", words.sentence(Event.of(Kind.STARTED, APP, NOON, Who.APP), "a\nb\u202e"));
    }

    @Test
    void detailsNameTheWholePlaceAndTheSpan() {
        Event event = Event.refused(new Denial(
                APP,
                new Resource.Place("/home/anna/Documents/2025/taxes.pdf"),
                Access.READ,
                "",
                2,
                NOON,
                NOON.plusSeconds(600)));
        assertEquals("""
                GIMP tried to see “taxes.pdf” in Documents and was refused, twice
                ~/Documents/2025/taxes.pdf
                Mon, May 4, from 12:00 PM to 12:10 PM""", words.details(event, "GIMP").replace('\u00a0', ' '));
    }
}
