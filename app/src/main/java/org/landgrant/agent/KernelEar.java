package org.landgrant.agent;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.landgrant.grants.AppId;
import org.landgrant.grants.Event;
import org.landgrant.launch.AuditHelper;
import org.landgrant.launch.LaunchedSessions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens to the kernel's own records as long as the agent lives, where an administrator allowed it. Whether one did is
 * looked at again with every session that begins or ends; while nobody did, that costs one short-lived process.
 */
final class KernelEar implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KernelEar.class);

    private final AuditHelper helper;
    private final KernelLog log;
    private final Executor threads;

    private final Object gate = new Object();
    private boolean busy;
    private boolean left;
    private AuditHelper.@Nullable Ear ear;

    private KernelEar(AuditHelper helper, KernelLog log, Executor threads) {
        this.helper = helper;
        this.log = log;
        this.threads = threads;
    }

    /** @param launcher beside whose folder the helper lies */
    static KernelEar beside(Path launcher, Consumer<Event> note, ScheduledExecutorService clock, Executor threads) {
        return new KernelEar(
                AuditHelper.of(launcher),
                new KernelLog(note, KernelLog::parentOf, InstantSource.system(), clock),
                threads);
    }

    /** From now on, for these sessions. */
    void watch(LaunchedSessions sessions) {
        sessions.watchDenials(log::told);
        sessions.watch(app -> changed(app, sessions));
        open();
    }

    /** Hears nothing any more. */
    void leave() {
        synchronized (gate) {
            left = true;
            Optional.ofNullable(ear).ifPresent(AuditHelper.Ear::close);
        }
    }

    /** Notes what still waits. */
    @Override
    public void close() {
        leave();
        log.close();
    }

    private void changed(AppId app, LaunchedSessions sessions) {
        log.sessionsChanged(app, sessions.running(app));
        open();
    }

    private void open() {
        synchronized (gate) {
            if (busy || left) {
                return;
            }
            busy = true;
        }
        try {
            threads.execute(this::listen);
        } catch (RejectedExecutionException ending) {
            LOG.debug("The agent ends", ending);
        }
    }

    private void listen() {
        try {
            Optional<AuditHelper.Ear> opened = helper.open();
            synchronized (gate) {
                ear = opened.orElse(null);
                if (left) {
                    opened.ifPresent(AuditHelper.Ear::close);
                }
            }
            opened.ifPresent(heard -> heard.listen(log::take));
        } finally {
            synchronized (gate) {
                ear = null;
                busy = false;
            }
        }
    }
}
