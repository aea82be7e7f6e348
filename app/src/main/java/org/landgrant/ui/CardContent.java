package org.landgrant.ui;

import java.util.List;
import java.util.Optional;
import org.landgrant.desktop.InstalledApp;
import org.landgrant.grants.Habit;
import org.landgrant.launch.Session;
import org.landgrant.prompts.RelaunchCard;

/**
 * What a card window shows.
 *
 * @param reason why an app of its kind may want the only thing asked about, when its template says so
 * @param habit what was chosen last beside “Allow” for this app
 * @param sessions the app's sessions that ran when the card was made or last changed
 */
record CardContent(RelaunchCard card, InstalledApp app, Optional<String> reason, Habit habit, List<Session> sessions) {
    CardContent {
        sessions = List.copyOf(sessions);
    }
}
