package org.landgrant.agent;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.landgrant.grants.Access;
import org.landgrant.grants.AppId;
import org.landgrant.grants.AppSettings;
import org.landgrant.grants.BookException;
import org.landgrant.grants.Decision;
import org.landgrant.grants.Denial;
import org.landgrant.grants.EffectiveGrant;
import org.landgrant.grants.Event;
import org.landgrant.grants.Event.Who;
import org.landgrant.grants.Gatekeeper;
import org.landgrant.grants.Grant;
import org.landgrant.grants.GrantBook;
import org.landgrant.grants.Habit;
import org.landgrant.grants.Origin;
import org.landgrant.grants.RefusedException;
import org.landgrant.grants.Resource;
import org.landgrant.grants.Ruling;
import org.landgrant.grants.Span;
import org.landgrant.grants.Template;
import org.landgrant.grants.Unanswered;
import org.landgrant.launch.PolicySource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes every decision: a change is first in the book, then in the app's written policy, and only then
 * acknowledged, told to witnesses and to those who watch.
 */
public final class GrantKeeper implements Gatekeeper, PolicySource {
    private static final Logger LOG = LoggerFactory.getLogger(GrantKeeper.class);

    private final GrantBook book;
    private final PolicyFiles files;
    private final PolicyWriter writer;
    private final Menu menu;
    private final Clock clock;
    private final String login;
    private final Inbox inbox;
    private final List<Consumer<AppId>> watchers = new CopyOnWriteArrayList<>();
    private final List<Consumer<Event>> witnesses = new CopyOnWriteArrayList<>();
    /** Changes of one app wait for each other; a few apps share a lock. */
    private final List<Object> locks = Stream.generate(Object::new).limit(64).toList();

    /** @param login the name of this log-in */
    GrantKeeper(
            GrantBook book,
            PolicyFiles files,
            Function<AppId, Template> templates,
            Compiler compiler,
            Menu menu,
            Clock clock,
            String login) {
        this.book = book;
        this.files = files;
        this.writer = new PolicyWriter(book, files, templates, compiler, clock, login);
        this.menu = menu;
        this.clock = clock;
        this.login = login;
        this.inbox = new Inbox(book, clock);
    }

    @Override
    public AppSettings settings(AppId app) {
        return book.settings(app);
    }

    /** What was chosen about every app somebody chose something about. */
    public List<AppSettings> settings() {
        return book.settings();
    }

    /** The apps about which something was decided. */
    public Set<AppId> decided() {
        Set<AppId> apps = new TreeSet<>();
        book.grants().forEach(grant -> apps.add(grant.app()));
        return apps;
    }

    @Override
    public Template template(AppId app) {
        return writer.template(app);
    }

    @Override
    public List<EffectiveGrant> effective(AppId app) {
        return writer.effective(app);
    }

    /** The text of the app's policy of this moment; nothing is written. */
    public String policy(AppId app) {
        return writer.policy(app);
    }

    /** Takes out what has ended meanwhile. What running sessions hold of it is taken back as by any change. */
    void endWhatEnded() {
        for (Grant grant : book.grants()) {
            if (!writer.holds(grant)) {
                synchronized (lock(grant.app())) {
                    if (grant(grant.app(), grant.resource())
                            .filter(now -> !writer.holds(now))
                            .isPresent()) {
                        book.remove(grant.app(), grant.resource());
                        writer.settle(grant.app());
                    }
                }
                changed(grant.app());
            }
        }
    }

    /** The same for a launch; the written policy says afterwards what of it lasts, or is gone. */
    @Override
    public String policyFor(AppId app) {
        synchronized (lock(app)) {
            writer.settle(app);
            return policy(app);
        }
    }

    /** Calls {@code witness} with every change, in their order for each app; it neither waits nor fails. */
    void witness(Consumer<Event> witness) {
        witnesses.add(witness);
    }

    /** The same keeper in the hands of somebody else than the settings window. */
    Gatekeeper by(Who who) {
        return new KeeperInHand(this, who);
    }

    @Override
    public void confine(AppId app) {
        confine(app, Who.SETTINGS);
    }

    void confine(AppId app, Who who) {
        synchronized (lock(app)) {
            AppSettings before = book.settings(app);
            writer.settleOrRefuse(app);
            book.put(new AppSettings(app, true, before.partialAccepted()));
            try {
                menu.confine(app);
            } catch (RuntimeException failure) {
                book.put(before);
                throw failure;
            }
            tellOfApp(!before.confined(), Event.Kind.CONFINED, app, who);
        }
        changed(app);
    }

