package org.landgrant.desktop;

import java.util.Map;

/**
 * How the desktop opens something for somebody else.
 *
 * @param defaults which app
 * @param types what kind of file
 * @param outside how an app that is not confined is started
 */
public record Opening(DefaultApps defaults, FileTypes types, OutsideStart outside) {

    /**
     * What this user's desktop does.
     *
     * @param environment {@code XDG_CURRENT_DESKTOP} is read from it
     */
    public static Opening of(BaseDirectories directories, Map<String, String> environment, InstalledApps apps) {
        return new Opening(
                new DefaultApps(directories, environment, apps),
                new FileTypes(directories),
                new OutsideStart(directories.home()));
    }
}
