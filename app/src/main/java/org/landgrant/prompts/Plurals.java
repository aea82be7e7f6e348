package org.landgrant.prompts;

import java.text.NumberFormat;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongFunction;

/**
 * Chooses among the forms of a sentence by a number, in the notation translators know from ICU:
 * {@code {0,plural,=0{none}one{# file}other{# files}}}. What is chosen stays a {@link java.text.MessageFormat} pattern,
 * so other values may stand in it, and {@code #} is the number as the language writes it.
 *
 * <p>The whole of ICU would be a third of what Landgrant installs; this is the one thing of it that sentences need. Each
 * language has its line in {@link #FORMS}, by the Unicode Plural Rules (CLDR); without one a translation cannot be used.
 */
final class Plurals {
    private static final String KIND = ",plural,";

    /** Which form a whole number takes, by language. */
    private static final Map<String, LongFunction<String>> FORMS =
            Map.of("en", number -> number == 1 ? "one" : "other", "ja", number -> "other");

    private final LongFunction<String> form;
    private final NumberFormat digits;

    private Plurals(LongFunction<String> form, Locale locale) {
        this.form = form;
        this.digits = NumberFormat.getIntegerInstance(locale);
    }

    /**
     * @param language of the sentences
     * @param locale how numbers are written
     */
    static String chosen(String pattern, Locale language, Locale locale, Object... values) {
        if (!pattern.contains(KIND)) {
            return pattern;
        }
        LongFunction<String> form = FORMS.get(language.getLanguage());
        if (form == null) {
            throw new IllegalStateException("bug: nobody said how " + language + " counts");
        }
        return new Plurals(form, locale).choose(pattern, values);
    }

    private String choose(String pattern, Object[] values) {
        StringBuilder chosen = new StringBuilder();
        for (int at = 0; at < pattern.length(); at++) {
            int close = pattern.charAt(at) == '{' ? close(pattern, at) : at;
            String hole = pattern.substring(at, close);
            int kind = hole.indexOf(KIND);
            if (kind > 0 && hole.substring(1, kind).chars().allMatch(Character::isDigit)) {
                long number = ((Number) values[Integer.parseInt(hole, 1, kind, 10)]).longValue();
                chosen.append(choose(branch(hole.substring(kind + KIND.length()), number), values));
                at = close;
            } else {
                chosen.append(pattern.charAt(at));
            }
        }
        return chosen.toString();
    }

    /** What stands in the braces of the form that fits; an exact number goes before its form. */
    private String branch(String branches, long number) {
        String exact = "=" + number;
        String wanted = form.apply(number);
        String fitting = null;
        for (int at = 0; at < branches.length(); ) {
            int open = branches.indexOf('{', at);
            if (open < 0) {
                break;
            }
            int close = close(branches, open);
            String name = branches.substring(at, open).strip();
            String text = branches.substring(open + 1, close);
            if (name.equals(exact)) {
                fitting = text;
                break;
            }
            if (name.equals(wanted) || (fitting == null && name.equals("other"))) {
                fitting = text;
            }
            at = close + 1;
        }
        if (fitting == null) {
            throw new IllegalArgumentException("no form “other” in: " + branches);
        }
        return fitting.replace("#", digits.format(number));
    }

    /** Where the brace that is open there closes. */
    private static int close(String pattern, int open) {
        int depth = 0;
        for (int at = open; at < pattern.length(); at++) {
            depth += pattern.charAt(at) == '{' ? 1 : pattern.charAt(at) == '}' ? -1 : 0;
            if (depth == 0) {
                return at;
            }
        }
        throw new IllegalArgumentException("a brace is never closed: " + pattern);
    }
}
