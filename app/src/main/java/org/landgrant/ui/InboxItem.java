package org.landgrant.ui;

import org.landgrant.desktop.InstalledApp;
import org.landgrant.grants.Unanswered;

/**
 * One thing that waits for an answer.
 *
 * @param sentence what the app would like, in full
 * @param detail when it asked, and that nobody answered
 */
record InboxItem(Unanswered row, InstalledApp app, String sentence, String detail) {}
