package org.landgrant.policy;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.landgrant.grants.Access;
import org.landgrant.grants.AppId;
import org.landgrant.grants.Decision;
import org.landgrant.grants.EffectiveGrant;
import org.landgrant.grants.RefusedException;
import org.landgrant.grants.Resource;
import org.landgrant.grants.Template;
import org.landgrant.kernel.KernelFacts;

/**
 * Grants and kernel facts become a policy. Pure: the same arguments give the same policy.
 *
 * <p>Only what is allowed makes a rule; a denied or asked grant makes none, and is taken out of the rules
 * above it. A policy never opens more than the grants say.
 */
public final class PolicyCompiler {
    private PolicyCompiler() {}

    /**
     * Compiles what holds for an app on this kernel.
     *
     * @param template gives the environment and the temporary folder; its grants are in {@code grants}
     * @param grants what holds for the app, {@link EffectiveGrant#lay}
     * @param partialAccepted whether the user accepts what this kernel cannot enforce
     * @param command the words of {@code Exec}, field codes in place
     * @throws RefusedException when the command or the environment cannot be written into a policy, or
     *     the policy would be larger than PROTOCOL.md allows
     */
    public static Policy compile(
            AppId app,
            Template template,
            List<EffectiveGrant> grants,
            boolean partialAccepted,
            List<String> command,
            KernelFacts kernel,
            Home home) {
        List<EffectiveGrant> allowed = grants.stream()
                .filter(grant -> grant.decision() == Decision.ALLOW)
                .toList();
        List<PolicyLine> refused = new ArrayList<>();
        Map<Protection, String> opened = opened(grants, allowed, refused);

        FileRules files = new FileRules(grants, home);
        allowed.forEach(files::add);
        if (template.privateTemporary()) {
            files.addTemporary(home.temporaryFolder() + "/" + app.value());
        }
        if (!template.settings().isEmpty()) {
            files.addSettings(home.settingsOf(app.value()), template.name());
        }
        refused.addAll(files.refused());

        List<PolicyLine> lines = new ArrayList<>();
        List<String> missing = protections(opened, partialAccepted, kernel, lines);
        lines.addAll(files.folders());
        lines.addAll(files.rules());
        lines.addAll(ports(allowed, lines));
        lines.addAll(Desktop.lines(allowed));
        lines.addAll(Asking.lines(lines, home));
        lines.addAll(Desktop.unset(grants));
        lines.addAll(environment(template, home));
        if (!template.settings().isEmpty()) {
            lines.add(new PolicyLine.SetVariable("XDG_CONFIG_HOME", home.settingsOf(app.value())));
        }
        lines.addAll(CommandWords.lines(command));
        lines.addAll(refused);
        return requireSize(new Policy(app.value(), lines, enforcement(kernel, missing)));
    }

    /** Protections that a grant switches off, with its reference. */
    private static Map<Protection, String> opened(
            List<EffectiveGrant> grants, List<EffectiveGrant> allowed, List<PolicyLine> refused) {
        Map<Protection, String> opened = new EnumMap<>(Protection.class);
        for (EffectiveGrant grant : allowed) {
            if (grant.resource() instanceof Resource.AnyTcpPort) {
                openPorts(grant, Access.CONNECT, Protection.CONNECT_TCP, grants, opened, refused);
                openPorts(grant, Access.LISTEN, Protection.LISTEN_TCP, grants, opened, refused);
            } else if (grant.resource() instanceof Resource.AnyUdpPort) {
                if (grant.access().contains(Access.CONNECT)) {
                    opened.put(Protection.UDP, grant.reference());
                } else {
                    refused.add(new PolicyLine.Refused(
                            grant.reference(), "Receiving by UDP cannot be told from sending; grant connecting too."));
                }
            }
        }
        return opened;
    }

