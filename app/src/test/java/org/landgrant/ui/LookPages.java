package org.landgrant.ui;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import javafx.scene.control.Labeled;
import org.landgrant.desktop.InstalledApp;
import org.landgrant.grants.Access;
import org.landgrant.grants.AppId;
import org.landgrant.grants.Decision;
import org.landgrant.grants.Denial;
import org.landgrant.grants.Origin;
import org.landgrant.grants.Preferences;
import org.landgrant.grants.Resource;
import org.landgrant.grants.UserFolder;
import org.landgrant.launch.LiveGrant;
import org.landgrant.launch.Refusal.Kind;
import org.landgrant.launch.Session;
import org.landgrant.policy.Enforcement;
import org.landgrant.policy.PolicyLine;
import org.landgrant.policy.Right;

/** The settings window's screens. */
final class LookPages {
    private static final AppId FIREFOX = Sample.FIREFOX;

    static final String FULL =
            "The book of grants in ~/.local/share/landgrant/grants.mv.db cannot be written; is the disk full?";

    private LookPages() {}

    static List<LookScreen> all() {
        return List.of(
                new LookScreen("welcome", LookPages::welcome),
                new LookScreen("welcome-failed", LookPages::welcomeFailed),
                new LookScreen("apps", settings(Optional.empty(), "#page-empty")),
                new LookScreen("apps-many", LookPages::many),
                new LookScreen("apps-search-empty", LookPages::searchEmpty),
                new LookScreen("app", settings(Optional.of(FIREFOX), "#files-card")),
                new LookScreen("app-files", card("#files-card")),
                new LookScreen("app-reach", LookPages::reach),
                new LookScreen("app-network", card("#network-card")),
                new LookScreen("app-network-wrong", LookPages::networkWrong),
                new LookScreen("app-refusals", LookPages::refusals),
                new LookScreen("app-outdated", LookPages::outdated),
                new LookScreen("app-partial", LookPages::partial),
                new LookScreen("app-not-confined", settings(Optional.of(Sample.GIMP), "#open-card")),
                new LookScreen("app-left-alone", settings(Optional.of(Sample.STEAM), "#confine-card")),
                new LookScreen("app-not-kept", LookPages::notKept),
                new LookScreen("app-free", LookPages::free),
                new LookScreen("app-free-open", LookPages::freeOpen),
                new LookScreen("app-forgotten", LookPages::forgotten),
                new LookScreen("app-outside", LookPages::outside),
                new LookScreen("inbox", LookPages::inbox),
                new LookScreen("inbox-empty", section("inbox", "#inbox-empty", hand -> {})),
                new LookScreen("permissions", section("permissions", "#permission-name", LookPages::fill)),
                new LookScreen("permissions-network", LookPages::permissionsNetwork),
                new LookScreen("activity", LookPages::activity),
                new LookScreen("activity-clear", LookPages::activityClear),
                new LookScreen("activity-none", section("activity", "#activity-empty", hand -> {})),
                new LookScreen("activity-unreadable", LookPages::activityUnreadable),
                new LookScreen("protection", LookPages::protection),
                new LookScreen("protection-facts", LookPages::protectionFacts),
                new LookScreen("settings", section("settings", "#settings-page", hand -> {})),
                new LookScreen("settings-release", LookPages::release),
                new LookScreen("settings-not-kept", LookPages::preferencesNotKept));
    }

    private static Consumer<LookHand> settings(Optional<AppId> app, String seen) {
        return hand -> {
            fill(hand);
            hand.windows.showSettings(app);
            hand.until(seen);
            hand.away();
        };
    }

    private static Consumer<LookHand> section(String name, String seen, Consumer<LookHand> before) {
        return hand -> {
            before.accept(hand);
            hand.windows.showSettings(Optional.empty());
            hand.press("#section-" + name);
            hand.until(seen);
            hand.away();
        };
    }

    private static Consumer<LookHand> card(String card) {
        return hand -> {
            settings(Optional.of(FIREFOX), card).accept(hand);
            hand.scroll(card);
        };
    }

    private static void welcome(LookHand hand) {
        hand.sample.preferences.put(
                Preferences.USUAL.withTextPercent(hand.sample.preferences.now().textPercent()));
        hand.windows.showSettings(Optional.empty());
        hand.until("#welcome");
        hand.away();
    }

    private static void welcomeFailed(LookHand hand) {
        welcome(hand);
        hand.sample.gatekeeper.breakWith(FULL);
        hand.press("#welcome-confine");
        hand.until("#welcome-failed");
    }

    private static void many(LookHand hand) {
        String[] kinds = {"Editor", "Player", "Viewer", "Terminal", "Calendar", "Notes", "Maps", "Camera", "Clock"};
        String[] desktops = {"GNOME", "KDE", "Xfce", "MATE", "LXQt"};
        for (String desktop : desktops) {
            for (String kind : kinds) {
                hand.sample.add("org." + desktop + "." + kind, desktop + " " + kind, kind);
            }
        }
        hand.sample.add("long", "A program whose maker could not decide on a short name for it", "");
        settings(Optional.of(new AppId("org.MATE.Maps.desktop")), "#open-card").accept(hand);
    }