    @Override
    public void release(AppId app) {
        release(app, Who.SETTINGS);
    }

    void release(AppId app, Who who) {
        synchronized (lock(app)) {
            AppSettings before = book.settings(app);
            menu.release(app);
            try {
                book.put(new AppSettings(app, false, before.partialAccepted()));
            } catch (BookException failure) {
                if (before.confined()) {
                    menu.confine(app);
                }
                throw failure;
            }
            tellOfApp(before.confined(), Event.Kind.RELEASED, app, who);
        }
        changed(app);
    }

    @Override
    public void acceptPartial(AppId app, boolean accepted) {
        acceptPartial(app, accepted, Who.SETTINGS);
    }

    void acceptPartial(AppId app, boolean accepted, Who who) {
        synchronized (lock(app)) {
            AppSettings before = book.settings(app);
            writer.change(
                    app,
                    () -> {
                        book.put(new AppSettings(app, before.confined(), accepted));
                        return before;
                    },
                    () -> book.put(before));
            Event.Kind kind = accepted ? Event.Kind.PARTIAL_ACCEPTED : Event.Kind.PARTIAL_REFUSED;
            tellOfApp(before.partialAccepted() != accepted, kind, app, who);
        }
        changed(app);
    }

    @Override
    public Grant decide(AppId app, Resource resource, Set<Access> access, Decision decision, Origin origin, Span span) {
        return decide(app, resource, access, decision, origin, span, Who.SETTINGS);
    }

    /** @param who when the origin is no prompt */
    Grant decide(
            AppId app, Resource resource, Set<Access> access, Decision decision, Origin origin, Span span, Who who) {
        Grant decided;
        synchronized (lock(app)) {
            Optional<Grant> before = grant(app, resource);
            int asked = before.map(Grant::timesAsked).orElse(0) + (origin == Origin.PROMPT ? 1 : 0);
            inbox.answered(app, resource);
            Grant wanted = new Grant(
                    0,
                    app,
                    resource,
                    access,
                    decision,
                    span.from(clock.instant(), login),
                    origin,
                    clock.instant(),
                    Optional.empty(),
                    asked);
            decided = writer.change(app, () -> book.put(wanted), () -> {
                before.ifPresentOrElse(book::put, () -> book.remove(app, resource));
            });
            tell(app, resource, before, Optional.of(decided), origin == Origin.PROMPT ? Who.PROMPT : who);
        }
        changed(app);
        return decided;
    }

    @Override
    public void putBack(Event change) {
        putBack(change, Who.SETTINGS);
    }

    void putBack(Event change, Who who) {
        AppId app = change.app();
        if (change.kind() == Event.Kind.CONFINED && book.settings(app).confined()) {
            release(app, who);
        } else if (change.kind() == Event.Kind.RELEASED && !book.settings(app).confined()) {
            confine(app, who);
        } else {
            Resource resource =
                    change.resource().filter(about -> change.decides()).orElseThrow(GrantKeeper::otherwise);
            synchronized (lock(app)) {
                Optional<Grant> current = grant(app, resource);
                if (!current.map(Ruling::of).equals(change.after())) {
                    throw otherwise();
                }
                Optional<Grant> wanted = change.before().map(before -> before(before, app, resource, current));
                replace(app, resource, current, wanted, who);
            }
            changed(app);
        }
    }

    private Grant before(Ruling before, AppId app, Resource resource, Optional<Grant> current) {
        return new Grant(
                0,
                app,
                resource,
                before.access(),
                before.decision(),
                before.lifetime(),
                before.origin(),
                clock.instant(),
                Optional.empty(),
                current.map(Grant::timesAsked).orElse(0));
    }

    /** What was decided before takes the place of what holds now; of nothing, when nothing was. */
    private void replace(AppId app, Resource resource, Optional<Grant> now, Optional<Grant> before, Who who) {
        Supplier<Object> put = () -> before.<Object>map(book::put).orElseGet(() -> book.remove(app, resource));
        writer.change(app, put, () -> now.ifPresentOrElse(book::put, () -> book.remove(app, resource)));
        tell(app, resource, now, before, who);
    }

    private static RefusedException otherwise() {
        return new RefusedException("It was decided otherwise since then, so that stays.");
    }

