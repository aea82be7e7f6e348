package org.landgrant.ui;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.landgrant.desktop.InstalledApp;
import org.landgrant.grants.AppId;
import org.landgrant.grants.Decision;
import org.landgrant.grants.Denial;
import org.landgrant.grants.DesktopService;
import org.landgrant.grants.EffectiveGrant;
import org.landgrant.grants.Event;
import org.landgrant.grants.Event.Kind;
import org.landgrant.grants.Lifetime;
import org.landgrant.grants.Origin;
import org.landgrant.grants.Resource;
import org.landgrant.grants.Ruling;
import org.landgrant.launch.Session;
import org.landgrant.prompts.Coalescer;
import org.landgrant.prompts.Standing;
import org.landgrant.prompts.UserPlaces;
import org.landgrant.prompts.Words;
import org.landgrant.prompts.Worthiness;
import org.landgrant.ui.ActivityItem.Remedy;

/** What can be done about events now. Blocks; asks once for every app. */
final class ActivityRemedies {
    /** What one thing is about; without a resource, whether the app is confined. */
    private record Subject(AppId app, Optional<Resource> resource) {}

    private record Now(boolean confined, List<EffectiveGrant> effective, Standing standing, List<Session> running) {}

    private final UiServices services;
    private final UserPlaces places;
    private final Worthiness worthiness;
    private final Coalescer coalescer;
    private final Set<AppId> ours = new HashSet<>();
    private final Map<AppId, Now> apps = new HashMap<>();
    /** The newest of all that was decided about something. */
    private final Set<Event> newest = new HashSet<>();

    /** @param all the whole history, newest first */
    ActivityRemedies(UiServices services, UserPlaces places, Words words, List<Event> all) {
        this.services = services;
        this.places = places;
        this.worthiness = new Worthiness(places);
        // Whether a file is still there matters when it is allowed, not before.
        this.coalescer = new Coalescer(places, words, path -> Coalescer.Kind.FILE);
        for (InstalledApp app : services.apps().all()) {
            if (app.notOurs().isEmpty()) {
                ours.add(app.id());
            }
        }
        Set<Subject> decided = new HashSet<>();
        for (Event event : all) {
            if (decides(event) && decided.add(new Subject(event.app(), event.resource()))) {
                newest.add(event);
            }
        }
    }

    /** A refusal that nobody would want to know of. */
    boolean isRoutine(Event event) {
        return event.kind() == Kind.REFUSED
                && event.resource().isPresent()
                && !worthiness.deservesQuestion(denial(event, event.resource().get()));
    }

    Remedy of(Event event) {
        if (!ours.contains(event.app())) {
            return Remedy.NONE;
        }
        if (event.kind() == Kind.REFUSED) {
            return event.resource().map(resource -> ofRefusal(event, resource)).orElse(Remedy.NONE);
        }
        return newest.contains(event) && canBePutBack(event) ? Remedy.UNDO : Remedy.NONE;
    }

    /** The denial that a refusal was. */
    static Denial denial(Event event, Resource resource) {
        return new Denial(
                event.app(),
                resource,
                event.access().iterator().next(),
                "",
                event.count(),
                event.first(),
                event.last());
    }

    private Remedy ofRefusal(Event event, Resource resource) {
        Denial denial = denial(event, resource);
        Optional<Resource> scope = decidable(denial) ? coalescer.scope(denial) : Optional.empty();
        Now now = now(event.app());
        if (scope.isEmpty() || !now.confined()) {
            return Remedy.NONE;
        }
        if (now.standing().allows(resource, event.access())) {
            return Remedy.ALLOWED;
        }
        if (now.standing().refusedForGood(resource)) {
            return Remedy.REFUSED;
        }
        boolean partly = now.effective().stream()
                .anyMatch(grant -> grant.decision() == Decision.ALLOW && places.covers(scope.get(), grant.resource()));
        return partly ? Remedy.ALLOW_MORE : Remedy.DECIDE;
    }

    /**
     * Whether a line of the history is place enough to decide about it: what is asked about, and services of the desktop
     * that give no more than they say.
     */
    private boolean decidable(Denial denial) {
        return worthiness.deservesQuestion(denial)
                || (denial.resource() instanceof Resource.BusName name
                        && DesktopService.of(name)
                                .filter(service -> service.access() == denial.access() && !service.isGrave())
                                .isPresent());
    }

    private static boolean decides(Event event) {
        return switch (event.kind()) {
            case ANSWERED, CHANGED, ALLOWED_ONCE, TAKEN_BACK, CONFINED, RELEASED -> true;
            default -> false;
        };
    }

    private boolean canBePutBack(Event event) {
        Now now = now(event.app());
        return switch (event.kind()) {
            case CONFINED -> now.confined();
            case RELEASED -> !now.confined();
            case ALLOWED_ONCE ->
                now.running().stream().anyMatch(session -> !session.started().isAfter(event.last()));
            case ANSWERED, CHANGED -> !event.before().equals(event.after()) && holds(event, now);
            default -> false;
        };
    }

    /** Whether what the event made is what holds. */
    private static boolean holds(Event event, Now now) {
        Optional<Ruling> current = now.effective().stream()
                .filter(grant -> grant.origin() != Origin.TEMPLATE
                        && event.resource().filter(grant.resource()::equals).isPresent())
                .findFirst()
                .map(grant -> new Ruling(
                        grant.decision(),
                        grant.access(),
                        event.after().map(Ruling::lifetime).orElse(Lifetime.ALWAYS),
                        grant.origin()));
        return current.equals(event.after());
    }

    private Now now(AppId app) {
        return apps.computeIfAbsent(app, id -> {
            List<EffectiveGrant> effective = services.gatekeeper().effective(id);
            return new Now(
                    services.gatekeeper().settings(id).confined(),
                    effective,
                    new Standing(places, effective),
                    services.sessions().running(id));
        });
    }
}
