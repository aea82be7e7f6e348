package org.landgrant.ui;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.landgrant.desktop.InstalledApp;
import org.landgrant.grants.AppId;
import org.landgrant.grants.AppSettings;
import org.landgrant.grants.Decision;
import org.landgrant.grants.Denial;
import org.landgrant.grants.EffectiveGrant;
import org.landgrant.grants.Gatekeeper;
import org.landgrant.grants.Origin;
import org.landgrant.grants.Resource;
import org.landgrant.grants.Unanswered;
import org.landgrant.grants.UserFolder;
import org.landgrant.policy.Policy;
import org.landgrant.prompts.OneLine;
import org.landgrant.prompts.Standing;
import org.landgrant.prompts.UserPlaces;
import org.landgrant.prompts.Words;

/** Reads what the windows show. Blocks; one thread at a time. */
final class PageReader {
    private static final Duration RECENT = Duration.ofDays(1);
    private static final int MOST_DENIALS = 500;
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
            return new AppEntry(app, false, running, words.say("state.notours"), 0);
        }
        if (!gatekeeper.settings(app.id()).confined()) {
            return new AppEntry(app, false, running, words.say("state.open"), 0);
        }
        List<EffectiveGrant> effective = gatekeeper.effective(app.id());
        String reach = Reach.words(effective, places, words, NAMES_IN_LIST);
        String state = reach.isEmpty() ? words.say("state.confined.nothing") : words.say("state.confined", reach);
        Instant now = clock.instant();
        int refusals = new RefusalReader(places, words, now, zone)
                .openSince(
                        now.minus(RECENT), gatekeeper.denials(app.id(), MOST_DENIALS), new Standing(places, effective));
        return new AppEntry(app, true, running, state, refusals);
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
        Policy policy = services.policy().apply(app.id());
        return new AppPage(
                app,
                settings,
                Reach.words(effective, places, words, NAMES_ON_PAGE),
                folders(app.id(), effective, places),
                NetworkState.of(effective),
                once.rows(app.id(), effective, places),
                refusals.worthy(denials, new Standing(places, effective)),
                refusals.quiet(denials),
                policy.enforcement(),
                policy.unexpressed().stream()
                        .map(Policy.Unexpressed::reason)
                        .distinct()
                        .toList(),
                !services.sessions().running(app.id()).isEmpty(),
                baselines.outdated(app.id(), effective, places));
    }

    private List<FolderRow> folders(AppId app, List<EffectiveGrant> effective, UserPlaces places) {
        Map<Resource, Unanswered> silent = services.gatekeeper().unanswered().stream()
                .filter(row -> row.app().equals(app) && row.isSilentAt(clock.instant()))
                .collect(Collectors.toMap(Unanswered::resource, row -> row));
        Map<Resource, EffectiveGrant> grants =
                effective.stream().collect(Collectors.toMap(EffectiveGrant::resource, grant -> grant));
        List<FolderRow> rows = new ArrayList<>();
        for (UserFolder folder : UserFolder.values()) {
            String path = places.folders().get(folder);
            if (path != null) {
                Resource resource = new Resource.Folder(folder);
                Optional<EffectiveGrant> grant = Optional.ofNullable(grants.get(resource));
                rows.add(row(
                        resource,
                        Optional.of(folder),
                        places.nameOf(folder),
                        LeftToRight.path(places.shown(path, 56)),
                        grant,
                        Optional.ofNullable(silent.get(resource))));
            }
        }
        for (EffectiveGrant grant : effective) {
            if (grant.resource() instanceof Resource.Place(String path)
                    && grant.origin() != Origin.TEMPLATE
                    && grant.fromTemplate().isEmpty()) {
                String name = OneLine.clean(path.substring(path.lastIndexOf('/') + 1), 40);
                rows.add(row(
                        grant.resource(),
                        Optional.empty(),
                        name,
                        LeftToRight.path(places.shown(path, 56)),
                        Optional.of(grant),
                        Optional.empty()));
            }
        }
        return rows;
    }

    private FolderRow row(
            Resource resource,
            Optional<UserFolder> folder,
            String name,
            String path,
            Optional<EffectiveGrant> grant,
            Optional<Unanswered> silent) {
        Level level = grant.filter(one -> one.decision() == Decision.ALLOW)
                .map(one -> Level.of(one.access()))
                .orElse(Level.OFF);
        boolean never = grant.filter(one -> one.decision() == Decision.DENY).isPresent();
        boolean changed = grant.filter(EffectiveGrant::changed).isPresent();
        String note = level == Level.OFF && silent.isPresent()
                ? ends.silence(silent.get())
                : grant.map(one -> note(one, changed && folder.isPresent())).orElse("");
        return new FolderRow(resource, folder, name, path, level, changed, never, note);
    }

    private String note(EffectiveGrant grant, boolean changed) {
        if (grant.decision() == Decision.DENY) {
            boolean answered = grant.origin() == Origin.PROMPT && grant.timesAsked() > 0;
            return answered ? words.say("row.never.asked", grant.timesAsked()) : words.say("row.never");
        }
        return grant.decision() == Decision.ALLOW && !grant.lifetime().isAlways()
                ? ends.row(grant.lifetime())
                : changed ? words.say("row.changed") : "";
    }
}
