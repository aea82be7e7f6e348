package org.landgrant.cli;

import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.landgrant.grants.Legible;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultPrettyPrinter;

/**
 * Plain values as JSON and back: maps with their order, lists, texts, whole numbers, truth values and null; an
 * {@link Optional} is its value or null.
 *
 * <p>Source: RFC 8259.
 */
final class Json {
    /** Bytes of a text that is read. */
    static final int MOST = 1 << 20;

    private static final int DEEPEST = 8;
    private static final int LONGEST_TEXT = 8_192;
    private static final int LONGEST_NAME = 64;
    private static final int LONGEST_NUMBER = 18;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxDocumentLength(MOST)
                    .maxNestingDepth(DEEPEST)
                    .maxStringLength(LONGEST_TEXT)
                    .maxNameLength(LONGEST_NAME)
                    .maxNumberLength(LONGEST_NUMBER)
                    .build())
            .build();

    private static final ObjectWriteContext ON_LINES = new ObjectWriteContext.Base() {
        @Override
        public PrettyPrinter getPrettyPrinter() {
            return new DefaultPrettyPrinter();
        }

        @Override
        public boolean hasPrettyPrinter() {
            return true;
        }
    };

    private Json() {}

    /** The value on lines of their own, with a last line feed. */
    static String text(Object value) {
        return write(value, ON_LINES);
    }

    /** The value on one line, with a line feed. */
    static String line(Object value) {
        return write(value, ObjectWriteContext.empty());
    }

    private static String write(Object value, ObjectWriteContext form) {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = FACTORY.createGenerator(form, text)) {
            put(generator, value);
        }
        return visible(text.toString()) + "\n";
    }

    private static void put(JsonGenerator to, @Nullable Object value) {
        switch (value) {
            case null -> to.writeNull();
            case Optional<?> maybe -> put(to, maybe.orElse(null));
            case Map<?, ?> map -> {
                to.writeStartObject();
                map.forEach((name, member) -> {
                    to.writeName(String.valueOf(name));
                    put(to, member);
                });
                to.writeEndObject();
            }
            case Iterable<?> list -> {
                to.writeStartArray();
                list.forEach(member -> put(to, member));
                to.writeEndArray();
            }
            case Boolean truth -> to.writeBoolean(truth);
            case Integer number -> to.writeNumber(number);
            case Long number -> to.writeNumber(number);
            default -> to.writeString(value.toString());
        }
    }

    /** What cannot be read where it stands occurs in texts only, where it may as well be spelled out. */
    private static String visible(String json) {
        StringBuilder text = new StringBuilder(json.length());
        json.codePoints().forEach(point -> {
            if (point == '\n' || Legible.isLegible(point)) {
                text.appendCodePoint(point);
            } else {
                for (char half : Character.toChars(point)) {
                    text.append(String.format(Locale.ROOT, "\\u%04x", (int) half));
                }
            }
        });
        return text.toString();
    }

    /**
     * Reads a text of at most {@link #MOST} bytes; names that stand twice in an object, numbers with a fraction, and
     * anything behind the value are mistakes.
     *
     * @throws IllegalArgumentException with a sentence that says the line
     */
    static @Nullable Object parse(String text) {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            parser.nextToken();
            Object value = take(parser);
            if (parser.nextToken() != null) {
                throw new IllegalArgumentException("something stands behind the end in " + at(parser));
            }
            return value;
        } catch (JacksonException mistake) {
            throw new IllegalArgumentException("it is no JSON" + where(mistake) + why(mistake), mistake);
        }
    }

    private static String where(JacksonException mistake) {
        TokenStreamLocation spot = mistake.getLocation();
        if (spot == null || spot.getLineNr() < 1) {
            return "";
        }
        return " in line " + spot.getLineNr() + (spot.getColumnNr() < 1 ? "" : ", column " + spot.getColumnNr());
    }

    /** What the reader has to say of itself is for programmers. */
    private static String why(JacksonException mistake) {
        return switch (mistake) {
            case StreamConstraintsException limit -> ": it is too long or too deep to be read";
            case UnexpectedEndOfInputException end -> ": it ends too early";
            default ->
                String.valueOf(mistake.getOriginalMessage()).startsWith("Duplicate") ? ": a name stands twice" : "";
        };
    }

    private static @Nullable Object take(JsonParser from) {
        JsonToken token = from.currentToken();
        return switch (token) {
            case null -> throw new IllegalArgumentException("it is empty, or ends too early");
            case START_OBJECT -> {
                Map<String, @Nullable Object> map = new LinkedHashMap<>();
                while (from.nextToken() != JsonToken.END_OBJECT) {
                    String name = from.currentName();
                    from.nextToken();
                    map.put(name, take(from));
                }
                yield map;
            }
            case START_ARRAY -> {
                List<@Nullable Object> list = new ArrayList<>();
                while (from.nextToken() != JsonToken.END_ARRAY) {
                    list.add(take(from));
                }
                yield list;
            }
            case VALUE_STRING -> from.getString();
            case VALUE_NUMBER_INT -> from.getLongValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> throw new IllegalArgumentException("only whole numbers are read; see " + at(from));
        };
    }

    private static String at(JsonParser parser) {
        return "line " + parser.currentTokenLocation().getLineNr();
    }
}
