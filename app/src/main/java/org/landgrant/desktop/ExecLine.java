package org.landgrant.desktop;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.landgrant.grants.RefusedException;

/**
 * Reads and writes the value of {@code Exec}, which has two layers: the string escapes of every value,
 * and within them the quoting of arguments.
 *
 * <p>Quoting is read as GLib and KDE both do: double quotes, and also single quotes and a backslash
 * outside quotes. A character that the specification reserves must be quoted: KDE would hand such a
 * line to a shell, which could then start a program beside the launcher.
 *
 * <p>Source: Desktop Entry Specification 1.5, "The Exec key".
 */
final class ExecLine {
    private static final String RESERVED = "<>~|&;$*?#()`";
    private static final String IN_QUOTES_ESCAPED = "\"`$\\";
    private static final String FILE_CODES = "fFuU";
    private static final String OBSOLETE_CODES = "dDnNvm";
    private static final int MAX_WORDS = 4_096;

    /** What stands for {@code %i}, {@code %c} and {@code %k}. */
    record Facts(Optional<String> icon, String name, String location) {
        static final Facts NONE = new Facts(Optional.empty(), "", "");
    }

    private final Facts facts;
    private final boolean onePlace;
    private final List<String> words = new ArrayList<>();
    private boolean fileCodeSeen;

    private ExecLine(Facts facts, boolean onePlace) {
        this.facts = facts;
        this.onePlace = onePlace;
    }

    /**
     * The words of a command line as the policy wants them: {@code %f %F %u %U} stay where they are a
     * word of their own, and are nothing where they are part of one; a literal {@code %} is written
     * {@code %%}; all other field codes are replaced.
     *
     * @param value the value without its string escapes
     * @throws RefusedException when it cannot be read with certainty; the message ends the sentence
     *     "Its command line …"
     */
    static List<String> words(String value, Facts facts) {
        return new ExecLine(facts, true).read(value);
    }

    /**
     * Makes sure that every desktop starts the launcher, and nothing beside it, when the launcher is put before
     * that command line. Some actions of apps have two places for files, which is harmless.
     *
     * @throws RefusedException as {@link #words}
     */
    static void requireClear(String value) {
        new ExecLine(Facts.NONE, false).read(value);
    }

    private List<String> read(String value) {
        split(value);
        if (words.isEmpty() || words.getFirst().isEmpty()) {
            throw new RefusedException("is empty");
        }
        String program = words.getFirst();
        if (program.indexOf('=') >= 0) {
            throw new RefusedException("names a program with an equals sign");
        }
        if (program.length() == 2 && program.charAt(0) == '%' && FILE_CODES.indexOf(program.charAt(1)) >= 0) {
            throw new RefusedException("names no program");
        }
        return List.copyOf(words);
    }

