package org.landgrant.ui;

import java.util.List;
import org.landgrant.desktop.InstalledApp;
import org.landgrant.launch.Session;
import org.landgrant.prompts.RelaunchCard;

/**
 * What a card window shows.
 *
 * @param sessions the app's sessions that ran when the card was made or last changed
 */
record CardContent(RelaunchCard card, InstalledApp app, List<Session> sessions) {
    CardContent {
        sessions = List.copyOf(sessions);
    }
}
