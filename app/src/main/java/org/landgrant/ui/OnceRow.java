package org.landgrant.ui;

import java.util.List;
import org.landgrant.launch.LiveGrant;
import org.landgrant.launch.Session;

/**
 * Something that running sessions were given until they end, and that nobody allowed for longer.
 *
 * @param sessions those that have it, at least one
 * @param name what the person calls it, clean
 * @param detail where it lies and how it may be used
 * @param file whether it is a file, or will be one, and no folder
 */
record OnceRow(LiveGrant grant, List<Session> sessions, String name, String detail, boolean file) {
    OnceRow {
        sessions = List.copyOf(sessions);
    }
}
