package org.landgrant.desktop;

import java.nio.file.Path;
import java.text.Collator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The apps of all {@code applications} folders. The first call of {@link #all} reads them; they are
 * kept until {@link #refresh} or, once {@link #startWatching} was called, until something changes.
 */
public final class ScannedApps implements InstalledApps, AutoCloseable {
    private final EntryFiles files;
    private final EntryChooser chooser;
    private final List<Path> beside;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final Object reading = new Object();
    private volatile @Nullable List<InstalledApp> apps;
    private volatile @Nullable FolderWatch watch;

    /**
     * @param environment {@code PATH}, the language and {@code XDG_CURRENT_DESKTOP} are read from it
     * @param launcher absolute path of the program that starts confined apps
     */
    public ScannedApps(BaseDirectories directories, Map<String, String> environment, Path launcher) {
        this.files = new EntryFiles(directories, Overrides.ofMenus(directories));
        this.chooser = new EntryChooser(environment, launcher);
        this.beside = new ArrayList<>(Autostart.folders(directories));
        beside.addAll(BusServices.folders(directories));
        // A program may come later than the entry that names it.
        beside.addAll(new Programs(environment).folders());
    }

    @Override
    public List<InstalledApp> all() {
        List<InstalledApp> known = apps;
        if (known != null) {
            return known;
        }
        synchronized (reading) {
            known = apps;
            if (known == null) {
                known = scan();
                apps = known;
            }
            return known;
        }
    }

    @Override
    public void watch(Runnable listener) {
        listeners.add(listener);
    }

    /** Forgets what was read and tells the listeners. */
    public void refresh() {
        synchronized (reading) {
            apps = null;
        }
        listeners.forEach(Runnable::run);
    }

    /**
     * Watches the folders on a thread of that executor, named {@code desktop-watch}, until {@link
     * #close}. Changes that come close together are one change.
     *
     * @throws org.landgrant.grants.RefusedException when the system has no watch left to give
     */
    public synchronized void startWatching(Executor executor) {
        if (watch == null) {
            List<Path> folders = new ArrayList<>(files.folders());
            folders.addAll(beside);
            FolderWatch started = new FolderWatch(folders, this::refresh);
            watch = started;
            executor.execute(started);
        }
    }

    @Override
    public synchronized void close() {
        FolderWatch started = watch;
        if (started != null) {
            started.close();
            watch = null;
        }
    }

    private List<InstalledApp> scan() {
        List<InstalledApp> found = new ArrayList<>();
        files.sources()
                .values()
                .forEach(sources -> chooser.choose(sources).ifPresent(chosen -> found.add(chosen.app())));
        Collator collator = Collator.getInstance(Locale.getDefault());
        found.sort(Comparator.comparing(InstalledApp::name, collator).thenComparing(InstalledApp::id));
        return List.copyOf(found);
    }
}
