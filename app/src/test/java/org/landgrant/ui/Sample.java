package org.landgrant.ui;

import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.landgrant.desktop.BusNotifier;
import org.landgrant.desktop.FreeRuns;
import org.landgrant.desktop.InstalledApp;
import org.landgrant.desktop.InstalledApps;
import org.landgrant.desktop.Instance;
import org.landgrant.desktop.OpenOutside;
import org.landgrant.desktop.Terminals;
import org.landgrant.grants.Access;
import org.landgrant.grants.AppId;
import org.landgrant.grants.Decision;
import org.landgrant.grants.Denial;
import org.landgrant.grants.EffectiveGrant;
import org.landgrant.grants.Event;
import org.landgrant.grants.Event.Kind;
import org.landgrant.grants.Event.Who;
import org.landgrant.grants.Lifetime;
import org.landgrant.grants.Origin;
import org.landgrant.grants.Preferences;
import org.landgrant.grants.Resource;
import org.landgrant.grants.Ruling;
import org.landgrant.grants.UserFolder;
import org.landgrant.launch.LiveGrant;
import org.landgrant.launch.Refusal;
import org.landgrant.launch.SelfTest;
import org.landgrant.policy.Enforcement;
import org.landgrant.policy.Policy;
import org.landgrant.policy.PolicyLine;
import org.landgrant.policy.Right;
import org.landgrant.profiles.PreferenceFile;
import org.landgrant.prompts.LiveScopes;
import org.landgrant.prompts.UserPlaces;
import org.landgrant.prompts.Words;

/** A small desktop in memory and in a temporary home: apps, grants, sessions, denials. */
final class Sample {
    static final AppId FIREFOX = new AppId("firefox-esr.desktop");
    static final AppId CHROMIUM = new AppId("chromium.desktop");
    static final AppId GIMP = new AppId("gimp.desktop");
    static final AppId STEAM = new AppId("steam.desktop");

    final MapHistory history = new MapHistory();
    final MapGatekeeper gatekeeper = new MapGatekeeper(history::note);
    private static final Map<String, List<String>> CATEGORIES = Map.of(
            "firefox-esr", List.of("Network", "WebBrowser"),
            "chromium", List.of("Network", "WebBrowser"),
            "org.gnome.Evince", List.of("GNOME", "Office", "Viewer"),
            "org.kde.okular", List.of("Qt", "Graphics", "Office", "Viewer"),
            "thunderbird", List.of("Network", "Email"),
            "org.signal.Signal", List.of("Network", "InstantMessaging"));

    final MapSessions sessions = new MapSessions();
    final FreeRuns free =
            new FreeRuns(Path.of("/"), app -> history.note(Event.of(Kind.RUN_FREE, app, Instant.now(), Who.SETTINGS)));
    final MapQuestions live = new MapQuestions();
    final List<InstalledApp> apps = new ArrayList<>();
    final PreferenceFile preferences;
    final Path home;
    private final boolean japanese;
    /** The real one, where it was built. */
    Path launcher = Path.of("../launcher-native/target/native/landgrant")
            .toAbsolutePath()
            .normalize();

    Map<String, String> environment = System.getenv();
    Enforcement enforcement = new Enforcement(Enforcement.Level.FULL, List.of());
    List<PolicyLine> notGiven = List.of();

    Sample(Path home) throws IOException {
        this(home, Locale.ENGLISH);
    }

    /** @param desktop the language the desktop names folders and apps in: English or Japanese */
    Sample(Path home, Locale desktop) throws IOException {
        this.home = home;
        this.japanese = desktop.getLanguage().equals(Locale.JAPANESE.getLanguage());
        Path own = Files.createDirectories(home.resolve(".local/share/landgrant"));
        preferences = new PreferenceFile(own);
        preferences.put(Preferences.USUAL.withWelcomed());
        for (UserFolder folder : UserFolder.values()) {
            Files.createDirectories(folder(folder));
        }
        Files.createDirectories(home.resolve("projects/landgrant"));
        Files.writeString(home.resolve("song.mp3"), "la");
        add("firefox-esr", "Firefox ESR", either("Browse the World Wide Web", "Web を閲覧します"));
        add(
                "chromium",
                either("Chromium Web Browser", "Chromium ウェブブラウザ"),
                either("Access the Internet", "インターネットにアクセスします"));
        add("gimp", "GNU Image Manipulation Program", either("Create images and edit photographs", "画像の作成と写真の編集を行います"));
        add("libreoffice-writer", "LibreOffice Writer", either("Write letters, reports and books", "手紙、報告書、本を書きます"));
        add(
                "org.gnome.Evince",
                either("Document Viewer", "ドキュメントビューアー"),
                either("View multi-page documents", "複数ページのドキュメントを表示します"));
        add("thunderbird", "Thunderbird", either("Send and receive mail", "メールを送受信します"));
        add(
                "vlc",
                either("VLC media player", "VLC メディアプレイヤー"),
                either("Read, capture, broadcast your media", "メディアを再生します"));
        add("org.kde.okular", "Okular", either("Document viewer", "文書ビューア"));
        add("audacity", "Audacity", either("Record and edit audio files", "音声ファイルの録音と編集を行います"));
        add("steam", "Steam", "", Optional.of("It relies on helpers with special rights, which it would lose."));
        add(
                "org.signal.Signal",
                "Signal",
                either("Private messenger", "プライベートメッセンジャー"),
                Optional.of("It is a Flatpak, and Flatpak manages what it may reach."));
    }

