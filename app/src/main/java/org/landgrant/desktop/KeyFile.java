package org.landgrant.desktop;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.landgrant.grants.RefusedException;

/**
 * The lines of a key file (desktop entries, D-Bus services) with every byte kept, so that changing one
 * line changes nothing else.
 *
 * <p>Source: Desktop Entry Specification 1.5, "Basic format of the file"; where it is silent this reads
 * as GLib does: groups of one name are merged, the last of several equal keys counts, blanks around
 * {@code =} do not belong to the value, a line may end in CR LF.
 */
final class KeyFile {
    static final int MAX_BYTES = 1 << 20;
    static final int MAX_LINE = 16_384;

    /**
     * One line.
     *
     * @param bytes all of it, with its line end
     * @param group the group it stands in; the group it opens, for a header; empty before the first
     * @param header whether it opens a group
     * @param key what stands before {@code =}, with its locale; null when the line is no key
     * @param valueStart where the value begins in {@code bytes}
     * @param valueEnd where it ends
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Line(
            byte[] bytes,
            String group,
            boolean header,
            @Nullable String key,
            int valueStart,
            int valueEnd) {

        /** The key without its {@code [locale]} (or KDE's {@code [$e]}). */
        String baseKey() {
            if (key == null) {
                return "";
            }
            int bracket = key.indexOf('[');
            return bracket < 0 ? key : key.substring(0, bracket).stripTrailing();
        }

        /** The raw value; empty when it is not UTF-8 or holds a NUL. */
        Optional<String> value() {
            try {
                String text = StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(bytes, valueStart, valueEnd - valueStart))
                        .toString();
                return text.indexOf('\0') < 0 ? Optional.of(text) : Optional.empty();
            } catch (CharacterCodingException notUtf8) {
                return Optional.empty();
            }
        }

        /** This line with another value. */
        byte[] withValue(byte[] value) {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            line.write(bytes, 0, valueStart);
            line.writeBytes(value);
            line.write(bytes, valueEnd, bytes.length - valueEnd);
            return line.toByteArray();
        }
    }

    private final List<Line> lines;

    private KeyFile(List<Line> lines) {
        this.lines = List.copyOf(lines);
    }

    /**
     * Splits a file into lines; what is no group and no key is kept as it is.
     *
     * @throws RefusedException when the file or a line is too long
     */
    static KeyFile parse(byte[] file) {
        if (file.length > MAX_BYTES) {
            throw new RefusedException("The file is larger than 1 MiB.");
        }
        List<Line> lines = new ArrayList<>();
        String group = "";
        for (int start = 0; start < file.length; ) {
            int end = start;
            while (end < file.length && file[end] != '\n') {
                end++;
            }
            if (end - start > MAX_LINE) {
                throw new RefusedException("A line is longer than 16,384 bytes.");
            }
            end = Math.min(end + 1, file.length);
            byte[] bytes = Arrays.copyOfRange(file, start, end);
            Line line = line(bytes, group);
            group = line.group();
            lines.add(line);
            start = end;
        }
        return new KeyFile(lines);
    }

    List<Line> lines() {
        return lines;
    }

    boolean hasGroup(String group) {
        return lines.stream().anyMatch(line -> line.header() && line.group().equals(group));
    }

    /** The last line of that key, locale included. */
    Optional<Line> line(String group, String key) {
        return lines.reversed().stream()
                .filter(line -> key.equals(line.key()) && line.group().equals(group))
                .findFirst();
    }

    private static Line line(byte[] bytes, String group) {
        int end = bytes.length;
        if (end > 0 && bytes[end - 1] == '\n') {
            end--;
        }
        if (end > 0 && bytes[end - 1] == '\r') {
            end--;
        }
        int start = skipBlanks(bytes, 0, end);
        if (start == end || bytes[start] == '#') {
            return new Line(bytes, group, false, null, end, end);
        }
        if (bytes[start] == '[') {
            int close = indexOf(bytes, ']', start, end);
            return close > 0 && skipBlanks(bytes, close + 1, end) == end
                    ? new Line(bytes, text(bytes, start + 1, close), true, null, end, end)
                    : new Line(bytes, group, false, null, end, end);
        }
        int equals = indexOf(bytes, '=', start, end);
        if (equals <= start) {
            return new Line(bytes, group, false, null, end, end);
        }
        String key = text(bytes, start, equals).stripTrailing();
        int valueEnd = end;
        int valueStart = skipBlanks(bytes, equals + 1, end);
        while (valueEnd > valueStart && isBlank(bytes[valueEnd - 1])) {
            valueEnd--;
        }
        return new Line(bytes, group, false, key, valueStart, valueEnd);
    }

    private static String text(byte[] bytes, int start, int end) {
        return new String(bytes, start, end - start, StandardCharsets.UTF_8);
    }

    private static int indexOf(byte[] bytes, char wanted, int start, int end) {
        for (int i = start; i < end; i++) {
            if (bytes[i] == wanted) {
                return i;
            }
        }
        return -1;
    }

    private static int skipBlanks(byte[] bytes, int start, int end) {
        int i = start;
        while (i < end && isBlank(bytes[i])) {
            i++;
        }
        return i;
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\t' || b == '\f' || b == 0x0B || b == '\r';
    }
}
