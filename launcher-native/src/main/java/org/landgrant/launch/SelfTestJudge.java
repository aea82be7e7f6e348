package org.landgrant.launch;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.landgrant.kernel.Trial;
import org.landgrant.launch.SelfTestRow.Reason;
import org.landgrant.launch.SelfTestRow.Subject;
import org.landgrant.launch.SelfTestRow.Verdict;

/**
 * What the ends of trials mean. Never better than what was seen: to count as refused, a thing must work
 * unconfined, fail as refusals do when confined, and what is granted must work beside it.
 *
 * @param abi Landlock's version, 0 for none
 * @param filter whether the bus's filter is installed
 * @param outside how trials ended unconfined: 0 done, else an errno
 * @param kernel the same behind Landlock alone
 * @param failure why no confined program answers any more, and a sentence about it; empty while one may
 */
record SelfTestJudge(
        int abi, boolean filter, Map<Trial, Integer> outside, Map<Trial, Integer> kernel, Optional<Failure> failure) {
    /** EPERM, EACCES, EPROTONOSUPPORT, EAFNOSUPPORT. */
    private static final Set<Integer> REFUSALS = Set.of(1, 13, 93, 97);

    private static final int ENOENT = 2;

    /** ENOENT, ECONNREFUSED: an address that is left over from somebody gone. */
    private static final Set<Integer> NOBODY_THERE = Set.of(ENOENT, 111);

    /** Since that version Landlock knows signals; before, nobody can stop them. */
    private static final int ABI_OF_SIGNALS = 6;

    record Failure(Reason reason, String sentence) {}

    SelfTestJudge {
        outside = Map.copyOf(outside);
        kernel = Map.copyOf(kernel);
    }

    SelfTestJudge failed(Reason reason, String sentence) {
        return new SelfTestJudge(abi, filter, outside, kernel, Optional.of(new Failure(reason, sentence)));
    }

    /**
     * The row, as soon as it can be known.
     *
     * @param launched how trials ended so far under the launcher
     */
    Optional<SelfTestRow> judge(Subject subject, Map<Trial, Integer> launched) {
        if (abi == 0) {
            return row(subject, Verdict.NOBODY, Reason.NO_LANDLOCK);
        }
        if (outside.isEmpty()) {
            return failure.map(why -> unknown(subject, why));
        }
        if (subject == Subject.SERVICES && NOBODY_THERE.contains(outside.getOrDefault(Trial.BUS, ENOENT))) {
            return row(subject, Verdict.ABSENT, Reason.NO_BUS);
        }
        for (Trial trial : subject.trials()) {
            if (outside.getOrDefault(trial, -1) != 0) {
                return row(subject, Verdict.UNKNOWN, Reason.NOT_OUTSIDE);
            }
        }
        Optional<Integer> granted = Optional.ofNullable(launched.get(Trial.GRANTED));
        if (granted.isPresent() && granted.get() != 0) {
            return row(subject, Verdict.UNKNOWN, Reason.NOTHING_WORKS);
        }
        // One that got through is told at once; what is refused counts when everything was answered.
        for (Trial trial : subject.trials()) {
            Integer end = launched.get(trial);
            if (end != null && end == 0) {
                boolean old = trial == Trial.SIGNAL && abi < ABI_OF_SIGNALS;
                return row(subject, Verdict.NOBODY, old ? Reason.OLD_KERNEL : Reason.REACHED);
            }
        }
        if (granted.isEmpty() || !launched.keySet().containsAll(subject.trials())) {
            return failure.map(why -> unknown(subject, why));
        }
        if (!subject.trials().stream().map(launched::get).allMatch(REFUSALS::contains)) {
            return row(subject, Verdict.UNKNOWN, Reason.ODD);
        }
        boolean alone = kernel.getOrDefault(Trial.GRANTED, -1) == 0
                && subject.trials().stream()
                        .map(trial -> kernel.getOrDefault(trial, 0))
                        .allMatch(REFUSALS::contains);
        Reason reason = subject != Subject.SERVICES ? Reason.REFUSED : filter ? Reason.FILTERED : Reason.NO_FILTER;
        return row(subject, alone ? Verdict.KERNEL : Verdict.LANDGRANT, reason);
    }

    private static SelfTestRow unknown(Subject subject, Failure why) {
        return new SelfTestRow(subject, Verdict.UNKNOWN, why.reason(), why.sentence());
    }

    private static Optional<SelfTestRow> row(Subject subject, Verdict verdict, Reason reason) {
        return Optional.of(new SelfTestRow(subject, verdict, reason, ""));
    }
}
