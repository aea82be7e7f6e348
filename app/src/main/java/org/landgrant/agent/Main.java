package org.landgrant.agent;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.landgrant.desktop.AppScopes;
import org.landgrant.desktop.BaseDirectories;
import org.landgrant.desktop.BusNotifier;
import org.landgrant.desktop.FreeRuns;
import org.landgrant.desktop.InstalledApp;
import org.landgrant.desktop.Instances;
import org.landgrant.desktop.MenuEntries;
import org.landgrant.desktop.OpenOutside;
import org.landgrant.desktop.Opening;
import org.landgrant.desktop.PrivateSettings;
import org.landgrant.desktop.ScannedApps;
import org.landgrant.desktop.SessionBus;
import org.landgrant.desktop.Terminals;
import org.landgrant.desktop.UserFolders;
import org.landgrant.grants.Access;
import org.landgrant.grants.AppId;
import org.landgrant.grants.Event;
import org.landgrant.grants.RefusedException;
import org.landgrant.grants.Resource;
import org.landgrant.grants.UserFolder;
import org.landgrant.icons.AppIcons;
import org.landgrant.icons.IconRenderer;
import org.landgrant.icons.IconTheme;
import org.landgrant.kernel.KernelProbe;
import org.landgrant.launch.LaunchedSessions;
import org.landgrant.launch.OwnFolders;
import org.landgrant.launch.SelfTest;
import org.landgrant.policy.Home;
import org.landgrant.policy.NamedPlaces;
import org.landgrant.profiles.H2GrantBook;
import org.landgrant.profiles.PreferenceFile;
import org.landgrant.profiles.Templates;
import org.landgrant.prompts.UserPlaces;
import org.landgrant.prompts.Words;
import org.landgrant.ui.UiServices;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code landgrant-agent [--show [ID]]}: takes what this machine and this user have, and closes the circle. */
public final class Main {
    private static final Logger LOG = LoggerFactory.getLogger(Main.class);

    /** Far more than a check takes on a slow computer. */
    private static final Duration CHECK_LIMIT = Duration.ofSeconds(20);

