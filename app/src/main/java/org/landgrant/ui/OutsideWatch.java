package org.landgrant.ui;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.util.Duration;
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
    private static final Duration EVERY = Duration.seconds(3);

    private final UiServices services;
    private final Tasks tasks;
    private final Runnable changed;
    private final Timeline timer;
    private Map<AppId, List<Instance>> known = Map.of();

    /** @param changed called on the toolkit's thread */
    OutsideWatch(UiServices services, Tasks tasks, Runnable changed) {
        this.services = services;
        this.tasks = tasks;
        this.changed = changed;
        this.timer = new Timeline(new KeyFrame(EVERY, event -> look()));
        timer.setCycleCount(Animation.INDEFINITE);
    }

    void watch(boolean on) {
        if (on) {
            timer.play();
        } else {
            timer.stop();
        }
    }

    private void look() {
        tasks.run(this::open, this::compare, sentence -> LOG.warn("{}", sentence));
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
        if (!now.equals(known)) {
            known = now;
            changed.run();
        }
    }
}
