package org.landgrant.ui;

import java.time.Instant;
import java.util.Optional;
import org.landgrant.desktop.InstalledApp;
import org.landgrant.prompts.LivePrompt;

/**
 * What the window of a live prompt shows.
 *
 * @param place what was asked for first, for people: a path with {@code ~} for the home folder, or a port
 * @param started when the session that waits began; empty when it is ending
 */
record PromptContent(LivePrompt prompt, InstalledApp app, String place, Optional<Instant> started) {}
