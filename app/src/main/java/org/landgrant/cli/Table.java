package org.landgrant.cli;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.landgrant.grants.Legible;

/** Rows of words in columns, for a terminal. */
final class Table {
    private static final String GAP = "  ";

    private Table() {}

    /** The rows with every column but the last filled up to its widest word, one line each. */
    static String of(List<List<String>> rows) {
        StringBuilder text = new StringBuilder();
        List<List<String>> plain = rows.stream()
                .map(row -> row.stream().map(Table::plain).toList())
                .toList();
        for (List<String> row : plain) {
            for (int column = 0; column < row.size() - 1; column++) {
                String word = row.get(column);
                text.append(word)
                        .append(" ".repeat(widest(plain, column) - length(word)))
                        .append(GAP);
            }
            text.append(row.getLast());
            while (text.charAt(text.length() - 1) == ' ') {
                text.setLength(text.length() - 1);
            }
            text.append('\n');
        }
        return text.toString();
    }

    /**
     * What a program chose, made harmless: control characters, line ends and what turns text around are
     * spelled out, so that nobody can move the cursor or forge a line.
     */
    static String plain(String text) {
        return text.codePoints()
                .mapToObj(point -> Legible.isLegible(point)
                        ? Character.toString(point)
                        : String.format(Locale.ROOT, "\\u{%x}", point))
                .collect(Collectors.joining());
    }

    private static int widest(List<List<String>> rows, int column) {
        return rows.stream().mapToInt(row -> length(row.get(column))).max().orElse(0);
    }

    private static int length(String word) {
        return word.codePointCount(0, word.length());
    }
}
