package org.landgrant.grants;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Starting grants for an app or a kind of app.
 *
 * @param name one lower-case word, for instance {@code browser}
 * @param title what people read, for instance {@code Web browser}
 * @param grants in the order of the file; a later one replaces an earlier one of the same resource
 * @param unset environment variables the app does not get
 * @param set environment variables the app gets with another value
 * @param privateTemporary whether the app gets a temporary folder of its own instead of {@code /tmp}
 */
public record Template(
        String name,
        String title,
        List<Entry> grants,
        Set<String> unset,
        Map<String, String> set,
        boolean privateTemporary) {

    public Template {
        grants = List.copyOf(grants);
        unset = Set.copyOf(unset);
        set = Map.copyOf(set);
    }

    /**
     * One starting grant.
     *
     * @param create whether the folder is made before launch when it is missing, since the kernel can
     *     only grant what exists; for the app's own data
     * @param purpose what the app needs it for, in words, if somebody wrote it down
     */
    public record Entry(Resource resource, Set<Access> access, boolean create, Optional<String> purpose) {
        public Entry {
            access = Set.copyOf(access);
        }
    }
}
