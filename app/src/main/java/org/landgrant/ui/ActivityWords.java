package org.landgrant.ui;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.landgrant.grants.Access;
import org.landgrant.grants.Decision;
import org.landgrant.grants.DesktopService;
import org.landgrant.grants.Event;
import org.landgrant.grants.Event.Kind;
import org.landgrant.grants.Origin;
import org.landgrant.grants.Resource;
import org.landgrant.grants.Ruling;
import org.landgrant.grants.UserFolder;
import org.landgrant.prompts.OneLine;
import org.landgrant.prompts.UserPlaces;
import org.landgrant.prompts.Words;

/** Says in one plain sentence what happened. Looks at no disk. */
final class ActivityWords {
    private static final int NAME = 40;
    private static final int PATH = 120;

    private final UserPlaces places;
    private final Words words;
    private final ZoneId zone;
    private final DateTimeFormatter time;
    private final DateTimeFormatter dayOfYear;

    ActivityWords(UserPlaces places, Words words, ZoneId zone) {
        this.places = places;
        this.words = words;
        this.zone = zone;
        this.time = DateTimeFormatter.ofLocalizedTime(FormatStyle.SHORT).withLocale(words.locale());
        this.dayOfYear = DateTimeFormatter.ofLocalizedPattern("MMMMEEEEd").withLocale(words.locale());
    }

    /** The whole sentence, without a stop at its end. */
    String sentence(Event event, String appName) {
        String app = name(appName);
        String deed =
                event.resource().map(resource -> deed(resource, event.access())).orElse("");
        return switch (event.kind()) {
            case STARTED -> words.say("activity.started", app);
            case ENDED -> words.say("activity.ended", app);
            case REFUSED ->
                event.resource().isPresent()
                        ? words.say("activity.refused", app, deed, event.count())
                        : words.say("activity.refused.more", app, event.count());
            case ASKED -> words.say("activity.asked", app, deed, event.count());
            case ALLOWED_ONCE -> words.say("activity.once", app, deed);
            case NOT_NOW -> words.say("activity.notnow", app, deed);
            case TAKEN_BACK -> words.say("activity.takenback", app, deed);
            case CONFINED -> words.say("activity.confined", app);
            case RELEASED -> words.say("activity.released", app);
            case RUN_FREE -> words.say("activity.free", app);
            case PARTIAL_ACCEPTED -> words.say("activity.partial", app);
            case PARTIAL_REFUSED -> words.say("activity.full", app);
            case OPENED -> words.say("activity.opened", app);
            case SIGNAL_REFUSED -> words.say("activity.refused.signal", app, event.count());
            case TRACE_REFUSED -> words.say("activity.refused.trace", app, event.count());
            case SOCKET_REFUSED -> words.say("activity.refused.socket", app, event.count());
            case MOUNT_REFUSED -> words.say("activity.refused.mount", app, event.count());
            case ANSWERED, CHANGED -> decided(event, app, deed);
        };
    }

    private String decided(Event event, String app, String deed) {
        Optional<Ruling> after = event.after();
        if (after.isEmpty()) {
            return words.say("activity.reset", app, deed);
        }
        Optional<Instant> until = after.get().lifetime().until();
        return switch (after.get().decision()) {
            case ALLOW ->
                until.isPresent()
                        ? words.say("activity.allowed.until", app, deed, day(until.get()))
                        : words.say("activity.allowed", app, deed);
            case ASK ->
                words.say(after.get().origin() == Origin.PROMPT ? "activity.denied" : "activity.ask", app, deed);
            case DENY -> words.say("activity.denied.good", app, deed);
        };
    }

    /** Who it was, in few words; empty for apps. */
    String who(Event event) {
        return switch (event.who()) {
            case APP -> "";
            case PROMPT -> words.say("activity.who.prompt");
            case SETTINGS -> words.say("activity.who.settings");
            case COMMAND_LINE -> words.say("activity.who.command");
            case KERNEL -> words.say("activity.who.kernel");
        };
    }

    /** All there is to say: the sentence, the whole place, from when to when. */
    String details(Event event, String appName) {
        StringBuilder text = new StringBuilder(sentence(event, appName));
        event.resource()
                .flatMap(places::pathOf)
                .ifPresent(path -> text.append('\n').append(LeftToRight.path(places.shown(path, PATH))));
        String last = time(event.last());
        text.append('\n').append(day(event.last())).append(", ");
        String first = time(event.first());
        boolean took = event.count() > 1 && !first.equals(last);
        return text.append(took ? words.say("activity.span", first, last) : last)
                .toString();
    }

