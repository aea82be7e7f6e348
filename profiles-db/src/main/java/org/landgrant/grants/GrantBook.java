package org.landgrant.grants;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The port behind which grants are kept. When a changing method returns, the change survives a
 * power cut; when it throws, nothing was changed. Safe for use by many threads.
 *
 * <p>Every method throws {@link BookException} when the book cannot be read or written.
 */
public interface GrantBook extends AutoCloseable {

    /** The app's grants, ordered by {@link Grant#id()}. */
    List<Grant> grants(AppId app);

    /** All grants, ordered by app and {@link Grant#id()}. */
    List<Grant> grants();

    /**
     * Writes a grant in the place of any other for the same app and resource.
     *
     * @param grant its own number is ignored
     * @return the grant as written; a replaced grant keeps its number
     */
    Grant put(Grant grant);

    /** Takes the grant for that resource out; whether there was one. */
    boolean remove(AppId app, Resource resource);

    /** The app's settings, {@link AppSettings#untouched} when it has none. */
    AppSettings settings(AppId app);

    /** The settings of every app that has some, ordered by app. */
    List<AppSettings> settings();

    /** Writes settings in the place of the app's former ones. */
    void put(AppSettings settings);

    /** What was last chosen for the app, {@link Habit#unknown} when nothing was. */
    Habit habit(AppId app);

    /** Writes it in the place of the former one. */
    void put(Habit habit);

    /** What nobody answered, ordered by app and by when it first was. */
    List<Unanswered> unanswered();

    /** Writes it in the place of any other for the same app and resource. */
    void put(Unanswered unanswered);

    /** Takes it out; whether there was something. */
    boolean answered(AppId app, Resource resource);

    /** Adds denials to those gathered before, key by key. */
    void record(List<Denial> denials);

    /** The app's denials, newest first, at most {@code most}. */
    List<Denial> denials(AppId app, int most);

    /** Forgets all denials of the app. */
    void forgetDenials(AppId app);

    /**
     * Adds events to the history, in their order. Refusals of the same thing, and questions about it, within an
     * hour become one event; of one app's different refusals in an hour, only the first are told apart. The start of
     * a session that was noted before is passed over. The newest events stay.
     *
     * <p>Unlike everything else, what was noted last may be lost by a power cut.
     */
    void note(List<Event> events);

    /**
     * The history, newest first, at most {@code most}.
     *
     * @param than the event they are older than; empty begins with the newest
     */
    List<Event> events(Optional<Event> than, int most);

    /** When each app was opened last, for those where the history still tells. */
    Map<AppId, Instant> opened();

    /** Forgets what happened last before then. */
    void forgetEvents(Instant then);

    /** Forgets the whole history, and what is left of it in the file. */
    void forgetEvents();

    @Override
    void close();
}
