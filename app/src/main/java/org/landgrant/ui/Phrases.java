package org.landgrant.ui;

import java.lang.Character.UnicodeScript;

/**
 * Where a line of Japanese may end. The toolkit would end one between any two letters, in the middle of words and
 * names too; people read it more easily when lines end between phrases, which mostly begin where kana of
 * grammar give way to another script. Everything else is held together by marks that take no room.
 */
final class Phrases {
    /** Of the characters without width the only one that the toolkit takes as “no line ends here”. */
    private static final String HOLD = "\uFEFF";

    private static final char NO_BREAK_SPACE = '\u00A0';

    private static final String OPENING = "「『（";
    private static final String CLOSING = "」』）、。：！？…";

    /** Kana that end phrases. Those that stand inside words, as in 取り消す, are missing. */
    private static final String ENDING = "はがをにでとものへてばたるくいうすなやらぬぶむ";

    private Phrases() {}

    /** The same text to be shown in lines; text without kana stays as it is, and so does what is held already. */
    static String hold(String text) {
        // Beside letters from right to left the toolkit draws such marks as boxes.
        if (text.codePoints().noneMatch(Phrases::isKana) || LeftToRight.turns(text)) {
            return text.replace(HOLD, "");
        }
        StringBuilder held = new StringBuilder(2 * text.length());
        int[] letters = text.replace(HOLD, "").codePoints().toArray();
        for (int at = 0; at < letters.length; at++) {
            boolean last = at + 1 == letters.length;
            boolean besideNumber = at > 0 && !last && letters[at] == ' ' && counts(letters[at - 1], letters[at + 1]);
            held.appendCodePoint(besideNumber ? NO_BREAK_SPACE : letters[at]);
            if (!last && !mayEnd(letters[at], letters[at + 1])) {
                held.append(HOLD);
            }
        }
        return held.toString();
    }

    /** Whether a line may end between the two, or the toolkit knows best. */
    private static boolean mayEnd(int before, int after) {
        if (Character.isSpaceChar(before) || Character.isSpaceChar(after) || (before < 0x80 && after < 0x80)) {
            return true;
        }
        if (in(CLOSING, after) || in(OPENING, before)) {
            return false;
        }
        if (in(CLOSING, before)) {
            return !in("」』）", before) || !isHiragana(after);
        }
        return in(OPENING, after) || (in(ENDING, before) && !isHiragana(after));
    }

    private static boolean counts(int before, int after) {
        return (isDigit(before) && isJapanese(after)) || (isJapanese(before) && isDigit(after));
    }

    private static boolean in(String letters, int letter) {
        return letters.indexOf(letter) >= 0;
    }

    private static boolean isDigit(int letter) {
        return letter >= '0' && letter <= '9';
    }

    private static boolean isHiragana(int letter) {
        return UnicodeScript.of(letter) == UnicodeScript.HIRAGANA;
    }

    private static boolean isKana(int letter) {
        return isHiragana(letter) || UnicodeScript.of(letter) == UnicodeScript.KATAKANA;
    }

    private static boolean isJapanese(int letter) {
        return isKana(letter) || UnicodeScript.of(letter) == UnicodeScript.HAN;
    }
}
