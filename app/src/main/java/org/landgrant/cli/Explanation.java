package org.landgrant.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.landgrant.grants.Access;
import org.landgrant.grants.Decision;
import org.landgrant.grants.EffectiveGrant;
import org.landgrant.grants.Resource;
import org.landgrant.policy.Policy;
import org.landgrant.policy.PolicyLine;
import org.landgrant.policy.Protection;
import org.landgrant.policy.Right;
import org.landgrant.prompts.LiveGround.Foresight;

/**
 * Why an app may reach something or not: read from its policy, which is what a launch enforces, from the grants that
 * the policy's lines name, and from how the question is judged that a refusal becomes.
 *
 * <p>Source: PROTOCOL.md, section 1, “what holds for a path and a right”.
 */
final class Explanation {
    /** What is true. */
    enum May {
        YES,
        NO,
        /** The app waits, and somebody is asked. */
        ASKS
    }

    /** Why it is. */
    enum Why {
        GRANTED,
        /** A grant switches the whole protection off. */
        OPEN,
        /** This kernel cannot keep it from the app. */
        UNENFORCED,
        DENIED,
        /** Somebody wants to be asked. */
        TO_BE_ASKED,
        /** It is a protected place, and no grant names it. */
        PROTECTED,
        /** Nobody decided about it. */
        NOBODY,
        /** Nobody decided about it, and whoever waits is not asked whether something may run. */
        RUN,
        /** It holds keys, passwords and the like. */
        SENSITIVE,
        /** Its prompt was closed too often. */
        SILENT
    }

    /**
     * One answer.
     *
     * @param grant what it comes from, if it comes from a grant
     */
    record Answer(Access access, May may, Why why, Optional<EffectiveGrant> grant) {}

    private final Policy policy;
    private final List<EffectiveGrant> grants;
    private final BiFunction<Resource, Access, Foresight> judge;

    /** @param judge what becomes of a question about that */
    Explanation(Policy policy, List<EffectiveGrant> grants, BiFunction<Resource, Access, Foresight> judge) {
        this.policy = policy;
        this.judge = judge;
        this.grants = List.copyOf(grants);
    }

    /** About a file or folder, by its absolute path as it really lies. */
    Answer file(String path, Access access) {
        Right right = switch (access) {
            case WRITE -> Right.WRITE;
            case EXECUTE -> Right.EXECUTE;
            default -> Right.READ;
        };
        Optional<PolicyLine.File> rule = lines(PolicyLine.File.class)
                .filter(line -> line.rights().contains(right) && covers(line.path(), path))
                .max(Comparator.comparingInt(line -> line.path().length()));
        Optional<PolicyLine.Except> except = lines(PolicyLine.Except.class)
                .filter(line -> closes(line, right) && covers(line.path(), path))
                .max(Comparator.comparingInt(line -> line.path().length()));
        int ruleDepth = rule.map(line -> line.path().length()).orElse(-1);
        if (rule.isPresent()
                && except.filter(line -> line.path().length() > ruleDepth).isEmpty()) {
            return new Answer(access, May.YES, Why.GRANTED, grant(rule.get().reference()));
        }
        Optional<EffectiveGrant> no = except.flatMap(line -> grant(line.reference()));
        Answer refused = no.map(grant -> refusedBy(access, grant))
                .orElseGet(() ->
                        new Answer(access, May.NO, except.isPresent() ? Why.PROTECTED : Why.NOBODY, Optional.empty()));
        boolean asks = lines(PolicyLine.AskFile.class).anyMatch(line -> covers(line.path(), path));
        return asks
                ? judged(new Resource.Place(path), refused)
                : new Answer(access, May.NO, refused.why(), refused.grant());
    }

    /** What a refusal becomes that is a question first. */
    private Answer judged(Resource resource, Answer refused) {
        Foresight foresight = judge.apply(resource, refused.access());
        May may = switch (foresight.verdict()) {
            case ALLOW -> May.YES;
            case ASK -> May.ASKS;
            case DENY -> May.NO;
        };
        Why why = switch (foresight.because()) {
            case DECIDED -> may == May.YES ? Why.GRANTED : may == May.ASKS ? Why.TO_BE_ASKED : Why.DENIED;
            case UNDECIDED -> Why.NOBODY;
            case RUN -> Why.RUN;
            case SENSITIVE -> may == May.NO && refused.why() == Why.PROTECTED ? Why.PROTECTED : Why.SENSITIVE;
            case SILENT -> Why.SILENT;
            case UNWORTHY -> refused.why();
        };
        return new Answer(
                refused.access(),
                may,
                why,
                foresight.grant().or(() -> why == refused.why() ? refused.grant() : Optional.empty()));
    }

