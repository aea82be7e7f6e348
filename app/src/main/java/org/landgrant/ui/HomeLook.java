package org.landgrant.ui;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyLongWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/**
 * Looks through the home folder in the background, in steps, so that other work comes between. What was found is
 * used for some minutes. Belongs to the toolkit's thread.
 */
final class HomeLook {
    private static final long STEP = 2_000;
    private static final Duration FRESH = Duration.ofMinutes(10);

    private final Path home;
    private final Executor background;
    private final Consumer<Runnable> toolkit;
    private final InstantSource clock;
    private final ReadOnlyObjectWrapper<Optional<HomeScan>> found = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyLongWrapper files = new ReadOnlyLongWrapper();
    private Instant begun = Instant.EPOCH;
    private boolean looking;

    HomeLook(Path home, Executor background, Consumer<Runnable> toolkit, InstantSource clock) {
        this.home = home;
        this.background = background;
        this.toolkit = toolkit;
        this.clock = clock;
    }

    /** What was found; empty until the first look has ended. */
    ReadOnlyObjectProperty<Optional<HomeScan>> found() {
        return found.getReadOnlyProperty();
    }

    /** How many files the look under way has counted. */
    ReadOnlyLongProperty files() {
        return files.getReadOnlyProperty();
    }

    /** Looks, unless that was done a short while ago or is being done. */
    void look() {
        if (!looking && begun.plus(FRESH).isBefore(clock.instant())) {
            looking = true;
            begun = clock.instant();
            background.execute(() -> step(new HomeScan(home)));
        }
    }

    private void step(HomeScan scan) {
        scan.step(STEP);
        long counted = scan.files();
        boolean finished = scan.finished();
        toolkit.accept(() -> {
            files.set(counted);
            if (finished) {
                looking = false;
                found.set(Optional.of(scan));
            } else {
                background.execute(() -> step(scan));
            }
        });
    }
}
