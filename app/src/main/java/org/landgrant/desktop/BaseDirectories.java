package org.landgrant.desktop;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a user's files of each kind lie.
 *
 * <p>Source: XDG Base Directory Specification 0.8. A variable that is unset, empty or not an absolute
 * path counts as unset.
 *
 * @param runtimeDir {@code $XDG_RUNTIME_DIR}; there is no default
 * @param dataDirs {@code $XDG_DATA_DIRS} in order of preference, without {@code dataHome}
 * @param configDirs {@code $XDG_CONFIG_DIRS} in order of preference, without {@code configHome}
 */
public record BaseDirectories(
        Path home,
        Path dataHome,
        Path configHome,
        Path cacheHome,
        Path stateHome,
        Optional<Path> runtimeDir,
        List<Path> dataDirs,
        List<Path> configDirs) {
    private static final int MAX_DIRS = 64;
    private static final String USUAL_DATA_DIRS = "/usr/local/share:/usr/share";
    private static final String USUAL_CONFIG_DIRS = "/etc/xdg";

    public BaseDirectories {
        dataDirs = List.copyOf(dataDirs);
        configDirs = List.copyOf(configDirs);
    }

    /**
     * What the environment says.
     *
     * @param fallbackHome the home folder when {@code $HOME} is not usable (from the password database)
     */
    public static BaseDirectories from(Map<String, String> environment, Path fallbackHome) {
        Path home = absolute(environment.get("HOME")).orElse(fallbackHome);
        List<Path> dataDirs = list(environment.getOrDefault("XDG_DATA_DIRS", ""));
        List<Path> configDirs = list(environment.getOrDefault("XDG_CONFIG_DIRS", ""));
        return new BaseDirectories(
                home,
                absolute(environment.get("XDG_DATA_HOME")).orElse(home.resolve(".local/share")),
                absolute(environment.get("XDG_CONFIG_HOME")).orElse(home.resolve(".config")),
                absolute(environment.get("XDG_CACHE_HOME")).orElse(home.resolve(".cache")),
                absolute(environment.get("XDG_STATE_HOME")).orElse(home.resolve(".local/state")),
                absolute(environment.get("XDG_RUNTIME_DIR")),
                dataDirs.isEmpty() ? list(USUAL_DATA_DIRS) : dataDirs,
                configDirs.isEmpty() ? list(USUAL_CONFIG_DIRS) : configDirs);
    }

    private static List<Path> list(String value) {
        return Arrays.stream(value.split(":"))
                .flatMap(part -> absolute(part).stream())
                .distinct()
                .limit(MAX_DIRS)
                .toList();
    }

    private static Optional<Path> absolute(@Nullable String value) {
        try {
            return Optional.ofNullable(value)
                    .filter(text -> text.startsWith("/"))
                    .map(text -> Path.of(text).normalize());
        } catch (InvalidPathException notAPath) {
            return Optional.empty();
        }
    }
}
