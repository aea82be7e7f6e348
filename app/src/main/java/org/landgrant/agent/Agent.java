package org.landgrant.agent;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.landgrant.cli.Commands;
import org.landgrant.denials.DenialGatherer;
import org.landgrant.desktop.AppScopes;
import org.landgrant.desktop.InstalledApp;
import org.landgrant.desktop.InstalledApps;
import org.landgrant.desktop.Instances;
import org.landgrant.desktop.OpenOutside;
import org.landgrant.desktop.Opening;
import org.landgrant.desktop.PrivateSettings;
import org.landgrant.desktop.Terminals;
import org.landgrant.grants.AppId;
import org.landgrant.grants.BookException;
import org.landgrant.grants.Decision;
import org.landgrant.grants.Event.Who;
import org.landgrant.grants.GrantBook;
import org.landgrant.grants.RefusedException;
import org.landgrant.grants.Resource;
import org.landgrant.grants.Service;
import org.landgrant.grants.Template;
import org.landgrant.launch.AgentSocket;
import org.landgrant.launch.LaunchedSessions;
import org.landgrant.launch.LauncherProgram;
import org.landgrant.launch.OwnFolders;
import org.landgrant.launch.Reasons;
import org.landgrant.launch.Secret;
import org.landgrant.launch.SelfTest;
import org.landgrant.prompts.UserPlaces;
import org.landgrant.prompts.Words;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The circle: grants become policies, policies are put on programs at launch, what those still ask
 * for comes back as denials, denials become prompts, answers are grants. Each arrow is one line below.
 */
