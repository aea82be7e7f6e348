package org.landgrant.desktop;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.landgrant.grants.AppId;
import org.landgrant.grants.RefusedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way around a menu entry: a D-Bus service named like the app, which the bus starts by itself. A
 * file in {@code $XDG_DATA_HOME/dbus-1/services} hides the system's.
 *
 * <p>Source: D-Bus Specification, "Message Bus Starting Services (Activation)".
 */
final class BusServices {
    private static final Logger LOG = LoggerFactory.getLogger(BusServices.class);
    private static final String FOLDER = "dbus-1/services";
    private static final String GROUP = "D-BUS Service";
    private static final String ENDING = ".service";
    private static final int MAX_FILES = 4_096;
    private static final Pattern BUS_NAME = Pattern.compile("[A-Za-z_-][\\w-]*(\\.[A-Za-z_-][\\w-]*)+");

    @SuppressWarnings("ArrayRecordComponent")
    private record Found(Path file, byte[] bytes) {}

    private final Overrides overrides;
    private final List<Path> folders;
    private final OverrideText text;

    BusServices(BaseDirectories directories, OverrideText text) {
        Path home = directories.dataHome();
        this.overrides = new Overrides(
                home.resolve(FOLDER), home.resolve("landgrant/originals").resolve(FOLDER), GROUP, new Footprint(home));
        this.folders =
                directories.dataDirs().stream().map(dir -> dir.resolve(FOLDER)).toList();
        this.text = text;
    }

    /**
     * Makes the bus start the app through the launcher, if the bus starts it at all.
     *
     * @return whether anything changed
     */
    boolean confine(AppId app) {
        Optional<String> name = busName(app);
        if (name.isEmpty()) {
            return false;
        }
        Optional<Found> source = source(name.get());
        if (source.isEmpty()) {
            return release(app);
        }
        Path file = source.get().file();
        boolean own = overrides.folder().equals(file.getParent());
        String relative = own ? String.valueOf(file.getFileName()) : name.get() + ENDING;
        byte[] wanted = text.busService(
                app, own ? overrides.backup(relative) : file, source.get().bytes());
        try {
            Path place = overrides.folder().resolve(relative);
            if (Files.isRegularFile(place) && Arrays.equals(EntryFiles.read(place), wanted)) {
                return false;
            }
        } catch (IOException unreadable) {
            LOG.debug("An override of a D-Bus service could not be read", unreadable);
        }
        overrides.put(relative, wanted);
        return true;
    }

    /** Gives the bus back what it had; tells whether anything changed. */
    boolean release(AppId app) {
        Optional<String> name = busName(app);
        if (name.isEmpty()) {
            return false;
        }
        boolean changed = false;
        List<String> hidden = new ArrayList<>(overrides.backups());
        for (Path file : files(overrides.folder())) {
            hidden.add(String.valueOf(file.getFileName()));
        }
        for (String relative : hidden) {
            Path at = overrides.isThere(relative) ? overrides.folder().resolve(relative) : overrides.readable(relative);
            boolean ours = overrides.isOurs(relative) || !overrides.isThere(relative);
            if (ours && nameIs(name.get(), at).isPresent()) {
                overrides.restore(relative);
                changed = true;
            }
        }
        return changed;
    }

    /** Every folder that counts, for watching. */
    static List<Path> folders(BaseDirectories directories) {
        List<Path> all = new ArrayList<>(List.of(directories.dataHome().resolve(FOLDER)));
        directories.dataDirs().forEach(dir -> all.add(dir.resolve(FOLDER)));
        return all;
    }

    /** The user's own file first, be it in place or set aside; then the system's. */
    private Optional<Found> source(String name) {
        List<Path> candidates = new ArrayList<>();
        for (Path file : files(overrides.folder())) {
            String relative = String.valueOf(file.getFileName());
            if (!overrides.isOurs(relative)) {
                candidates.add(file);
            }
        }
        List<Path> all = new ArrayList<>(candidates);
        for (String relative : overrides.backups()) {
            if (overrides.isOurs(relative) || !overrides.isThere(relative)) {
                all.add(overrides.folder().resolve(relative));
            }
        }
        folders.forEach(folder -> all.addAll(files(folder)));
        for (Path file : all) {
            String relative = String.valueOf(file.getFileName());
            boolean setAside = overrides.folder().equals(file.getParent())
                    && overrides.hasBackup(relative)
                    && !candidates.contains(file);
            Optional<Found> found = nameIs(name, setAside ? overrides.readable(relative) : file);
            if (found.isPresent()) {
                return Optional.of(new Found(file, found.get().bytes()));
            }
        }
        return Optional.empty();
    }

    private static Optional<Found> nameIs(String name, Path file) {
        try {
            byte[] bytes = EntryFiles.read(file);
            return KeyFile.parse(bytes)
                    .line(GROUP, "Name")
                    .flatMap(KeyFile.Line::value)
                    .filter(name::equals)
                    .map(same -> new Found(file, bytes));
        } catch (IOException | RefusedException unreadable) {
            LOG.debug("A D-Bus service file could not be read", unreadable);
            return Optional.empty();
        }
    }

    private static List<Path> files(Path folder) {
        List<Path> files = new ArrayList<>();
        if (!Files.isDirectory(folder)) {
            return files;
        }
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder, "*" + ENDING)) {
            for (Path file : stream) {
                if (files.size() == MAX_FILES) {
                    break;
                }
                files.add(file);
            }
        } catch (IOException unreadable) {
            LOG.warn("The folder of D-Bus services could not be read: {}", folder, unreadable);
        }
        files.sort(null);
        return files;
    }

    private static Optional<String> busName(AppId app) {
        String id = app.value();
        String name = id.substring(0, id.length() - ".desktop".length());
        return Optional.of(name).filter(text -> BUS_NAME.matcher(text).matches());
    }
}
