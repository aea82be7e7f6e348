package org.landgrant.cli;

import java.util.List;
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
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** What holds for an app, and how that is changed. */
final class GrantVerbs {
    private GrantVerbs() {}

    @Command(
            name = "grants",
            description = "Shows what holds for an app, and who decided it.",
            footer = {"", "Examples:", "  landgrant grants firefox-esr", "  landgrant grants firefox-esr --own --json"})
    static final class Grants extends Verb {
        @Parameters(paramLabel = "APP", description = "the app")
        private AppId app;

        @Option(names = "--own", description = "only what somebody decided, not what the template says")
        private boolean own;

        @Override
        void run() {
            installed(app);
            List<EffectiveGrant> grants = ports().gatekeeper().effective(app).stream()
                    .filter(grant -> !own || grant.origin() != Origin.TEMPLATE)
                    .toList();
            if (manner().json()) {
                json(grants.stream().map(Shapes::grant).toList());
                return;
            }
            table(
                    List.of("DECISION", "ACCESS", "RESOURCE", "FROM", "UNTIL"),
                    grants.stream().map(this::row).toList());
            if (grants.isEmpty()) {
                none("Nothing was decided about " + app + ".");
            }
        }

        private List<String> row(EffectiveGrant grant) {
            String end = grant.lifetime().login().isPresent()
                    ? "logout"
                    : grant.lifetime().until().map(this::moment).orElse("");
            return List.of(
                    Shapes.word(grant.decision()),
                    Typed.words(grant.access()),
                    grant.resource().text(),
                    Shapes.origin(grant),
                    end);
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

        /**
         * The kernel takes nothing away from a program that runs but what it was given meanwhile.
         *
         * @param before what that was
         */
        final void tellOfKept(AppId app, Map<Session, List<LiveGrant>> before) {
            Map<Session, List<LiveGrant>> now = liveGrants(app);
            boolean taken = now.entrySet().stream()
                    .anyMatch(each -> !each.getValue().equals(before.getOrDefault(each.getKey(), List.of())));
            if (!now.isEmpty()) {
                say("It runs now; " + (taken ? "what it was given since it started is gone at once, but " : "")
                        + "what it could reach when it started stays open until it is closed.");
            }
        }

        /** As a shell and the commands read it back. */
        static String plain(Resource resource) {
            return Typed.shell(resource instanceof Resource.Place(String path) ? path : resource.text());
        }

        /** What each that runs was given meanwhile. */
        final Map<Session, List<LiveGrant>> liveGrants(AppId app) {
            return ports().sessions().running(app).stream()
                    .collect(Collectors.toMap(session -> session, ports().sessions()::liveGrants));
        }
    }

    @Command(
            name = "grant",
            description = "Lets an app reach something, in the place of what was decided before.",
            footer = {
                "",
                "Resources: folder:documents, /a/path, ~/a/path, tcp:443, tcp:any, udp:any, device:gpu,",
                "service:x11, service:links, bus:org.freedesktop.Notifications. Examples:",
                "  landgrant grant firefox-esr folder:documents read",
                "  landgrant grant firefox-esr ~/Work read,write",
            })
    static final class Allow extends Change {
        @Parameters(paramLabel = "APP", index = "0", description = "the app")
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
            Map<Session, List<LiveGrant>> before = liveGrants(app);
            Resource decided = decide(app, resource, access.access(), Decision.ALLOW);
            say(app + " may reach " + decided.text() + ": " + Typed.words(access.access()) + ".");
            ports().guarded()
                    .reason(decided, access.access())
                    .filter(reason -> ports().places().get().pathOf(decided).isPresent())
                    .ifPresent(reason -> say("That gives it " + decided.text() + ", " + reason + "; \"landgrant revoke "
                            + app + " " + plain(decided) + "\" takes it back."));
            tellOfUnconfined(app);
            boolean there = liveGrants(app).entrySet().stream()
                    .allMatch(now -> !now.getValue().equals(before.getOrDefault(now.getKey(), List.of())));
            if (!there) {
                tellOfRunning();
            }
            changed(List.of(Shapes.change(app.value(), "allowed", decided, access.access())));
        }

        /** The kernel cannot change what a program was given at its start. */
        private void tellOfRunning() {
            if (!ports().sessions().running(app).isEmpty()) {
                say("It runs now; this holds from its next start.");
            }
        }
    }

    @Command(
            name = "deny",
            description = "Refuses an app something for good.",
            footer = {
                "",
                "Examples:",
                "  landgrant deny firefox-esr folder:documents",
                "  landgrant deny firefox-esr ~/Work/secret"
            })
    static final class Deny extends Change {
        @Parameters(paramLabel = "APP", index = "0", description = "the app")
        private AppId app;

        @Parameters(paramLabel = "RESOURCE", index = "1", description = "what it may not reach")
        private Resource resource;

        @Override
        void run() {
            Map<Session, List<LiveGrant>> before = liveGrants(app);
            Resource decided = decide(app, resource, Typed.possible(resource), Decision.DENY);
            say(app + " may not reach " + decided.text() + ".");
            tellOfUnconfined(app);
            tellOfKept(app, before);
            changed(List.of(Shapes.change(app.value(), "denied", decided, Typed.possible(resource))));
        }
    }

    @Command(
            name = "revoke",
            aliases = "reset",
            description = "Takes back what was decided about something, so that the app's template speaks again.",
            footer = {
                "",
                "Also what was allowed once goes, from apps that run as well. \"landgrant deny\" refuses what the",
                "template allows. Examples:",
                "  landgrant revoke firefox-esr folder:documents",
                "  landgrant revoke firefox-esr ~/Work",
            })
    static final class Revoke extends Change {
        @Parameters(paramLabel = "APP", index = "0", description = "the app")
        private AppId app;

        @Parameters(paramLabel = "RESOURCE", index = "1", description = "what was decided about")
        private Resource resource;

        @Override
        void run() {
            installed(app);
            Map<Session, List<LiveGrant>> before = liveGrants(app);
            // What was decided about the path before paths had a meaning goes, too.
            ports().gatekeeper().reset(app, resource);
            Resource meant = byMeaning(resource);
            if (!meant.equals(resource)) {
                ports().gatekeeper().reset(app, meant);
            }
            ports().live().takeBack(app, meant, Typed.possible(meant));
            say("For " + app + " and " + meant.text() + " the template holds.");
            ports().gatekeeper().effective(app).stream()
                    .filter(grant -> grant.resource().equals(meant) && grant.decision() == Decision.ALLOW)
                    .findFirst()
                    .ifPresent(grant -> say("It allows " + Typed.words(grant.access()) + "; \"landgrant deny " + app
                            + " " + meant.text() + "\" refuses it."));
            tellOfKept(app, before);
            changed(List.of(Shapes.change(app.value(), "revoked", meant, Typed.possible(meant))));
        }
    }
}
