package org.landgrant.policy;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What is asked about when it is refused: the person's own files and what they plugged in, and ports. Coarse on
 * purpose: whoever answers knows what was denied for good, and answers that without asking anybody.
 */
final class Asking {
    private static final List<String> OUTSIDE = List.of("/media", "/mnt", "/run/media", "/srv");

    private Asking() {}

    /** @param before the lines that say which ports are protected */
    static List<PolicyLine> lines(List<PolicyLine> before, Home home) {
        List<PolicyLine> lines = new ArrayList<>();
        Set<String> places = new LinkedHashSet<>(List.of(home.home()));
        Stream.of(
                        Stream.of(home.configHome(), home.dataHome(), home.stateHome()),
                        Stream.concat(home.userFolders().values().stream(), home.realFolders().stream())
                                .sorted(),
                        OUTSIDE.stream())
                .flatMap(paths -> paths)
                .filter(path -> places.stream().noneMatch(known -> Places.covers(known, path)))
                .forEach(places::add);
        places.forEach(path -> lines.add(new PolicyLine.AskFile(path)));
        for (Protection what : List.of(Protection.CONNECT_TCP, Protection.LISTEN_TCP)) {
            if (before.contains(new PolicyLine.Protect(what))) {
                lines.add(new PolicyLine.AskPort(what));
            }
        }
        return lines;
    }
}
