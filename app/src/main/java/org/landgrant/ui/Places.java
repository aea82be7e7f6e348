package org.landgrant.ui;

import org.landgrant.prompts.Coalescer.Kind;
import org.landgrant.prompts.UserPlaces;

/** Looks at the disk for the windows; may block. */
final class Places {
    private Places() {}

    static UserPlaces now(UiServices services) {
        return services.places().get();
    }

    /** What lies at a path; what cannot be looked at counts as missing. */
    static Kind look(String path) {
        return Kind.at(path);
    }
}
