package org.landgrant.prompts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the rooms without words say, read from their sources. What is put in between is one {@link #HOLE}, with
 * what the method that makes it puts around it.
 */
final class RoomSentences {
    static final String HOLE = "▯";

    private static final List<Path> ROOMS = Stream.of(
                    "app/src/main/java/org/landgrant/agent",
                    "app/src/main/java/org/landgrant/desktop",
                    "launcher-native/src/main/java",
                    "profiles-db/src/main/java")
            .map(room -> Path.of("..").resolve(room))
            .toList();
    private static final Pattern REFUSAL = Pattern.compile("(Refused|Book)Exception\\(\\s*([^\";{},]*\\+\\s*)?\\z");
    private static final Pattern LOG = Pattern.compile("\\bLOG(GER)?\\s*\\.\\s*\\w+\\([^\";{}]*\\z");
    private static final Pattern QUOTED_BEFORE = Pattern.compile("\\bquote\\([^\"+]*\\)\\s*\\+\\s*\\z");

    /**
     * A literal, with those it is joined to.
     *
     * @param refusal whether it is the sentence of a refusal or a failure of the book
     * @param logged whether it is for the log
     */
    record Text(String file, String words, boolean refusal, boolean logged) {
        /** Whether a person may read it as it is. */
        boolean isSentence() {
            int first = words.codePointAt(0);
            boolean begins = Character.isUpperCase(first) || words.startsWith(HOLE) || words.startsWith("\"");
            // A question mark at the end of what has no beginning is one of SQL.
            boolean ends = words.endsWith(".") || (words.endsWith("?") && Character.isUpperCase(first));
            return !logged && (refusal || (begins && ends && words.indexOf(' ') > 0));
        }
    }

    private final String file;
    private final String code;
    private final List<Text> texts = new ArrayList<>();
    private int at;

    private RoomSentences(String file, String code) {
        this.file = file;
        this.code = code;
    }

    /** Every literal of those rooms that is not empty. */
    static List<Text> all() throws IOException {
        List<Text> all = new ArrayList<>();
        for (Path room : ROOMS) {
            try (Stream<Path> files = Files.walk(room)) {
                for (Path file : files.filter(one -> one.toString().endsWith(".java"))
                        .sorted()
                        .toList()) {
                    all.addAll(new RoomSentences(file.getFileName().toString(), Files.readString(file)).read());
                }
            }
        }
        return all;
    }

    private List<Text> read() {
        while (at < code.length()) {
            if (code.startsWith("\"\"\"", at)) {
                at = code.indexOf("\"\"\"", at + 3) + 3;
            } else if (code.charAt(at) == '"') {
                text();
            } else if (!skipped()) {
                at++;
            }
        }
        return texts;
    }

    /** A comment or a character. */
    private boolean skipped() {
        if (code.startsWith("/*", at)) {
            at = code.indexOf("*/", at) + 2;
        } else if (code.startsWith("//", at)) {
            at = code.indexOf('\n', at);
        } else if (code.charAt(at) == '\'') {
            at = code.indexOf('\'', at + (code.charAt(at + 1) == '\\' ? 3 : 2)) + 1;
        } else {
            return false;
        }
        return true;
    }

    private void text() {
        String before = code.substring(Math.max(0, at - 160), at);
        StringBuilder words = new StringBuilder();
        if (before.stripTrailing().endsWith("+")) {
            words.append(QUOTED_BEFORE.matcher(before).find() ? "\"" + HOLE + "\"" : HOLE);
        }
        literal(words);
        for (space(); code.charAt(at) == '+'; space()) {
            at++;
            space();
            if (code.charAt(at) == '"') {
                literal(words);
            } else {
                words.append(operand());
            }
        }
        if (!words.isEmpty()) {
            String joined = words.toString().replace("%s", HOLE);
            boolean refusal = REFUSAL.matcher(before).find();
            texts.add(new Text(file, joined, refusal, LOG.matcher(before).find()));
        }
    }

    private void space() {
        while (Character.isWhitespace(code.charAt(at))) {
            at++;
        }
    }

    private void literal(StringBuilder words) {
        for (at++; code.charAt(at) != '"'; at++) {
            if (code.charAt(at) == '\\') {
                at++;
                words.append(code.charAt(at) == 'n' ? '\n' : code.charAt(at));
            } else {
                words.append(code.charAt(at));
            }
        }
        at++;
    }

    /** What is joined to a literal and is none itself. */
    private String operand() {
        int from = at;
        int depth = 0;
        while (depth > 0 || "+,;)?:".indexOf(code.charAt(at)) < 0) {
            if (code.charAt(at) == '"') {
                literal(new StringBuilder());
            } else if (!skipped()) {
                depth += code.charAt(at) == '(' ? 1 : code.charAt(at) == ')' ? -1 : 0;
                at++;
            }
        }
        String made = code.substring(from, at);
        return made.startsWith("quote(") ? "\"" + HOLE + "\"" : made.startsWith("Reasons.of(") ? HOLE + "." : HOLE;
    }
}
