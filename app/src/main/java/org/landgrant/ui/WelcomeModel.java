package org.landgrant.ui;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.landgrant.desktop.InstalledApp;
import org.landgrant.grants.AppId;
import org.landgrant.prompts.Words;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The first page: which apps should ask. Belongs to the toolkit's thread. */
final class WelcomeModel {
    private static final Logger LOG = LoggerFactory.getLogger(WelcomeModel.class);

    /** What the page is doing. */
    enum Phase {
        CHOOSING,
        WORKING,
        /** Some apps could not be confined; {@link #failures} says why. */
        FAILED,
        DONE
    }

    private final UiServices services;
    private final WelcomeReader reader;
    private final Tasks tasks;
    private final Words words;
    private final ReadOnlyObjectWrapper<Phase> phase = new ReadOnlyObjectWrapper<>(Phase.CHOOSING);
    private final ReadOnlyIntegerWrapper finished = new ReadOnlyIntegerWrapper();
    private final ReadOnlyIntegerWrapper count = new ReadOnlyIntegerWrapper();
    private final Set<AppId> chosen = new LinkedHashSet<>();
    private final List<String> failures = new ArrayList<>();
    private List<WelcomeEntry> entries = List.of();

    WelcomeModel(UiServices services, Tasks tasks, Words words) {
        this.services = services;
        this.reader = new WelcomeReader(services, words);
        this.tasks = tasks;
        this.words = words;
    }

    /** Finds out whether the page is needed; what is suggested is chosen then. */
    void look(Consumer<Boolean> needed) {
        tasks.run(
                reader::read,
                read -> {
                    entries = read.orElse(List.of());
                    entries.stream()
                            .filter(WelcomeEntry::suggested)
                            .forEach(entry -> chosen.add(entry.app().id()));
                    count.set(chosen.size());
                    needed.accept(read.isPresent());
                },
                sentence -> {
                    LOG.warn("The first page is left out: {}", sentence);
                    needed.accept(false);
                });
    }

    List<WelcomeEntry> entries() {
        return entries;
    }

    boolean isChosen(InstalledApp app) {
        return chosen.contains(app.id());
    }

    void choose(InstalledApp app, boolean on) {
        boolean changed = on ? chosen.add(app.id()) : chosen.remove(app.id());
        if (changed) {
            count.set(chosen.size());
        }
    }

    ReadOnlyObjectProperty<Phase> phase() {
        return phase.getReadOnlyProperty();
    }

    /** How many apps are chosen. */
    ReadOnlyIntegerProperty count() {
        return count.getReadOnlyProperty();
    }

    /** How many of them are written already. */
    ReadOnlyIntegerProperty finished() {
        return finished.getReadOnlyProperty();
    }

    /** One sentence for each app that could not be confined. */
    List<String> failures() {
        return List.copyOf(failures);
    }

    /** Confines what is chosen, one after the other. */
    void confine() {
        if (phase.get() != Phase.CHOOSING || chosen.isEmpty()) {
            return;
        }
        phase.set(Phase.WORKING);
        for (WelcomeEntry entry : entries) {
            if (isChosen(entry.app())) {
                tasks.run(
                        () -> {
                            services.gatekeeper().confine(entry.app().id());
                            return Boolean.TRUE;
                        },
                        done -> finished.set(finished.get() + 1),
                        sentence -> {
                            failures.add(words.say("welcome.failed", entry.app().name(), sentence));
                            finished.set(finished.get() + 1);
                        });
            }
        }
        keep(() -> phase.set(failures.isEmpty() ? Phase.DONE : Phase.FAILED));
    }

    /** Not now, and not later either. */
    void skip() {
        if (phase.get() == Phase.CHOOSING) {
            phase.set(Phase.WORKING);
            keep(() -> phase.set(Phase.DONE));
        }
    }

    /** The person read what failed. */
    void goOn() {
        phase.set(Phase.DONE);
    }

    private void keep(Runnable then) {
        tasks.run(
                () -> {
                    services.preferences().put(services.preferences().now().withWelcomed());
                    return Boolean.TRUE;
                },
                kept -> then.run(),
                sentence -> {
                    // It comes once more at the next start, which is better than no window now.
                    LOG.warn("{}", sentence);
                    then.run();
                });
    }
}
