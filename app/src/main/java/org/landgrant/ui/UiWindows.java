package org.landgrant.ui;

import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import javafx.application.Platform;
import javafx.geometry.Rectangle2D;
import org.jspecify.annotations.Nullable;
import org.landgrant.desktop.HandOff;
import org.landgrant.desktop.InstalledApp;
import org.landgrant.grants.AppId;
import org.landgrant.grants.Denial;
import org.landgrant.grants.Gatekeeper;
import org.landgrant.grants.History;
import org.landgrant.grants.Preferences;
import org.landgrant.grants.Preferences.Asking;
import org.landgrant.grants.RefusedException;
import org.landgrant.prompts.LivePrompt;
import org.landgrant.prompts.Words;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All windows, for the agent, from any thread. The toolkit starts with the first window; closing a window
 * never ends the agent.
 */
public final class UiWindows implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(UiWindows.class);
    private static final long BULK_MILLISECONDS = 150;

    /** Cards shown in one run of an app; further ones wait among what nobody answered. */
    private static final int MOST_CARDS = 2;

    private final UiServices services;
    private final Words words;
    private final InstantSource clock = InstantSource.system();
    private final ZoneId zone = ZoneId.systemDefault();
    private final Toolkit toolkit;
    private final Tasks tasks;
    private final CardDesk desk;
    private final PageReader reader;
    private final AppIcons icons;
    private final Gathered<AppId> changes;
    private final Gathered<Denial> denials;
    private final PromptWindows prompts;
    private final PromptNotes notes;
    private final Gathered<AppId> waiting;
    private final PreferencesModel preferences;
    private final HomeLook homeLook;
    private volatile boolean asks;
    private final Gatekeeper.Watch watch;
    private final Gatekeeper.Watch liveWatch;
    private final Gatekeeper.Watch historyWatch;
    // The rest belongs to the toolkit's thread.
    private final Map<AppId, CardModel> cards = new HashMap<>();
    private final Map<AppId, Integer> shownCards = new HashMap<>();
    private @Nullable SettingsWindow settings;
    private @Nullable Toasts toasts;

    /** Begins to listen to changes; opens nothing yet. */
    public UiWindows(UiServices services) {
        this.services = services;
        this.words = services.words();
        Preferences chosen = services.preferences().now();
        this.toolkit = new Toolkit(words, chosen);
        Executor onToolkit = this::onToolkit;
        this.tasks = new Tasks(services.background(), onToolkit, words);
        this.desk = new CardDesk(services, words, clock);
        this.reader = new PageReader(services, words, clock, zone);
        this.icons = new AppIcons(services.icons(), services.background(), onToolkit);
        Executor later =
                CompletableFuture.delayedExecutor(BULK_MILLISECONDS, TimeUnit.MILLISECONDS, services.background());
        this.changes = new Gathered<>(later, this::changed);
        this.denials = new Gathered<>(later, this::refused);
        PromptDesk asking = new PromptDesk(services, words);
        this.prompts = new PromptWindows(
                asking, tasks, toolkit, words, icons, clock, zone, this::note, this::aside, this::mayWait);
        this.notes =
                new PromptNotes(asking, services.notifier(), prompts, words, services.background(), System::nanoTime);
        this.waiting = new Gathered<>(later, apps -> {
            prompts.changed(apps);
            notes.changed(apps);
            // An answer gave a running app something, which its page shows.
            onToolkit(this::refresh);
        });
        Gathered<History> happened = new Gathered<>(later, history -> onToolkit(this::refresh));
        this.historyWatch = services.history().watch(() -> happened.add(services.history()));
        this.homeLook = new HomeLook(services.home(), services.background(), this::onToolkit, clock);
        this.preferences = new PreferencesModel(services, chosen, tasks, words);
        asks(chosen.asking());
        preferences.now().addListener((property, before, now) -> chosen(before, now));
        this.watch = services.gatekeeper().watch(changes::add);
        this.liveWatch = services.live().watch(waiting::add);
        services.sessions().watch(changes::add);
        services.free().watch(changes::add);
        services.apps().watch(() -> onToolkit(this::refresh));
    }

    /**
     * Shows the settings window in front.
     *
     * @param app whose page to show
     * @throws org.landgrant.grants.RefusedException when there is no display
     */
    public void showSettings(Optional<AppId> app) {
        toolkit.run(() -> {
            if (settings == null) {
                settings = build();
                if (app.isEmpty()) {
                    greet(settings);
                    return;
                }
            }
            settings.show(app);
        });
    }

    /**
     * Asks about a launch that waits, until nobody waits any more.
     *
     * @throws org.landgrant.grants.RefusedException when there is no display
     */
    public void ask(HandOff handOff) {
        Optional<InstalledApp> app = services.apps().find(handOff.app());
        if (app.isEmpty()) {
            throw new RefusedException("The app is not installed any more.");
        }
        toolkit.run(() -> {
            HandOffModel model = new HandOffModel(handOff, app.get(), clock);
            new HandOffWindow(model, words, icons).show();
            var _ = handOff.over().thenRun(() -> onToolkit(model::over));
        });
    }

    /** From another section to an app's page. */
    private void showPage(AppId app) {
        if (settings != null) {
            settings.show(Optional.of(app));
        }
    }

    /** The first page goes before the window is seen, so that nothing changes under the pointer. */
    private void greet(SettingsWindow window) {
        WelcomeModel welcome = new WelcomeModel(services, tasks, words);
        welcome.look(needed -> {
            if (needed) {
                window.greet(new WelcomeView(welcome, words, icons));
                welcome.phase().addListener((property, before, now) -> {
                    if (now == WelcomeModel.Phase.DONE) {
                        window.goOn();
                    }
                });
            }
            window.show(Optional.empty());
        });
    }

    private SettingsWindow build() {
        ActivitySection activity = new ActivitySection(
                new ActivityModel(services, new ActivityReader(services, words, clock, zone), tasks, words),
                words,
                icons,
                this::showPage);
        AppPageModel page = new AppPageModel(services, reader, tasks, words);
        page.onNoted(note -> note(note, Rectangle2D.EMPTY));
        AppsSection apps =
                new AppsSection(new AppListModel(reader, tasks, words), page, homeLook, words, icons, app -> {
                    activity.look(app);
                    settings().choose(activity.name());
                });
        PermissionsSection permissions = new PermissionsSection(
                new PermissionsModel(services, new PermissionReader(services, words, clock, zone), tasks, words),
                words,
                icons,
                this::showPage,
                name -> {
                    activity.look(name);
                    settings().choose(activity.name());
                });
        InboxSection inbox = new InboxSection(new InboxModel(services, tasks, words, clock, zone), words, icons);
        String data = LeftToRight.path(services.about().shownData(services.home()));
        SettingsWindow window = new SettingsWindow(
                apps,
                List.of(
                        inbox,
                        permissions,
                        activity,
                        protection(),
                        new SettingsSection(preferences, services.about().version(), data, words)),
                words);
        window.onShowing(new OutsideWatch(
                services, new Tasks(services.background(), this::onToolkit, words), this::refresh)::watch);
        return window;
    }

    private void asks(Asking how) {
        prompts.opens(how == Asking.WINDOW);
        notes.notifies(how == Asking.NOTIFICATION);
        // A card has too many answers for a notification.
        asks = how != Asking.LIST;
    }

    /** Nothing comes up over what fills the screen. */
    private boolean aside(AppId app) {
        boolean full = FullScreen.now();
        notes.instead(app, full);
        return full;
    }

    /** Nothing of the app is in a window any more. */
    private void mayWait(AppId app) {
        waiting.add(app);
    }

    /** A choice holds at once. */
    private void chosen(Preferences before, Preferences now) {
        Theme.prefer(now);
        asks(now.asking());
        if (before.asking() != now.asking()) {
            // What waited in the list only is asked now.
            tasks.run(
                    () -> services.live().all().stream().map(LivePrompt::app).toList(),
                    apps -> apps.forEach(waiting::add),
                    sentence -> LOG.warn("{}", sentence));
        }
        if (before.language() != now.language()) {
            words.speak(Words.locale(now.language()));
            SettingsWindow former = settings;
            if (former != null) {
                // Later, since it is a click in it that brought this about.
                settings = build();
                Platform.runLater(() -> settings().replace(former, "settings"));
            }
        }
    }

    private SettingsWindow settings() {
        return Objects.requireNonNull(settings, "bug: it was just built");
    }

    private Section protection() {
        // A check takes seconds, which nothing else waits for.
        Tasks slow = new Tasks(services.background(), this::onToolkit, words);
        return new ProtectionSection(
                new ProtectionModel(services.selfTest(), services.about().version(), slow, words), words);
    }

    /** Refused things that may deserve a question; opens or updates the card of their app. Returns at once. */
    public void denied(List<Denial> refused) {
        refused.forEach(denials::add);
    }

    /** Hides everything and ends the toolkit. */
    @Override
    public void close() {
        watch.close();
        liveWatch.close();
        historyWatch.close();
        services.notifier().close();
        toolkit.exit();
    }

    private void refused(Collection<Denial> all) {
        onToolkit(this::refresh);
        if (!asks) {
            return;
        }
        tasks.run(
                () -> {
                    Map<AppId, CardContent> asked = new LinkedHashMap<>();
                    for (AppId app : desk.take(all)) {
                        desk.card(app).ifPresent(content -> asked.put(app, content));
                    }
                    if (!asked.isEmpty()) {
                        toolkit.run(() -> asked.forEach(this::showCard));
                    }
                },
                sentence -> LOG.warn("No card could be shown: {}", sentence));
    }

    private void showCard(AppId app, CardContent content) {
        CardModel open = cards.get(app);
        if (open != null) {
            open.update(Optional.of(content));
            return;
        }
        // Over what fills the screen nothing comes up, either.
        if (FullScreen.now() || shownCards.merge(app, 1, Integer::sum) > MOST_CARDS) {
            tasks.run(() -> desk.dismiss(content.card(), false), sentence -> LOG.warn("{}", sentence));
            return;
        }
        CardModel card = new CardModel(desk, services.sessions(), tasks, clock, content);
        cards.put(app, card);
        card.phase().addListener((property, before, now) -> {
            if (now == CardModel.Phase.DONE) {
                cards.remove(app, card);
            }
        });
        CardWindow window = new CardWindow(card, words, icons, clock, zone);
        card.onNoted(note -> note(note, window.bounds()));
        window.show();
    }

    private void note(Note note, Rectangle2D asked) {
        if (toasts == null) {
            toasts =
                    new Toasts(tasks, words, () -> Optional.ofNullable(settings).flatMap(SettingsWindow::bounds));
        }
        toasts.show(note, asked);
    }

    private void changed(Set<AppId> apps) {
        onToolkit(() -> {
            refresh();
            Set<AppId> carded = new HashSet<>(cards.keySet());
            tasks.run(
                    () -> desk.sessionsChanged(apps, carded),
                    ended -> shownCards.keySet().removeAll(ended),
                    sentence -> LOG.warn("{}", sentence));
            for (AppId app : apps) {
                CardModel card = cards.get(app);
                if (card != null) {
                    card.look();
                    tasks.run(() -> desk.card(app), card::update, sentence -> LOG.warn("{}", sentence));
                }
            }
        });
        if (!toolkit.started()) {
            tasks.run(() -> desk.sessionsChanged(apps, Set.of()), sentence -> LOG.warn("{}", sentence));
        }
    }

    private void refresh() {
        if (settings != null && settings.showing()) {
            settings.refresh();
        }
    }

    /** Nothing to show before the toolkit runs, so nothing is lost. */
    private void onToolkit(Runnable work) {
        if (toolkit.started()) {
            Platform.runLater(work);
        }
    }
}
