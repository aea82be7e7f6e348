package org.landgrant.prompts;

import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ResourceBundle;

/**
 * Says sentences of rooms that have no words of their own once more, in a person's language. Those rooms write
 * English; it is looked up here among the English patterns {@code told.…}, and the one that fits is said as the
 * other language has it. Immutable.
 *
 * <p>What stands in a hole may come from anybody, so it is text only: it is compared and copied, never read as a
 * pattern, and nothing is tried twice.
 */
final class Told {
    /** For English: everything stays as it is. */
    static final Told NOTHING = new Told(List.of(), Locale.ROOT);

    private static final String FAMILY = "told.";
    /** Characters; two paths and the words around them fit. What is longer stays as it is. */
    private static final int LONGEST = 16_384;
    /** Sentences within a sentence: what failed, and in it why. */
    private static final int DEEPEST = 2;
    /** Stands for the first hole, the next character for the second; in no sentence of ours. */
    private static final char FIRST_HOLE = '\uE000';

    /**
     * One sentence in both languages.
     *
     * @param literals what stands before, between and behind the holes; one more than there are holes
     * @param numbers the number of each hole
     * @param said the pattern in the other language
     */
    private record Sentence(List<String> literals, List<Integer> numbers, String said) {
        int length() {
            return literals.stream().mapToInt(String::length).sum();
        }

        /** What stands in the holes, by their numbers; empty when it is another sentence. */
        Optional<String[]> read(String english) {
            String first = literals.getFirst();
            String last = literals.getLast();
            if (numbers.isEmpty()) {
                return english.equals(first) ? Optional.of(new String[0]) : Optional.empty();
            }
            int from = first.length();
            int end = english.length() - last.length();
            if (end < from || !english.startsWith(first) || !english.endsWith(last)) {
                return Optional.empty();
            }
            String[] values = new String[numbers.size()];
            for (int hole = 0; hole < numbers.size(); hole++) {
                String behind = literals.get(hole + 1);
                boolean atEnd = hole == numbers.size() - 1;
                int at = atEnd ? end : english.indexOf(behind, from);
                if (at < 0 || at > end || (!atEnd && at + behind.length() > end)) {
                    return Optional.empty();
                }
                values[numbers.get(hole)] = english.substring(from, at);
                from = at + behind.length();
            }
            return Optional.of(values);
        }
    }

    private final List<Sentence> sentences;
    private final Locale locale;

    private Told(List<Sentence> sentences, Locale locale) {
        this.sentences = sentences;
        this.locale = locale;
    }

    /** @param english has every pattern that {@code other} has */
    static Told of(ResourceBundle english, ResourceBundle other, Locale locale) {
        List<Sentence> all = new ArrayList<>();
        for (String name : other.keySet()) {
            if (name.startsWith(FAMILY)) {
                all.add(sentence(english.getString(name), other.getString(name)));
            }
        }
        // Whoever says most by itself fits best.
        all.sort(Comparator.comparingInt(Sentence::length).reversed());
        return new Told(List.copyOf(all), locale);
    }

    private static Sentence sentence(String english, String said) {
        MessageFormat pattern = new MessageFormat(english, Locale.ROOT);
        Object[] marks = new Object[pattern.getFormatsByArgumentIndex().length];
        for (int i = 0; i < marks.length; i++) {
            marks[i] = String.valueOf((char) (FIRST_HOLE + i));
        }
        List<String> literals = new ArrayList<>();
        List<Integer> numbers = new ArrayList<>();
        StringBuilder literal = new StringBuilder();
        for (char c : pattern.format(marks).toCharArray()) {
            if (c >= FIRST_HOLE && c < FIRST_HOLE + marks.length) {
                literals.add(literal.toString());
                numbers.add(c - FIRST_HOLE);
                literal.setLength(0);
            } else {
                literal.append(c);
            }
        }
        literals.add(literal.toString());
        return new Sentence(List.copyOf(literals), List.copyOf(numbers), said);
    }

    /** The sentence in the other language; as it is when nobody knows it. */
    String say(String english) {
        return english.length() > LONGEST ? english : say(english, 0);
    }

    private String say(String english, int depth) {
        for (Sentence sentence : sentences) {
            Optional<String[]> read = sentence.read(english);
            if (read.isPresent()) {
                Object[] values = new Object[read.get().length];
                for (int i = 0; i < values.length; i++) {
                    String value = read.get()[i];
                    values[i] = depth < DEEPEST ? say(value, depth + 1) : value;
                }
                return new MessageFormat(sentence.said(), locale).format(values);
            }
        }
        return english;
    }
}
