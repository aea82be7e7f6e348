package org.landgrant.launch;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.landgrant.kernel.KernelFacts;
import org.landgrant.kernel.KernelProbe;
import org.landgrant.kernel.KernelTrials;
import org.landgrant.kernel.Trial;
import org.landgrant.launch.SelfTestRow.Reason;
import org.landgrant.launch.SelfTestRow.Subject;

/**
 * Finds out what this computer enforces, by really trying: unconfined, behind the kernel's walls alone, and
 * under the shipped launcher. Blocks for a second or so, at most for its time limit. Safe for many threads.
 *
 * @param launcher path of {@code landgrant}
 */
public record SelfTest(Path launcher, Map<String, String> environment, Duration limit) {
    public SelfTest {
        environment = Map.copyOf(environment);
    }

    /** What was found, rows in the order of {@link Subject}. */
    public record Report(List<SelfTestFact> facts, List<SelfTestRow> rows) {
        public Report {
            facts = List.copyOf(facts);
            rows = List.copyOf(rows);
        }

        /** Whether nothing is open and nothing is unknown. */
        public boolean fine() {
            return rows.stream().allMatch(row -> row.verdict().fine());
        }
    }

    /** What can be said without trying anything. */
    public List<SelfTestFact> facts() {
        return around(KernelProbe.ask().facts()).all();
    }

    /**
     * Tries everything.
     *
     * @param seen told of each row once, as soon as it is known, on this thread
     */
    public Report run(Consumer<SelfTestRow> seen) {
        KernelFacts kernel = KernelProbe.ask().facts();
        int abi = kernel.landlockAbi();
        SelfTestFacts around = around(kernel);
        Rows rows = new Rows(seen);
        rows.add(around.display());
        SelfTestJudge judge = new SelfTestJudge(abi, around.filter(), Map.of(), Map.of(), Optional.empty());
        Map<Trial, Integer> launched = new EnumMap<>(Trial.class);
        Optional<Boolean> heard = Optional.empty();
        try (SelfTestGround ground = new SelfTestGround(around.bus());
                KernelTrials trials = new KernelTrials(ground.stage(), abi)) {
            Map<Trial, Integer> outside = trials.outside();
            Optional<AuditHelper.Ear> ear = abi > 0 ? around.helper().open() : Optional.empty();
            Map<Trial, Integer> confined = trials.confined();
            if (ear.isPresent()) {
                heard = Optional.of(ear.get().heard());
            }
            SelfTestJudge informed = new SelfTestJudge(abi, around.filter(), outside, confined, Optional.empty());
            judge = informed;
            rows.judge(judge, launched);
            if (abi > 0) {
                String said = new SelfTestRun(launcher, limit).run(ground, (trial, end) -> {
                    launched.put(trial, end);
                    rows.judge(informed, launched);
                });
                judge = judge.failed(launched.isEmpty() ? Reason.NOT_STARTED : Reason.NO_ANSWER, said);
            }
        } catch (IOException failure) {
            judge = judge.failed(Reason.NOT_STARTED, Reasons.of(failure));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            judge = judge.failed(Reason.NO_ANSWER, "");
        }
        rows.judge(judge, launched);
        return new Report(around.all(heard), rows.all());
    }

    private SelfTestFacts around(KernelFacts kernel) {
        return new SelfTestFacts(
                environment, kernel.landlockAbi(), kernel.errata(), Path.of("/"), AuditHelper.of(launcher));
    }

    /** Rows as they become known. */
    private static final class Rows {
        private final Consumer<SelfTestRow> seen;
        private final Map<Subject, SelfTestRow> known = new EnumMap<>(Subject.class);

        Rows(Consumer<SelfTestRow> seen) {
            this.seen = seen;
        }

        void add(SelfTestRow row) {
            known.put(row.subject(), row);
            seen.accept(row);
        }

        void judge(SelfTestJudge judge, Map<Trial, Integer> launched) {
            Set<Subject> open = EnumSet.allOf(Subject.class);
            open.removeAll(known.keySet());
            for (Subject subject : open) {
                judge.judge(subject, launched).ifPresent(this::add);
            }
        }

        List<SelfTestRow> all() {
            return List.copyOf(known.values());
        }
    }
}
