package org.landgrant.ui;

import java.time.InstantSource;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import javafx.geometry.Rectangle2D;
import org.landgrant.grants.AppId;
import org.landgrant.prompts.Words;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The windows of all live prompts, one for each app that waits. */
final class PromptWindows implements PromptNotes.Windows {
    private static final Logger LOG = LoggerFactory.getLogger(PromptWindows.class);

    private final PromptDesk desk;
    private final Tasks tasks;
    private final Toolkit toolkit;
    private final Words words;
    private final AppIcons icons;
    private final InstantSource clock;
    private final ZoneId zone;
    private final BiConsumer<Note, Rectangle2D> noted;
    private volatile boolean opens = true;
    /** Those in a window, and those that somebody wants to see in one. */
    private final Set<AppId> wanted = ConcurrentHashMap.newKeySet();

    private final Predicate<AppId> aside;
    private final Consumer<AppId> closed;
    /** Belongs to the toolkit's thread. */
    private final Map<AppId, PromptModel> open = new HashMap<>();

    /**
     * @param noted hears what an answer decided, and where the window is that asked
     * @param aside whether the app's question, which nobody wants to see in a window yet, comes in another way now; on
     *     the toolkit's thread
     * @param closed hears of every app whose window has nothing more to ask
     */
    PromptWindows(
            PromptDesk desk,
            Tasks tasks,
            Toolkit toolkit,
            Words words,
            AppIcons icons,
            InstantSource clock,
            ZoneId zone,
            BiConsumer<Note, Rectangle2D> noted,
            Predicate<AppId> aside,
            Consumer<AppId> closed) {
        this.aside = aside;
        this.noted = noted;
        this.closed = closed;
        this.desk = desk;
        this.tasks = tasks;
        this.toolkit = toolkit;
        this.words = words;
        this.icons = icons;
        this.clock = clock;
        this.zone = zone;
    }

    /** Whether questions open windows; when not, those that are open stay until they are answered. */
    void opens(boolean windows) {
        opens = windows;
    }

    @Override
    public boolean has(AppId app) {
        return wanted.contains(app);
    }

    @Override
    public void show(AppId app) {
        wanted.add(app);
        changed(Set.of(app));
    }

    /** What these apps wait for may have changed; from any thread. */
    void changed(Set<AppId> apps) {
        tasks.run(
                () -> {
                    Map<AppId, Optional<PromptContent>> now = new LinkedHashMap<>();
                    apps.forEach(app -> now.put(app, desk.prompt(app)));
                    // Without a window there is nothing to close, so nothing starts the toolkit for that.
                    if (toolkit.started()
                            || now.entrySet().stream()
                                    .anyMatch(one -> one.getValue().isPresent() && opensFor(one.getKey()))) {
                        toolkit.run(() -> now.forEach(this::show));
                    } else {
                        wanted.removeAll(apps);
                    }
                },
                sentence -> {
                    wanted.removeAll(apps);
                    LOG.warn("A question could not be shown: {}", sentence);
                });
    }

    private boolean opensFor(AppId app) {
        return opens || wanted.contains(app);
    }

    private void show(AppId app, Optional<PromptContent> now) {
        PromptModel shown = open.get(app);
        if (shown != null) {
            shown.update(now);
        } else if (now.isPresent() && opensFor(app)) {
            if (wanted.contains(app) || !aside.test(app)) {
                open(app, now.get());
            }
        } else {
            wanted.remove(app);
        }
    }

    private void open(AppId app, PromptContent content) {
        PromptModel model = new PromptModel(desk, tasks, content);
        open.put(app, model);
        wanted.add(app);
        model.phase().addListener((property, before, phase) -> {
            if (phase == PromptModel.Phase.DONE) {
                open.remove(app, model);
                wanted.remove(app);
                closed.accept(app);
            }
        });
        PromptWindow window = new PromptWindow(model, words, icons, clock, zone);
        model.onNoted(note -> noted.accept(note, window.bounds()));
        window.show();
    }
}
