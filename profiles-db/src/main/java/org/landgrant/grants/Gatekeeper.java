package org.landgrant.grants;

import java.util.List;
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

    /** Decides about a resource, replacing what was decided before. */
    Grant decide(AppId app, Resource resource, Set<Access> access, Decision decision, Origin origin);

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