    private static void searchEmpty(LookHand hand) {
        settings(Optional.empty(), "#apps").accept(hand);
        hand.type("#search", hand.sample.either("photoshop", "フォトショップ"));
        hand.until("#apps-empty");
    }

    private static void reach(LookHand hand) {
        files(hand.sample);
        card("#reach-card").accept(hand);
        hand.until(".reach-tile");
    }

    private static void networkWrong(LookHand hand) {
        card("#network-card").accept(hand);
        hand.press("#network-ports");
        hand.type("#network-ports-field", "80, 443, 99999");
        hand.press("#network-ports-save");
        hand.until("#network-ports-wrong");
    }

    private static void refusals(LookHand hand) {
        card("#refusals-card").accept(hand);
        hand.press("#refusals-quiet");
        hand.scroll("#refusals-card");
    }

    private static void outdated(LookHand hand) {
        settings(Optional.of(FIREFOX), "#files-card").accept(hand);
        hand.sample.gatekeeper.decide(
                FIREFOX, new Resource.Folder(UserFolder.MUSIC), Set.of(Access.READ), Decision.ALLOW, Origin.USER);
        hand.sample.gatekeeper.decide(
                FIREFOX,
                new Resource.Folder(UserFolder.VIDEOS),
                Set.of(Access.READ, Access.WRITE),
                Decision.ALLOW,
                Origin.USER);
        hand.until("#reopen");
    }

    private static void partial(LookHand hand) {
        hand.sample.enforcement = new Enforcement(
                Enforcement.Level.PARTIAL,
                List.of("This kernel cannot limit which programs an app can end; Linux 6.12 and newer can."));
        hand.sample.notGiven = List.of(
                new PolicyLine.Refused(
                        "g1",
                        "Port 25 is denied, and the kernel cannot leave one port out; grant the ports that are needed one by one."));
        settings(Optional.of(FIREFOX), "#accept-partial").accept(hand);
    }

    private static void notKept(LookHand hand) {
        settings(Optional.of(FIREFOX), "#folder-documents-write").accept(hand);
        hand.sample.gatekeeper.breakWith(FULL);
        hand.press("#folder-documents-write");
        hand.until("#banner");
    }

    private static void free(LookHand hand) {
        fill(hand);
        hand.windows.showSettings(Optional.of(Sample.CHROMIUM));
        hand.press("#free");
        hand.until("#free-question");
        hand.scroll("#free-card");
    }

    private static void outside(LookHand hand) {
        fill(hand);
        hand.sample.outside.add(FIREFOX);
        hand.sample.typed.add(FIREFOX);
        hand.windows.showSettings(Optional.of(FIREFOX));
        hand.until("#outside-card");
        hand.away();
    }

    private static void freeOpen(LookHand hand) {
        InstalledApp chromium = hand.sample.app(Sample.CHROMIUM);
        List<String> until =
                List.of("/bin/sh", "-c", "while [ -d \"$0\" ]; do sleep 0.2; done", hand.sample.home.toString());
        hand.sample.apps.set(
                hand.sample.apps.indexOf(chromium),
                new InstalledApp(
                        chromium.id(),
                        chromium.name(),
                        chromium.description(),
                        chromium.icon(),
                        chromium.categories(),
                        until,
                        chromium.source(),
                        true,
                        Optional.empty()));
        free(hand);
        hand.press("#free-yes");
        hand.until("#free-loud");
        hand.scroll("#app-name");
    }

    private static void forgotten(LookHand hand) {
        card("#beginning-card").accept(hand);
        hand.press("#reset-all");
        hand.until("#toast");
    }

    private static void inbox(LookHand hand) {
        fill(hand);
        MapGatekeeper keeper = hand.sample.gatekeeper;
        keeper.remember(FIREFOX, new Resource.Folder(UserFolder.DOCUMENTS), Set.of(Access.READ), true);
        keeper.remember(FIREFOX, new Resource.Folder(UserFolder.VIDEOS), Set.of(Access.READ, Access.WRITE), false);
        keeper.remember(Sample.CHROMIUM, new Resource.TcpPort(8080), Set.of(Access.LISTEN), false);
        keeper.remember(
                new AppId("org.gnome.Evince.desktop"),
                new Resource.Place(hand.sample.home + "/projects/landgrant"),
                Set.of(Access.READ),
                true);
        section("inbox", "#inbox-card", none -> {}).accept(hand);
    }

    private static void permissionsNetwork(LookHand hand) {
        section("permissions", "#permission-name", LookPages::fill).accept(hand);
        hand.<Permission>choose("#permissions", item -> item.id().equals("network"));
    }

    private static void activity(LookHand hand) {
        hand.sample.happened(0);
        section("activity", "#activity-list .activity-cell", LookPages::fill).accept(hand);
    }

    private static void activityClear(LookHand hand) {
        activity(hand);
        hand.press("#activity-clear");
    }

