package org.landgrant.ui;

import java.nio.file.Path;
import java.text.Collator;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.landgrant.desktop.InstalledApp;
import org.landgrant.grants.AppId;
import org.landgrant.grants.Event;
import org.landgrant.grants.History;
import org.landgrant.prompts.OneLine;
import org.landgrant.prompts.UserPlaces;
import org.landgrant.prompts.Words;

/** Reads the time-line. Blocks; one thread at a time. What was read before is not read again. */
final class ActivityReader {
    private static final int NAME = 40;

    private final UiServices services;
    private final Words words;
    private final InstantSource clock;
    private final ZoneId zone;
    private List<Event> known = List.of();

    ActivityReader(UiServices services, Words words, InstantSource clock, ZoneId zone) {
        this.services = services;
        this.words = words;
        this.clock = clock;
        this.zone = zone;
    }

    /** What the filter lets through now. */
    ActivityPage read(ActivityFilter filter) {
        known = events();
        Instant now = clock.instant();
        UserPlaces places = Places.now(services);
        ActivityWords wording = new ActivityWords(places, words, zone);
        Map<AppId, InstalledApp> apps = apps();
        ActivityRemedies remedies = new ActivityRemedies(services, places, words, known);
        List<ActivityItem> items = new ArrayList<>();
        ActivityBars bars = new ActivityBars(filter, now, zone, words);
        LocalDate today = now.atZone(zone).toLocalDate();
        LocalDate first = filter.period().firstDay(now, zone);
        Optional<LocalDate> shown = Optional.empty();
        String[] wanted = filter.query().strip().toLowerCase(words.locale()).split("\\s+", -1);
        for (Event event : known) {
            LocalDate day = event.last().atZone(zone).toLocalDate();
            if (day.isBefore(first)) {
                break;
            }
            InstalledApp app = apps.computeIfAbsent(event.app(), ActivityReader::gone);
            if (passes(event, filter, remedies) && found(wording, event, app, wanted)) {
                if (!shown.equals(Optional.of(day))) {
                    shown = Optional.of(day);
                    items.add(new ActivityItem.Day(wording.heading(day, today)));
                }
                items.add(new ActivityItem.Line(event, app, remedies.of(event)));
                bars.add(event);
            }
        }
        return new ActivityPage(
                items,
                wording,
                choices(apps, filter.app()),
                bars.bars(),
                bars.summary(),
                services.history().trouble(),
                known.size());
    }

    private static boolean passes(Event event, ActivityFilter filter, ActivityRemedies remedies) {
        return filter.show().holds(event.kind())
                && filter.app().map(event.app()::equals).orElse(true)
                && (filter.routine() || !remedies.isRoutine(event));
    }

    private static boolean found(ActivityWords wording, Event event, InstalledApp app, String[] wanted) {
        if (wanted.length == 1 && wanted[0].isEmpty()) {
            return true;
        }
        String text = wording.searched(event, app.name());
        return Arrays.stream(wanted).allMatch(text::contains);
    }

    /**
     * Everything there is, newest first. What happens anew, or once more, comes before what was known; so reading
     * goes on only until a page holds nothing new.
     */
    private List<Event> events() {
        Map<Long, Event> before = known.stream().collect(Collectors.toMap(Event::id, event -> event));
        List<Event> read = new ArrayList<>();
        Optional<Event> last = Optional.empty();
        while (true) {
            List<Event> page = services.history().events(last, History.PAGE);
            read.addAll(page);
            if (page.size() < History.PAGE) {
                return read;
            }
            Event oldest = page.getLast();
            last = Optional.of(oldest);
            if (page.stream().allMatch(event -> event.equals(before.get(event.id())))) {
                Set<Long> there = read.stream().map(Event::id).collect(Collectors.toCollection(HashSet::new));
                known.stream()
                        .filter(event ->
                                !there.contains(event.id()) && !event.last().isAfter(oldest.last()))
                        .forEach(read::add);
                return read;
            }
        }
    }

    private Map<AppId, InstalledApp> apps() {
        Map<AppId, InstalledApp> apps = new HashMap<>();
        services.apps().all().forEach(app -> apps.put(app.id(), app));
        return apps;
    }

    /** Those of which something is known, and the one that was asked for. */
    private List<ActivityPage.Choice> choices(Map<AppId, InstalledApp> apps, Optional<AppId> wanted) {
        Map<AppId, ActivityPage.Choice> choices = new TreeMap<>();
        Stream.concat(known.stream().map(Event::app), wanted.stream()).forEach(app -> {
            choices.computeIfAbsent(app, id -> {
                String name = apps.computeIfAbsent(id, ActivityReader::gone).name();
                return new ActivityPage.Choice(Optional.of(id), OneLine.clean(name, NAME));
            });
        });
        List<ActivityPage.Choice> all = new ArrayList<>(choices.values());
        all.sort(Comparator.comparing(ActivityPage.Choice::name, Collator.getInstance(words.locale())));
        all.addFirst(new ActivityPage.Choice(Optional.empty(), words.say("activity.app.all")));
        return all;
    }

    /** An app that was removed still has a past. */
    private static InstalledApp gone(AppId id) {
        String name = id.value().replaceFirst("\\.desktop$", "");
        return new InstalledApp(
                id, OneLine.clean(name, NAME), "", "", List.of(), List.of(name), Path.of("/"), false, Optional.empty());
    }
}
