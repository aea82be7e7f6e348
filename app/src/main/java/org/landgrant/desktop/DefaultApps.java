package org.landgrant.desktop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.landgrant.grants.AppId;
import org.landgrant.grants.RefusedException;

/**
 * Which app opens a kind of file or link: as the desktop finds it, read anew each time.
 *
 * <p>Source: Association between MIME types and applications 1.0.1; where that leaves a choice, as GLib makes it.
 */
public final class DefaultApps {
    private static final String DEFAULTS = "Default Applications";
    private static final String ADDED = "Added Associations";
    private static final String REMOVED = "Removed Associations";
    private static final String CACHE = "MIME Cache";

    /** One folder with lists, the most important first; the folder of an index has entries of apps, too. */
    private record Place(Path folder, boolean hasEntries) {}

    private final List<Place> places = new ArrayList<>();
    private final List<String> lists = new ArrayList<>();
    private final InstalledApps apps;

    /** @param environment {@code XDG_CURRENT_DESKTOP} is read from it */
    public DefaultApps(BaseDirectories directories, Map<String, String> environment, InstalledApps apps) {
        this.apps = apps;
        places.add(new Place(directories.configHome(), false));
        directories.configDirs().forEach(folder -> places.add(new Place(folder, false)));
        places.add(new Place(directories.dataHome().resolve("applications"), true));
        directories.dataDirs().forEach(folder -> places.add(new Place(folder.resolve("applications"), true)));
        Arrays.stream(environment.getOrDefault("XDG_CURRENT_DESKTOP", "").split(":"))
                .filter(name -> name.matches("[A-Za-z0-9_-]{1,64}"))
                .map(name -> name.toLowerCase(Locale.ROOT) + "-mimeapps.list")
                .distinct()
                .limit(16)
                .forEach(lists::add);
        lists.add("mimeapps.list");
    }

    /**
     * The installed app that opens this by default.
     *
     * @param type a MIME type, or {@code x-scheme-handler/} and the scheme of a link
     */
    public Optional<InstalledApp> of(String type) {
        List<List<KeyFile>> read = places.stream()
                .map(place -> lists.stream()
                        .flatMap(name -> read(place.folder().resolve(name)).stream())
                        .toList())
                .toList();
        Optional<InstalledApp> chosen = read.stream()
                .flatMap(List::stream)
                .flatMap(list -> values(list, DEFAULTS, type).stream())
                .flatMap(id -> installed(id).stream())
                .findFirst();
        return chosen.isPresent() ? chosen : anyOf(type, read);
    }

    /** Whether the app's own entry says that it opens this. */
    public boolean declares(InstalledApp app, String type) {
        try {
            return DesktopEntry.parse(EntryFiles.read(app.source()))
                    .list("MimeType")
                    .contains(type);
        } catch (IOException | RefusedException unreadable) {
            return false;
        }
    }

    /** Where nothing was chosen: what was added by hand, then what apps say of themselves. */
    private Optional<InstalledApp> anyOf(String type, List<List<KeyFile>> read) {
        Set<String> removed = new HashSet<>();
        Set<String> found = new LinkedHashSet<>();
        for (int i = 0; i < places.size(); i++) {
            for (KeyFile list : read.get(i)) {
                values(list, ADDED, type).stream()
                        .filter(id -> !removed.contains(id))
                        .forEach(found::add);
                removed.addAll(values(list, REMOVED, type));
            }
            if (places.get(i).hasEntries()) {
                read(places.get(i).folder().resolve("mimeinfo.cache"))
                        .ifPresent(index -> values(index, CACHE, type).stream()
                                .filter(id -> !removed.contains(id))
                                .forEach(found::add));
            }
        }
        return found.stream().flatMap(id -> installed(id).stream()).findFirst();
    }

    private Optional<InstalledApp> installed(String id) {
        try {
            return apps.find(new AppId(id)).filter(app -> !app.command().isEmpty());
        } catch (IllegalArgumentException noId) {
            return Optional.empty();
        }
    }

    private static List<String> values(KeyFile file, String group, String type) {
        return file.line(group, type).flatMap(KeyFile.Line::value).stream()
                .flatMap(value -> Arrays.stream(value.split(";")))
                .map(String::strip)
                .filter(id -> !id.isEmpty())
                .toList();
    }

    private static Optional<KeyFile> read(Path file) {
        try {
            return Files.exists(file) ? Optional.of(KeyFile.parse(EntryFiles.read(file))) : Optional.empty();
        } catch (IOException | RefusedException unreadable) {
            return Optional.empty();
        }
    }
}
