package org.landgrant.agent;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.landgrant.desktop.FileTypes;
import org.landgrant.desktop.InstalledApp;
import org.landgrant.desktop.InstalledApps;
import org.landgrant.desktop.NotOpenedException;
import org.landgrant.desktop.Opening;
import org.landgrant.grants.Access;
import org.landgrant.grants.AppId;
import org.landgrant.grants.Event;
import org.landgrant.grants.RefusedException;
import org.landgrant.grants.Resource;
import org.landgrant.grants.Service;
import org.landgrant.launch.HandsOn;
import org.landgrant.launch.LaunchedSessions;
import org.landgrant.launch.Message.HandOn;
import org.landgrant.launch.Message.HandedOn;
import org.landgrant.launch.Message.HandedOn.Outcome;
import org.landgrant.launch.Session;
import org.landgrant.policy.Right;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens links and files of confined apps in the apps the person chose for them, outside of the confinement of who
 * asks: in a confined app within its own, with that one file; in one that is not confined only what is shown and not
 * run, and of files a copy.
 *
 * <p>Who asks decides little: the app it names is taken only where that is confined and opens such things anyway.
 */
final class LinkDesk implements HandsOn {
    private static final Logger LOG = LoggerFactory.getLogger(LinkDesk.class);

    /** An app that was given something and wants it opened again so soon goes round in a circle. */
    private static final Duration CIRCLE = Duration.ofSeconds(10);

    private static final int MOST_REMEMBERED = 64;

    /**
     * What it needs.
     *
     * @param confined whether menus start an app confined
     * @param allowed whether an app may have links opened now; its policy may be older
     */
    record Sources(
            Opening opening,
            InstalledApps apps,
            LaunchedSessions sessions,
            Predicate<AppId> confined,
            Predicate<AppId> allowed,
            InstantSource clock) {}

    private record Given(AppId app, String text, Instant when) {}

    private final Sources sources;
    private final Deque<Given> given = new ArrayDeque<>();
    private final CopyOnWriteArrayList<Consumer<Event>> witnesses = new CopyOnWriteArrayList<>();

    LinkDesk(Sources sources) {
        this.sources = sources;
    }

    /** Tells what was opened for whom; not what it was, which belongs to the person. */
    void witness(Consumer<Event> witness) {
        witnesses.add(witness);
    }

    @Override
    public HandedOn open(Session session, HandOn what) {
        try {
            return new HandedOn(what.number(), opened(session, what), "");
        } catch (NotOpenedException | RefusedException refused) {
            return new HandedOn(what.number(), Outcome.REFUSED, String.valueOf(refused.getMessage()));
        } catch (RuntimeException bug) {
            LOG.error("Something could not be opened because of a mistake in Landgrant", bug);
            return new HandedOn(what.number(), Outcome.REFUSED, "Landgrant made a mistake");
        }
    }

    private Outcome opened(Session session, HandOn what) {
        if (!sources.allowed().test(session.app())) {
            throw new NotOpenedException("the app may not open anything in other apps any more");
        }
        String type = what.kind() == HandOn.Kind.LINK
                ? "x-scheme-handler/"
                        + what.text().substring(0, what.text().indexOf(':')).toLowerCase(Locale.ROOT)
                : sources.opening()
                        .types()
                        .of(what.text().substring(what.text().lastIndexOf('/') + 1))
                        .orElseThrow(() -> new NotOpenedException("nobody knows what kind of file it is"));
        if (what.kind() != HandOn.Kind.LINK && !FileTypes.isShown(type)) {
            throw new NotOpenedException("opening such a file could run it");
        }
        InstalledApp app = wanted(what, type)
                .or(() -> sources.opening().defaults().of(type))
                .orElseThrow(() -> new NotOpenedException("no app is set to open such things"));
        if (sources.opening().passesOn().test(app)) {
            throw new NotOpenedException("the app that is set to open such things only looks for another one");
        }
        boolean confined = sources.confined().test(app.id());
        if (what.kind() == HandOn.Kind.FILE && app.id().equals(session.app())) {
            // Another session of it would keep what this one has for a while only.
            throw new NotOpenedException("the app opens such files itself");
        }
        if (what.kind() == HandOn.Kind.COPY && confined) {
            throw new NotOpenedException("the app for it was confined meanwhile");
        }
        if (what.kind() == HandOn.Kind.FILE && !confined) {
            return Outcome.COPY;
        }
        requireNoCircle(session, app.id(), what.text());
        start(app, what, confined);
        Event event = Event.about(
                Event.Kind.OPENED,
                session.app(),
                new Resource.OfService(Service.LINKS),
                Set.of(Access.USE),
                sources.clock().instant(),
                Event.Who.APP);
        witnesses.forEach(witness -> witness.accept(event));
        return Outcome.DONE;
    }

    /** The app that was named, where it is confined and opens such things. */
    private Optional<InstalledApp> wanted(HandOn what, String type) {
        return what.by()
                .filter(sources.confined())
                .flatMap(sources.apps()::find)
                .filter(app -> sources.opening().defaults().declares(app, type));
    }

    private void start(InstalledApp app, HandOn what, boolean confined) {
        if (!confined) {
            sources.opening().outside().open(app, what.text());
        } else if (what.kind() == HandOn.Kind.LINK) {
            sources.sessions().launch(app.id(), List.of(what.text()));
        } else {
            sources.sessions()
                    .hand(
                            app.id(),
                            what.text(),
                            (what.rights().contains(Right.WRITE) ? "rw " : "r ") + what.identity());
        }
    }

    private synchronized void requireNoCircle(Session session, AppId app, String text) {
        Instant now = sources.clock().instant();
        given.removeIf(old -> old.when().plus(CIRCLE).isBefore(now));
        if (given.stream()
                .anyMatch(old -> old.app().equals(session.app()) && old.text().equals(text))) {
            throw new NotOpenedException("the app was just given that to open it itself");
        }
        given.add(new Given(app, text, now));
        while (given.size() > MOST_REMEMBERED) {
            given.remove();
        }
    }
}
