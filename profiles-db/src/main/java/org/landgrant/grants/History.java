package org.landgrant.grants;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What happened, for people to read. Safe for many threads; methods may block on the disk.
 *
 * <p>Reading and clearing throw {@link BookException} when the book cannot be read or written.
 */
public interface History {
    /** How many events are read at a time, so that nobody who writes waits long. */
    int PAGE = 500;

    /**
     * Events, newest first.
     *
     * @param than the event they are older than; empty begins with the newest
     */
    List<Event> events(Optional<Event> than, int most);

    /** All that happened since then, newest first. */
    default List<Event> since(Instant then) {
        List<Event> found = new ArrayList<>();
        Optional<Event> last = Optional.empty();
        while (true) {
            List<Event> page = events(last, PAGE);
            page.stream().filter(event -> !event.last().isBefore(then)).forEach(found::add);
            if (page.size() < PAGE || page.getLast().last().isBefore(then)) {
                return found;
            }
            last = Optional.of(page.getLast());
        }
    }

    /** Afterwards what was noted before can be read, unless it cannot be written or the disk takes its time. */
    default void settle() {}

    /** When each app was opened last, for those where the history still tells. */
    Map<AppId, Instant> opened();

    /** Forgets all of it; what was decided stays. */
    void clear();

    /** Why the newest events are missing, as a sentence for people; empty when they are not. */
    Optional<String> trouble();

    /**
     * Calls {@code listener} after something was noted or forgotten, on any thread.
     *
     * @return closes to end the calls
     */
    Gatekeeper.Watch watch(Runnable listener);
}
