package org.landgrant.ui;

import java.util.Set;
import org.landgrant.grants.Access;
import org.landgrant.grants.Resource;

/**
 * Something that a running app was given until it is closed, and that nobody allowed for longer.
 *
 * @param name what the person calls it, clean
 * @param detail where it lies and how it may be used
 * @param file whether it is a file, or will be one, and no folder
 */
record OnceRow(Resource resource, Set<Access> access, String name, String detail, boolean file) {
    OnceRow {
        access = Set.copyOf(access);
    }
}