    /** About a TCP port. */
    Answer port(int port, Access access) {
        boolean connects = access == Access.CONNECT;
        Optional<String> rule = connects
                ? lines(PolicyLine.Connect.class)
                        .filter(line -> line.port() == port)
                        .map(PolicyLine.Connect::reference)
                        .findFirst()
                : lines(PolicyLine.Listen.class)
                        .filter(line -> line.port() == port)
                        .map(PolicyLine.Listen::reference)
                        .findFirst();
        if (rule.isPresent()) {
            return new Answer(access, May.YES, Why.GRANTED, grant(rule.get()));
        }
        return kind(connects ? Protection.CONNECT_TCP : Protection.LISTEN_TCP, access, new Resource.TcpPort(port));
    }

    /** About every port of a kind. */
    Answer kind(Protection protection, Access access, Resource resource) {
        Optional<PolicyLine.Open> open = lines(PolicyLine.Open.class)
                .filter(line -> line.what() == protection)
                .findFirst();
        if (open.isPresent()) {
            return new Answer(access, May.YES, Why.OPEN, grant(open.get().reference()));
        }
        if (lines(PolicyLine.Missing.class).anyMatch(line -> line.what() == protection)) {
            return new Answer(access, May.YES, Why.UNENFORCED, Optional.empty());
        }
        Optional<EffectiveGrant> no = about(resource, access).filter(grant -> grant.decision() != Decision.ALLOW);
        if (no.isPresent()) {
            return refusedBy(access, no.get());
        }
        boolean asks = lines(PolicyLine.AskPort.class).anyMatch(line -> line.what() == protection);
        Answer refused = new Answer(access, asks ? May.ASKS : May.NO, Why.NOBODY, Optional.empty());
        return asks && resource instanceof Resource.TcpPort ? judged(resource, refused) : refused;
    }

    /** About what has no rules of its own: devices, services, names on the bus. */
    Answer thing(Resource resource, Access access) {
        return about(resource, access)
                .map(grant -> grant.decision() == Decision.ALLOW
                        ? new Answer(access, May.YES, Why.GRANTED, Optional.of(grant))
                        : refusedBy(access, grant))
                .orElseGet(() -> new Answer(access, May.NO, Why.NOBODY, Optional.empty()));
    }

    /** Grants that would do what the answer wants, but that no rule could express, and why. */
    List<String> unexpressed(Answer answer) {
        List<String> reasons = new ArrayList<>();
        for (Policy.Unexpressed left : policy.unexpressed()) {
            if (answer.grant()
                    .map(EffectiveGrant::reference)
                    .filter(left.reference()::equals)
                    .isPresent()) {
                reasons.add(left.reason());
            }
        }
        return reasons;
    }

    private static Answer refusedBy(Access access, EffectiveGrant grant) {
        return grant.decision() == Decision.ASK
                ? new Answer(access, May.ASKS, Why.TO_BE_ASKED, Optional.of(grant))
                : new Answer(access, May.NO, Why.DENIED, Optional.of(grant));
    }

    private Optional<EffectiveGrant> about(Resource resource, Access access) {
        return grants.stream()
                .filter(grant ->
                        grant.resource().equals(resource) && grant.access().contains(access))
                .findFirst();
    }

    private Optional<EffectiveGrant> grant(String reference) {
        return grants.stream()
                .filter(grant -> grant.reference().equals(reference))
                .findFirst();
    }

    private <L extends PolicyLine> Stream<L> lines(Class<L> kind) {
        return policy.lines().stream().filter(kind::isInstance).map(kind::cast);
    }

    /** Listing and reading go together; who may not read may not write either. */
    private static boolean closes(PolicyLine.Except except, Right right) {
        boolean noReading =
                except.rights().contains(Right.READ) || except.rights().contains(Right.LIST);
        return except.rights().contains(right) || (noReading && (right == Right.READ || right == Right.WRITE));
    }

    private static boolean covers(String outer, String inner) {
        return outer.equals("/") || inner.equals(outer) || inner.startsWith(outer + "/");
    }
}
