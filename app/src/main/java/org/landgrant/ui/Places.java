package org.landgrant.ui;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.landgrant.prompts.Coalescer.Kind;
import org.landgrant.prompts.UserPlaces;

/** Looks at the disk for the windows; may block. */
final class Places {
    private Places() {}

    static UserPlaces now(UiServices services) {
        return UserPlaces.of(services.home(), services.folders().get());
    }

    /** What lies at a path; what cannot be looked at counts as missing. */
    static Kind look(String path) {
        try {
            Path place = Path.of(path);
            return Files.isDirectory(place) ? Kind.FOLDER : Files.exists(place) ? Kind.FILE : Kind.MISSING;
        } catch (InvalidPathException unspeakable) {
            return Kind.MISSING;
        }
    }
}
