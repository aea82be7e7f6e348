package org.landgrant.desktop;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;

/**
 * Programs that open nothing themselves, but look for what does, as Landgrant did: as the app for a kind of link they
 * would come back to themselves, or lead to one that nobody looked at.
 */
final class PassersOn {
    private static final Set<String> NAMES = Set.of(
            "xdg-open",
            "xdg-email",
            "gio",
            "gio-launch-desktop",
            "gvfs-open",
            "gnome-open",
            "kde-open",
            "kde-open5",
            "kde-open6",
            "kioclient",
            "kioclient5",
            "mimeopen",
            "run-mailcap",
            "see",
            "landgrant",
            "landrun");

    private PassersOn() {}

    /**
     * Whether the app's command is one of them.
     *
     * @param programs finds what a plain name means
     */
    static boolean is(InstalledApp app, Programs programs) {
        return app.command().stream()
                .map(word -> word.replace("%%", "%"))
                .filter(word -> !word.contains("=") && !word.equals("env") && !word.endsWith("/env"))
                .findFirst()
                .filter(word -> isName(word)
                        || programs.find(word).filter(PassersOn::leadsToOne).isPresent())
                .isPresent();
    }

    private static boolean isName(String program) {
        return NAMES.contains(program.substring(program.lastIndexOf('/') + 1));
    }

    private static boolean leadsToOne(Path program) {
        try {
            return isName(program.toRealPath().toString());
        } catch (IOException gone) {
            return false;
        }
    }
}
