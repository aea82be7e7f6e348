package org.landgrant.ui;

import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.value.ObservableIntegerValue;
import javafx.scene.Node;
import javafx.scene.input.KeyEvent;
import org.kordamp.ikonli.feather.Feather;

/** One part of the settings window, chosen in the rail at its left. Belongs to the toolkit's thread. */
interface Section {
    /** Its short name: {@code section.NAME} is its title, {@code #section-NAME} its button. */
    String name();

    Feather icon();

    Node node();

    /** Reads again what is shown. Called when the section comes into sight and after every change. */
    void refresh();

    /** Reads again what its badge says; also while it is out of sight. */
    default void count() {}

    /** How many things wait in it for an answer. */
    default ObservableIntegerValue badge() {
        return new ReadOnlyIntegerWrapper(0);
    }

    /** Gives the keyboard to what a person begins with. */
    void focus();

    /** Gives the keyboard to the section's search, when it has one. */
    default void find() {}

    /** A character typed where it has no other meaning; a section with a search takes it. */
    default void typed(KeyEvent event) {}
}
