package org.landgrant.policy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.landgrant.grants.UserFolder;

/**
 * Where this user's things are. Every path is absolute, without {@code .}, {@code ..}, empty parts or
 * a trailing slash.
 *
 * <p>Source: XDG Base Directory Specification 0.8; {@code user-dirs.dirs(5)}.
 *
 * @param runtimeDir {@code $XDG_RUNTIME_DIR}; where that is not set, a folder in Landgrant's own data
 * @param uid the user's number
 * @param userFolders where each folder lies; one that the user does not have is not in it
 * @param realFolders where those that are links lead, which is how a launcher names what is refused there
 */
public record Home(
        String home,
        String configHome,
        String dataHome,
        String cacheHome,
        String stateHome,
        String runtimeDir,
        long uid,
        Map<UserFolder, String> userFolders,
        Set<String> realFolders) {

    public Home {
        userFolders = Map.copyOf(userFolders);
        realFolders = Set.copyOf(realFolders);
        List.of(home, configHome, dataHome, cacheHome, stateHome, runtimeDir).forEach(PolicyEscapes::requirePath);
        userFolders.values().forEach(PolicyEscapes::requirePath);
        realFolders.forEach(PolicyEscapes::requirePath);
    }

    /** A home whose folders are no links. */
    public Home(
            String home,
            String configHome,
            String dataHome,
            String cacheHome,
            String stateHome,
            String runtimeDir,
            long uid,
            Map<UserFolder, String> userFolders) {
        this(home, configHome, dataHome, cacheHome, stateHome, runtimeDir, uid, userFolders, Set.of());
    }

    /**
     * What no rule may be, contain or lie in: Landgrant's own data and the folder of its socket, also
     * where they lie for this user in another environment.
     */
    public List<String> protectedPlaces() {
        return Stream.of(
                        Places.join(dataHome, "/landgrant"),
                        Places.join(home, "/.local/share/landgrant"),
                        Places.join(runtimeDir, "/landgrant"),
                        "/run/user/" + uid + "/landgrant")
                .distinct()
                .toList();
    }

    /**
     * Where an app keeps settings that it would replace in {@code $XDG_CONFIG_HOME} itself.
     *
     * @param app its ID
     */
    public String settingsOf(String app) {
        return Places.join(stateHome, "/landgrant-settings/" + app);
    }

    /** In it lie the apps' private temporary folders. */
    String temporaryFolder() {
        return "/tmp/landgrant-" + uid;
    }
}
