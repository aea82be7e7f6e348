package org.landgrant.ui;

import org.landgrant.desktop.InstalledApp;

/**
 * An app on the first page.
 *
 * @param start what it would begin with, in few words; empty for its own data only
 * @param suggested whether it is worth confining for most people: it handles what strangers send
 */
record WelcomeEntry(InstalledApp app, String start, boolean suggested) {}