    /** In a person's words where the name is of a service they know. */
    private String bus(Resource.BusName name, Set<Access> access) {
        return DesktopService.of(name)
                .filter(service -> access.contains(service.access()))
                .map(service -> words.say("ask.service." + service.word()))
                .orElseGet(() -> words.say(
                        access.contains(Access.LISTEN) ? "activity.bus.own" : "activity.bus", quiet(name.name())));
    }

    /** What such access would let an app do: “see “taxes.pdf” in Documents”. */
    String deed(Resource resource, Set<Access> access) {
        return switch (resource) {
            case Resource.Folder(UserFolder folder) -> file(words.say("activity.in.folder", folder(folder)), access);
            case Resource.Place(String path) -> file(place(path), access);
            case Resource.TcpPort(int port) -> words.say("activity.port." + wayOf(access), Integer.toString(port));
            case Resource.AnyTcpPort any -> words.say("activity.network." + wayOf(access));
            case Resource.AnyUdpPort any -> words.say("activity.udp");
            case Resource.BusName name -> bus(name, access);
            case Resource.OfDevice device ->
                words.say("activity.device." + device.device().name().toLowerCase(Locale.ROOT));
            case Resource.OfService service ->
                words.say("activity.service." + service.service().name().toLowerCase(Locale.ROOT));
        };
    }

    private String file(String what, Set<Access> access) {
        // Running stands in the sentence only when it is all there is: seeing and changing says more to people.
        String verb = access.equals(Set.of(Access.EXECUTE))
                ? "run"
                : access.equals(Set.of(Access.USE))
                        ? "command"
                        : !access.contains(Access.WRITE) ? "see" : access.contains(Access.READ) ? "both" : "change";
        return words.say("activity.file." + verb, what);
    }

    private static String wayOf(Set<Access> access) {
        boolean both = access.contains(Access.CONNECT) && access.contains(Access.LISTEN);
        return both ? "both" : access.contains(Access.LISTEN) ? "listen" : "connect";
    }

    private String place(String written) {
        String path = places.pathOf(new Resource.Place(written)).orElse(written);
        if (path.equals(places.home())) {
            return words.say("activity.in.home.itself");
        }
        if (places.byMeaning(new Resource.Place(path)) instanceof Resource.Folder(UserFolder folder)) {
            return words.say("activity.in.folder", folder(folder));
        }
        String name = LeftToRight.name(OneLine.clean(UserPlaces.nameOf(path), NAME));
        String around = path.substring(0, Math.max(0, path.lastIndexOf('/')));
        Optional<String> folder = places.folders().entrySet().stream()
                .filter(own -> places.covers(new Resource.Folder(own.getKey()), new Resource.Place(path)))
                .max((one, other) -> Integer.compare(
                        one.getValue().length(), other.getValue().length()))
                .map(own -> folder(own.getKey()));
        if (folder.isPresent()) {
            return words.say("activity.in", name, folder.get());
        }
        if (around.equals(places.home())) {
            return words.say("activity.in.home", name);
        }
        return words.say("activity.at", LeftToRight.name(LeftToRight.path(places.shown(path, 2 * NAME))));
    }

    /** All that a search looks into, in small letters. */
    String searched(Event event, String appName) {
        String place = event.resource()
                .flatMap(places::pathOf)
                .map(path -> path + "\n" + place(path))
                .orElse("");
        String resource = event.resource()
                .map(any -> any.text() + "\n" + deed(any, event.access()))
                .orElse("");
        return String.join("\n", appName, event.app().value(), place, resource).toLowerCase(words.locale());
    }

    String time(Instant moment) {
        return plain(time.format(moment.atZone(zone)));
    }

    /** Java writes “4:45 PM” with a space that most fonts draw so narrow that it cannot be seen. */
    static String plain(String time) {
        return time.replace('\u202F', '\u00A0');
    }

    /** The heading of a day. */
    String heading(LocalDate day, LocalDate today) {
        return day.equals(today)
                ? words.say("activity.today")
                : day.equals(today.minusDays(1)) ? words.say("activity.yesterday") : dayOfYear.format(day);
    }

    /** Whether it let an app have more. */
    static boolean allows(Event event) {
        return event.kind() == Kind.ALLOWED_ONCE
                || event.after()
                        .filter(ruling -> ruling.decision() == Decision.ALLOW)
                        .isPresent();
    }

    private String day(Instant moment) {
        return dayOfYear.format(moment.atZone(zone).toLocalDate());
    }

    private String folder(UserFolder folder) {
        return LeftToRight.name(places.nameOf(folder));
    }

    private static String name(String app) {
        return LeftToRight.name(OneLine.clean(app, NAME));
    }

    private static String quiet(String text) {
        return OneLine.clean(text, NAME);
    }
}
