package org.landgrant.agent;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.landgrant.grants.Access;
import org.landgrant.grants.AppId;
import org.landgrant.grants.BookException;
import org.landgrant.grants.Denial;
import org.landgrant.grants.Event;
import org.landgrant.grants.Event.Who;
import org.landgrant.grants.Gatekeeper;
import org.landgrant.grants.Gatekeeper.Watch;
import org.landgrant.grants.Grant;
import org.landgrant.grants.Habit;
import org.landgrant.grants.Origin;
import org.landgrant.grants.RefusedException;
import org.landgrant.grants.Resource;
import org.landgrant.grants.Span;
import org.landgrant.grants.Width;
import org.landgrant.launch.LaunchedSessions;
import org.landgrant.launch.Question;
import org.landgrant.launch.Session;
import org.landgrant.prompts.CardAnswers;
import org.landgrant.prompts.LiveAnswer;
import org.landgrant.prompts.LiveAnswer.Choice;
import org.landgrant.prompts.LiveChanges;
import org.landgrant.prompts.LiveGround;
import org.landgrant.prompts.LiveMemory;
import org.landgrant.prompts.LivePrompt;
import org.landgrant.prompts.LiveQuestion;
import org.landgrant.prompts.LiveQuestions;
import org.landgrant.prompts.LiveQueue;
import org.landgrant.prompts.Row;
import org.landgrant.prompts.Scope;
import org.landgrant.prompts.Standing;
import org.landgrant.prompts.Undo;
import org.landgrant.prompts.UserPlaces;
import org.landgrant.prompts.Words;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where questions of launchers become prompts, and answers become grants: first kept, then given to the
 * running sessions, and only then are the waiting calls let go. What cannot be judged is refused.
 */
public final class LiveDesk implements LiveQuestions, LaunchedSessions.Answerer {
    private static final Logger LOG = LoggerFactory.getLogger(LiveDesk.class);

    /**
     * What the desk asks others for.
     *
     * @param names what people call an app
     * @param places where the person's things lie; may block on the disk
     */
    public record Sources(
            Gatekeeper gatekeeper,
            LaunchedSessions sessions,
            Function<AppId, String> names,
            Supplier<UserPlaces> places,
            Words words,
            InstantSource clock) {}

    /** A question that is being answered. */
    private record Taken(LiveQueue.Waiting waiting, Question call) {}

    private final Sources sources;
    private final LaunchedSessions sessions;
    private final LiveWire wire;
    private final List<Consumer<AppId>> watchers = new CopyOnWriteArrayList<>();
    private final List<Consumer<Event>> witnesses = new CopyOnWriteArrayList<>();

    private final Object gate = new Object();
    private final LiveQueue queue = new LiveQueue();
    private final LiveMemory memory = new LiveMemory();
    private final Map<Question, LiveQuestion> open = new HashMap<>();
    private final Map<Long, Question> calls = new HashMap<>();
    private final Map<AppId, Known> known = new HashMap<>();
    private long lastId;

    /** By what the questions of the app's next start would be judged; may block on the disk. */
    public static LiveGround ground(AppId app, Sources sources) {
        return Known.now(app, false, sources).ground();
    }

    /** From now on the sessions' questions are answered here. */
    LiveDesk(Sources sources) {
        this.sources = sources;
        this.sessions = sources.sessions();
        this.wire = new LiveWire(sessions);
        sources.gatekeeper().watch(this::grantsChanged);
        sessions.watch(this::sessionsChanged);
        sessions.answerBy(this);
    }

    @Override
    public List<LivePrompt> open() {
        synchronized (gate) {
            return queue.open();
        }
    }

    @Override
    public List<LivePrompt> all() {
        synchronized (gate) {
            return queue.all();
        }
    }

    @Override
    public Watch watch(Consumer<AppId> listener) {
        watchers.add(listener);
        return () -> watchers.remove(listener);
    }

    /** Calls {@code witness} with every prompt, and with answers that decide nothing; it neither waits nor fails. */
    void witness(Consumer<Event> witness) {
        witnesses.add(witness);
    }

    /** Whether a person was asked about this while the app waited, so that no card asks again. */
    public boolean answered(Denial denial) {
        synchronized (gate) {
            Known about = known.get(denial.app());
            return about != null && memory.answered(about.ground().places(), denial);
        }
    }

    @Override
    public void asked(Question call) {
        AppId app = call.session().app();
        try {
            Optional<Denial> wish = call.refused(sources.clock().instant());
            if (wish.isEmpty()) {
                sessions.answer(call, false);
                return;
            }
            synchronized (gate) {
                LiveQuestion question = new LiveQuestion(
                        ++lastId,
                        call.session().id(),
                        app,
                        wish.get().resource(),
                        wish.get().access(),
                        call.program(),
                        wish.get().last());
                LiveGround ground = known(app).ground();
                if (settled(call, question, ground)) {
                    return;
                }
                if (!queue.add(ground.waiting(question, sources.names().apply(app)))) {
                    sessions.answer(call, false);
                    return;
                }
                open.put(call, question);
                calls.put(question.id(), call);
                if (queue.all().stream().anyMatch(prompt -> prompt.id() == question.id())) {
                    note(Event.Kind.ASKED, app, question.resource(), Set.of(question.access()), Who.APP);
                }
            }
        } catch (RuntimeException failure) {
            sessions.answer(call, false);
            LOG.error("A question could not be judged and was answered with no", failure);
        }
        tell(app);
    }

