package org.landgrant.ui;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.landgrant.desktop.InstalledApp;
import org.landgrant.grants.Habit;
import org.landgrant.grants.Resource;
import org.landgrant.prompts.LivePrompt;
import org.landgrant.prompts.Scope;

/**
 * What the window of a live prompt shows.
 *
 * @param place what was asked for first, for people: a path with {@code ~} for the home folder, or a port
 * @param reason why an app of its kind may want that, when its template says so
 * @param habit what was chosen last beside “Allow” for this app
 * @param refused what of it was refused once before, so that a second refusal is for good
 * @param started when the session that waits began; empty when it is ending
 * @param starter which program started that; empty when it ended since
 */
record PromptContent(
        LivePrompt prompt,
        InstalledApp app,
        String place,
        Optional<String> reason,
        Habit habit,
        Set<Resource> refused,
        Optional<Instant> started,
        Optional<String> starter) {
    PromptContent {
        refused = Set.copyOf(refused);
    }

    /** What the answer is about unless somebody chooses otherwise. */
    Scope preselected() {
        return prompt.scope(habit.width());
    }
}
