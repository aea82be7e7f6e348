package org.landgrant.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.landgrant.grants.Legible;

/** Rows of words in columns, for a terminal. */
final class Table {
    private static final String GAP = "  ";

    private Table() {}

    /** The rows with every column but the last filled up to its widest word, one line each. */
    static String of(List<List<String>> rows) {
        return of(rows, (column, word) -> Paint.PLAIN);
    }

    /** The same with headings above, everything in its colour. */
    static String of(
            List<String> headings, List<List<String>> rows, BiFunction<Integer, String, Paint> paint, boolean colour) {
        if (rows.isEmpty()) {
            return "";
        }
        List<List<String>> all = new ArrayList<>();
        all.add(headings);
        all.addAll(rows);
        String text = of(all, (column, word) -> Paint.PLAIN);
        int first = text.indexOf('\n');
        String painted = of(all, paint);
        String top = text.substring(0, first);
        return (colour ? Paint.HEADING.on(top) : top) + painted.substring(painted.indexOf('\n'));
    }

    /**
     * The rows with words in their colours.
     *
     * @param paint the colour of a word, by its column from 0
     */
    static String of(List<List<String>> rows, BiFunction<Integer, String, Paint> paint) {
        StringBuilder text = new StringBuilder();
        List<List<String>> plain = rows.stream()
                .map(row -> row.stream().map(Table::plain).toList())
                .toList();
        for (List<String> row : plain) {
            StringBuilder line = new StringBuilder();
            int last = row.size() - 1;
            while (last > 0 && row.get(last).isEmpty()) {
                last--;
            }
            for (int column = 0; column <= last; column++) {
                String word = row.get(column);
                line.append(paint.apply(column, word).on(word));
                if (column < last) {
                    line.append(" ".repeat(widest(plain, column) - length(word)))
                            .append(GAP);
                }
            }
            text.append(line.toString().stripTrailing()).append('\n');
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
        return rows.stream()
                .filter(row -> column < row.size())
                .mapToInt(row -> length(row.get(column)))
                .max()
                .orElse(0);
    }

    private static int length(String word) {
        return word.codePointCount(0, word.length());
    }
}
