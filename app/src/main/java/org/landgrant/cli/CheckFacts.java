package org.landgrant.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.landgrant.grants.AppId;
import org.landgrant.grants.AppSettings;
import org.landgrant.grants.BookException;
import org.landgrant.launch.SelfTestFact;
import org.landgrant.prompts.Words;

/** What the surroundings mean for confinement, and what can be done about them. In English, as all commands are. */
final class CheckFacts {
    private static final Words WORDS = new Words(Locale.ENGLISH);

    private static final String SUPERVISED =
            "Landgrant tells what its supervisor saw; what only the kernel saw is refused all the same, and told"
                    + " nowhere here.";

    /** How much it matters. */
    enum Verdict {
        GOOD,
        /** Good to know; something is less comfortable, or less is seen. */
        NOTE,
        BAD
    }

    /**
     * One of them.
     *
     * @param key a stable word
     * @param verdict what it comes to
     * @param title what it is about
     * @param value what was found, in words
     * @param meaning what follows from it
     * @param remedy what a person can do; empty when there is nothing to do
     */
    record Fact(String key, String state, Verdict verdict, String title, String value, String meaning, String remedy) {}

    private CheckFacts() {}

    /** What the self-test saw around it. */
    static List<Fact> around(List<SelfTestFact> facts) {
        return facts.stream().map(CheckFacts::judged).toList();
    }

    private static Fact judged(SelfTestFact fact) {
        String key = fact.key() + "." + fact.state();
        return switch (key) {
            case "linux.version" -> fact(fact, Verdict.GOOD, "", "");
            case "landlock.version" ->
                fact(fact, Verdict.GOOD, "The kernel confines files itself; the rows above say what it refused.", "");
            case "landlock.none" ->
                fact(
                        fact,
                        Verdict.BAD,
                        "Nothing can be confined, so confined apps do not start.",
                        "Use Linux 5.13 or newer with Landlock switched on (lsm=landlock,…).");
            case "errata.mended", "errata.none" -> fact(fact, Verdict.GOOD, "", "");
            case "modules.listed" ->
                fact.value().contains("landlock")
                        ? fact(fact, Verdict.GOOD, "Each of them may refuse more than Landgrant does.", "")
                        : fact(
                                fact,
                                Verdict.BAD,
                                "Landlock is not among them.",
                                "Add landlock to lsm= on the kernel's command line.");
            case "modules.unknown" ->
                fact(
                        fact,
                        Verdict.NOTE,
                        "/sys/kernel/security is not mounted; what else refuses things is not known.",
                        "");
            case "display.x11" ->
                fact(fact, Verdict.BAD, "Apps can watch and press keys of each other.", "Log in to a Wayland session.");
            case "display.xwayland" ->
                fact(
                        fact,
                        Verdict.BAD,
                        "Apps that use X11 can watch each other.",
                        "Prefer apps that use Wayland by themselves.");
            case "display.wayland" -> fact(fact, Verdict.GOOD, "Windows and keys are kept apart.", "");
            case "display.no-display" ->
                fact(fact, Verdict.NOTE, "No window can ask; \"landgrant ask\" does in a terminal.", "");
            case "bus.found" -> fact(fact, Verdict.GOOD, "Apps get a filtered one only.", "");
            case "bus.none" -> fact(fact, Verdict.NOTE, "Apps get no desktop services.", "");
            case "filter.found" -> fact(fact, Verdict.GOOD, "Apps get the desktop services you allow.", "");
            case "filter.missing" ->
                fact(fact, Verdict.NOTE, "Apps get no desktop services at all.", "Install xdg-dbus-proxy.");
            case "namespaces.allowed" -> fact(fact, Verdict.GOOD, "Browsers keep walls of their own inside.", "");
            case "namespaces.off", "namespaces.apparmor" ->
                fact(fact, Verdict.NOTE, "Browsers may have less walls of their own inside.", "");
            case "tracing.all" ->
                fact(
                        fact,
                        Verdict.NOTE,
                        "Programs without limits may read each other's memory; confined ones may not.",
                        "Set kernel.yama.ptrace_scope to 1.");
            case "tracing.own", "tracing.unknown" -> fact(fact, Verdict.GOOD, "", "");
            case "tracing.root", "tracing.none" ->
                fact(
                        fact,
                        Verdict.BAD,
                        "What an app asks for cannot be read from it, so it is refused instead of asked about.",
                        "Set kernel.yama.ptrace_scope to 1.");
            case "audit.heard", "audit.readable" ->
                fact(fact, Verdict.GOOD, "The history tells what only the kernel saw, too.", "");
            case "audit.silent" ->
                fact(
                        fact,
                        Verdict.NOTE,
                        SUPERVISED,
                        "Switch auditing on: audit=1 on the kernel's command line, or install auditd.");
            case "audit.unreadable" ->
                fact(
                        fact,
                        Verdict.NOTE,
                        SUPERVISED,
                        "Let a helper read them, for each user only their own: sudo setcap cap_audit_read+ep "
                                + Typed.shell(fact.value()));
            case "audit.none", "audit.old" -> fact(fact, Verdict.NOTE, SUPERVISED, "");
            case "manager.runs" -> fact(fact, Verdict.GOOD, "Its socket is out of reach for confined apps.", "");
            default -> fact(fact, Verdict.NOTE, "", "");
        };
    }

