package org.landgrant.policy;

import java.util.List;
import java.util.Map;
import org.landgrant.grants.UserFolder;

/**
 * Where this user's things are. Every path is absolute, without {@code .}, {@code ..}, empty parts or
 * a trailing slash.
 *
 * <p>Source: XDG Base Directory Specification 0.8; {@code user-dirs.dirs(5)}.
 *
 * @param runtimeDir {@code $XDG_RUNTIME_DIR}; where that is not set, {@code /tmp/landgrant-UID/runtime}
 * @param uid the user's number
 * @param userFolders where each folder lies; one that the user does not have is not in it
 */
public record Home(
        String home,
        String configHome,
        String dataHome,
        String cacheHome,
        String stateHome,
        String runtimeDir,
        long uid,
        Map<UserFolder, String> userFolders) {

    public Home {
        userFolders = Map.copyOf(userFolders);
        List.of(home, configHome, dataHome, cacheHome, stateHome, runtimeDir).forEach(PolicyEscapes::requirePath);
        userFolders.values().forEach(PolicyEscapes::requirePath);
    }

    /** What no rule may be, contain or lie in: Landgrant's own data, and the folder of its socket. */
    public List<String> protectedPlaces() {
        String own = temporaryFolder() + "/runtime";
        return List.of(
                Places.join(dataHome, "/landgrant"),
                runtimeDir.equals(own) ? own : Places.join(runtimeDir, "/landgrant"));
    }

    /** In it lie the apps' private temporary folders. */
    String temporaryFolder() {
        return "/tmp/landgrant-" + uid;
    }
}
