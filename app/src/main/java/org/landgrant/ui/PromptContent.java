package org.landgrant.ui;

import java.time.Instant;
import java.util.Optional;
import org.landgrant.desktop.InstalledApp;
import org.landgrant.grants.Habit;
import org.landgrant.prompts.LivePrompt;
import org.landgrant.prompts.Scope;

/**
 * What the window of a live prompt shows.
 *
 * @param place what was asked for first, for people: a path with {@code ~} for the home folder, or a port
 * @param habit what was chosen last beside “Allow” for this app
 * @param started when the session that waits began; empty when it is ending
 */
record PromptContent(LivePrompt prompt, InstalledApp app, String place, Habit habit, Optional<Instant> started) {
    /** What the answer is about unless somebody chooses otherwise. */
    Scope preselected() {
        return prompt.scope(habit.width());
    }
}
