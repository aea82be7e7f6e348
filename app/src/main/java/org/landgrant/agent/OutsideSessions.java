package org.landgrant.agent;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.landgrant.desktop.InstalledApp;
import org.landgrant.desktop.InstalledApps;
import org.landgrant.desktop.Instance;
import org.landgrant.desktop.Instances;
import org.landgrant.desktop.OpenOutside;
import org.landgrant.grants.AppId;
import org.landgrant.grants.RefusedException;
import org.landgrant.launch.Session;

/**
 * Tells what runs of an app within our sessions from what runs without limits. A process is within a session when the
 * launcher that speaks for the session with this agent is above it: a launcher stays above everything its app starts,
 * orphans too, and nothing gets under it from outside. Names and command lines decide nothing.
 */
final class OutsideSessions implements OpenOutside {
    /** After this long all launchers have found a new agent: they look every second. */
    private static final Duration SETTLED = Duration.ofSeconds(3);

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration CLOCKS = Duration.ofSeconds(2);
    private static final int DEEPEST = 64;

    private final InstalledApps apps;
    private final Instances instances;
    private final Supplier<List<Session>> running;
    private final Predicate<AppId> confined;
    private final InstantSource clock;
    private final Instant settled;

    /**
     * @param running the sessions of this moment
     * @param confined whether somebody chose to confine that app
     */
    OutsideSessions(
            InstalledApps apps,
            Instances instances,
            Supplier<List<Session>> running,
            Predicate<AppId> confined,
            InstantSource clock) {
        this.apps = apps;
        this.instances = instances;
        this.running = running;
        this.confined = confined;
        this.clock = clock;
        this.settled = clock.instant().plus(SETTLED);
    }

    @Override
    public List<Instance> of(AppId app) {
        return confined.test(app)
                ? apps.find(app)
                        .map(known -> outside(() -> instances.of(known)))
                        .orElse(List.of())
                : List.of();
    }

    /** What would take over a launch of this moment. */
    List<Instance> takingOver(AppId app) {
        Optional<InstalledApp> known = apps.find(app);
        return known.map(one -> outside(() -> instances.takingOver(one))).orElse(List.of());
    }

    @Override
    public void close(AppId app) {
        List<Instance> open = of(app);
        end(open);
        CompletableFuture<?>[] ends = open.stream()
                .flatMap(instance -> process(instance).stream())
                .map(ProcessHandle::onExit)
                .toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(ends).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException still) {
            throw new RefusedException(
                    app + " is still open without limits; it may be asking you to save something.", still);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException impossible) {
            throw new IllegalStateException("a process cannot fail to have ended", impossible);
        }
    }

    /** Asks these to end; returns at once. */
    static void end(List<Instance> open) {
        // The handle knows when its process began, and signals no later one of that number.
        open.forEach(instance -> process(instance).ifPresent(ProcessHandle::destroy));
    }

    private static Optional<ProcessHandle> process(Instance instance) {
        return ProcessHandle.of(instance.pid())
                .filter(process -> process.info().startInstant().equals(Optional.of(instance.started())));
    }

    private List<Instance> outside(Supplier<List<Instance>> look) {
        List<Instance> found = withoutOurs(look.get());
        if (!found.isEmpty() && clock.instant().isBefore(settled)) {
            sleepUntilSettled();
            found = withoutOurs(look.get());
        }
        return found;
    }

    private void sleepUntilSettled() {
        try {
            TimeUnit.MILLISECONDS.sleep(
                    Math.max(0, Duration.between(clock.instant(), settled).toMillis()));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private List<Instance> withoutOurs(List<Instance> found) {
        if (found.isEmpty()) {
            return found;
        }
        Map<Long, Session> launchers =
                running.get().stream().collect(Collectors.toMap(Session::pid, session -> session, (one, other) -> one));
        return found.stream()
                .filter(instance -> !isBelow(instance.pid(), launchers))
                .toList();
    }

    private static boolean isBelow(long pid, Map<Long, Session> launchers) {
        Optional<ProcessHandle> at = ProcessHandle.of(pid);
        for (int depth = 0; depth < DEEPEST && at.isPresent(); depth++) {
            Session session = launchers.get(at.get().pid());
            if (session != null && isLauncher(at.get(), session)) {
                return true;
            }
            at = at.get().parent();
        }
        return false;
    }

    /** A launcher began before its session did; a later process of its number did not. */
    private static boolean isLauncher(ProcessHandle process, Session session) {
        return process.info()
                .startInstant()
                .filter(began -> began.isBefore(session.started().plus(CLOCKS)))
                .isPresent();
    }
}
