package org.landgrant.grants;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The history for other programs. Both forms have the same names, in this order:
 *
 * <ul>
 *   <li>{@code first}, {@code last}: moments in UTC as in ISO 8601
 *   <li>{@code app}: an {@link AppId}
 *   <li>{@code kind}: an {@link Event.Kind} in small letters
 *   <li>{@code resource}: {@link Resource#text()}; null or empty without one
 *   <li>{@code access}: small words; an array, or with spaces between
 *   <li>{@code count}: a number
 *   <li>{@code who}: an {@link Event.Who} in small letters
 *   <li>{@code before}, {@code after}: {@link Ruling#text()}; null or empty where nothing was decided
 * </ul>
 */
public final class EventText {
    private static final List<String> NAMES =
            List.of("first", "last", "app", "kind", "resource", "access", "count", "who", "before", "after");

    private EventText() {}

    /**
     * Comma-separated values with a line of names. No cell is taken for a formula: an apostrophe goes before what
     * begins like one. What cannot be seen in a name is spelled out by its number; line ends stay.
     *
     * <p>Source: RFC 4180.
     */
    public static String csv(List<Event> events) {
        StringBuilder text = new StringBuilder(String.join(",", NAMES)).append("\r\n");
        for (Event event : events) {
            text.append(Arrays.stream(cells(event)).map(EventText::cell).collect(Collectors.joining(",")))
                    .append("\r\n");
        }
        return text.toString();
    }

    /**
     * An array of objects, one to a line, exact in every character; pure ASCII where what is not is not to be seen.
     *
     * <p>Source: RFC 8259.
     */
    public static String json(List<Event> events) {
        return events.stream().map(EventText::object).collect(Collectors.joining(",\n", "[\n", "\n]\n"));
    }

    private static String[] cells(Event event) {
        return new String[] {
            event.first().toString(),
            event.last().toString(),
            event.app().value(),
            word(event.kind()),
            event.resource().map(Resource::text).orElse(""),
            String.join(" ", words(event.access())),
            Long.toString(event.count()),
            word(event.who()),
            event.before().map(Ruling::text).orElse(""),
            event.after().map(Ruling::text).orElse("")
        };
    }

    private static String cell(String value) {
        boolean formula = !value.isEmpty() && "=+-@\t\r\n".indexOf(value.charAt(0)) >= 0;
        String seen = (formula ? "'" + value : value)
                .codePoints()
                .mapToObj(point -> Legible.isLegible(point) || point == '\n' || point == '\r'
                        ? Character.toString(point)
                        : String.format(Locale.ROOT, "\\u{%x}", point))
                .collect(Collectors.joining());
        boolean quoted = seen.chars().anyMatch(one -> one == ',' || one == '"' || one == '\n' || one == '\r');
        return quoted ? "\"" + seen.replace("\"", "\"\"") + "\"" : seen;
    }

    private static String object(Event event) {
        List<Map.Entry<String, String>> members = new ArrayList<>();
        members.add(Map.entry("first", string(event.first().toString())));
        members.add(Map.entry("last", string(event.last().toString())));
        members.add(Map.entry("app", string(event.app().value())));
        members.add(Map.entry("kind", string(word(event.kind()))));
        members.add(Map.entry("resource", orNull(event.resource().map(Resource::text))));
        members.add(Map.entry(
                "access",
                words(event.access()).stream().map(EventText::string).collect(Collectors.joining(",", "[", "]"))));
        members.add(Map.entry("count", Long.toString(event.count())));
        members.add(Map.entry("who", string(word(event.who()))));
        members.add(Map.entry("before", orNull(event.before().map(Ruling::text))));
        members.add(Map.entry("after", orNull(event.after().map(Ruling::text))));
        return members.stream()
                .map(member -> string(member.getKey()) + ":" + member.getValue())
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static String orNull(Optional<String> value) {
        return value.map(EventText::string).orElse("null");
    }

    private static String string(String value) {
        StringBuilder text = new StringBuilder("\"");
        value.codePoints().forEach(point -> {
            if (point == '"' || point == '\\') {
                text.append('\\').appendCodePoint(point);
            } else if (Legible.isLegible(point)) {
                text.appendCodePoint(point);
            } else {
                for (char half : Character.toChars(point)) {
                    text.append(String.format(Locale.ROOT, "\\u%04x", (int) half));
                }
            }
        });
        return text.append('"').toString();
    }

    private static List<String> words(Set<Access> access) {
        return access.stream().sorted().map(EventText::word).toList();
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
