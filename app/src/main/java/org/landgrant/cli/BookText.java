package org.landgrant.cli;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.landgrant.grants.Access;
import org.landgrant.grants.AppId;
import org.landgrant.grants.Decision;
import org.landgrant.grants.EffectiveGrant;
import org.landgrant.grants.Origin;
import org.landgrant.grants.Resource;

/**
 * What was decided about apps, as a file that can be carried elsewhere: docs/schema/export.schema.json. Written
 * by {@code export}; read strictly, since a file may come from anybody: what is not known is a mistake.
 */
final class BookText {
    /** The word by which the file is known. */
    static final String FORMAT = "landgrant-grants";

    /** What this program reads and writes. */
    static final long VERSION = 1;

    private static final int MOST_APPS = 1_000;
    private static final int MOST_GRANTS = 10_000;

    /** What one app has. */
    record Entry(AppId app, boolean confined, List<Line> grants) {}

    /**
     * One decision.
     *
     * @param until when it ends by itself
     */
    record Line(Resource resource, Set<Access> access, Decision decision, Optional<Instant> until) {
        static Line of(EffectiveGrant grant) {
            return new Line(
                    grant.resource(),
                    grant.access(),
                    grant.decision(),
                    grant.lifetime().until());
        }
    }

    private BookText() {}

    /** What somebody decided, without what the template says and what ends with the log-in. */
    static List<Line> own(List<EffectiveGrant> effective) {
        return effective.stream()
                .filter(grant -> grant.origin() != Origin.TEMPLATE
                        && grant.lifetime().login().isEmpty())
                .map(Line::of)
                .toList();
    }

    static String write(List<Entry> entries) {
        return Json.text(Shapes.of(
                "format",
                FORMAT,
                "version",
                VERSION,
                "apps",
                entries.stream()
                        .map(entry -> Shapes.of(
                                "app",
                                entry.app().value(),
                                "confined",
                                entry.confined(),
                                "grants",
                                entry.grants().stream().map(BookText::line).toList()))
                        .toList()));
    }

    private static Map<String, Object> line(Line line) {
        Map<String, Object> members = Shapes.of(
                "resource", line.resource().text(),
                "access", Shapes.words(line.access()),
                "decision", Shapes.word(line.decision()));
        line.until().ifPresent(end -> members.put("until", end));
        return members;
    }

    /**
     * Reads a file.
     *
     * @throws IllegalArgumentException with what is wrong and where
     */
    static List<Entry> read(String text) {
        Map<String, @Nullable Object> file = object(Json.parse(text), "the file", Set.of("format", "version", "apps"));
        if (!FORMAT.equals(file.get("format"))) {
            throw new IllegalArgumentException("its format is not \"" + FORMAT + "\"");
        }
        if (!Long.valueOf(VERSION).equals(file.get("version"))) {
            throw new IllegalArgumentException("its version is not " + VERSION + ", the one that is understood here");
        }
        List<?> apps = list(file.get("apps"), "apps", MOST_APPS);
        List<Entry> entries = new ArrayList<>();
        Set<AppId> seen = new HashSet<>();
        int grants = 0;
        for (Object each : apps) {
            Entry entry = entry(each, "apps[" + entries.size() + "]");
            grants += entry.grants().size();
            if (grants > MOST_GRANTS) {
                throw new IllegalArgumentException("it has more than " + MOST_GRANTS + " grants");
            }
            if (!seen.add(entry.app())) {
                throw new IllegalArgumentException(entry.app() + " stands in it twice");
            }
            entries.add(entry);
        }
        return entries;
    }

    private static Entry entry(@Nullable Object value, String where) {
        Map<String, @Nullable Object> members = object(value, where, Set.of("app", "confined", "grants"));
        AppId app = word(members.get("app"), where + ".app", AppId::new);
        if (!(members.get("confined") instanceof Boolean confined)) {
            throw new IllegalArgumentException(where + ".confined is true or false");
        }
        List<Line> lines = new ArrayList<>();
        Set<Resource> seen = new HashSet<>();
        for (Object each : list(members.get("grants"), where + ".grants", MOST_GRANTS)) {
            Line line = line(each, where + ".grants[" + lines.size() + "]");
            if (!seen.add(line.resource())) {
                throw new IllegalArgumentException(
                        where + ".grants names " + line.resource().text() + " twice");
            }
            lines.add(line);
        }
        return new Entry(app, confined, lines);
    }

    private static Line line(@Nullable Object value, String where) {
        Map<String, @Nullable Object> members = object(
                value,
                where,
                value instanceof Map<?, ?> map && map.containsKey("until")
                        ? Set.of("resource", "access", "decision", "until")
                        : Set.of("resource", "access", "decision"));
        Resource resource = word(members.get("resource"), where + ".resource", Resource::parse);
        Set<Access> access = EnumSet.noneOf(Access.class);
        for (Object each : list(members.get("access"), where + ".access", Access.values().length)) {
            if (!access.add(one(Access.class, each, where + ".access"))) {
                throw new IllegalArgumentException(where + ".access names something twice");
            }
        }
        if (access.isEmpty() || !Typed.possible(resource).containsAll(access)) {
            throw new IllegalArgumentException(where + ".access: for " + resource.text() + " there is only "
                    + Typed.words(Typed.possible(resource)));
        }
        if (access.contains(Access.WRITE) && !access.contains(Access.READ)) {
            throw new IllegalArgumentException(where + ".access: who may write may read, too");
        }
        Optional<Instant> until =
                Optional.ofNullable(members.get("until")).map(end -> word(end, where + ".until", BookText::moment));
        return new Line(resource, access, one(Decision.class, members.get("decision"), where + ".decision"), until);
    }

    private static Instant moment(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException noMoment) {
            throw new IllegalArgumentException("it is no moment like 2026-05-01T12:00:00Z", noMoment);
        }
    }

    private static <E extends Enum<E>> E one(Class<E> kind, @Nullable Object value, String where) {
        return Arrays.stream(kind.getEnumConstants())
                .filter(constant -> Shapes.word(constant).equals(value))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(where + " is one of "
                        + Arrays.stream(kind.getEnumConstants())
                                .map(Shapes::word)
                                .collect(Collectors.joining(", "))));
    }

    private static <T> T word(@Nullable Object value, String where, java.util.function.Function<String, T> reading) {
        if (!(value instanceof String text)) {
            throw new IllegalArgumentException(where + " is a text");
        }
        try {
            return reading.apply(text);
        } catch (IllegalArgumentException mistake) {
            throw new IllegalArgumentException(where + ": " + mistake.getMessage(), mistake);
        }
    }

    private static List<?> list(@Nullable Object value, String where, int most) {
        if (!(value instanceof List<?> list)) {
            throw new IllegalArgumentException(where + " is a list");
        }
        if (list.size() > most) {
            throw new IllegalArgumentException(where + " has more than " + most + " members");
        }
        return list;
    }

    @SuppressWarnings("unchecked") // Json makes objects with texts for names only.
    private static Map<String, @Nullable Object> object(@Nullable Object value, String where, Set<String> names) {
        if (!(value instanceof Map<?, ?> map)) {
            throw new IllegalArgumentException(where + " is an object");
        }
        for (Object name : map.keySet()) {
            if (!names.contains(String.valueOf(name))) {
                throw new IllegalArgumentException(where + " has \"" + name + "\", which means nothing here");
            }
        }
        for (String name : names) {
            if (!map.containsKey(name)) {
                throw new IllegalArgumentException(where + " lacks \"" + name + "\"");
            }
        }
        return (Map<String, @Nullable Object>) map;
    }
}
