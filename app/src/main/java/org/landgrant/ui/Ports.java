package org.landgrant.ui;

import java.util.Set;
import java.util.TreeSet;
import org.landgrant.prompts.OneLine;
import org.landgrant.prompts.Words;

/** Reads port numbers as people write them: {@code 80, 443 8080}. */
final class Ports {
    static final int MOST = 64;

    private Ports() {}

    /** What was written: ports, or a sentence about what is wrong. */
    sealed interface Read {
        record Good(Set<Integer> ports) implements Read {}

        record Bad(String sentence) implements Read {}
    }

    static Read read(String text, Words words) {
        Set<Integer> ports = new TreeSet<>();
        for (String part : text.strip().split("[\\s,;]+", -1)) {
            if (part.isEmpty()) {
                continue;
            }
            if (!part.matches("[0-9]{1,5}") || Integer.parseInt(part) < 1 || Integer.parseInt(part) > 65_535) {
                return new Read.Bad(words.say("network.ports.bad", OneLine.clean(part, 20)));
            }
            ports.add(Integer.parseInt(part));
        }
        if (ports.isEmpty()) {
            return new Read.Bad(words.say("network.ports.none"));
        }
        return ports.size() > MOST ? new Read.Bad(words.say("network.ports.many", MOST)) : new Read.Good(ports);
    }
}
