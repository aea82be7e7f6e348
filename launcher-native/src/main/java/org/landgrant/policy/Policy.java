package org.landgrant.policy;

import java.util.List;

/**
 * The compiled, explained, kernel-ready form of an app's grants; what a launcher enforces.
 *
 * @param app the app's ID
 * @param lines everything after the first two lines, in their order
 * @param enforcement how much of it the kernel it was made for enforces
 */
public record Policy(String app, List<PolicyLine> lines, Enforcement enforcement) {

    /** A grant that has no rule, and why. */
    public record Unexpressed(String reference, String reason) {}

    public Policy {
        PolicyEscapes.requireText(app);
        lines = List.copyOf(lines);
    }

    /** The policy as PROTOCOL.md has it, with comments for people. */
    public String text() {
        return PolicyText.print(this, true);
    }

    /** The policy as PROTOCOL.md has it, directives only. */
    public String canonicalText() {
        return PolicyText.print(this, false);
    }

    /** The grants that this policy could not express. */
    public List<Unexpressed> unexpressed() {
        return lines.stream()
                .filter(PolicyLine.Refused.class::isInstance)
                .map(PolicyLine.Refused.class::cast)
                .map(refused -> new Unexpressed(refused.reference(), refused.reason()))
                .toList();
    }
}