    /** What the desktop calls it. */
    String either(String english, String inJapanese) {
        return japanese ? inJapanese : english;
    }

    void add(String id, String name, String description) {
        add(id, name, description, Optional.empty());
    }

    private void add(String id, String name, String description, Optional<String> notOurs) {
        apps.add(new InstalledApp(
                new AppId(id + ".desktop"),
                name,
                description,
                id,
                CATEGORIES.getOrDefault(id, List.of("Utility")),
                List.of("/usr/bin/" + id, "%U"),
                Path.of("/usr/share/applications/" + id + ".desktop"),
                true,
                notOurs));
    }

    Path folder(UserFolder folder) {
        return home.resolve(
                japanese
                        ? switch (folder) {
                            case DESKTOP -> "デスクトップ";
                            case DOWNLOAD -> "ダウンロード";
                            case TEMPLATES -> "テンプレート";
                            case PUBLICSHARE -> "公開";
                            case DOCUMENTS -> "ドキュメント";
                            case MUSIC -> "ミュージック";
                            case PICTURES -> "ピクチャ";
                            case VIDEOS -> "ビデオ";
                        }
                        : name(folder));
    }

    private static String name(UserFolder folder) {
        String word = folder.word();
        String name = word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
        return folder == UserFolder.DOWNLOAD ? "Downloads" : folder == UserFolder.PUBLICSHARE ? "Public" : name;
    }

    /** The path with the home folder for {@code ~} and the desktop's names for the English ones. */
    String at(String path) {
        for (UserFolder folder : UserFolder.values()) {
            String start = "~/" + name(folder);
            if (path.equals(start) || path.startsWith(start + "/")) {
                return folder(folder) + path.substring(start.length());
            }
        }
        return path.replace("~", home.toString());
    }

    InstalledApp app(AppId id) {
        return apps.stream().filter(app -> app.id().equals(id)).findFirst().orElseThrow();
    }

    Denial denial(AppId app, String path, Access access, int count, Duration ago) {
        Instant then = Instant.now().minus(ago);
        return new Denial(app, new Resource.Place(at(path)), access, "app", count, then, then);
    }

    Denial denial(AppId app, int port, Access access, Duration ago) {
        Instant then = Instant.now().minus(ago);
        return new Denial(app, new Resource.TcpPort(port), access, "app", 1, then, then);
    }

    /** The app begins to wait for an answer about that place; the number of its prompt. */
    long asks(AppId app, String path, Access access, Duration ago) {
        return asks(app, new Resource.Place(at(path)), access, ago);
    }

    long asks(AppId app, Resource resource, Access access, Duration ago) {
        LiveScopes scopes =
                new LiveScopes(UserPlaces.of(home, folders()), new Words(Locale.getDefault()), Places::look);
        return live.ask(app, app(app).name(), scopes, resource, access, ago);
    }

    /** What a session may be given while it runs. */
    static LiveGrant live(Path path, Right... rights) {
        return new LiveGrant(Refusal.Kind.FILE, Set.of(rights), path.toString());
    }

    /** A week of history, and that many lines more. */
    void happened(int more) {
        Instant now = Instant.now();
        for (int number = 0; number < more; number++) {
            Instant then = now.minus(Duration.ofSeconds(90L * number));
            history.note(Event.refused(new Denial(
                    number % 3 == 0 ? CHROMIUM : FIREFOX,
                    new Resource.Place(at("~/Documents/old/file " + number + ".txt")),
                    Access.READ,
                    "app",
                    1 + number % 4,
                    then,
                    then)));
        }
        for (int day = 6; day >= 0; day--) {
            Duration ago = Duration.ofHours(24L * day + 1);
            Instant then = now.minus(ago);
            history.note(Event.of(Kind.STARTED, FIREFOX, then.minusSeconds(900), Who.APP));
            for (int file = 0; file < (day * 5 + 3) % 8; file++) {
                history.note(Event.refused(
                        denial(FIREFOX, "~/Documents/2025/letter " + file + ".odt", Access.READ, file + 1, ago)));
            }
            history.note(Event.of(Kind.ENDED, FIREFOX, then.plusSeconds(1800), Who.APP));
        }
        Instant then = now.minusSeconds(4_000);
        Resource pictures = new Resource.Folder(UserFolder.PICTURES);
        Set<Access> both = Set.of(Access.READ, Access.WRITE);
        history.note(Event.refused(denial(FIREFOX, "~/Documents/taxes.pdf", Access.READ, 3, Duration.ofMinutes(12))));
        history.note(Event.refused(denial(FIREFOX, "~/Desktop/notes.txt", Access.WRITE, 1, Duration.ofMinutes(13))));
        history.note(Event.refused(denial(FIREFOX, "~/Pictures/a.jpg", Access.READ, 1, Duration.ofMinutes(14))));
        history.note(Event.refused(denial(FIREFOX, "/proc/1/stat", Access.READ, 41, Duration.ofMinutes(14))));
        history.note(Event.refused(denial(FIREFOX, 5222, Access.CONNECT, Duration.ofMinutes(15))));
        history.note(Event.refused(denial(
                FIREFOX, "~/Documents/\u202e\u05d0\u05d1\u05d2\nfdp.exe", Access.READ, 2, Duration.ofMinutes(16))));
        history.note(Event.of(Kind.CONFINED, CHROMIUM, then, Who.SETTINGS));
        history.note(Event.about(
                Kind.ASKED, FIREFOX, new Resource.Place(at("~/Music/song.mp3")), Set.of(Access.READ), then, Who.APP));
        history.note(Event.about(
                Kind.ALLOWED_ONCE,
                FIREFOX,
                new Resource.Folder(UserFolder.MUSIC),
                Set.of(Access.READ),
                then.plusSeconds(8),
                Who.PROMPT));
        history.note(Event.decided(
                GIMP,
                pictures,
                Optional.empty(),
                Optional.of(new Ruling(Decision.ALLOW, both, Lifetime.ALWAYS, Origin.USER)),
                then,
                Who.COMMAND_LINE));
    }