    @Override
    public void withdrawn(List<Question> gone) {
        Set<AppId> apps = new LinkedHashSet<>();
        List<LivePrompt> before;
        List<LivePrompt> left;
        synchronized (gate) {
            before = queue.all();
            for (Question call : gone) {
                LiveQuestion question = open.remove(call);
                if (question != null) {
                    calls.remove(question.id());
                    queue.remove(question);
                    apps.add(question.app());
                }
            }
            left = queue.all();
        }
        before.stream()
                .filter(prompt ->
                        left.stream().noneMatch(other -> other.preselected().equals(prompt.preselected())))
                .filter(prompt ->
                        apps.contains(prompt.app()) && prompt.sensitive().isEmpty())
                .forEach(prompt -> remember(prompt.app(), prompt.preselected(), false));
        apps.forEach(this::tell);
    }

    /** Nobody answered. That it cannot be remembered keeps no app waiting. */
    private void remember(AppId app, Scope scope, boolean closed) {
        try {
            sources.gatekeeper().remember(app, scope.resource(), scope.access(), closed);
        } catch (BookException failure) {
            LOG.warn("What nobody answered could not be remembered: {}", failure.getMessage());
        }
    }

    @Override
    public Undo answer(long id, LiveAnswer answer) {
        List<Taken> taken;
        LivePrompt prompt;
        synchronized (gate) {
            prompt = queue.all().stream()
                    .filter(one -> one.id() == id)
                    .findFirst()
                    .orElseThrow(() -> new RefusedException("Nobody waits for that answer any more."));
            if (!prompt.scopes().contains(answer.scope())) {
                throw new RefusedException("That is not what was asked.");
            }
            taken = take(prompt.app(), answer.scope());
        }
        AppId app = prompt.app();
        Optional<Grant> before;
        Optional<Grant> kept;
        try {
            before = sources.gatekeeper().decided(app, answer.scope().resource());
            learn(prompt, answer);
            kept = keep(app, answer);
            if (kept.isEmpty()) {
                Event.Kind kind = answer.choice() == Choice.ONCE ? Event.Kind.ALLOWED_ONCE : Event.Kind.NOT_NOW;
                note(kind, app, answer.scope().resource(), answer.scope().access(), Who.PROMPT);
            }
        } catch (RuntimeException failure) {
            putBack(taken);
            tell(app);
            throw failure;
        }
        synchronized (gate) {
            carryOut(app, answer, taken);
        }
        tell(app);
        return () -> undo(app, answer, kept, before, taken);
    }

    private void undo(
            AppId app, LiveAnswer answer, Optional<Grant> kept, Optional<Grant> before, List<Taken> answered) {
        Scope scope = answer.scope();
        if (kept.isPresent() && !sources.gatekeeper().undo(kept.get(), before)) {
            throw new RefusedException(sources.words().say("undo.changed"));
        }
        if (answer.choice() == Choice.ONCE) {
            takeBack(app, scope.resource(), scope.access());
        }
        if (answer.choice() == Choice.DENY) {
            synchronized (gate) {
                Set<Session> running = Set.copyOf(sessions.running(app));
                for (Taken one : answered) {
                    Session session = one.call().session();
                    LiveQuestion question = one.waiting().question();
                    if (running.stream().anyMatch(other -> other.id() == session.id())) {
                        memory.forget(app, session.id(), scope);
                        wire.askAgain(session, known(app).ground(), question.resource(), question.access());
                    }
                }
            }
        }
        tell(app);
    }

    @Override
    public void takeBack(AppId app, Resource resource, Set<Access> access) {
        synchronized (gate) {
            List<Session> running = sessions.running(app);
            if (!running.isEmpty()) {
                Known about = known(app);
                memory.takenBack(app, about.ground().places(), resource, access);
                LiveChanges taken = new LiveChanges(List.of(new LiveChanges.Part(resource, access)), List.of());
                running.forEach(session -> wire.change(session, about.ground(), taken, about.effective()));
                note(Event.Kind.TAKEN_BACK, app, resource, access, Who.SETTINGS);
            }
        }
        tell(app);
    }

    private List<Taken> take(AppId app, Scope scope) {
        List<Taken> taken = new ArrayList<>();
        for (LiveQueue.Waiting waiting : queue.take(app, scope)) {
            Question call = calls.remove(waiting.question().id());
            if (call != null) {
                open.remove(call);
                taken.add(new Taken(waiting, call));
            }
        }
        return taken;
    }

    private void putBack(List<Taken> taken) {
        synchronized (gate) {
            for (Taken one : taken) {
                if (sessions.isOpen(one.call()) && queue.add(one.waiting())) {
                    open.put(one.call(), one.waiting().question());
                    calls.put(one.waiting().question().id(), one.call());
                }
            }
        }
    }

