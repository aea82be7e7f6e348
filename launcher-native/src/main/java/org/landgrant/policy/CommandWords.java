package org.landgrant.policy;

import java.util.ArrayList;
import java.util.List;
import org.landgrant.grants.RefusedException;

/**
 * An app's {@code Exec}, split into words, becomes the {@code command} lines of a policy.
 *
 * <p>Source: Desktop Entry Specification 1.5, “The Exec key”.
 */
final class CommandWords {
    private CommandWords() {}

    /**
     * The first field code for files that is a word of its own stays. Further ones, codes inside of
     * words, and those that stand for name, icon and place of the entry expand to nothing.
     *
     * @throws RefusedException when a word cannot be written into a policy, or nothing is left
     */
    static List<PolicyLine> lines(List<String> words) {
        List<PolicyLine> lines = new ArrayList<>();
        boolean fieldCode = false;
        for (String word : words) {
            boolean files = word.matches("%[fFuU]");
            String kept = files ? (fieldCode ? "" : word) : withoutCodes(word);
            fieldCode |= files;
            if (!kept.isEmpty()) {
                lines.add(line(kept));
            } else if (word.isEmpty()) {
                throw new RefusedException("Its menu entry has an empty word in the command, which cannot be kept.");
            }
        }
        if (lines.isEmpty() || ((PolicyLine.Command) lines.getFirst()).isFieldCode()) {
            throw new RefusedException("Its menu entry does not say which program to start.");
        }
        return lines;
    }

    private static PolicyLine line(String word) {
        try {
            PolicyLine line = new PolicyLine.Command(word);
            if (PolicyEscapes.bytes(line.print()) <= PolicyText.LONGEST_LINE) {
                return line;
            }
        } catch (IllegalArgumentException inexpressible) {
            throw new RefusedException("Its menu entry has a word in the command that cannot be kept.", inexpressible);
        }
        throw new RefusedException("Its menu entry has a word in the command that is too long.");
    }

    private static String withoutCodes(String word) {
        StringBuilder kept = new StringBuilder();
        int i = 0;
        while (i < word.length()) {
            char c = word.charAt(i++);
            if (c != '%') {
                kept.append(c);
                continue;
            }
            char code = i < word.length() ? word.charAt(i) : '\0';
            boolean known = code != '\0' && "fFuUdDnNickvm".indexOf(code) >= 0;
            if (!known) {
                kept.append("%%");
            }
            if (known || code == '%') {
                i++;
            }
        }
        return kept.toString();
    }
}