    /** One argument, quoted so that it comes out of both layers and of field codes as it is. */
    static String quote(String argument) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < argument.length(); i++) {
            char c = argument.charAt(i);
            if (IN_QUOTES_ESCAPED.indexOf(c) >= 0) {
                quoted.append('\\');
            }
            quoted.append(c == '%' ? "%%" : String.valueOf(c));
        }
        return DesktopEntry.escape(quoted.append('"').toString());
    }

    /** {@link #quote}, but only when it is needed: menu editors show the line to people. */
    static String quoteIfNeeded(String argument) {
        return argument.matches("[A-Za-z0-9_./:@+,-]+") ? argument : quote(argument);
    }

    /**
     * The value with every {@code %k} replaced by a path.
     *
     * @param raw the value as it stands in the file
     * @throws RefusedException when the path cannot stand where the code stands
     */
    static String withLocation(String raw, String location) {
        StringBuilder changed = new StringBuilder();
        char quote = 0;
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c == '%' && i + 1 < raw.length()) {
                char code = raw.charAt(++i);
                changed.append(code == 'k' ? location(location, quote) : "%" + code);
            } else if (c == '\\' && quote != '\'') {
                // A backslash is two in the file, and what it escapes is one, or two when escaped itself.
                boolean backslash = raw.startsWith("\\\\", i);
                boolean escaped = backslash && raw.startsWith("\\", i + 2);
                int end = Math.min(raw.length(), i + (escaped ? 4 : backslash ? 3 : 2));
                changed.append(raw, i, end);
                i = end - 1;
            } else {
                if ((c == '"' || c == '\'') && (quote == 0 || quote == c)) {
                    quote = quote == 0 ? c : 0;
                }
                changed.append(c);
            }
        }
        return changed.toString();
    }

    private static String location(String location, char quote) {
        String quoted = quote(location);
        String bare = quoted.substring(1, quoted.length() - 1);
        if (quote == '"') {
            return bare;
        }
        if (quoteIfNeeded(location).equals(location)) {
            return location;
        }
        if (quote == 0) {
            return quoted;
        }
        throw new RefusedException("One of its command lines names its own menu entry in a way that cannot be kept.");
    }

    private void split(String value) {
        StringBuilder word = new StringBuilder();
        boolean inWord = false;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\0' || c == '\n' || c == '\r') {
                throw new RefusedException("holds a line break or a control character");
            }
            if (c == ' ' || c == '\t') {
                if (inWord) {
                    add(word);
                }
                inWord = false;
                continue;
            }
            // A code that stands for nothing makes no word; a pair of quotes makes an empty one.
            inWord |= c != '%';
            if (c == '"' || c == '\'') {
                i = quoted(value, i, word);
            } else if (c == '\\') {
                if (++i == value.length()) {
                    throw new RefusedException("ends in a backslash");
                }
                literal(value.charAt(i), word);
            } else if (RESERVED.indexOf(c) >= 0) {
                throw new RefusedException(
                        "has the character " + c + " outside quotes, which desktops read differently");
            } else if (c == '%') {
                i = code(value, i, word);
                inWord |= !word.isEmpty() || value.charAt(i) == 'c';
            } else {
                word.append(c);
            }
        }
        if (inWord) {
            add(word);
        }
    }

    /** Reads from an opening quote; returns where its closing one is. */
    private int quoted(String value, int open, StringBuilder word) {
        char quote = value.charAt(open);
        for (int i = open + 1; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == quote) {
                return i;
            }
            if (c == '\0' || c == '\n' || c == '\r') {
                throw new RefusedException("holds a line break or a control character");
            }
            if (c == '%') {
                i = code(value, i, word);
            } else if (quote == '"'
                    && c == '\\'
                    && i + 1 < value.length()
                    && IN_QUOTES_ESCAPED.indexOf(value.charAt(i + 1)) >= 0) {
                literal(value.charAt(++i), word);
            } else if (quote == '"' && (c == '$' || c == '`')) {
                throw new RefusedException(
                        "has the character " + c + " in quotes without a backslash, which desktops read differently");
            } else {
                word.append(c);
            }
        }
        throw new RefusedException("has a quote that is never closed");
    }

    private static void literal(char c, StringBuilder word) {
        word.append(c == '%' ? "%%" : String.valueOf(c));
    }

    /** Reads a field code; returns where its letter is. */
    private int code(String value, int percent, StringBuilder word) {
        if (percent + 1 == value.length()) {
            throw new RefusedException("ends in a percent sign");
        }
        char code = value.charAt(percent + 1);
        if (FILE_CODES.indexOf(code) >= 0) {
            if (fileCodeSeen && onePlace) {
                throw new RefusedException("has more than one place for files");
            }
            fileCodeSeen = true;
            // Marked by a NUL, which no argument can hold, until the word is complete.
            word.append('\0').append(code);
        } else if (code == '%') {
            word.append("%%");
        } else if (code == 'i') {
            facts.icon().ifPresent(icon -> word.append("\0i").append(icon.replace("%", "%%")));
        } else if (code == 'c') {
            word.append(facts.name().replace("%", "%%"));
        } else if (code == 'k') {
            word.append(facts.location().replace("%", "%%"));
        } else if (OBSOLETE_CODES.indexOf(code) < 0) {
            throw new RefusedException("has the unknown field code %" + DisplayText.clean(String.valueOf(code)));
        }
        return percent + 1;
    }

    private void add(StringBuilder word) {
        String text = word.toString();
        word.setLength(0);
        if (words.size() >= MAX_WORDS) {
            throw new RefusedException("has too many words");
        }
        int mark = text.indexOf('\0');
        if (mark < 0) {
            words.add(text);
        } else if (onePlace && mark != text.lastIndexOf('\0')) {
            throw new RefusedException("has two field codes in one word");
        } else if (text.charAt(mark + 1) == 'i') {
            words.add(text.substring(0, mark) + "--icon");
            words.add(text.substring(mark + 2));
        } else if (text.length() == 2) {
            words.add("%" + text.charAt(1));
        } else {
            words.add(text.substring(0, mark) + text.substring(mark + 2));
        }
    }
}