    private static Fact fact(SelfTestFact fact, Verdict verdict, String meaning, String remedy) {
        return new Fact(
                fact.key(),
                fact.state(),
                verdict,
                WORDS.say("fact." + fact.key()),
                WORDS.say("fact." + fact.key() + "." + fact.state(), fact.value()),
                meaning,
                remedy);
    }

    /** What Landgrant itself keeps and made. */
    static List<Fact> own(Commands.Ports ports) {
        List<Fact> facts = new ArrayList<>();
        Set<AppId> confined = new TreeSet<>();
        try {
            int decided = ports.decided().get().size();
            ports.chosen().get().stream().filter(AppSettings::confined).forEach(app -> confined.add(app.app()));
            Optional<String> trouble = ports.history().trouble();
            facts.add(new Fact(
                    "database",
                    trouble.isEmpty() ? "fine" : "unwritable",
                    trouble.isEmpty() ? Verdict.GOOD : Verdict.BAD,
                    "Database",
                    trouble.orElse(
                            "Apps about which something was decided: " + decided + "; confined: " + confined.size()),
                    trouble.isEmpty() ? "" : "What happens is not written down.",
                    trouble.isEmpty() ? "" : "Make room on the disk."));
        } catch (BookException damaged) {
            facts.add(new Fact(
                    "database",
                    "unreadable",
                    Verdict.BAD,
                    "Database",
                    String.valueOf(damaged.getMessage()),
                    "Confined apps start with what was written for them last.",
                    "Restore it from a copy, or move it away to begin anew."));
        }
        facts.add(entries(confined, ports.entries().get()));
        return facts;
    }

    private static Fact entries(Set<AppId> confined, Set<AppId> entries) {
        Set<AppId> missing = new TreeSet<>(confined);
        missing.removeAll(entries);
        String names = missing.stream().map(AppId::value).collect(Collectors.joining(", "));
        return missing.isEmpty()
                ? new Fact(
                        "entries",
                        "fine",
                        Verdict.GOOD,
                        "Menu entries",
                        confined.isEmpty() ? "No app is confined" : "All confined apps start through Landgrant",
                        "",
                        "")
                : new Fact(
                        "entries",
                        "missing",
                        Verdict.BAD,
                        "Menu entries",
                        "Not in order: " + names,
                        "Their menu entries start them without limits.",
                        "Run \"landgrant confine " + missing.iterator().next() + "\".");
    }
}
