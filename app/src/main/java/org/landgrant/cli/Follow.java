package org.landgrant.cli;

import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.landgrant.grants.AppId;
import org.landgrant.grants.Event;
import org.landgrant.grants.Gatekeeper;

/**
 * Prints events as they happen, until whoever reads them leaves. What a slow reader has no room for is counted
 * and said, so nothing that happens ever waits for a terminal.
 */
final class Follow {
    /** Events that wait for a slow reader. */
    static final int MOST_WAITING = 1_000;

    /** What waits: an event, or the wish to end. */
    private sealed interface Item {
        record Happened(Event event) implements Item {}

        record End() implements Item {}
    }

    private final Verb verb;
    private final @Nullable AppId app;
    private final boolean hints;
    private final BlockingQueue<Item> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final AtomicLong leftOut = new AtomicLong();

    /**
     * Prepares it.
     *
     * @param app the only one to tell of; null for all
     * @param hints whether to begin with what is so now, and to say what could be done about things
     */
    Follow(Verb verb, @Nullable AppId app, boolean hints) {
        this.verb = verb;
        this.app = app;
        this.hints = hints;
    }

    /** @param past printed first, oldest first */
    void run(List<Event> past) {
        verb.root().presence().whenGone(this::end);
        Gatekeeper.Watch watch = verb.ports().feed().apply(this::happened);
        try {
            if (hints) {
                PastVerbs.Watch.now(verb, app);
            }
            past.forEach(this::print);
            verb.out().flush();
            while (waiting.take() instanceof Item.Happened(Event event)) {
                print(event);
                long missing = leftOut.getAndSet(0);
                if (missing > 0) {
                    verb.line()
                            .getErr()
                            .println("landgrant: " + missing
                                    + " lines were left out, because they came faster than they were read.");
                    verb.line().getErr().flush();
                }
                if (waiting.isEmpty()) {
                    verb.out().flush();
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            watch.close();
        }
    }

    private void happened(Event event) {
        if ((app == null || event.app().equals(app)) && !waiting.offer(new Item.Happened(event))) {
            leftOut.incrementAndGet();
        }
    }

    private void end() {
        // Nobody reads what waits.
        do {
            waiting.clear();
        } while (!waiting.offer(new Item.End()));
    }

    private void print(Event event) {
        if (verb.manner().json()) {
            verb.out().print(Json.line(Shapes.event(event)));
            return;
        }
        List<String> words = EventLine.of(verb, event).stream()
                .filter(word -> !word.isEmpty())
                .toList();
        String line = Table.of(List.of(words), verb.root().paint()).stripTrailing();
        String hint = hints && !verb.manner().quiet()
                ? EventLine.hint(verb, event).map(Table::plain).orElse("")
                : "";
        verb.out().println(hint.isEmpty() ? line : line + "  (" + hint + ")");
    }
}