    private void note(Event.Kind kind, AppId app, Resource resource, Set<Access> access, Who who) {
        Event event = Event.about(kind, app, resource, access, sources.clock().instant(), who);
        witnesses.forEach(witness -> witness.accept(event));
    }

    /** What follows for the book of grants; durable when this returns. */
    private Optional<Grant> keep(AppId app, LiveAnswer answer) {
        Scope scope = answer.scope();
        if (answer.choice() == Choice.LATER && !scope.isSensitive()) {
            remember(app, scope, true);
        }
        if (answer.choice() != Choice.ALLOW && answer.choice() != Choice.DENY) {
            return Optional.empty();
        }
        Row row = new Row(scope.resource(), scope.access(), "", List.of(), false);
        Standing standing =
                new Standing(sources.places().get(), sources.gatekeeper().effective(app));
        CardAnswers.Button button =
                answer.choice() == Choice.ALLOW ? CardAnswers.Button.ALLOW_NEXT_TIME : CardAnswers.Button.DONT_ALLOW;
        Span span = answer.choice() == Choice.ALLOW ? answer.span() : Span.ALWAYS;
        return CardAnswers.of(button, List.of(row), Set.of(scope.resource()), standing).stream()
                .map(kept -> sources.gatekeeper()
                        .decide(app, kept.resource(), kept.access(), kept.decision(), Origin.PROMPT, span))
                .findFirst();
    }

    /** What the next prompt of the app begins with. Only what was chosen beside an “Allow” is a habit. */
    private void learn(LivePrompt prompt, LiveAnswer answer) {
        boolean allow = answer.choice() == Choice.ALLOW;
        if (prompt.sensitive().isEmpty() && (allow || answer.choice() == Choice.ONCE)) {
            Habit before = sources.gatekeeper().habit(prompt.app());
            Width width = prompt.scopes().size() > 1 ? prompt.width(answer.scope()) : before.width();
            Habit now = new Habit(prompt.app(), width, allow ? answer.span() : before.span());
            if (!now.equals(before)) {
                sources.gatekeeper().keep(now);
            }
        }
    }

    /** What follows for the running sessions and the waiting calls. */
    private void carryOut(AppId app, LiveAnswer answer, List<Taken> taken) {
        Scope scope = answer.scope();
        boolean allow = answer.choice() == Choice.ALLOW || answer.choice() == Choice.ONCE;
        LiveGround ground = known(app).ground();
        Set<Session> asking =
                taken.stream().map(one -> one.call().session()).collect(Collectors.toCollection(LinkedHashSet::new));
        for (Session session : asking) {
            if (answer.choice() == Choice.ONCE) {
                memory.once(app, session.id(), scope);
            }
            if (allow) {
                wire.give(session, ground, scope.resource(), scope.access());
            } else {
                memory.refused(app, session.id(), scope);
            }
        }
        for (Taken one : taken) {
            if (allow) {
                release(one.call(), one.waiting().question(), ground);
            } else {
                sessions.answer(one.call(), false);
            }
        }
    }

    /** Whether the question needs nobody; then it is answered. */
    private boolean settled(Question call, LiveQuestion question, LiveGround ground) {
        switch (ground.judge(question, memory)) {
            case ALLOW -> release(call, question, ground);
            case DENY -> sessions.answer(call, false);
            case ASK -> {
                return false;
            }
        }
        return true;
    }

    private void release(Question call, LiveQuestion question, LiveGround ground) {
        wire.giveExactly(call.session(), ground, question.resource(), question.access());
        sessions.answer(call, true);
    }

    private void grantsChanged(AppId app) {
        synchronized (gate) {
            Known before = known.get(app);
            if (before == null) {
                return;
            }
            Known now = Known.now(app, before.display(), sources);
            known.put(app, now);
            LiveChanges changes = LiveChanges.between(before.effective(), now.effective());
            for (Session session : sessions.running(app)) {
                wire.change(session, now.ground(), changes, now.effective());
            }
            for (LiveQuestion question : queue.of(app)) {
                Question call = calls.get(question.id());
                if (call == null || settled(call, question, now.ground())) {
                    queue.remove(question);
                    calls.remove(question.id());
                    open.remove(call);
                }
            }
        }
        tell(app);
    }

    private void sessionsChanged(AppId app) {
        synchronized (gate) {
            memory.keep(sessions.running().stream().map(Session::id).collect(Collectors.toSet()));
            if (sessions.running(app).isEmpty()) {
                known.remove(app);
            } else {
                LiveGround ground = known(app).ground();
                sessions.running(app).forEach(session -> wire.check(session, ground));
            }
        }
    }

    private Known known(AppId app) {
        Known about = known.get(app);
        if (about == null) {
            about = Known.now(app, false, sources);
            known.put(app, about);
        }
        return about;
    }

    private void tell(AppId app) {
        for (Consumer<AppId> watcher : watchers) {
            try {
                watcher.accept(app);
            } catch (RuntimeException failure) {
                LOG.error("Somebody who watches questions failed", failure);
            }
        }
    }
}
