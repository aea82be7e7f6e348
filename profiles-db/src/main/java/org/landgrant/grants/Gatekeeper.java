package org.landgrant.grants;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Every change a person can make about an app. Windows, prompts and the command line all go through
 * it. When a changing method returns, the change is durable and the app's written policy says the
 * same; methods may block on the disk, so they are never called on the toolkit's thread.
 *
 * <p>Failures are {@link BookException} or {@link RefusedException}, each with one sentence for
 * people.
 */
public interface Gatekeeper {

    /** What the user chose about the app as a whole. */
    AppSettings settings(AppId app);

    /** The app's starting grants. */
    Template template(AppId app);

    /** What holds for the app now. */
    List<EffectiveGrant> effective(AppId app);

    /** From now on the app's menu entries start it confined. */
    void confine(AppId app);

    /** The app's menu entries are as they were before {@link #confine}. */
    void release(AppId app);

    /** Lets the app start although this kernel cannot enforce everything, or takes that back. */
    void acceptPartial(AppId app, boolean accepted);

    /** Decides about a resource for always, replacing what was decided before. */
    default Grant decide(AppId app, Resource resource, Set<Access> access, Decision decision, Origin origin) {
        return decide(app, resource, access, decision, origin, Span.ALWAYS);
    }

    /** The same for as long as that. */
    Grant decide(AppId app, Resource resource, Set<Access> access, Decision decision, Origin origin, Span span);

    /** What somebody decided about exactly this, and holds now. */
    Optional<Grant> decided(AppId app, Resource resource);

    /**
     * Puts back what was before a decision.
     *
     * @param made the decision, as {@link #decide} returned it
     * @return false when something else was decided meanwhile, which then stays
     */
    boolean undo(Grant made, Optional<Grant> before);

    /** What somebody chose last beside <em>Allow</em> for the app. */
    Habit habit(AppId app);

    /** Remembers it. */
    void keep(Habit habit);

    /** What apps asked for and nobody answered, as far as it is remembered; ordered by app. */
    List<Unanswered> unanswered();

    /**
     * Remembers that nobody answered; it waits for an answer from now on.
     *
     * @param closed whether somebody closed the prompt, rather than that nobody saw it in time
     */
    void remember(AppId app, Resource resource, Set<Access> access, boolean closed);

    /** It does not wait for an answer any more, though nobody gave one. */
    void putAside(AppId app, Resource resource);

    /** Back to what the template says about a resource. */
    void reset(AppId app, Resource resource);

    /**
     * Puts back what was before a change: of a decision about a resource, of confining or releasing.
     *
     * @param change from the history
     * @throws RefusedException when what it made is not what holds now, which then stays
     */
    void putBack(Event change);

    /** The app's denials, newest first, at most {@code most}. */
    List<Denial> denials(AppId app, int most);

    /** Forgets all denials of the app. */
    void forgetDenials(AppId app);

    /**
     * Calls {@code listener} after every change of an app, on any thread.
     *
     * @return closes to end the calls
     */
    Watch watch(Consumer<AppId> listener);

    /** Ends a {@link #watch}. */
    @FunctionalInterface
    interface Watch extends AutoCloseable {
        @Override
        void close();
    }
}
