package org.landgrant.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.landgrant.kernel.Trial;
import org.landgrant.launch.SelfTestRow.Reason;
import org.landgrant.launch.SelfTestRow.Subject;
import org.landgrant.launch.SelfTestRow.Verdict;

class SelfTestJudgeTest {
    private static final int EACCES = 13;
    private static final int EIO = 5;

    private static Map<Trial, Integer> all(int end) {
        Map<Trial, Integer> ends = new EnumMap<>(Trial.class);
        for (Trial trial : Trial.values()) {
            ends.put(trial, end);
        }
        return ends;
    }

    private static Map<Trial, Integer> refused() {
        return with(all(EACCES), Trial.GRANTED, 0);
    }

    private static Map<Trial, Integer> with(Map<Trial, Integer> ends, Trial trial, int end) {
        Map<Trial, Integer> changed = new EnumMap<>(ends);
        changed.put(trial, end);
        return changed;
    }

    private static Map<Trial, Integer> without(Map<Trial, Integer> ends, Trial trial) {
        Map<Trial, Integer> changed = new EnumMap<>(ends);
        changed.remove(trial);
        return changed;
    }

    private static SelfTestJudge judge(Map<Trial, Integer> kernel) {
        return new SelfTestJudge(7, true, all(0), kernel, Optional.empty());
    }

    private static String said(SelfTestJudge judge, Subject subject, Map<Trial, Integer> launched) {
        return judge.judge(subject, launched)
                .map(row -> row.verdict().word() + " " + row.reason().word())
                .orElse("not yet");
    }

    @Test
    void whatTheKernelRefusesAloneIsTheKernels() {
        assertEquals("kernel refused", said(judge(refused()), Subject.FILES, refused()));
        assertEquals("landgrant refused", said(judge(with(refused(), Trial.CUT, 0)), Subject.FILES, refused()));
    }

    @Test
    void theKernelIsNotCreditedWhenItsTrialsSayNothing() {
        assertEquals("landgrant refused", said(judge(Map.of()), Subject.FILES, refused()));
        assertEquals("landgrant refused", said(judge(all(EACCES)), Subject.FILES, refused()));
    }

    @Test
    void oneWayThroughIsEnough() {
        assertEquals("nobody reached", said(judge(refused()), Subject.TCP, with(refused(), Trial.LISTEN, 0)));
        assertEquals(
                "nobody reached",
                said(judge(refused()), Subject.FILES, Map.of(Trial.GRANTED, 0, Trial.LIST, 0)),
                "and is told before the rest is answered");
    }

    @Test
    void signalsGetThroughWhereTheKernelIsTooOld() {
        SelfTestJudge old = new SelfTestJudge(5, true, all(0), refused(), Optional.empty());
        assertEquals("nobody old-kernel", said(old, Subject.PROGRAMS, with(refused(), Trial.SIGNAL, 0)));
        assertEquals("nobody reached", said(judge(refused()), Subject.PROGRAMS, with(refused(), Trial.SIGNAL, 0)));
    }

    @Test
    void aRefusalProvesNothingWhenNothingWorks() {
        assertEquals("unknown nothing-works", said(judge(refused()), Subject.UDP, all(EACCES)));
        SelfTestJudge noNetwork =
                new SelfTestJudge(7, true, with(all(0), Trial.CONNECT, 111), refused(), Optional.empty());
        assertEquals("unknown not-outside", said(noNetwork, Subject.TCP, refused()));
        assertEquals("kernel refused", said(noNetwork, Subject.FILES, refused()));
    }

    @Test
    void anOddErrorIsNoRefusal() {
        assertEquals("unknown odd", said(judge(refused()), Subject.UDP, with(refused(), Trial.UDP, EIO)));
    }

    @Test
    void aRowWaitsUntilEveryTrialWasAnswered() {
        Map<Trial, Integer> some = without(refused(), Trial.CUT);
        assertEquals("not yet", said(judge(refused()), Subject.FILES, some));
        assertEquals("not yet", said(judge(refused()), Subject.FILES, without(refused(), Trial.GRANTED)));
        SelfTestJudge ended = judge(refused()).failed(Reason.NO_ANSWER, "It was killed.");
        assertEquals("unknown no-answer", said(ended, Subject.FILES, some));
        assertEquals(
                "It was killed.", ended.judge(Subject.FILES, some).orElseThrow().detail());
    }

    @Test
    void aGroundThatCouldNotBeMadeLeavesNothingGreen() {
        SelfTestJudge nothing = new SelfTestJudge(7, true, Map.of(), Map.of(), Optional.empty());
        SelfTestJudge failed = nothing.failed(Reason.NOT_STARTED, "The disk is full.");
        for (Subject subject : Subject.values()) {
            assertEquals("not yet", said(nothing, subject, Map.of()), subject.word());
            SelfTestRow row = failed.judge(subject, Map.of()).orElseThrow();
            assertEquals(Verdict.UNKNOWN, row.verdict(), subject.word());
            assertFalse(row.verdict().fine());
        }
    }

    @Test
    void withoutLandlockNothingIsEnforced() {
        SelfTestJudge none = new SelfTestJudge(0, true, all(0), Map.of(), Optional.empty());
        assertEquals("nobody no-landlock", said(none, Subject.FILES, Map.of()));
    }

    @Test
    void theBusIsClosedWithAndWithoutItsFilter() {
        assertEquals("kernel filtered", said(judge(refused()), Subject.SERVICES, refused()));
        SelfTestJudge bare = new SelfTestJudge(7, false, all(0), Map.of(), Optional.empty());
        assertEquals("landgrant no-filter", said(bare, Subject.SERVICES, refused()));
        for (Map<Trial, Integer> outside : java.util.List.of(
                without(all(0), Trial.BUS), with(all(0), Trial.BUS, 2), with(all(0), Trial.BUS, 111))) {
            SelfTestJudge none = new SelfTestJudge(7, true, outside, refused(), Optional.empty());
            assertEquals("absent no-bus", said(none, Subject.SERVICES, Map.of()));
        }
    }
}