    private Map<UserFolder, Path> folders() {
        Map<UserFolder, Path> folders = new EnumMap<>(UserFolder.class);
        Stream.of(UserFolder.values()).forEach(folder -> folders.put(folder, folder(folder)));
        return folders;
    }

    /** What is open without limits. */
    final Set<AppId> outside = ConcurrentHashMap.newKeySet();

    /** Since when. */
    Instant opened = Instant.now().minus(Duration.ofMinutes(15));

    /** What terminals start confined. */
    final Set<AppId> typed = ConcurrentHashMap.newKeySet();

    private final class Outside implements OpenOutside {
        @Override
        public List<Instance> of(AppId app) {
            return outside.contains(app) ? List.of(new Instance(4711, opened, true)) : List.of();
        }

        @Override
        public void close(AppId app) {
            outside.remove(app);
        }
    }

    private final class Typed implements Terminals {
        @Override
        public State state(InstalledApp app) {
            return typed.contains(app.id()) ? State.COVERED : State.OPEN;
        }

        @Override
        public void cover(InstalledApp app) {
            typed.add(app.id());
        }

        @Override
        public void uncover(AppId app) {
            typed.remove(app);
        }
    }

    UiServices services(Executor background) {
        InstalledApps installed = new InstalledApps() {
            @Override
            public List<InstalledApp> all() {
                return apps;
            }

            @Override
            public void watch(Runnable listener) {}
        };
        return new UiServices(
                gatekeeper,
                sessions,
                free,
                live,
                history,
                installed,
                home,
                () -> UserPlaces.of(home, folders()),
                app -> new Policy(app.value(), lines(app), enforcement),
                new SelfTest(launcher, environment, Duration.ofSeconds(30)),
                new UiServices.About("1.0-test", home.resolve(".local/share/landgrant")),
                preferences,
                new Words(Words.locale(preferences.now().language())),
                new BusNotifier(Optional.empty()),
                Sample::icon,
                background,
                new Outside(),
                new Typed(),
                name -> environment.getOrDefault(name, ""));
    }

    /** The lines that the files of an app's grants come to, and those that were asked for. */
    private List<PolicyLine> lines(AppId app) {
        UserPlaces places = UserPlaces.of(home, folders());
        List<PolicyLine> lines = new ArrayList<>(notGiven);
        for (EffectiveGrant grant : gatekeeper.effective(app)) {
            places.pathOf(grant.resource()).ifPresent(path -> {
                boolean writes = grant.access().contains(Access.WRITE);
                Set<Right> rights = writes ? Set.of(Right.READ, Right.WRITE) : Set.of(Right.READ);
                lines.add(
                        grant.decision() == Decision.ALLOW
                                ? new PolicyLine.File(rights, "g1", path)
                                : new PolicyLine.Except(Set.of(Right.READ, Right.WRITE), "g1", path));
            });
        }
        return lines;
    }

    private static Optional<int[]> icon(InstalledApp app, int size) {
        for (int there : new int[] {256, 128, 64, 48}) {
            Path file = Path.of("/usr/share/icons/hicolor/" + there + "x" + there + "/apps/" + app.icon() + ".png");
            if (Files.exists(file)) {
                try {
                    BufferedImage read = ImageIO.read(file.toFile());
                    BufferedImage scaled = new BufferedImage(size, size, BufferedImage.TYPE_INT_ARGB);
                    var graphics = scaled.createGraphics();
                    graphics.setRenderingHint(
                            RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
                    graphics.drawImage(
                            read.getScaledInstance(size, size, java.awt.Image.SCALE_AREA_AVERAGING), 0, 0, null);
                    graphics.dispose();
                    return Optional.of(scaled.getRGB(0, 0, size, size, null, 0, size));
                } catch (IOException unreadable) {
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }
}
