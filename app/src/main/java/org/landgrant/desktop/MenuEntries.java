package org.landgrant.desktop;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.landgrant.grants.AppId;
import org.landgrant.grants.RefusedException;

/**
 * Makes menus, the session bus, the log-in and, where asked for, terminals start apps through the launcher, and undoes it without a trace.
 *
 * <p>For a confined app there is a file of the same ID in {@code $XDG_DATA_HOME/applications}, which
 * hides the system's everywhere: in menus, for opening files, as default app. No setting of the user is
 * changed, but see {@link TypeIndex}: where the user never chose an app for a type, a confined one comes
 * before others that can open it.
 *
 * <p>GLib passes over a menu entry whose program is missing and takes the system's, so
 * these entries must be released before the launcher is removed.
 *
 * <p>Not safe for use by several processes at once; within one, every method holds one lock.
 */
public final class MenuEntries {
    private final Overrides overrides;
    private final EntryFiles files;
    private final EntryChooser chooser;
    private final OverrideText text;
    private final BusServices services;
    private final Autostart autostart;
    private final TypeIndex types;
    private final SessionBus bus;
    private final TerminalShims terminal;
    private boolean servicesChanged;

    /**
     * @param environment {@code PATH}, the language and {@code XDG_CURRENT_DESKTOP} are read from it
     * @param launcher absolute path of the program that starts confined apps
     */
    public MenuEntries(BaseDirectories directories, Map<String, String> environment, Path launcher) {
        if (!launcher.isAbsolute()) {
            throw new IllegalArgumentException("menu entries need the launcher's absolute path");
        }
        this.overrides = Overrides.ofMenus(directories);
        this.files = new EntryFiles(directories, overrides);
        this.chooser = new EntryChooser(environment, launcher);
        this.text = new OverrideText(launcher);
        this.services = new BusServices(directories, text);
        this.autostart = new Autostart(directories, environment, text);
        this.types = new TypeIndex(directories, new Programs(environment));
        this.bus = SessionBus.of(environment, directories);
        this.terminal = new TerminalShims(directories, environment, launcher);
    }

    /** The same for what is typed in terminals; nothing is covered there before somebody asks for it. */
    public TerminalShims terminal() {
        return terminal;
    }

    /**
     * Makes the menu entries of an app start it through the launcher. Doing it twice changes nothing.
     *
     * @throws RefusedException when the app is not ours to confine or the files cannot be written
     */
    public synchronized void confine(InstalledApp app) {
        if (app.notOurs().isPresent()) {
            throw new RefusedException(app.notOurs().get());
        }
        EntryChooser.Chosen chosen = chooser.choose(files.sources().getOrDefault(app.id(), List.of()))
                .orElseThrow(() -> new RefusedException("The app is not installed any more."));
        if (put(chosen)) {
            types.update();
        }
        tellBus();
    }

    /** Puts everything about that app back as it was. An app that is not confined is left alone. */
    public synchronized void release(AppId app) {
        takeAway(app);
        updateTypes();
        tellBus();
    }

    private void takeAway(AppId app) {
        files.managed().forEach((relative, id) -> {
            if (id.equals(app)) {
                overrides.restore(relative);
            }
        });
        for (String relative : overrides.backups()) {
            if (relative.replace('/', '-').equals(app.value())) {
                overrides.restore(relative);
            }
        }
        servicesChanged |= services.release(app);
        autostart.release(app);
        terminal.uncover(app);
    }

    /** The apps whose menu entries start them through the launcher now. */
    public synchronized Set<AppId> confined() {
        return new TreeSet<>(files.managed().values());
    }

