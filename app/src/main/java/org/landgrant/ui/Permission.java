package org.landgrant.ui;

import java.util.List;
import java.util.Optional;
import org.landgrant.grants.Resource;
import org.landgrant.grants.UserFolder;

/**
 * One thing that apps may reach, and who reaches it.
 *
 * @param id ends the IDs of nodes
 * @param name what the person calls it, clean
 * @param detail where it lies, or what it means
 * @param resource what is granted; empty where an app's page says it better
 * @param holders every confined app, those that reach it first
 */
record Permission(
        String id,
        Group group,
        String name,
        String detail,
        Optional<Resource> resource,
        Optional<UserFolder> folder,
        List<Holder> holders) {

    /** The headings of the list. */
    enum Group {
        FOLDERS("folders"),
        NETWORK("network"),
        DEVICES("devices");

        private final String word;

        Group(String word) {
            this.word = word;
        }

        /** Ends the names of words. */
        String word() {
            return word;
        }
    }

    Permission {
        holders = List.copyOf(holders);
    }

    /** How many apps reach it, or something in it. */
    long reaching() {
        return holders.stream().filter(Holder::reaches).count();
    }
}
