package org.landgrant.ui;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.landgrant.desktop.InstalledApp;
import org.landgrant.desktop.Instance;
import org.landgrant.grants.AppId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees confined apps begin to run without limits, and end. Nobody tells when they do, so it looks every few seconds,
 * and only while somebody looks at the window that shows it.
 */
final class OutsideWatch {
    private static final Logger LOG = LoggerFactory.getLogger(OutsideWatch.class);
    private static final long EVERY_S = 3;

    private final UiServices services;
    private final Tasks tasks;
    private final Runnable changed;
    // What follows belongs to the toolkit's thread.
    private Map<AppId, List<Instance>> known = Map.of();
    private boolean on;
    private boolean pending;

    /** @param changed called on the toolkit's thread */
    OutsideWatch(UiServices services, Tasks tasks, Runnable changed) {
        this.services = services;
        this.tasks = tasks;
        this.changed = changed;
    }

    /** On the toolkit's thread. */
    void watch(boolean wanted) {
        on = wanted;
        lookLater();
    }

    /** Not by a timeline of the toolkit, which would wake up for every frame. */
    private void lookLater() {
        if (on && !pending) {
            pending = true;
            CompletableFuture.delayedExecutor(EVERY_S, TimeUnit.SECONDS, services.background())
                    .execute(() -> tasks.run(this::open, this::compare, this::failed));
        }
    }

    private void failed(String sentence) {
        LOG.warn("What is open without limits was not found out: {}", sentence);
        pending = false;
        lookLater();
    }

    private Map<AppId, List<Instance>> open() {
        Map<AppId, List<Instance>> open = new HashMap<>();
        for (InstalledApp app : services.apps().all()) {
            if (app.notOurs().isEmpty()) {
                List<Instance> instances = services.outside().of(app.id());
                if (!instances.isEmpty()) {
                    open.put(app.id(), instances);
                }
            }
        }
        return open;
    }

    private void compare(Map<AppId, List<Instance>> now) {
        pending = false;
        lookLater();
        if (!now.equals(known)) {
            known = now;
            changed.run();
        }
    }
}