    /**
     * Makes the files agree with what the user chose, after anything may have changed them: writes what
     * is missing, damaged or older than its source, removes what is not confined any more. An app that is not
     * installed keeps its place, out of sight, so that it comes back confined, whoever is there to see it. A file that came in our place without our mark, for instance from the app's own updater, is
     * set aside and wrapped like any other, or the app would start with all its rights.
     *
     * @return the apps that should be confined but whose menu entry could not be brought up to date,
     *     with the reason; an app that is not installed is not among them
     */
    public synchronized Map<AppId, String> sync(Collection<AppId> confined) {
        Map<AppId, String> problems = new LinkedHashMap<>();
        Map<AppId, List<EntrySource>> sources = files.sources();
        Set<AppId> wanted = new TreeSet<>(confined);
        Set<AppId> changed = new TreeSet<>();
        for (AppId app : managedApps()) {
            if (!wanted.contains(app)) {
                attempt(app, () -> takeAway(app), problems);
                changed.add(app);
            }
        }
        for (AppId app : wanted) {
            Optional<EntryChooser.Chosen> chosen = chooser.choose(sources.getOrDefault(app, List.of()));
            if (chosen.isPresent()) {
                attempt(app, () -> putIfOurs(chosen.get(), changed), problems);
            } else if (!sources.containsKey(app)) {
                attempt(app, () -> keepPlace(app, changed), problems);
            }
        }
        if (!changed.isEmpty()) {
            updateTypes();
        }
        tellBus();
        return problems;
    }

    private void tellBus() {
        if (servicesChanged) {
            servicesChanged = false;
            bus.readServices();
        }
    }

    private static void attempt(AppId app, Runnable change, Map<AppId, String> problems) {
        try {
            change.run();
        } catch (RefusedException failure) {
            problems.put(app, String.valueOf(failure.getMessage()));
        }
    }

    private void updateTypes() {
        if (files.managed().isEmpty()) {
            types.restoreAfterLast();
        } else {
            types.update();
        }
    }

    private void putIfOurs(EntryChooser.Chosen chosen, Set<AppId> changed) {
        chosen.app().notOurs().ifPresent(why -> {
            throw new RefusedException(why);
        });
        if (put(chosen)) {
            changed.add(chosen.source().id());
        }
    }

    private void keepPlace(AppId app, Set<AppId> changed) {
        byte[] wanted = text.placeholder(app);
        String relative = files.managed().entrySet().stream()
                .filter(entry -> entry.getValue().equals(app))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(app.value());
        if (!isThere(relative, wanted)) {
            types.keepBeforeFirst();
            overrides.put(relative, wanted);
            changed.add(app);
        }
    }

    /** Whether anything had to be written. */
    private boolean put(EntryChooser.Chosen chosen) {
        EntrySource source = chosen.source();
        Path place = overrides.folder().resolve(source.relative());
        // A file of the user's is set aside, and named in the mark by where it then is.
        EntrySource from = source.place().equals(place)
                ? new EntrySource(source.id(), overrides.backup(source.relative()), place, source.relative())
                : source;
        byte[] wanted = text.menuEntry(from, chosen.bytes());
        servicesChanged |= services.confine(source.id());
        autostart.confine(chosen.app());
        terminal.sync(chosen.app());
        boolean missing = !isThere(source.relative(), wanted);
        if (missing) {
            types.keepBeforeFirst();
            overrides.put(source.relative(), wanted);
        }
        // The source may have moved within its folder, or another may count now.
        files.managed().forEach((relative, id) -> {
            if (id.equals(source.id()) && !relative.equals(source.relative())) {
                overrides.restore(relative);
            }
        });
        return missing;
    }

    private boolean isThere(String relative, byte[] wanted) {
        try {
            return overrides.isOurs(relative)
                    && Arrays.equals(EntryFiles.read(overrides.folder().resolve(relative)), wanted);
        } catch (IOException unreadable) {
            return false;
        }
    }

    private Set<AppId> managedApps() {
        Set<AppId> apps = new TreeSet<>(files.managed().values());
        for (String relative : overrides.backups()) {
            apps.add(new AppId(relative.replace('/', '-')));
        }
        apps.addAll(terminal.covered());
        return apps;
    }
}