public final class Agent implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Agent.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** Minutes between looks for grants that have ended. */
    private static final long LOOK = 1;

    private static final Duration FAREWELL = Duration.ofSeconds(5);

    /**
     * What the circle is made of.
     *
     * @param folders made already
     * @param home the user's home folder
     * @param launcher path of the native launcher
     * @param book closed by the agent
     * @param opening how links and files of confined apps are opened by others
     * @param places where the person's things lie, asked for at every question; may block on the disk
     * @param guarded what is not given to an app without a second thought
     * @param kept how long the history stays, asked for now and then
     * @param instances finds what runs of an app
     * @param terminals how terminals start apps
     * @param scopes gives sessions units of their own
     * @param settings makes folders of settings ready before a launch
     */
    public record Parts(
            String version,
            OwnFolders folders,
            Path home,
            Path launcher,
            GrantBook book,
            Function<AppId, Template> templates,
            Compiler compiler,
            InstalledApps apps,
            Opening opening,
            Supplier<UserPlaces> places,
            Menu menu,
            Commands.Guarded guarded,
            SelfTest selfTest,
            Words words,
            Supplier<Duration> kept,
            Instances instances,
            Terminals terminals,
            AppScopes scopes,
            PrivateSettings settings) {}

    /** Makes the windows, which know everything else. */
    @FunctionalInterface
    public interface Faces {
        Windows of(
                GrantKeeper keeper, LaunchedSessions sessions, LiveDesk live, Chronicle history, OpenOutside outside);
    }

    private final Parts parts;
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("launch-", 0).factory());
    private final ExecutorService store = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("store").daemon().factory());
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("agent-clock").daemon().factory());
    private final DenialGatherer denials = new DenialGatherer(clock, store);
    private final GrantKeeper keeper;
    private final LaunchedSessions sessions;
    private final LiveDesk live;
    private final Chronicle history;
    private final KernelEar kernel;
    private final Windows windows;
    private final Commands commands;
    private final AgentSocket socket;
    private final List<String> leftOver;

    private Agent(Parts parts, Faces faces) throws IOException {
        this.parts = parts;
        keeper = new GrantKeeper(
                parts.book(),
                PolicyFiles.in(parts.folders().policies()),
                parts.templates(),
                parts.compiler(),
                parts.menu(),
                Clock.systemUTC(),
                LogIn.name(parts.folders()));
        leftOver = keeper.bringInLine();
        var _ = clock.scheduleWithFixedDelay(() -> store.execute(this::endWhatEnded), LOOK, LOOK, TimeUnit.MINUTES);
        parts.apps().watch(() -> store.execute(this::appsChanged));
        history = new Chronicle(parts.book(), store, clock, InstantSource.system(), parts.kept());
        keeper.witness(history::note);
        denials.watch(parts.book()::record);
        denials.watch(history::refused);
        sessions = new LaunchedSessions(new LauncherProgram(parts.launcher()), this::policyFor, denials, parts.home());
        LiveDesk.Sources sources = new LiveDesk.Sources(
                keeper, sessions, this::nameOf, parts.places(), parts.words(), InstantSource.system());
        live = new LiveDesk(sources);
        live.witness(history::note);
        LinkDesk links = new LinkDesk(new LinkDesk.Sources(
                parts.opening(),
                parts.apps(),
                sessions,
                app -> keeper.settings(app).confined(),
                this::opensLinks,
                InstantSource.system()));
        links.witness(history::note);
        sessions.handOnBy(links);
        sessions.watch(app -> history.sessionsChanged(app, sessions::running));
        kernel = KernelEar.beside(parts.launcher(), history::note, clock, threads);
        kernel.watch(sessions);
        OutsideSessions outside = new OutsideSessions(
                parts.apps(),
                parts.instances(),
                sessions::running,
                app -> keeper.settings(app).confined(),
                InstantSource.system());
        windows = faces.of(keeper, sessions, live, history, outside);
        Scopes.watch(sessions, parts.scopes(), threads);
        sessions.admitBy(new Threshold(outside, this::nameOf, windows::ask, clock, threads));
        commands = new Commands(new Commands.Ports(
                keeper.by(Who.COMMAND_LINE),
                keeper::settings,
                parts.apps(),
                sessions,
                live,
                history,
                history::follow,
                parts.places(),
                keeper::policy,
                app -> LiveDesk.ground(app, sources),
                parts.guarded(),
                keeper::decided,
                parts.menu()::confined,
                windows::showSettings,
                parts.selfTest(),
                parts.words(),
                outside,
                parts.terminals(),
                Clock.system(ZoneId.systemDefault())));
        socket = AgentSocket.open(
                parts.folders().socket(),
                new AgentSocket.Manners(Secret.in(parts.folders().secret()), parts.version(), PATIENCE),
                new AgentSocket.Hosts(sessions::guest, connection -> new CommandDesk(commands, connection, threads)),
                threads,
                clock);
    }

    /**
     * Closes the circle and begins to serve.
     *
     * @throws RefusedException when that is not possible, {@link org.landgrant.grants.BookException}
     *     when the book cannot be read
     */
    public static Agent start(Parts parts, Faces faces) {
        try {
            return new Agent(parts, faces);
        } catch (IOException failure) {
            throw new RefusedException(
                    "Written permissions in " + parts.folders().policies() + " cannot be used: " + Reasons.of(failure),
                    failure);
        }
    }

    private void endWhatEnded() {
        try {
            keeper.endWhatEnded();
        } catch (BookException | RefusedException failure) {
            LOG.warn("What has ended could not be taken out: {}", failure.getMessage());
        }
    }

    /** An updated app may have another command line, and its package wrote the menu entry anew. */
    private void appsChanged() {
        try {
            keeper.bringInLine().forEach(LOG::warn);
        } catch (IOException failure) {
            LOG.warn("Apps changed, but their policies could not be written: {}", Reasons.of(failure));
        }
    }

    private String policyFor(AppId app) {
        parts.settings().prepare(app, keeper.template(app));
        return keeper.policyFor(app);
    }

    private boolean opensLinks(AppId app) {
        return keeper.effective(app).stream()
                .anyMatch(grant -> grant.decision() == Decision.ALLOW
                        && grant.resource().equals(new Resource.OfService(Service.LINKS)));
    }

    private String nameOf(AppId app) {
        return parts.apps().find(app).map(InstalledApp::name).orElse(app.value());
    }

    /** One sentence for each app that could not be brought in line with the book at the start. */
    public List<String> leftOver() {
        return leftOver;
    }

    /** Shows the settings window; see {@link Windows#showSettings}. */
    public void showSettings(Optional<AppId> app) {
        windows.showSettings(app);
    }

    /** Serves nobody any more, writes down what was gathered, closes the book. Launchers go on by themselves. */
    @Override
    public void close() {
        history.leave();
        commands.close();
        socket.close();
        windows.close();
        kernel.leave();
        threads.shutdown();
        await(threads);
        denials.close();
        kernel.close();
        clock.shutdownNow();
        store.shutdown();
        await(store);
        history.close();
        parts.book().close();
    }

    private static void await(ExecutorService executor) {
        try {
            if (!executor.awaitTermination(FAREWELL.toSeconds(), TimeUnit.SECONDS)) {
                executor.shutdownNow();
            }
        } catch (InterruptedException stopped) {
            executor.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
