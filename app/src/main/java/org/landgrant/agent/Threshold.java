package org.landgrant.agent;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.landgrant.desktop.HandOff;
import org.landgrant.desktop.Instance;
import org.landgrant.grants.AppId;
import org.landgrant.launch.Doorkeeper;

/**
 * Holds a launch up while the app is open without limits and would take over what is launched. A person closes it, here
 * or in its own window, and the launch goes on; or does not want to, and nothing is started.
 */
final class Threshold implements Doorkeeper {
    private static final Duration LOOK = Duration.ofMillis(300);

    /** Launches of one app that wait: confined apps may have files opened in it, one by one. */
    private static final int MOST_WAITING = 16;

    private final OutsideSessions outside;
    private final Function<AppId, String> names;
    private final Predicate<HandOff> shown;
    private final ScheduledExecutorService clock;
    private final Executor threads;
    private final Map<AppId, Held> held = new HashMap<>();

    /**
     * @param names what people call an app
     * @param shown shows the question in a window; false when there is no display
     * @param threads where looking may block
     */
    Threshold(
            OutsideSessions outside,
            Function<AppId, String> names,
            Predicate<HandOff> shown,
            ScheduledExecutorService clock,
            Executor threads) {
        this.outside = outside;
        this.names = names;
        this.shown = shown;
        this.clock = clock;
        this.threads = threads;
    }

    @Override
    public Admission admit(AppId app) {
        List<Instance> open = outside.takingOver(app);
        if (open.isEmpty()) {
            return Admission.FREE;
        }
        String sentence = "“" + names.apply(app) + "” is open without limits (process "
                + open.stream().map(instance -> String.valueOf(instance.pid())).collect(Collectors.joining(", "))
                + "), and what you open now would open there.";
        Held launches;
        CompletableFuture<Optional<String>> answer;
        synchronized (held) {
            Held before = held.get(app);
            launches = before != null ? before : new Held(app);
            if (launches.waits() >= MOST_WAITING) {
                return Admission.refused(sentence + " Too much waits for that already.");
            }
            answer = launches.join();
            held.put(app, launches);
            if (before != null) {
                return new Admission(waitFor(app, sentence), answer);
            }
        }
        launches.look();
        if (!shown.test(launches)) {
            launches.finish(Optional.of(sentence + " Close it first: landgrant close " + app));
        }
        return new Admission(waitFor(app, sentence), answer);
    }

    private static String waitFor(AppId app, String sentence) {
        return sentence + " Waiting until it is closed; \"landgrant close " + app + "\" closes it.";
    }

    /** All launches of one app that wait. */
    private final class Held implements HandOff {
        private final AppId app;
        private final List<CompletableFuture<Optional<String>>> waiting = new ArrayList<>();
        private final CompletableFuture<Void> over = new CompletableFuture<>();
        private final ScheduledFuture<?> looks;

        Held(AppId app) {
            this.app = app;
            this.looks = clock.scheduleWithFixedDelay(
                    () -> threads.execute(this::look), LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
        }

        int waits() {
            waiting.removeIf(CompletableFuture::isDone);
            return waiting.size();
        }

        CompletableFuture<Optional<String>> join() {
            CompletableFuture<Optional<String>> one = new CompletableFuture<>();
            waiting.add(one);
            return one;
        }

        @Override
        public AppId app() {
            return app;
        }

        @Override
        public void close() {
            threads.execute(() -> OutsideSessions.end(outside.takingOver(app)));
        }

        @Override
        public void refuse() {
            finish(Optional.of("“" + names.apply(app) + "” stays open without limits, so nothing was started."));
        }

        @Override
        public CompletableFuture<Void> over() {
            return over;
        }

        private void look() {
            boolean left;
            synchronized (held) {
                left = waiting.stream().allMatch(CompletableFuture::isDone);
            }
            if (left || outside.takingOver(app).isEmpty()) {
                finish(Optional.empty());
            }
        }

        private void finish(Optional<String> why) {
            List<CompletableFuture<Optional<String>>> all;
            synchronized (held) {
                held.remove(app, this);
                all = List.copyOf(waiting);
            }
            looks.cancel(false);
            all.forEach(one -> one.complete(why));
            over.complete(null);
        }
    }
}
