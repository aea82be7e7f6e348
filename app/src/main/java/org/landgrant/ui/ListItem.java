package org.landgrant.ui;

/** A line of the list of apps. */
sealed interface ListItem {
    /** Names the apps below it. */
    record Heading(String text) implements ListItem {}

    record Entry(AppEntry entry) implements ListItem {}
}
