package org.landgrant.desktop;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.landgrant.grants.RefusedException;

/**
 * A parsed {@code .desktop} file. It keeps every byte it was made from; a single value that cannot be
 * read counts as missing, the rest stays usable.
 *
 * <p>Source: Desktop Entry Specification 1.5.
 */
public final class DesktopEntry {
    /** The group of the app itself; the others are its actions. */
    public static final String MAIN = "Desktop Entry";

    private static final int MAX_LIST = 1_024;

    private final KeyFile file;

    private DesktopEntry(KeyFile file) {
        this.file = file;
    }

    /**
     * Reads a desktop entry.
     *
     * @param bytes at most 1 MiB, lines of at most 16,384 bytes
     * @throws RefusedException when it is too large or has no {@code [Desktop Entry]}
     */
    public static DesktopEntry parse(byte[] bytes) {
        KeyFile file = KeyFile.parse(bytes);
        if (!file.hasGroup(MAIN)) {
            throw new RefusedException("The file has no [Desktop Entry] group.");
        }
        return new DesktopEntry(file);
    }

    KeyFile file() {
        return file;
    }

    /** The value as it stands in the file, escapes and all. */
    public Optional<String> raw(String group, String key) {
        return file.line(group, key).flatMap(KeyFile.Line::value);
    }

    /** The value of the main group with its escapes resolved. */
    public Optional<String> text(String key) {
        return raw(MAIN, key).map(DesktopEntry::unescape);
    }

    /** The value in the first of those languages it is there in, else without a language. */
    public Optional<String> localised(String key, Languages languages) {
        for (String language : languages.names()) {
            Optional<String> value = text(key + "[" + language + "]");
            if (value.isPresent()) {
                return value;
            }
        }
        return text(key);
    }

    /** The values of a list; {@code \;} is a semicolon within a value. */
    public List<String> list(String key) {
        List<String> values = new ArrayList<>();
        StringBuilder value = new StringBuilder();
        String raw = raw(MAIN, key).orElse("");
        for (int i = 0; i < raw.length() && values.size() < MAX_LIST; i++) {
            char c = raw.charAt(i);
            if (c == '\\' && i + 1 < raw.length() && raw.charAt(i + 1) == ';') {
                value.append(';');
                i++;
            } else if (c == '\\' && i + 1 < raw.length()) {
                value.append(c).append(raw.charAt(++i));
            } else if (c == ';') {
                values.add(unescape(value.toString()).strip());
                value.setLength(0);
            } else {
                value.append(c);
            }
        }
        values.add(unescape(value.toString()).strip());
        return values.stream().filter(text -> !text.isEmpty()).toList();
    }

    /** Whether the value is {@code true} (or {@code 1}, as old files have it). */
    public boolean flag(String key) {
        return raw(MAIN, key)
                .filter(value -> value.equals("true") || value.equals("1"))
                .isPresent();
    }

    /** Whether any line of the main group has that key, whatever its value. */
    public boolean has(String key) {
        return file.line(MAIN, key).isPresent();
    }

    /** Resolves {@code \s \n \t \r \\}; any other backslash stands for itself, as GLib keeps it. */
    static String unescape(String raw) {
        if (raw.indexOf('\\') < 0) {
            return raw;
        }
        StringBuilder text = new StringBuilder(raw.length());
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c != '\\' || i + 1 == raw.length()) {
                text.append(c);
                continue;
            }
            char escaped = raw.charAt(++i);
            switch (escaped) {
                case 's' -> text.append(' ');
                case 'n' -> text.append('\n');
                case 't' -> text.append('\t');
                case 'r' -> text.append('\r');
                case '\\' -> text.append('\\');
                default -> text.append('\\').append(escaped);
            }
        }
        return text.toString();
    }

    /** The text as it must stand in a value; the reverse of {@link #unescape}. */
    static String escape(String text) {
        String escaped = text.replace("\\", "\\\\")
                .replace("\n", "\\n")
                .replace("\t", "\\t")
                .replace("\r", "\\r");
        return escaped.startsWith(" ") ? "\\s" + escaped.substring(1) : escaped;
    }
}
