package org.landgrant.cli;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.landgrant.grants.Access;
import org.landgrant.grants.AppId;
import org.landgrant.grants.Decision;
import org.landgrant.grants.EffectiveGrant;
import org.landgrant.grants.Origin;
import org.landgrant.grants.Resource;
import org.landgrant.launch.LiveGrant;
import org.landgrant.launch.Session;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** What holds for an app, and how that is changed. */
final class GrantVerbs {
    private GrantVerbs() {}

    @Command(
            name = "grants",
            description = "Shows what holds for an app, and who decided it.",
            mixinStandardHelpOptions = true)
    static final class Grants extends Verb {
        @Parameters(paramLabel = "ID", description = "the app")
        private AppId app;

        @Override
        void run() {
            installed(app);
            table(ports().gatekeeper().effective(app).stream()
                    .map(grant -> List.of(
                            grant.decision().name().toLowerCase(Locale.ROOT),
                            Typed.words(grant.access()),
                            grant.resource().text(),
                            origin(grant)))
                    .toList());
        }

        private static String origin(EffectiveGrant grant) {
            return grant.origin() == Origin.TEMPLATE
                    ? "template " + grant.reference()
                    : grant.origin().name().toLowerCase(Locale.ROOT) + " " + grant.reference();
        }
    }

    /** A command that changes what holds. */
    abstract static class Change extends Verb {
        /** Decides; returns what was decided about, by its meaning. */
        final Resource decide(AppId app, Resource resource, Set<Access> access, Decision decision) {
            installed(app);
            Resource meant = byMeaning(resource);
            ports().gatekeeper().decide(app, meant, access, decision, Origin.USER);
            return meant;
        }

        final void tellOfUnconfined(AppId app) {
            if (!ports().gatekeeper().settings(app).confined()) {
                say("It is not confined, so nothing is kept from it; \"landgrant confine " + app + "\" changes that.");
            }
        }

        /** The kernel takes nothing away from a program that runs. */
        final void tellOfKept(AppId app) {
            if (!ports().sessions().running(app).isEmpty()) {
                say("It runs now; what it could reach when it started stays open until it is closed.");
            }
        }
    }

    @Command(
            name = "grant",
            description = "Lets an app reach something, in the place of what was decided before.",
            mixinStandardHelpOptions = true,
            footer = {
                "",
                "Resources: folder:documents, /a/path, ~/a/path, tcp:443, tcp:any, udp:any, device:gpu,",
                "service:x11, bus:org.freedesktop.Notifications. Examples:",
                "  landgrant grant firefox-esr folder:documents read",
                "  landgrant grant firefox-esr ~/Work read,write",
            })
    static final class Allow extends Change {
        @Parameters(paramLabel = "ID", index = "0", description = "the app")
        private AppId app;

        @Parameters(paramLabel = "RESOURCE", index = "1", description = "what it may reach")
        private Resource resource;

        @Parameters(
                paramLabel = "ACCESS",
                index = "2",
                description = "read, write, execute, connect, listen or use, with commas between; write includes read")
        private Commands.AccessSet access;

        @Override
        void run() {
            if (!Typed.possible(resource).containsAll(access.access())) {
                throw new ParameterException(
                        line(),
                        "For " + resource.text() + " there is only " + Typed.words(Typed.possible(resource)) + ".");
            }
            Map<Session, List<LiveGrant>> before = liveGrants();
            Resource decided = decide(app, resource, access.access(), Decision.ALLOW);
            say(app + " may reach " + decided.text() + ": " + Typed.words(access.access()) + ".");
            tellOfUnconfined(app);
            if (liveGrants().entrySet().stream()
                    .allMatch(now -> !now.getValue().equals(before.getOrDefault(now.getKey(), List.of())))) {
                return; // What runs has it already.
            }
            tellOfRunning();
        }

        private Map<Session, List<LiveGrant>> liveGrants() {
            return ports().sessions().running(app).stream()
                    .collect(Collectors.toMap(session -> session, ports().sessions()::liveGrants));
        }

        /** The kernel cannot change what a program was given at its start. */
        private void tellOfRunning() {
            if (!ports().sessions().running(app).isEmpty()) {
                say("It runs now; this holds from its next start.");
            }
        }
    }

    @Command(name = "deny", description = "Refuses an app something for good.", mixinStandardHelpOptions = true)
    static final class Deny extends Change {
        @Parameters(paramLabel = "ID", index = "0", description = "the app")
        private AppId app;

        @Parameters(paramLabel = "RESOURCE", index = "1", description = "what it may not reach")
        private Resource resource;

        @Override
        void run() {
            Resource decided = decide(app, resource, Typed.possible(resource), Decision.DENY);
            say(app + " may not reach " + decided.text() + ".");
            tellOfUnconfined(app);
            tellOfKept(app);
        }
    }

    @Command(
            name = "reset",
            description = "Goes back to what the app's template says.",
            mixinStandardHelpOptions = true)
    static final class Reset extends Change {
        @Parameters(paramLabel = "ID", index = "0", description = "the app")
        private AppId app;

        @Parameters(paramLabel = "RESOURCE", index = "1", description = "what was decided about")
        private Resource resource;

        @Override
        void run() {
            installed(app);
            // What was decided about the path before paths had a meaning goes, too.
            ports().gatekeeper().reset(app, resource);
            Resource meant = byMeaning(resource);
            if (!meant.equals(resource)) {
                ports().gatekeeper().reset(app, meant);
            }
            say("For " + app + " and " + meant.text() + " the template holds.");
            tellOfKept(app);
        }
    }
}
