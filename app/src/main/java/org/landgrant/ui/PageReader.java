package org.landgrant.ui;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.landgrant.desktop.InstalledApp;
import org.landgrant.desktop.Instance;
import org.landgrant.grants.Access;
import org.landgrant.grants.AppId;
import org.landgrant.grants.AppSettings;
import org.landgrant.grants.Decision;
import org.landgrant.grants.Denial;
import org.landgrant.grants.EffectiveGrant;
import org.landgrant.grants.Gatekeeper;
import org.landgrant.grants.Origin;
import org.landgrant.grants.Resource;
import org.landgrant.grants.Service;
import org.landgrant.grants.Unanswered;
import org.landgrant.grants.UserFolder;
import org.landgrant.policy.Policy;
import org.landgrant.prompts.Coalescer.Kind;
import org.landgrant.prompts.OneLine;
import org.landgrant.prompts.Standing;
import org.landgrant.prompts.UserPlaces;
import org.landgrant.prompts.Words;

/** Reads what the windows show. Blocks; one thread at a time. */
final class PageReader {
    private static final Duration RECENT = Duration.ofDays(1);
    private static final int MOST_DENIALS = 500;
    private static final int NAME = 40;
    private static final int PATH = 56;
    private static final int NAMES_IN_LIST = 2;
    private static final int NAMES_ON_PAGE = 8;

    private final UiServices services;
    private final Words words;
    private final InstantSource clock;
    private final ZoneId zone;
    private final Ends ends;
    private final Baselines baselines;
    private final OnceReader once;

    PageReader(UiServices services, Words words, InstantSource clock, ZoneId zone) {
        this.services = services;
        this.words = words;
        this.clock = clock;
        this.zone = zone;
        this.ends = new Ends(words, clock, zone);
        this.baselines = new Baselines(services.gatekeeper(), services.sessions());
        this.once = new OnceReader(services.sessions(), words);
    }

    /** The apps to list: those that menus show, and those that are confined whether shown or not. */
    List<AppEntry> entries() {
        baselines.look();
        UserPlaces places = Places.now(services);
        return services.apps().all().stream()
                .map(app -> entry(app, places))
                .filter(entry -> entry.app().shown() || entry.confined())
                .toList();
    }

    private AppEntry entry(InstalledApp app, UserPlaces places) {
        Gatekeeper gatekeeper = services.gatekeeper();
        boolean running = !services.sessions().running(app.id()).isEmpty();
        if (app.notOurs().isPresent()) {
            return new AppEntry(app, false, running, false, words.say("state.notours"), 0);
        }
        if (!gatekeeper.settings(app.id()).confined()) {
            return new AppEntry(app, false, running, false, words.say("state.open"), 0);
        }
        List<EffectiveGrant> effective = gatekeeper.effective(app.id());
        String reach = Reach.words(effective, places, words, NAMES_IN_LIST);
        boolean free = services.free().isOpen(app.id());
        boolean outside = !free && !services.outside().of(app.id()).isEmpty();
        String state = free || outside ? words.say("state.free") : reach.isEmpty() ? words.say("state.nothing") : reach;
        Instant now = clock.instant();
        int refusals = new RefusalReader(places, words, now, zone)
                .openSince(
                        now.minus(RECENT), gatekeeper.denials(app.id(), MOST_DENIALS), new Standing(places, effective));
        return new AppEntry(app, true, running, free || outside, state, refusals);
    }

    /** The page of one app. */
    AppPage page(InstalledApp app) {
        baselines.look();
        Gatekeeper gatekeeper = services.gatekeeper();
        UserPlaces places = Places.now(services);
        AppSettings settings = gatekeeper.settings(app.id());
        List<EffectiveGrant> effective = gatekeeper.effective(app.id());
        List<Denial> denials = gatekeeper.denials(app.id(), MOST_DENIALS);
        RefusalReader refusals = new RefusalReader(places, words, clock.instant(), zone);
        List<OnceRow> held = once.rows(app.id(), effective, places);
        Policy policy = services.policy().apply(app.id());
        Optional<Instant> free = services.free().since(app.id());
        Optional<Instant> outside = free.isPresent()
                ? Optional.empty()
                : services.outside().of(app.id()).stream()
                        .map(Instance::started)
                        .min(Comparator.naturalOrder());
        return new AppPage(
                app,
                settings,
                Beginning.decided(effective),
                Reach.words(effective, places, words, NAMES_ON_PAGE),
                folders(app.id(), effective, held, places),
                NetworkState.of(effective),
                ServiceRow.of(effective, denials),
                held,
                refusals.worthy(denials, new Standing(places, effective)),
                refusals.quiet(denials),
                policy.enforcement(),
                policy.unexpressed().stream()
                        .map(Policy.Unexpressed::reason)
                        .distinct()
                        .toList(),
                ReachRules.of(policy),
                !services.sessions().running(app.id()).isEmpty(),
                free.isPresent(),
                baselines.outdated(app.id(), effective, places),
                outside.isPresent(),
                free.or(() -> outside).map(this::since).orElse(""),
                services.terminals().state(app),
                display(effective));
    }