    private static void openPorts(
            EffectiveGrant any,
            Access access,
            Protection protection,
            List<EffectiveGrant> grants,
            Map<Protection, String> opened,
            List<PolicyLine> refused) {
        if (!any.access().contains(access)) {
            return;
        }
        for (EffectiveGrant grant : grants) {
            if (grant.decision() != Decision.ALLOW
                    && grant.access().contains(access)
                    && grant.resource() instanceof Resource.TcpPort denied) {
                refused.add(new PolicyLine.Refused(
                        any.reference(),
                        "Port " + denied.port()
                                + " is denied, and the kernel cannot leave one port out; grant the ports"
                                + " that are needed one by one."));
                return;
            }
        }
        opened.put(protection, any.reference());
    }

    /** What is enforced, opened or missing, each protection once; why something is missing. */
    private static List<String> protections(
            Map<Protection, String> opened, boolean partialAccepted, KernelFacts kernel, List<PolicyLine> lines) {
        List<String> missing = new ArrayList<>();
        for (Protection protection : Protection.values()) {
            String reference = opened.get(protection);
            if (reference != null) {
                lines.add(new PolicyLine.Open(protection, reference));
            } else if (protection.enforceableBy(kernel.landlockAbi())) {
                lines.add(new PolicyLine.Protect(protection));
            } else {
                missing.add(protection.missingReason());
                // Without files nothing is started, so they stay demanded where they are missing.
                lines.add(
                        protection == Protection.FILES
                                ? new PolicyLine.Protect(protection)
                                : new PolicyLine.Missing(protection, protection.missingReason()));
            }
        }
        if (partialAccepted && !missing.isEmpty()) {
            lines.add(new PolicyLine.AcceptPartial());
        }
        return missing;
    }

    /** Rules for single ports, as far as ports are limited at all. */
    private static List<PolicyLine> ports(List<EffectiveGrant> allowed, List<PolicyLine> before) {
        boolean connecting = before.contains(new PolicyLine.Protect(Protection.CONNECT_TCP));
        boolean listening = before.contains(new PolicyLine.Protect(Protection.LISTEN_TCP));
        List<PolicyLine> rules = new ArrayList<>();
        for (EffectiveGrant grant : allowed) {
            if (grant.resource() instanceof Resource.TcpPort tcp) {
                if (connecting && grant.access().contains(Access.CONNECT)) {
                    rules.add(new PolicyLine.Connect(tcp.port(), grant.reference()));
                }
                if (listening && grant.access().contains(Access.LISTEN)) {
                    rules.add(new PolicyLine.Listen(tcp.port(), grant.reference()));
                }
            }
        }
        return rules;
    }

    private static List<PolicyLine> environment(Template template, Home home) {
        List<PolicyLine> lines = new ArrayList<>();
        try {
            new TreeSet<>(template.unset()).forEach(name -> lines.add(new PolicyLine.Unset(name)));
            new TreeMap<>(template.set())
                    .forEach((name, value) -> lines.add(new PolicyLine.SetVariable(name, Places.expand(value, home))));
        } catch (IllegalArgumentException inexpressible) {
            throw new RefusedException(
                    "The template \"" + template.name() + "\" has an environment variable that cannot be set.",
                    inexpressible);
        }
        return lines;
    }

    private static Enforcement enforcement(KernelFacts kernel, List<String> missing) {
        if (missing.isEmpty()) {
            return new Enforcement(Enforcement.Level.FULL, missing);
        }
        boolean nothing = !Protection.FILES.enforceableBy(kernel.landlockAbi());
        return new Enforcement(nothing ? Enforcement.Level.NONE : Enforcement.Level.PARTIAL, missing);
    }

    private static Policy requireSize(Policy policy) {
        String text = policy.text();
        if (PolicyEscapes.bytes(text) > PolicyText.LONGEST
                || text.chars().filter(c -> c == '\n').count() > PolicyText.MOST_LINES
                || text.lines().anyMatch(line -> PolicyEscapes.bytes(line) > PolicyText.LONGEST_LINE)) {
            throw new RefusedException("It has more grants than can be enforced; take some back.");
        }
        return policy;
    }
}
