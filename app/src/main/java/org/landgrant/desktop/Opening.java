package org.landgrant.desktop;

import java.util.Map;
import java.util.function.Predicate;

/**
 * How the desktop opens something for somebody else.
 *
 * @param defaults which app
 * @param types what kind of file
 * @param outside how an app that is not confined is started
 * @param passesOn whether an app's program only looks for another one that opens it
 */
public record Opening(DefaultApps defaults, FileTypes types, OutsideStart outside, Predicate<InstalledApp> passesOn) {

    /**
     * What this user's desktop does.
     *
     * @param environment {@code XDG_CURRENT_DESKTOP} is read from it
     */
    public static Opening of(BaseDirectories directories, Map<String, String> environment, InstalledApps apps) {
        Programs programs = new Programs(environment);
        return new Opening(
                new DefaultApps(directories, environment, apps),
                new FileTypes(directories),
                new OutsideStart(directories.home()),
                app -> PassersOn.is(app, programs));
    }
}
