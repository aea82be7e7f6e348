package org.landgrant.cli;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Words that somebody may have meant who typed another one. */
final class Near {
    private static final int MOST = 3;
    private static final int LONG = 6;

    private Near() {}

    /** Those that differ by a slip of the finger, or of long words two, or that begin with what was typed; the nearest first. */
    static List<String> to(String typed, Collection<String> words) {
        String small = typed.toLowerCase(Locale.ROOT);
        int most = small.length() < 3 ? 0 : small.length() < LONG ? 1 : 2;
        return words.stream()
                .distinct()
                .filter(word -> slips(small, word.toLowerCase(Locale.ROOT)) <= most || begins(word, small))
                .sorted(Comparator.<String>comparingInt(word -> slips(small, word.toLowerCase(Locale.ROOT)))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(MOST)
                .toList();
    }

    private static boolean begins(String word, String small) {
        return small.length() >= 2 && word.toLowerCase(Locale.ROOT).startsWith(small);
    }

    /** Letters left out, added, changed, or swapped with their neighbour, to make one word of the other. */
    private static int slips(String one, String other) {
        int[][] count = new int[one.length() + 1][other.length() + 1];
        for (int i = 0; i <= one.length(); i++) {
            for (int j = 0; j <= other.length(); j++) {
                count[i][j] = i == 0 || j == 0 ? i + j : least(count, one, other, i, j);
            }
        }
        return count[one.length()][other.length()];
    }

    private static int least(int[][] count, String one, String other, int i, int j) {
        boolean same = one.charAt(i - 1) == other.charAt(j - 1);
        int least = Math.min(count[i - 1][j - 1] + (same ? 0 : 1), Math.min(count[i - 1][j], count[i][j - 1]) + 1);
        boolean swapped =
                i > 1 && j > 1 && one.charAt(i - 1) == other.charAt(j - 2) && one.charAt(i - 2) == other.charAt(j - 1);
        return swapped ? Math.min(least, count[i - 2][j - 2] + 1) : least;
    }
}
