package org.landgrant.ui;

import java.util.List;
import java.util.Optional;
import org.landgrant.grants.AppId;
import org.landgrant.grants.Event;

/**
 * What the time-line shows of the history, read at one moment.
 *
 * @param items newest first, a heading before every day
 * @param wording says what happened; goes with the places of that moment
 * @param apps those that the history knows, by name
 * @param summary the bars in words
 * @param trouble why the newest events are missing; empty when they are not
 * @param all how many events there are, whether shown or not
 */
record ActivityPage(
        List<ActivityItem> items,
        ActivityWords wording,
        List<Choice> apps,
        List<Bar> bars,
        String summary,
        Optional<String> trouble,
        int all) {
    /** An app to choose; without an ID, all of them. */
    record Choice(Optional<AppId> app, String name) {}

    /**
     * An hour or a day.
     *
     * @param label below it, empty for most
     * @param spoken what it says in words
     */
    record Bar(String label, String spoken, int refused, int allowed) {}

    ActivityPage {
        items = List.copyOf(items);
        apps = List.copyOf(apps);
        bars = List.copyOf(bars);
    }

    List<ActivityItem.Line> lines() {
        return items.stream()
                .filter(ActivityItem.Line.class::isInstance)
                .map(ActivityItem.Line.class::cast)
                .toList();
    }

    List<Event> events() {
        return lines().stream().map(ActivityItem.Line::event).toList();
    }
}
