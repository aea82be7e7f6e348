package org.landgrant.launch;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.landgrant.denials.DenialGatherer;
import org.landgrant.grants.AppId;
import org.landgrant.grants.BookException;
import org.landgrant.grants.Denial;
import org.landgrant.grants.RefusedException;
import org.landgrant.launch.Message.End;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sessions whose launchers speak with this agent. A session runs from its <i>started</i> to its
 * <i>exited</i>; one whose connection is lost counts as ended until its launcher comes back.
 */
public final class LaunchedSessions implements Sessions {
    /** How many lost sessions are recognised when their launchers come back. */
    private static final int MOST_LOST = 64;

    /** How long a second start waits for the first to have its files. */
    private static final Duration TAKING = Duration.ofSeconds(2);

    private static final Logger LOG = LoggerFactory.getLogger(LaunchedSessions.class);

    private final LauncherProgram launcher;
    private final PolicySource policies;
    private final DenialGatherer denials;
    private final Path home;
    private final List<Consumer<AppId>> watchers = new CopyOnWriteArrayList<>();
    private volatile Answerer answerer = new Nobody();
    private volatile Doorkeeper doorkeeper = app -> Doorkeeper.Admission.FREE;
    private volatile HandsOn handsOn =
            (session, what) -> new Message.HandedOn(what.number(), Message.HandedOn.Outcome.REFUSED, "nobody opens it");

    private final Object gate = new Object();
    private final Map<Life, Visit> attached = new HashMap<>();
    private final Map<Life, Session> lost = new LinkedHashMap<>();
    private long lastId;

    /** Who answers questions; called on the thread of the launcher concerned, in the order of what it says. */
    public interface Answerer {
        /** Calls wait until {@link LaunchedSessions#answer} was called for this. */
        void asked(Question question);

        /** Nobody waits for these any more: their calls, their session or the connection ended. */
        void withdrawn(List<Question> questions);
    }

    /** What makes a launcher the same one after it connected again. */
    private record Life(long pid, Instant started) {}

    /**
     * @param home where {@link #launch} starts apps
     * @param denials gathers what sessions report; its owner also watches and closes it
     */
    public LaunchedSessions(LauncherProgram launcher, PolicySource policies, DenialGatherer denials, Path home) {
        this.launcher = launcher;
        this.policies = policies;
        this.denials = denials;
        this.home = home;
    }

    /** Serves one launcher; for {@link AgentSocket.Hosts}. */
    public Connection.Guest guest(Connection connection) {
        return new Visit(connection);
    }

    @Override
    public List<Session> running() {
        synchronized (gate) {
            return attached.values().stream()
                    .flatMap(visit -> visit.session().stream())
                    .sorted(Comparator.comparingLong(Session::id))
                    .toList();
        }
    }

    @Override
    public void launch(AppId app, List<String> arguments) {
        start(app, arguments, home);
    }

    @Override
    public void reopen(Session session) {
        Optional<Visit> visit = visit(session);
        if (visit.isPresent()) {
            visit.get().connection.send(new End(End.Way.REOPEN));
        } else {
            start(session.app(), session.arguments(), session.workingFolder());
        }
    }

    @Override
    public void kill(Session session) {
        visit(session).ifPresent(visit -> visit.connection.send(new End(End.Way.KILL)));
    }

    @Override
    public void watch(Consumer<AppId> listener) {
        watchers.add(listener);
    }

    @Override
    public void watchDenials(Consumer<List<Denial>> listener) {
        denials.watch(listener);
    }

    /** From now on that one answers the questions; before, all are answered with no. */
    public void answerBy(Answerer one) {
        answerer = one;
    }

    /** From now on that one may hold launches up. */
    public void admitBy(Doorkeeper one) {
        doorkeeper = one;
    }

    /** From now on that one opens what sessions hand on; called on the thread of the launcher concerned. */
    public void handOnBy(HandsOn one) {
        handsOn = one;
    }

    /**
     * Starts a launcher for an app that opens a file of another app's session.
     *
     * @param handed what the launcher is to find at the path; see {@code gesture.h}
     */
    public void hand(AppId app, String path, String handed) {
        Process process = launcher.launch(app, List.of(path), home, Map.of(LauncherProgram.HANDED, handed));
        var _ = process.onExit().thenRun(() -> changed(app));
    }

