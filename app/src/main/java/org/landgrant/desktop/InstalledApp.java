package org.landgrant.desktop;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.landgrant.grants.AppId;

/**
 * A program as the user knows it: one desktop entry, read from the source file, never from our own
 * override.
 *
 * @param name localised, stripped of control, bidi and zero-width characters
 * @param description localised {@code Comment} or {@code GenericName}, likewise stripped; may be empty
 * @param icon the value of {@code Icon}; empty when it has none
 * @param categories the values of {@code Categories}
 * @param command the parsed {@code Exec} with its field codes still in place, at least the program
 * @param source the desktop file it was read from
 * @param shown whether menus show it ({@code NoDisplay}, {@code Hidden}, {@code OnlyShowIn})
 * @param notOurs why Landgrant leaves this app alone, one sentence; empty when it can be confined
 */
public record InstalledApp(
        AppId id,
        String name,
        String description,
        String icon,
        List<String> categories,
        List<String> command,
        Path source,
        boolean shown,
        Optional<String> notOurs) {

    public InstalledApp {
        categories = List.copyOf(categories);
        command = List.copyOf(command);
    }
}
