package org.landgrant.ui;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.landgrant.launch.SelfTestFact;
import org.landgrant.launch.SelfTestRow;
import org.landgrant.launch.SelfTestRow.Subject;
import org.landgrant.launch.SelfTestRow.Verdict;

/**
 * What the protection section shows.
 *
 * @param rows those that are known so far
 * @param failure why the check ended without a result; empty when it did not
 */
record ProtectionPage(List<SelfTestFact> facts, Map<Subject, SelfTestRow> rows, boolean checking, String failure) {
    /** In one word, what there is to say. */
    enum State {
        CHECKING,
        FINE,
        OPEN,
        FAILED
    }

    static final ProtectionPage NOTHING_YET = new ProtectionPage(List.of(), Map.of(), false, "");

    ProtectionPage {
        facts = List.copyOf(facts);
        rows = Map.copyOf(rows);
    }

    ProtectionPage with(SelfTestRow row) {
        Map<Subject, SelfTestRow> more = new EnumMap<>(Subject.class);
        more.putAll(rows);
        more.put(row.subject(), row);
        return new ProtectionPage(facts, more, checking, failure);
    }

    /** Rows that a person should worry about. */
    int open() {
        return (int) rows.values().stream().filter(row -> !row.verdict().fine()).count();
    }

    /** The first row that could not be tried; the others have the same reason most of the time. */
    Optional<SelfTestRow> unknown() {
        return Stream.of(Subject.values())
                .flatMap(subject -> Stream.ofNullable(rows.get(subject)))
                .filter(row -> row.verdict() == Verdict.UNKNOWN)
                .findFirst();
    }

    State state() {
        if (checking) {
            return State.CHECKING;
        }
        // What is not known is never taken for good.
        if (!failure.isEmpty()
                || rows.size() < Subject.values().length
                || unknown().isPresent()) {
            return State.FAILED;
        }
        return open() > 0 ? State.OPEN : State.FINE;
    }
}