    private final Map<String, String> environment;
    private final OwnFolders folders;
    private final Path launcher;
    private final BaseDirectories directories;
    private final UserFolders userFolders;
    private final ScannedApps apps;
    private final PolicyMaker policies;
    private final SelfTest selfTest;
    private final PreferenceFile preferences;
    private final Words words;
    private final ExecutorService background = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("window-", 0).factory());

    private Main(Map<String, String> environment, OwnFolders folders, Path launcher) {
        this.environment = environment;
        this.folders = folders;
        this.launcher = launcher;
        directories = BaseDirectories.from(environment, Path.of(environment.getOrDefault("HOME", "/")));
        userFolders = new UserFolders(directories);
        apps = new ScannedApps(directories, environment, launcher);
        preferences = new PreferenceFile(folders.data());
        words = new Words(Words.locale(preferences.now().language()));
        selfTest = new SelfTest(launcher, environment, CHECK_LIMIT);
        policies = new PolicyMaker(apps, Templates.shipped(), KernelProbe.ask().facts(), this::home);
    }

    /** Runs the agent until it is asked to end; exits with {@link Startup}'s status. */
    public static void main(String[] words) {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.putIfAbsent("HOME", System.getProperty("user.home"));
        Path launcher = Path.of(System.getProperty("landgrant.launcher", "landgrant"))
                .toAbsolutePath()
                .normalize();
        Startup startup = new Startup(
                environment, System.err, version(), folders -> new Main(environment, folders, launcher).start());
        System.exit(startup.run(List.of(words)));
    }

    private Agent start() {
        MenuEntries entries = new MenuEntries(directories, environment, launcher);
        PrivateSettings settings = new PrivateSettings(directories);
        Agent agent = Agent.start(
                new Agent.Parts(
                        version(),
                        folders,
                        directories.home(),
                        launcher,
                        H2GrantBook.open(folders.data()),
                        policies::template,
                        policies,
                        apps,
                        Opening.of(directories, environment, apps),
                        this::places,
                        menu(entries, settings),
                        this::guarded,
                        selfTest,
                        words,
                        () -> preferences.now().keeping().time(),
                        new Instances(directories, environment, Path.of("/tmp")),
                        entries.terminal(),
                        new AppScopes(SessionBus.of(environment, directories)),
                        settings),
                (keeper, sessions, live, history, outside) ->
                        windows(keeper, sessions, live, history, outside, entries.terminal()));
        try {
            apps.startWatching(background);
        } catch (RefusedException notWatched) {
            LOG.warn("Installed and removed apps are noticed at the next start only: {}", notWatched.getMessage());
        }
        return agent;
    }

    private Menu menu(MenuEntries entries, PrivateSettings settings) {
        return new Menu() {
            @Override
            public void confine(AppId app) {
                settings.prepare(app, policies.template(app));
                entries.confine(apps.find(app)
                        .orElseThrow(() -> new RefusedException("There is no app " + app + " installed.")));
            }

            @Override
            public void release(AppId app) {
                entries.release(app);
                settings.giveBack(app, policies.template(app));
            }

            @Override
            public Set<AppId> confined() {
                return entries.confined();
            }

            @Override
            public Map<AppId, String> sync(Collection<AppId> confined) {
                return entries.sync(confined);
            }
        };
    }

    private Windows windows(
            GrantKeeper keeper,
            LaunchedSessions sessions,
            LiveDesk live,
            Chronicle history,
            OpenOutside outside,
            Terminals terminals) {
        AppIcons icons = new AppIcons(
                new IconTheme(
                        directories.home(), directories.configHome(), directories.dataHome(), directories.dataDirs()),
                new IconRenderer());
        apps.watch(icons::forget);
        FreeRuns free = new FreeRuns(
                directories.home(),
                app -> history.note(Event.of(Event.Kind.RUN_FREE, app, Instant.now(), Event.Who.SETTINGS)));
        return DesktopWindows.of(
                environment,
                sessions,
                live,
                () -> new UiServices(
                        keeper,
                        sessions,
                        free,
                        live,
                        history,
                        apps,
                        directories.home(),
                        this::places,
                        app -> policies.compiled(
                                app,
                                keeper.template(app),
                                keeper.effective(app),
                                keeper.settings(app).partialAccepted()),
                        selfTest,
                        new UiServices.About(version(), folders.data()),
                        preferences,
                        words,
                        new BusNotifier(SessionBus.of(environment, directories).address()),
                        (InstalledApp app, Integer size) ->
                                Optional.of(icons.picture(app.icon(), size, 1).argb()),
                        background,
                        outside,
                        terminals,
                        name -> environment.getOrDefault(name, "")));
    }

    private Map<UserFolder, Path> folderPaths() {
        Map<UserFolder, Path> paths = new EnumMap<>(UserFolder.class);
        userFolders.paths().forEach((folder, path) -> paths.put(folder, Path.of(path)));
        return paths;
    }

    /** Launchers name places as they really lie. */
    private UserPlaces places() {
        return new RealFolders(folders.policies()).places(directories.home(), folderPaths());
    }

    private Home home() {
        return new Home(
                directories.home().toString(),
                directories.configHome().toString(),
                directories.dataHome().toString(),
                directories.cacheHome().toString(),
                directories.stateHome().toString(),
                directories.runtimeDir().orElse(folders.runtime()).toString(),
                OwnFolders.userId(),
                userFolders.paths(),
                Set.copyOf(places().folders().values()));
    }

    /** By its own words, and by where it really lies. */
    private Optional<String> guarded(Resource resource, Set<Access> access) {
        Home home = home();
        return NamedPlaces.reason(resource, access, home)
                .or(() -> places().pathOf(resource)
                        .flatMap(Main::real)
                        .flatMap(real -> NamedPlaces.reason(new Resource.Place(real), access, home)));
    }

    private static Optional<String> real(String path) {
        try {
            return Optional.of(Path.of(path).toRealPath().toString());
        } catch (IOException | InvalidPathException notThere) {
            return Optional.empty();
        }
    }

    /** The same as the command line says. */
    private static String version() {
        return Optional.ofNullable(Main.class.getPackage().getImplementationVersion())
                .map(version -> version.replaceFirst("-SNAPSHOT$", ""))
                .orElse("unpackaged");
    }
}
