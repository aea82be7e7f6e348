package org.landgrant.ui;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
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

/** Shows the windows with made-up data, to be looked at. Words on the command line choose the scene. */
final class Showcase {
    private Showcase() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        List<String> scene = List.of(arguments);
        Path home = Files.createTempDirectory("showcase").resolve("anna");
        Sample sample = new Sample(home);
        AppId firefox = Sample.FIREFOX;
        if (!scene.contains("fresh") && !scene.contains("welcome")) {
            fill(sample);
        }
        if (scene.contains("files")) {
            fillHome(home);
        }
        if (scene.contains("welcome")) {
            sample.preferences.put(Preferences.USUAL);
        }
        if (scene.contains("partial")) {
            sample.enforcement = new Enforcement(
                    Enforcement.Level.PARTIAL,
                    List.of("This kernel cannot limit which programs an app can end; Linux 6.12 and newer can."));
        }
        if (scene.contains("notgiven")) {
            sample.notGiven = List.of(
                    new PolicyLine.Refused("user/1", "There is no folder for templates on this computer."),
                    new PolicyLine.Refused(
                            "user/2",
                            "Port 25 is denied, and the kernel cannot leave one port out; grant the ports that are"
                                    + " needed one by one."),
                    new PolicyLine.Refused("user/3", "Another grant denies \"/home/anna/Documents/taxes\"."));
        }
        if (scene.contains("activity")) {
            sample.happened(scene.contains("many") ? 20_000 : 0);
        }
        UiWindows windows = new UiWindows(sample.services(Executors.newFixedThreadPool(2)));
        if (!scene.contains("nosettings")) {
            Optional<AppId> app = scene.contains("none") || scene.contains("welcome")
                    ? Optional.empty()
                    : Optional.of(
                            scene.contains("steam")
                                    ? Sample.STEAM
                                    : scene.contains("open")
                                            ? Sample.GIMP
                                            : scene.contains("chromium") ? Sample.CHROMIUM : firefox);
            windows.showSettings(app);
        }
        if (scene.contains("outdated")) {
            Thread.sleep(2500);
            sample.gatekeeper.decide(
                    firefox, new Resource.Folder(UserFolder.MUSIC), Set.of(Access.READ), Decision.ALLOW, Origin.USER);
        }
        if (scene.contains("card1")) {
            windows.denied(List.of(
                    sample.denial(firefox, "~/Documents/taxes 2025.pdf", Access.READ, 2, Duration.ofSeconds(3))));
        }
        if (scene.contains("card5")) {
            windows.denied(many(sample));
        }
        if (scene.contains("prompt")) {
            sample.asks(firefox, "~/Documents/2025/taxes.pdf", Access.READ, Duration.ofSeconds(1));
        }
        if (scene.contains("promptsave")) {
            sample.asks(firefox, "~/Pictures/holiday.jpg", Access.WRITE, Duration.ofSeconds(70));
        }
        if (scene.contains("promptkey")) {
            sample.asks(firefox, "~/.ssh/id_ed25519", Access.READ, Duration.ofSeconds(1));
        }
        if (scene.contains("promptstart")) {
            sample.asks(firefox, "~/.bashrc", Access.WRITE, Duration.ofSeconds(1));
        }
        if (scene.contains("inbox")) {
            Resource documents = new Resource.Folder(UserFolder.DOCUMENTS);
            sample.gatekeeper.remember(firefox, documents, Set.of(Access.READ), true);
            sample.gatekeeper.remember(Sample.GIMP, new Resource.TcpPort(8080), Set.of(Access.LISTEN), false);
        }
        if (scene.contains("promptport")) {
            sample.asks(firefox, new Resource.TcpPort(8080), Access.CONNECT, Duration.ofSeconds(1));
        }
        if (scene.contains("promptlisten")) {
            sample.asks(firefox, new Resource.TcpPort(8080), Access.LISTEN, Duration.ofSeconds(1));
        }
        if (scene.contains("promptlong")) {
            long id = sample.asks(
                    Sample.GIMP,
                    "~/Documents/" + "a very long folder name that goes on and on/".repeat(3) + "and a file name "
                            + "of the kind that scanners give ".repeat(4) + ".pdf",
                    Access.WRITE,
                    Duration.ofSeconds(1));
            for (int more = 0; more < 12; more++) {
                sample.live.join(id);
            }
        }
        if (scene.contains("promptjapanese")) {
            sample.asks(firefox, "~/Documents/確定申告/令和七年分の所得税及び復興特別所得税の確定申告書.pdf", Access.READ, Duration.ofSeconds(1));
        }
        if (scene.contains("promptbidi")) {
            sample.asks(firefox, "~/Documents/עברית/חשבונית\u202Egpj.exe 2025.pdf", Access.READ, Duration.ofSeconds(1));
        }
        // Until somebody ends it.
        new CountDownLatch(1).await();
    }

    /** Files of all sizes, without using the disk for them. */
    private static void fillHome(Path home) throws IOException {
        String[] folders = {
            "Documents/2025", "Documents/letters", "Pictures/2024", "Pictures/2025", "Music/albums", "Videos",
                    "Downloads",
            "projects/landgrant", "projects/other", ".cache/thumbnails", ".config/app", ".mozilla/firefox", ".ssh",
                    "Nextcloud"
        };
        long size = 3_000;
        for (String folder : folders) {
            Files.createDirectories(home.resolve(folder));
            size = size * 7 % 90_000_001 + 40_000;
            try (var file = new java.io.RandomAccessFile(
                    home.resolve(folder).resolve("data").toFile(), "rw")) {
                file.setLength(size);
            }
        }
    }

    private static void fill(Sample sample) {
        AppId firefox = Sample.FIREFOX;
        MapGatekeeper keeper = sample.gatekeeper;
        keeper.confine(firefox);
        keeper.confine(Sample.CHROMIUM);
        keeper.confine(new AppId("org.gnome.Evince.desktop"));
        keeper.decide(
                firefox, new Resource.Folder(UserFolder.PICTURES), Set.of(Access.READ), Decision.ALLOW, Origin.USER);
        keeper.decide(
                firefox, new Resource.Folder(UserFolder.DESKTOP), Set.of(Access.READ), Decision.DENY, Origin.USER);
        keeper.decide(
                firefox,
                new Resource.Place(sample.home + "/projects/landgrant"),
                Set.of(Access.READ, Access.WRITE),
                Decision.ALLOW,
                Origin.USER);
        Session session = sample.sessions.begin(firefox, List.of());
        sample.sessions.give(session, Sample.live(sample.folder(UserFolder.MUSIC), Right.READ));
        sample.sessions.give(
                session, Sample.live(sample.home.resolve("Documents/2025/taxes.pdf"), Right.READ, Right.WRITE));
        sample.sessions.give(session, new LiveGrant(Kind.CONNECT_TCP, Set.of(), "8080"));
        keeper.record(many(sample));
        keeper.record(List.of(
                sample.denial(firefox, "~/.ssh/id_ed25519", Access.READ, 1, Duration.ofMinutes(9)),
                sample.denial(firefox, "~/.config/dconf/user", Access.READ, 4, Duration.ofHours(2)),
                sample.denial(firefox, "/proc/1/stat", Access.READ, 41, Duration.ofHours(2)),
                sample.denial(firefox, "~/Pictures/holiday.jpg", Access.READ, 1, Duration.ofHours(30))));
    }

    private static List<Denial> many(Sample sample) {
        AppId firefox = Sample.FIREFOX;
        return List.of(
                sample.denial(firefox, "~/Documents/taxes 2025.pdf", Access.READ, 2, Duration.ofSeconds(40)),
                sample.denial(firefox, "~/Documents/letters/landlord.odt", Access.WRITE, 1, Duration.ofSeconds(50)),
                sample.denial(firefox, "/media/anna/USB-STICK/photos/a.jpg", Access.READ, 3, Duration.ofMinutes(3)),
                sample.denial(firefox, "~/song.mp3", Access.READ, 1, Duration.ofMinutes(4)),
                sample.denial(firefox, "~/projects/website/index.html", Access.READ, 1, Duration.ofMinutes(4)),
                sample.denial(firefox, 8080, Access.LISTEN, Duration.ofMinutes(20)),
                sample.denial(firefox, 5222, Access.CONNECT, Duration.ofMinutes(20)));
    }
}
