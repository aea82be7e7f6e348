package org.landgrant.ui;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.landgrant.grants.Access;
import org.landgrant.grants.Denial;
import org.landgrant.grants.DesktopService;
import org.landgrant.grants.Resource;
import org.landgrant.prompts.Coalescer;
import org.landgrant.prompts.OneLine;
import org.landgrant.prompts.Row;
import org.landgrant.prompts.Standing;
import org.landgrant.prompts.UserPlaces;
import org.landgrant.prompts.Words;
import org.landgrant.prompts.Worthiness;

/** Gathers an app's denials into lines a person can read. */
final class RefusalReader {
    private static final int QUIET_NAME = 64;
    private static final int MOST_QUIET = 50;

    private final UserPlaces places;
    private final Worthiness worthiness;
    private final Coalescer coalescer;
    private final Words words;
    private final Instant now;
    private final ZoneId zone;

    RefusalReader(UserPlaces places, Words words, Instant now, ZoneId zone) {
        this.places = places;
        this.worthiness = new Worthiness(places);
        this.coalescer = new Coalescer(places, words, Places::look);
        this.words = words;
        this.now = now;
        this.zone = zone;
    }

    /** Those that deserve an answer, one line for each thing that could be granted, newest first. */
    List<Refusal> worthy(List<Denial> denials, Standing standing) {
        List<Refusal> result = new ArrayList<>();
        for (List<Denial> group : byScope(denials).values()) {
            for (Row row : coalescer.rows(group)) {
                String what = words.say("refusals.wanted", row.sentencePart());
                boolean allowed = standing.allows(row.resource(), row.access());
                result.add(new Refusal(what, detail(group, row.examples()), Optional.of(row), allowed));
            }
        }
        return result;
    }

    /** How many different things that deserve an answer were refused since then and still are. */
    int openSince(Instant then, List<Denial> denials, Standing standing) {
        return byScope(denials.stream()
                        .filter(denial -> denial.last().isAfter(then))
                        .filter(standing::open)
                        .toList())
                .size();
    }

    /** Those that need no answer, by place, newest first. */
    List<Refusal> quiet(List<Denial> denials) {
        Map<String, List<Denial>> groups = new LinkedHashMap<>();
        for (Denial denial : newestFirst(denials)) {
            if (scope(denial).isEmpty()) {
                groups.computeIfAbsent(place(denial), none -> new ArrayList<>()).add(denial);
            }
        }
        return groups.entrySet().stream()
                .limit(MOST_QUIET)
                .map(group -> new Refusal(group.getKey(), detail(group.getValue(), List.of()), Optional.empty(), false))
                .toList();
    }

    /** Those that deserve an answer by what would be granted, newest first. */
    Map<Resource, List<Denial>> byScope(List<Denial> denials) {
        Map<Resource, List<Denial>> groups = new LinkedHashMap<>();
        for (Denial denial : newestFirst(denials)) {
            scope(denial)
                    .ifPresent(scope -> groups.computeIfAbsent(scope, none -> new ArrayList<>())
                            .add(denial));
        }
        return groups;
    }

    private Optional<Resource> scope(Denial denial) {
        return worthiness.deservesQuestion(denial) ? coalescer.scope(denial) : Optional.empty();
    }

    private static List<Denial> newestFirst(List<Denial> denials) {
        return denials.stream()
                .sorted(Comparator.comparing(Denial::last).reversed())
                .toList();
    }

    private String detail(List<Denial> group, List<String> examples) {
        long count = group.stream().mapToLong(Denial::count).sum();
        String when = Ago.say(group.getFirst().last(), now, zone, words);
        String often = words.say("refusals.line", words.say("refusals.count", count), when);
        if (examples.isEmpty()) {
            return often;
        }
        List<String> quoted =
                examples.stream().map(name -> words.say("card.example", name)).toList();
        return words.list(quoted) + " · " + often;
    }

    /** A path's first two parts, below home or from the root: enough to recognise whose it is. */
    private String place(Denial denial) {
        return switch (denial.resource()) {
            case Resource.Place(String path) -> {
                String shown = places.shown(path, 4096);
                String[] parts = shown.split("/", -1);
                boolean cut = parts.length > 3;
                yield OneLine.clean(cut ? String.join("/", parts[0], parts[1], parts[2]) : shown, QUIET_NAME);
            }
            case Resource.TcpPort port
            when denial.access() == Access.LISTEN -> words.say("network.listen", Integer.toString(port.port()));
            case Resource.BusName name ->
                DesktopService.of(name)
                        .map(service -> words.say("services." + service.word()))
                        .orElse(OneLine.clean(name.name(), QUIET_NAME));
            default -> denial.resource().text();
        };
    }
}
