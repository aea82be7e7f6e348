package org.landgrant.ui;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.landgrant.grants.Access;
import org.landgrant.grants.Decision;
import org.landgrant.grants.Denial;
import org.landgrant.grants.Event;
import org.landgrant.grants.Origin;
import org.landgrant.grants.Resource;
import org.landgrant.grants.Service;

/** What a desktop around an app changes: its services, its display, its terminals, and a computer that says little. */
final class LookStates {
    private LookStates() {}

    static List<LookScreen> all() {
        return List.of(
                new LookScreen("app-services", LookStates::services),
                new LookScreen("app-services-end", LookStates::servicesEnd),
                new LookScreen("app-display", display(Map.of("WAYLAND_DISPLAY", "wayland-0", "DISPLAY", ":0"))),
                new LookScreen("app-display-x11", LookStates::x11),
                new LookScreen("app-terminal", LookStates::terminal),
                new LookScreen("app-beginning", card("#beginning-card")),
                new LookScreen("app-refusals-bus", LookStates::refusals),
                new LookScreen("activity-bus", LookStates::activity),
                new LookScreen("activity-kernel", LookStates::kernel),
                new LookScreen("card-bus", LookStates::asked),
                new LookScreen("protection-wayland", LookStates::protection),
                new LookScreen("protection-failed", LookStates::protectionFailed));
    }

    private static Consumer<LookHand> card(String card) {
        return hand -> {
            LookPages.fill(hand);
            hand.windows.showSettings(Optional.of(Sample.FIREFOX));
            hand.scroll(card);
            hand.away();
        };
    }

    private static void services(LookHand hand) {
        hand.sample.gatekeeper.record(bus());
        hand.sample.gatekeeper.confine(Sample.FIREFOX);
        hand.sample.gatekeeper.decide(
                Sample.FIREFOX,
                new Resource.BusName("org.freedesktop.secrets"),
                Set.of(Access.USE),
                Decision.ALLOW,
                Origin.USER);
        card("#services-card").accept(hand);
    }

    private static void servicesEnd(LookHand hand) {
        services(hand);
        hand.scroll("#service-accounts");
    }

    private static Consumer<LookHand> display(Map<String, String> environment) {
        return hand -> {
            hand.sample.environment = environment;
            card("#display-row").accept(hand);
        };
    }

    private static void x11(LookHand hand) {
        hand.sample.gatekeeper.decide(
                Sample.FIREFOX, new Resource.OfService(Service.X11), Set.of(Access.USE), Decision.ALLOW, Origin.USER);
        display(Map.of("WAYLAND_DISPLAY", "wayland-0", "DISPLAY", ":0")).accept(hand);
    }

    private static void terminal(LookHand hand) {
        hand.sample.typed.add(Sample.FIREFOX);
        card("#terminal-row").accept(hand);
    }

    private static void refusals(LookHand hand) {
        hand.sample.gatekeeper.record(bus());
        card("#refusals-card").accept(hand);
    }

    private static void activity(LookHand hand) {
        hand.sample.gatekeeper.confine(Sample.FIREFOX);
        bus().forEach(denial -> hand.sample.history.note(Event.refused(denial)));
        hand.windows.showSettings(Optional.empty());
        hand.press("#section-activity");
        hand.until("#activity-list .activity-cell");
        hand.away();
    }

    /** What only the kernel saw. */
    private static void kernel(LookHand hand) {
        Instant now = Instant.now();
        for (Event.Kind kind : List.of(
                Event.Kind.SIGNAL_REFUSED,
                Event.Kind.TRACE_REFUSED,
                Event.Kind.SOCKET_REFUSED,
                Event.Kind.MOUNT_REFUSED)) {
            hand.sample.history.note(Event.of(kind, Sample.FIREFOX, now, Event.Who.KERNEL));
        }
        activity(hand);
    }

    private static void asked(LookHand hand) {
        hand.sample.gatekeeper.confine(Sample.FIREFOX);
        hand.sample.sessions.begin(Sample.FIREFOX, List.of());
        hand.windows.denied(bus().subList(0, 3));
        hand.click("#card-sentence");
        hand.until("#card-deny", node -> !node.isDisabled());
    }

    private static void protection(LookHand hand) {
        hand.sample.environment = Map.of("WAYLAND_DISPLAY", "wayland-0", "DISPLAY", ":0");
        checked(hand);
    }

    private static void protectionFailed(LookHand hand) {
        hand.sample.launcher = Path.of("/usr/lib/landgrant/landgrant");
        checked(hand);
    }

    private static void checked(LookHand hand) {
        hand.renew();
        hand.windows.showSettings(Optional.empty());
        hand.press("#section-protection");
        hand.until("#protect-again", button -> !button.isDisabled());
        hand.away();
    }

    /** Those that are asked about first. */
    private static List<Denial> bus() {
        return List.of(
                bus("org.freedesktop.secrets", 1),
                bus("org.freedesktop.FileManager1", 2),
                bus("org.gnome.evolution.dataserver.Sources5", 1),
                bus("org.gnome.OnlineAccounts", 3),
                bus("ca.desrt.dconf", 12),
                bus("org.example.Unknown", 1));
    }

    private static Denial bus(String name, int count) {
        Instant then = Instant.now().minus(Duration.ofMinutes(count));
        return new Denial(Sample.FIREFOX, new Resource.BusName(name), Access.USE, "app", count, then, then);
    }
}
