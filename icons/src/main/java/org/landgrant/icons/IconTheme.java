package org.landgrant.icons;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the file of an icon name in the user's icon theme.
 *
 * <p>The theme is the one named in {@code gtk-4.0/settings.ini}, {@code gtk-3.0/settings.ini} or
 * {@code kdeglobals}, whichever names one first; then Adwaita, then hicolor. (GNOME keeps its choice
 * in dconf, which is not read; GNOME's own default is Adwaita.) Only {@code .png} and {@code .svg}
 * files are found. Safe for many threads; an {@code index.theme} is read again when it changed.
 *
 * <p>Source: Icon Theme Specification 0.13.
 */
public final class IconTheme {
    private static final Logger LOG = LoggerFactory.getLogger(IconTheme.class);
    private static final int MAX_NAME = 255;
    private static final int MAX_THEMES = 32;
    private static final long MAX_SETTINGS_BYTES = 1 << 20;
    private static final List<String> ENDINGS = List.of(".png", ".svg");
    private static final List<String> TOLERATED_ENDINGS = List.of(".png", ".svg", ".svgz", ".xpm");

    private record Loaded(FileTime changed, ThemeIndex index) {}

    private final Path configHome;
    private final List<Path> bases;
    private final Map<Path, Loaded> indexes = new ConcurrentHashMap<>();

    /**
     * @param home the user's home folder, for {@code ~/.icons}
     * @param configHome {@code $XDG_CONFIG_HOME}
     * @param dataHome {@code $XDG_DATA_HOME}
     * @param dataDirs {@code $XDG_DATA_DIRS}, in order
     */
    public IconTheme(Path home, Path configHome, Path dataHome, List<Path> dataDirs) {
        this.configHome = configHome;
        List<Path> folders = new ArrayList<>();
        folders.add(home.resolve(".icons"));
        folders.add(dataHome.resolve("icons"));
        dataDirs.forEach(dir -> folders.add(dir.resolve("icons")));
        dataDirs.forEach(dir -> folders.add(dir.resolve("pixmaps")));
        this.bases = List.copyOf(folders);
    }

    /**
     * The best file for an icon.
     *
     * @param icon the value of {@code Icon} in a desktop entry: an absolute path, or a name with or
     *     (tolerated) without an ending; anything else finds nothing
     * @param size wanted width in unscaled pixels
     * @param scale the screen's scale, 1 or more
     */
    public Optional<Path> find(String icon, int size, int scale) {
        IconRenderer.requireSide(size);
        if (scale < 1 || scale > 16) {
            throw new IllegalArgumentException("a screen's scale is 1 to 16");
        }
        if (icon.startsWith("/")) {
            return absolute(icon);
        }
        if (!isPlainName(icon)) {
            return Optional.empty();
        }
        Optional<Path> exact = findName(icon, size, scale);
        if (exact.isPresent()) {
            return exact;
        }
        return TOLERATED_ENDINGS.stream()
                .filter(ending -> icon.endsWith(ending) && icon.length() > ending.length())
                .findFirst()
                .flatMap(ending -> findName(icon.substring(0, icon.length() - ending.length()), size, scale));
    }

    /** The themes that are searched, in order. */
    List<String> themes() {
        Set<String> order = new LinkedHashSet<>();
        chosen().ifPresent(theme -> addWithParents(theme, order));
        addWithParents("Adwaita", order);
        // Every theme ends in hicolor, but only after all its other parents.
        order.remove("hicolor");
        order.add("hicolor");
        return List.copyOf(order);
    }

    /** Whether a name is one part of a path and stays where it is put. */
    static boolean isPlainName(String name) {
        return !name.isEmpty()
                && name.length() <= MAX_NAME
                && !name.startsWith(".")
                && name.codePoints().noneMatch(c -> c == '/' || Character.isISOControl(c));
    }

    private static Optional<Path> absolute(String icon) {
        try {
            Path path = Path.of(icon);
            return ENDINGS.stream().anyMatch(icon::endsWith) && Files.isRegularFile(path)
                    ? Optional.of(path)
                    : Optional.empty();
        } catch (InvalidPathException notAPath) {
            return Optional.empty();
        }
    }

    private Optional<Path> findName(String name, int size, int scale) {
        for (String theme : themes()) {
            Path found = findInTheme(theme, name, size, scale);
            if (found != null) {
                return Optional.of(found);
            }
        }
        return bases.stream()
                .flatMap(base -> ENDINGS.stream().map(ending -> base.resolve(name + ending)))
                .filter(Files::isRegularFile)
                .findFirst();
    }

    private @Nullable Path findInTheme(String theme, String name, int size, int scale) {
        ThemeIndex index = index(theme);
        if (index == null) {
            return null;
        }
        List<Path> roots = bases.stream()
                .map(base -> base.resolve(theme))
                .filter(Files::isDirectory)
                .toList();
        Path nearest = null;
        int least = Integer.MAX_VALUE;
        for (ThemeIndex.Folder folder : index.folders()) {
            boolean fits = folder.matches(size, scale);
            int distance = fits ? -1 : folder.distance(size, scale);
            if (distance >= least) {
                continue;
            }
            Path file = findInFolder(roots, folder.path(), name);
            if (file != null && fits) {
                return file;
            }
            if (file != null) {
                nearest = file;
                least = distance;
            }
        }
        return nearest;
    }

    private static @Nullable Path findInFolder(List<Path> roots, String folder, String name) {
        for (Path root : roots) {
            for (String ending : ENDINGS) {
                Path file = root.resolve(folder).resolve(name + ending);
                if (Files.isRegularFile(file)) {
                    return file;
                }
            }
        }
        return null;
    }

    private void addWithParents(String theme, Set<String> order) {
        if (order.size() >= MAX_THEMES || order.contains(theme)) {
            return;
        }
        ThemeIndex index = index(theme);
        if (index != null) {
            order.add(theme);
            index.inherits().forEach(parent -> addWithParents(parent, order));
        }
    }

    /** The first {@code index.theme} of that theme in the base folders. */
    private @Nullable ThemeIndex index(String theme) {
        for (Path base : bases) {
            Path file = base.resolve(theme).resolve("index.theme");
            try {
                if (Files.isRegularFile(file)) {
                    FileTime changed = Files.getLastModifiedTime(file);
                    Loaded known = indexes.get(file);
                    if (known == null || !known.changed().equals(changed)) {
                        known = new Loaded(changed, ThemeIndex.read(file));
                        indexes.put(file, known);
                    }
                    return known.index();
                }
            } catch (IOException unreadable) {
                LOG.debug("An icon theme could not be read", unreadable);
            }
        }
        return null;
    }

    private Optional<String> chosen() {
        return setting("gtk-4.0/settings.ini", "Settings", "gtk-icon-theme-name")
                .or(() -> setting("gtk-3.0/settings.ini", "Settings", "gtk-icon-theme-name"))
                .or(() -> setting("kdeglobals", "Icons", "Theme"));
    }

    private Optional<String> setting(String file, String group, String key) {
        Path path = configHome.resolve(file);
        try {
            if (!Files.isRegularFile(path) || Files.size(path) > MAX_SETTINGS_BYTES) {
                return Optional.empty();
            }
            String text = new String(Files.readAllBytes(path), StandardCharsets.UTF_8);
            return Optional.ofNullable(ThemeIndex.groups(text)
                            .getOrDefault(group, Map.of())
                            .get(key))
                    .filter(IconTheme::isPlainName);
        } catch (IOException unreadable) {
            LOG.debug("A settings file could not be read", unreadable);
            return Optional.empty();
        }
    }
}
