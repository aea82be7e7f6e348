package org.landgrant.profiles;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.landgrant.grants.AppId;
import org.landgrant.grants.Event;
import org.landgrant.grants.Event.Kind;

/** What noting a batch of events comes to; the same for every book. */
final class Gathering {
    private final List<Event> events;
    private final int known;
    private final Map<Event.Key, Integer> newest = new HashMap<>();
    private final Map<AppId, List<Instant>> refusals = new HashMap<>();
    private final List<Boolean> touched = new ArrayList<>();

    /** @param recent noted before, those that may still count more, with their numbers */
    Gathering(List<Event> recent) {
        events = new ArrayList<>(recent);
        known = recent.size();
        for (int at = 0; at < known; at++) {
            touched.add(false);
            remember(at);
        }
    }

    /** The moment after which an event that is counted together with others of the batch happened last. */
    static Instant recent(List<Event> batch) {
        return batch.stream()
                .map(Event::first)
                .min(Instant::compareTo)
                .orElseThrow()
                .minus(Retention.TOGETHER);
    }

    static boolean countsTogether(Event event) {
        return event.kind().refuses() || event.kind() == Kind.ASKED;
    }

    void add(Event event) {
        if (!countsTogether(event)) {
            events.add(event);
            touched.add(true);
        } else if (!counted(event)) {
            Event told = event.kind() == Kind.REFUSED && tooMany(event) ? event.withoutResource() : event;
            if (!counted(told)) {
                events.add(told);
                touched.add(true);
                remember(events.size() - 1);
            }
        }
    }

    /** Those of the recent ones that count more now. */
    List<Event> changed() {
        List<Event> changed = new ArrayList<>();
        for (int at = 0; at < known; at++) {
            if (touched.get(at)) {
                changed.add(events.get(at));
            }
        }
        return changed;
    }

    /** Those that are new, in their order. */
    List<Event> added() {
        return events.subList(known, events.size());
    }

    private boolean counted(Event event) {
        Integer at = newest.get(event.key());
        if (at == null || !together(events.get(at).first(), event.first())) {
            return false;
        }
        events.set(at, events.get(at).and(event));
        touched.set(at, true);
        return true;
    }

    private boolean tooMany(Event event) {
        return refusals.getOrDefault(event.app(), List.of()).stream()
                        .filter(first -> together(first, event.first()))
                        .count()
                >= Retention.REFUSALS_AN_HOUR;
    }

    private void remember(int at) {
        Event event = events.get(at);
        newest.merge(event.key(), at, (one, other) -> events.get(one).first().isAfter(event.first()) ? one : other);
        if (event.kind() == Kind.REFUSED && event.resource().isPresent()) {
            refusals.computeIfAbsent(event.app(), none -> new ArrayList<>()).add(event.first());
        }
    }

    /** Also when the clock was set back meanwhile. */
    private static boolean together(Instant one, Instant other) {
        return Duration.between(one, other).abs().compareTo(Retention.TOGETHER) < 0;
    }
}
