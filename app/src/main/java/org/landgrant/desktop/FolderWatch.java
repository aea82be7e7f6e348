package org.landgrant.desktop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.landgrant.grants.RefusedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells when anything below some folders changed. A folder that is not there yet is waited for at its
 * nearest parent that is.
 */
final class FolderWatch implements Runnable, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FolderWatch.class);
    private static final Duration QUIET = Duration.ofMillis(250);
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final int MAX_DEPTH = 8;
    private static final int MAX_FOLDERS = 1_024;

    private final List<Path> roots;
    private final Runnable changed;
    private final WatchService service;
    private final Map<Path, WatchKey> keys = new HashMap<>();

    FolderWatch(List<Path> roots, Runnable changed) {
        this.roots = List.copyOf(roots);
        this.changed = changed;
        try {
            this.service = FileSystems.getDefault().newWatchService();
        } catch (IOException noneLeft) {
            throw new RefusedException("The folders of menu entries cannot be watched.", noneLeft);
        }
        // Here and not on the thread: what changes after the constructor is never missed.
        register();
    }

    @Override
    public void run() {
        Thread thread = Thread.currentThread();
        String name = thread.getName();
        thread.setName("desktop-watch");
        try {
            while (true) {
                if (relevant(service.take())) {
                    waitForQuiet();
                    register();
                    changed.run();
                }
            }
        } catch (InterruptedException stop) {
            thread.interrupt();
        } catch (ClosedWatchServiceException closed) {
            LOG.debug("The watch on menu entries ended");
        } finally {
            thread.setName(name);
        }
    }

    @Override
    public void close() {
        try {
            service.close();
        } catch (IOException failure) {
            LOG.debug("The watch on menu entries did not end cleanly", failure);
        }
    }

    private void waitForQuiet() throws InterruptedException {
        long until = System.nanoTime() + PATIENCE.toNanos();
        WatchKey next = service.poll(QUIET.toMillis(), TimeUnit.MILLISECONDS);
        while (next != null && System.nanoTime() - until < 0) {
            relevant(next);
            next = service.poll(QUIET.toMillis(), TimeUnit.MILLISECONDS);
        }
        if (next != null) {
            relevant(next);
        }
    }

    /** Takes the events of a key; those of a mere parent count only when they lead to a root. */
    private boolean relevant(WatchKey key) {
        Path folder = (Path) key.watchable();
        boolean below = roots.stream().anyMatch(folder::startsWith);
        boolean counts = key.pollEvents().stream().anyMatch(event -> below || leadsToRoot(folder, event.context()));
        if (!key.reset()) {
            keys.remove(folder);
            return true;
        }
        return counts;
    }

    private boolean leadsToRoot(Path folder, @Nullable Object name) {
        return !(name instanceof Path child) || roots.stream().anyMatch(root -> root.startsWith(folder.resolve(child)));
    }

    private void register() {
        Set<Path> wanted = new HashSet<>();
        for (Path root : roots) {
            Path at = root;
            while (at != null && !Files.isDirectory(at)) {
                at = at.getParent();
            }
            if (at == null) {
                continue;
            }
            wanted.add(at);
            // Its own removal is seen only from outside.
            Path parent = at.getParent();
            if (parent != null) {
                wanted.add(parent);
            }
            if (at.equals(root)) {
                addFoldersBelow(root, wanted);
            }
        }
        keys.entrySet().removeIf(entry -> {
            if (!wanted.contains(entry.getKey())) {
                entry.getValue().cancel();
                return true;
            }
            return false;
        });
        for (Path folder : wanted) {
            try {
                keys.put(
                        folder,
                        folder.register(
                                service,
                                StandardWatchEventKinds.ENTRY_CREATE,
                                StandardWatchEventKinds.ENTRY_MODIFY,
                                StandardWatchEventKinds.ENTRY_DELETE));
            } catch (IOException unwatchable) {
                LOG.warn("A folder of menu entries cannot be watched: {}", folder, unwatchable);
            }
        }
    }

    private static void addFoldersBelow(Path root, Set<Path> folders) {
        try (Stream<Path> below = Files.find(root, MAX_DEPTH, (path, attributes) -> attributes.isDirectory())) {
            below.limit(MAX_FOLDERS).forEach(folders::add);
        } catch (IOException | UncheckedIOException unreadable) {
            LOG.debug("A folder of menu entries could not be read", unreadable);
        }
    }
}