    private static void activityUnreadable(LookHand hand) {
        hand.sample.history.breakWith("The book of grants in ~/.local/share/landgrant/grants.mv.db cannot be read.");
        section("activity", "#activity-banner", none -> {}).accept(hand);
    }

    private static void protection(LookHand hand) {
        section("protection", "#protect-summary", none -> {}).accept(hand);
        hand.until("#protect-again", button -> !button.isDisabled());
    }

    private static void protectionFacts(LookHand hand) {
        protection(hand);
        hand.scroll("#protect-facts");
    }

    private static void release(LookHand hand) {
        section("settings", "#settings-page", LookPages::fill).accept(hand);
        hand.press("#release-all");
        hand.until(
                "#release-all-question", label -> !((Labeled) label).getText().isEmpty());
        hand.scroll("#release-all-question");
    }

    private static void preferencesNotKept(LookHand hand) {
        section("settings", "#settings-page", none -> {}).accept(hand);
        Path own = hand.sample.home.resolve(".local/share/landgrant");
        try {
            LookHand.remove(own);
            Files.writeString(own, "This is no folder.");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        hand.press("#motion-reduced");
        hand.until("#settings-wrong");
    }

    /** Files of all sizes, without using the disk for them. */
    static void files(Sample sample) {
        String[] folders = {
            "~/Documents/2025", "~/Documents/letters", "~/Pictures/2024", "~/Pictures/2025", "~/Music/albums",
                    "~/Videos/2025",
            "~/Downloads/data", "~/projects/landgrant", "~/projects/other", "~/.cache/thumbnails", "~/.config/app",
                    "~/.mozilla/firefox",
            "~/.ssh", "~/Nextcloud"
        };
        long size = 3_000;
        try {
            for (String folder : folders) {
                Path made = Files.createDirectories(Path.of(sample.at(folder)));
                size = size * 7 % 90_000_001 + 40_000;
                try (RandomAccessFile file =
                        new RandomAccessFile(made.resolve("data").toFile(), "rw")) {
                    file.setLength(size);
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Decisions, a running app, and what it was refused. */
    static void fill(LookHand hand) {
        Sample sample = hand.sample;
        MapGatekeeper keeper = sample.gatekeeper;
        keeper.confine(FIREFOX);
        keeper.confine(Sample.CHROMIUM);
        keeper.confine(new AppId("org.gnome.Evince.desktop"));
        Resource.Folder pictures = new Resource.Folder(UserFolder.PICTURES);
        keeper.decide(FIREFOX, pictures, Set.of(Access.READ), Decision.ALLOW, Origin.USER);
        keeper.decide(
                FIREFOX, new Resource.Folder(UserFolder.DESKTOP), Set.of(Access.READ), Decision.DENY, Origin.USER);
        keeper.decide(
                FIREFOX,
                new Resource.Place(sample.home + "/projects/landgrant"),
                Set.of(Access.READ, Access.WRITE),
                Decision.ALLOW,
                Origin.USER);
        Session session = sample.sessions.begin(FIREFOX, List.of());
        Path taxes = Path.of(sample.at("~/Documents/" + sample.either("taxes 2025.pdf", "確定申告 2025.pdf")));
        sample.sessions.give(session, Sample.live(sample.folder(UserFolder.MUSIC), Right.READ));
        sample.sessions.give(session, Sample.live(taxes, Right.READ, Right.WRITE));
        sample.sessions.give(session, new LiveGrant(Kind.CONNECT_TCP, Set.of(), "8080"));
        keeper.record(denials(sample));
        keeper.record(List.of(
                sample.denial(FIREFOX, "~/.ssh/id_ed25519", Access.READ, 1, Duration.ofMinutes(9)),
                sample.denial(FIREFOX, "~/.config/dconf/user", Access.READ, 4, Duration.ofHours(2)),
                sample.denial(FIREFOX, "/proc/1/stat", Access.READ, 41, Duration.ofHours(2)),
                sample.denial(FIREFOX, "~/Pictures/holiday.jpg", Access.READ, 1, Duration.ofHours(30))));
    }

    static List<Denial> denials(Sample sample) {
        String taxes = sample.either("taxes 2025.pdf", "確定申告 2025.pdf");
        String letter = sample.either("letters/landlord.odt", "手紙/大家さん.odt");
        return List.of(
                sample.denial(FIREFOX, "~/Documents/" + taxes, Access.READ, 2, Duration.ofSeconds(40)),
                sample.denial(FIREFOX, "~/Documents/" + letter, Access.WRITE, 1, Duration.ofSeconds(50)),
                sample.denial(FIREFOX, "/media/anna/USB-STICK/photos/a.jpg", Access.READ, 3, Duration.ofMinutes(3)),
                sample.denial(FIREFOX, "~/song.mp3", Access.READ, 1, Duration.ofMinutes(4)),
                sample.denial(FIREFOX, "~/projects/website/index.html", Access.READ, 1, Duration.ofMinutes(4)),
                sample.denial(FIREFOX, 8080, Access.LISTEN, Duration.ofMinutes(20)),
                sample.denial(FIREFOX, 5222, Access.CONNECT, Duration.ofMinutes(20)));
    }
}