    /** Gives running sessions of the app what a second start of it brings; how many have it now. */
    private int take(AppId app, List<LiveGrant> files) {
        List<Visit> visits;
        synchronized (gate) {
            visits = attached.values().stream()
                    .filter(visit -> visit.session()
                            .filter(session -> session.app().equals(app))
                            .isPresent())
                    .toList();
        }
        List<CompletableFuture<Void>> marks = visits.stream()
                .map(visit -> {
                    files.forEach(visit.live::grant);
                    return visit.live.mark();
                })
                .toList();
        try {
            CompletableFuture.allOf(marks.toArray(CompletableFuture<?>[]::new))
                    .get(TAKING.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException slow) {
            LOG.debug("A launcher did not say in time that it has what was brought", slow);
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
        if (!visits.isEmpty()) {
            changed(app);
        }
        return visits.size();
    }

    /** Lets the calls of a question go, or refuses them; does nothing when nobody waits any more. */
    public void answer(Question question, boolean allow) {
        visit(question.session()).ifPresent(visit -> visit.live.answer(question, allow));
    }

    /** Whether the question waits for its answer. */
    public boolean isOpen(Question question) {
        return visit(question.session())
                .filter(visit -> visit.live.isOpen(question))
                .isPresent();
    }

    /**
     * Gives a running session more, until it ends.
     *
     * @return whether it has that now; there are at most {@link LiveGrant#MOST}
     */
    public boolean grant(Session session, LiveGrant grant) {
        return visit(session).filter(visit -> visit.live.grant(grant)).isPresent();
    }

    /** Takes live grants at or below the path back, as far as these rights go; what is open stays open. */
    public void revoke(Session session, LiveGrant grant) {
        visit(session).ifPresent(visit -> visit.live.revoke(grant));
    }

    @Override
    public List<LiveGrant> liveGrants(Session session) {
        return visit(session).map(visit -> visit.live.granted()).orElse(List.of());
    }

    /** The process beside the session's own that belongs to it, 0 when there is none. */
    public long helper(Session session) {
        return visit(session).map(visit -> visit.helper).orElse(0L);
    }

    /** A launcher that ends without ever reporting a session could not begin one: the watchers look again. */
    private void start(AppId app, List<String> arguments, Path folder) {
        Process process = launcher.launch(app, arguments, folder);
        var _ = process.onExit().thenRun(() -> changed(app));
    }

    private Optional<Visit> visit(Session session) {
        synchronized (gate) {
            return attached.values().stream()
                    .filter(visit -> visit.session()
                            .filter(held -> held.id() == session.id())
                            .isPresent())
                    .findFirst();
        }
    }

    private void changed(AppId app) {
        for (Consumer<AppId> watcher : watchers) {
            try {
                watcher.accept(app);
            } catch (RuntimeException failure) {
                LOG.error("Somebody who watches sessions failed", failure);
            }
        }
    }

    /** One launcher's connection and the session it may have. */
    private final class Visit implements Connection.Guest {
        private final Connection connection;
        private final LiveTalk live;
        private @Nullable AppId asked;
        private @Nullable Session held;
        private volatile long helper;
        private Doorkeeper.Admission admission = Doorkeeper.Admission.FREE;

        Visit(Connection connection) {
            this.connection = connection;
            this.live = new LiveTalk(connection);
        }

        @Override
        public void received(Message message) throws MalformedFrameException {
            switch (message) {
                case Message.Launch(AppId app) -> answer(app);
                case Message.Started started -> begin(started);
                case Message.Denied denied -> gather(denied);
                case Message.Ask question -> ask(question);
                case Message.Withdrawn(List<Long> numbers) -> withdraw(live.withdraw(numbers));
                case Message.Holds(List<LiveGrant> grants) -> holds(grants);
                case Message.Helper(long pid) -> help(pid);
                case Message.Brings(List<LiveGrant> files) -> bring(files);
                case Message.Marked(long number) -> live.marked(number);
                case Message.HandOn what -> connection.send(handsOn.open(here(), what));
                case Message.Exited exited -> end();
                default -> throw new MalformedFrameException("a launcher does not say that");
            }
        }

        @Override
        public void gone() {
            admission.answer().cancel(false);
            denials.flush();
            live.gone();
            detach(true);
        }

        Optional<Session> session() {
            synchronized (gate) {
                return Optional.ofNullable(held);
            }
        }

        private void answer(AppId app) throws MalformedFrameException {
            if (session().isPresent() || !admission.answer().isDone()) {
                throw new MalformedFrameException("a launcher has one session at a time");
            }
            asked = app;
            admission = admit(app);
            if (!admission.answer().isDone()) {
                connection.send(new Message.Waiting(admission.sentence()));
            }
            var _ = admission.answer().whenComplete((why, cancelled) -> {
                if (why != null) {
                    why.ifPresentOrElse(sentence -> refuse(app, sentence), () -> givePolicy(app));
                }
            });
        }

        private Doorkeeper.Admission admit(AppId app) {
            try {
                return doorkeeper.admit(app);
            } catch (RuntimeException bug) {
                // Confined it is in any case; only what else is open was not found out.
                LOG.error("Who may hold a launch up failed", bug);
                return Doorkeeper.Admission.FREE;
            }
        }

        private void givePolicy(AppId app) {
            try {
                connection.send(new Message.Policy(policies.policyFor(app)));
            } catch (RefusedException | BookException refused) {
                refuse(app, String.valueOf(refused.getMessage()));
            }
        }

        private void refuse(AppId app, String sentence) {
            connection.send(new Message.Refused(sentence));
            connection.finish();
            changed(app);
        }

        private void begin(Message.Started started) throws MalformedFrameException {
            Life life = new Life(started.pid(), started.started());
            Optional<Visit> former;
            synchronized (gate) {
                if (held != null) {
                    throw new MalformedFrameException("a launcher has one session at a time");
                }
                former = Optional.ofNullable(attached.get(life));
                Session known = former.flatMap(Visit::session).orElse(lost.remove(life));
                former.ifPresent(visit -> visit.held = null);
                held = known != null && known.app().equals(started.app())
                        ? known
                        : new Session(
                                ++lastId,
                                started.app(),
                                started.pid(),
                                started.started(),
                                started.workingFolder(),
                                started.arguments());
                attached.put(life, this);
            }
            former.ifPresent(visit -> {
                visit.connection.close();
                withdraw(visit.live.withdrawAll());
            });
            changed(started.app());
        }

        private void gather(Message.Denied denied) throws MalformedFrameException {
            AppId app = here().app();
            denied.refusals().forEach(refusal -> refusal.of(app).ifPresent(denials::add));
        }

        private void ask(Message.Ask ask) throws MalformedFrameException {
            Question question =
                    new Question(here(), ask.number(), ask.kind(), ask.access(), ask.target(), ask.program());
            if (live.asked(question)) {
                answerer.asked(question);
            }
        }

        private void withdraw(List<Question> questions) {
            if (!questions.isEmpty()) {
                answerer.withdrawn(questions);
            }
        }

        private void holds(List<LiveGrant> grants) throws MalformedFrameException {
            live.holds(grants);
            changed(here().app());
        }

        private void help(long pid) throws MalformedFrameException {
            Session session = here();
            helper = pid;
            changed(session.app());
        }

        private void bring(List<LiveGrant> files) throws MalformedFrameException {
            AppId app = asked;
            if (app == null || session().isPresent()) {
                throw new MalformedFrameException("a launch brings its files before the app is started");
            }
            connection.send(new Message.Taken(take(app, files)));
        }

        private Session here() throws MalformedFrameException {
            return session().orElseThrow(() -> new MalformedFrameException("only a session says that"));
        }

        /** What it was refused last is known to everybody before its end is. */
        private void end() throws MalformedFrameException {
            here();
            denials.flush();
            detach(false);
        }

        private void detach(boolean mayComeBack) {
            Session ended;
            synchronized (gate) {
                ended = held;
                if (ended == null) {
                    return;
                }
                held = null;
                Life life = new Life(ended.pid(), ended.started());
                attached.remove(life, this);
                if (mayComeBack) {
                    lost.put(life, ended);
                    if (lost.size() > MOST_LOST) {
                        lost.remove(lost.keySet().iterator().next());
                    }
                }
            }
            withdraw(live.withdrawAll());
            live.holds(List.of());
            changed(ended.app());
        }
    }

    /** Nobody is there to ask. */
    private final class Nobody implements Answerer {
        @Override
        public void asked(Question question) {
            answer(question, false);
        }

        @Override
        public void withdrawn(List<Question> questions) {}
    }
}
