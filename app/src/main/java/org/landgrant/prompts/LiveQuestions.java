package org.landgrant.prompts;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.landgrant.grants.Access;
import org.landgrant.grants.AppId;
import org.landgrant.grants.Gatekeeper.Watch;
import org.landgrant.grants.Resource;

/**
 * What apps wait for an answer to. An app has one open prompt at a time; what does not belong to it queues
 * behind. Nothing here ever answers by itself. Safe for many threads; methods may block, so they are never
 * called on the toolkit's thread.
 */
public interface LiveQuestions {

    /** The open prompts, at most one per app, oldest first. */
    List<LivePrompt> open();

    /** The open prompts and those that queue behind them, oldest first. */
    List<LivePrompt> all();

    /**
     * Answers every question of the prompt's app that the answer's scope covers. When this returns, what
     * was allowed for good is durable, and the waiting calls have been let go.
     *
     * @param id that of a prompt of {@link #all}
     * @return takes the answer back, also from running sessions, which are asked about it again then
     * @throws org.landgrant.grants.RefusedException when that prompt is gone, since nobody waits any more,
     *     or the scope is not one of its
     * @throws org.landgrant.grants.BookException when the answer cannot be kept; the prompt stays
     */
    Undo answer(long id, LiveAnswer answer);

    /**
     * Takes back what the app's running sessions were given until they end; what is decided for longer
     * stays. When they want it again, they are asked about again. What they have open stays open.
     *
     * @param access all of it that is to go
     */
    void takeBack(AppId app, Resource resource, Set<Access> access);

    /**
     * Calls {@code listener} with the app whenever its open prompt appeared, changed or closed, on any
     * thread; what is true then is in {@link #open}.
     *
     * @return closes to end the calls
     */
    Watch watch(Consumer<AppId> listener);
}
