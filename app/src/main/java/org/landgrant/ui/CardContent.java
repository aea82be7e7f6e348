package org.landgrant.ui;

import java.util.List;
import org.landgrant.desktop.InstalledApp;
import org.landgrant.grants.Habit;
import org.landgrant.launch.Session;
import org.landgrant.prompts.RelaunchCard;

/**
 * What a card window shows.
 *
 * @param habit what was chosen last beside “Allow” for this app
 * @param sessions the app's sessions that ran when the card was made or last changed
 */
record CardContent(RelaunchCard card, InstalledApp app, Habit habit, List<Session> sessions) {
    CardContent {
        sessions = List.copyOf(sessions);
    }
}