    /** The time of day; another day, too. */
    private String since(Instant then) {
        ZonedDateTime moment = then.atZone(zone);
        boolean today = moment.toLocalDate().equals(clock.instant().atZone(zone).toLocalDate());
        DateTimeFormatter form = today
                ? DateTimeFormatter.ofLocalizedTime(FormatStyle.SHORT)
                : DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT);
        return ActivityWords.plain(form.withLocale(words.locale()).format(moment));
    }

    private DisplayRow.State display(List<EffectiveGrant> effective) {
        boolean wayland = !services.environment().apply("WAYLAND_DISPLAY").isEmpty();
        boolean x11 = !services.environment().apply("DISPLAY").isEmpty();
        boolean allowed = effective.stream()
                .filter(grant -> grant.resource().equals(new Resource.OfService(Service.X11)))
                .anyMatch(grant -> grant.decision() == Decision.ALLOW);
        if (wayland) {
            return allowed ? DisplayRow.State.X11_TOO : DisplayRow.State.WAYLAND;
        }
        return x11 ? DisplayRow.State.X11_ONLY : DisplayRow.State.UNKNOWN;
    }

    private List<FolderRow> folders(AppId app, List<EffectiveGrant> effective, List<OnceRow> held, UserPlaces places) {
        Map<Resource, Unanswered> silent = services.gatekeeper().unanswered().stream()
                .filter(row -> row.app().equals(app) && row.isSilentAt(clock.instant()))
                .collect(Collectors.toMap(Unanswered::resource, row -> row));
        Map<Resource, EffectiveGrant> grants =
                effective.stream().collect(Collectors.toMap(EffectiveGrant::resource, grant -> grant));
        Standing standing = new Standing(places, effective);
        List<FolderRow> rows = new ArrayList<>();
        for (UserFolder folder : UserFolder.values()) {
            String path = places.folders().get(folder);
            if (path != null) {
                Resource resource = new Resource.Folder(folder);
                rows.add(new FolderRow(
                        resource,
                        Optional.of(folder),
                        places.nameOf(folder),
                        path,
                        LeftToRight.path(places.shown(path, PATH)),
                        Level.of(standing, resource),
                        Optional.ofNullable(grants.get(resource))
                                .filter(EffectiveGrant::changed)
                                .isPresent(),
                        standing.refusedForGood(resource),
                        false,
                        note(resource, effective, held, Optional.ofNullable(silent.get(resource)), places)));
            }
        }
        for (EffectiveGrant grant : effective) {
            if (grant.resource() instanceof Resource.Place(String path)
                    && grant.origin() != Origin.TEMPLATE
                    && grant.fromTemplate().isEmpty()) {
                rows.add(new FolderRow(
                        grant.resource(),
                        Optional.empty(),
                        OneLine.clean(UserPlaces.nameOf(path), NAME),
                        places.pathOf(grant.resource()).orElse(""),
                        LeftToRight.path(places.shown(path, PATH)),
                        Level.of(standing, grant.resource()),
                        grant.changed(),
                        grant.decision() == Decision.DENY,
                        places.pathOf(grant.resource()).map(Places::look).equals(Optional.of(Kind.FILE)),
                        said(grant, false)));
            }
        }
        return rows;
    }

    /** What a person would wonder about: why nobody asks, when it ends, why it is open although nobody switched it on. */
    private String note(
            Resource folder,
            List<EffectiveGrant> effective,
            List<OnceRow> held,
            Optional<Unanswered> silent,
            UserPlaces places) {
        Optional<EffectiveGrant> own = effective.stream()
                .filter(grant -> grant.resource().equals(folder))
                .findFirst();
        Standing standing = new Standing(places, effective);
        if (held.stream().anyMatch(row -> row.resource().equals(folder))) {
            return words.say("row.once");
        }
        if (silent.isPresent() && !standing.reaches(folder, Access.READ)) {
            return ends.silence(silent.get());
        }
        if (own.isPresent() || !standing.reaches(folder, Access.READ)) {
            return own.map(grant -> said(grant, grant.changed())).orElse("");
        }
        return effective.stream()
                .filter(grant -> grant.decision() == Decision.ALLOW && places.covers(grant.resource(), folder))
                .findFirst()
                .flatMap(grant -> places.pathOf(grant.resource()))
                .map(path -> words.say("row.within", places.shown(path, NAME)))
                .orElse("");
    }

    private String said(EffectiveGrant grant, boolean changed) {
        if (grant.decision() == Decision.DENY) {
            boolean answered = grant.origin() == Origin.PROMPT && grant.timesAsked() > 0;
            return answered ? words.say("row.never.asked", grant.timesAsked()) : words.say("row.never");
        }
        return grant.decision() == Decision.ALLOW && !grant.lifetime().isAlways()
                ? ends.row(grant.lifetime())
                : changed ? words.say("row.changed") : "";
    }
}