    @Override
    public Optional<Grant> decided(AppId app, Resource resource) {
        return grant(app, resource).filter(writer::holds);
    }

    @Override
    public boolean undo(Grant made, Optional<Grant> before) {
        AppId app = made.app();
        synchronized (lock(app)) {
            if (!grant(app, made.resource()).equals(Optional.of(made))) {
                return false;
            }
            replace(app, made.resource(), Optional.of(made), before, Who.PROMPT);
        }
        changed(app);
        return true;
    }

    @Override
    public Habit habit(AppId app) {
        return book.habit(app);
    }

    @Override
    public void keep(Habit habit) {
        book.put(habit);
    }

    @Override
    public List<Unanswered> unanswered() {
        return book.unanswered();
    }

    @Override
    public void remember(AppId app, Resource resource, Set<Access> access, boolean closed) {
        inbox.remember(app, resource, access, closed);
        changed(app);
    }

    @Override
    public void putAside(AppId app, Resource resource) {
        inbox.putAside(app, resource);
        changed(app);
    }

    @Override
    public void reset(AppId app, Resource resource) {
        reset(app, resource, Who.SETTINGS);
    }

    void reset(AppId app, Resource resource, Who who) {
        synchronized (lock(app)) {
            Optional<Grant> before = grant(app, resource);
            writer.change(app, () -> book.remove(app, resource), () -> before.ifPresent(book::put));
            tell(app, resource, before, Optional.empty(), who);
        }
        changed(app);
    }

    @Override
    public List<Denial> denials(AppId app, int most) {
        return book.denials(app, most);
    }

    @Override
    public void forgetDenials(AppId app) {
        book.forgetDenials(app);
        changed(app);
    }

    @Override
    public Watch watch(Consumer<AppId> listener) {
        watchers.add(listener);
        return () -> watchers.remove(listener);
    }

    /**
     * Brings everything written in line with the book, as after an agent was killed or an app updated.
     *
     * @return one sentence for each app for which that failed
     */
    List<String> bringInLine() throws IOException {
        if (book.settings().isEmpty()) {
            // A new book beside confined apps: the former one was lost, and nobody chose to set them free.
            menu.confined().forEach(app -> book.put(new AppSettings(app, true, false)));
        }
        endWhatEnded();
        Set<AppId> confined = new TreeSet<>();
        book.settings().stream().filter(AppSettings::confined).forEach(chosen -> confined.add(chosen.app()));
        Set<AppId> all = new TreeSet<>(confined);
        all.addAll(files.apps());
        List<String> failures = new ArrayList<>();
        for (AppId app : all) {
            synchronized (lock(app)) {
                try {
                    Optional<RuntimeException> refused = writer.settle(app);
                    if (confined.contains(app)) {
                        refused.ifPresent(reason -> failures.add(app + " does not start: " + reason.getMessage()));
                    }
                } catch (RefusedException failure) {
                    failures.add(failure.getMessage());
                }
            }
        }
        menu.sync(confined).forEach((app, reason) -> failures.add(app + ": " + reason));
        return failures;
    }

    private Optional<Grant> grant(AppId app, Resource resource) {
        return book.grants(app).stream()
                .filter(grant -> grant.resource().equals(resource))
                .findFirst();
    }

    private void tell(AppId app, Resource resource, Optional<Grant> before, Optional<Grant> after, Who who) {
        Optional<Ruling> was = before.map(Ruling::of);
        Optional<Ruling> is = after.map(Ruling::of);
        if (!was.equals(is) || who == Who.PROMPT) {
            Event event = Event.decided(app, resource, was, is, clock.instant(), who);
            witnesses.forEach(witness -> witness.accept(event));
        }
    }

    private void tellOfApp(boolean changed, Event.Kind kind, AppId app, Who who) {
        if (changed) {
            Event event = Event.of(kind, app, clock.instant(), who);
            witnesses.forEach(witness -> witness.accept(event));
        }
    }

    private Object lock(AppId app) {
        return locks.get(Math.floorMod(app.hashCode(), locks.size()));
    }

    private void changed(AppId app) {
        for (Consumer<AppId> watcher : watchers) {
            try {
                watcher.accept(app);
            } catch (RuntimeException failure) {
                LOG.error("Somebody who watches grants failed; the change itself is kept", failure);
            }
        }
    }
}
