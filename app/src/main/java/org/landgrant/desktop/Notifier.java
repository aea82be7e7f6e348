package org.landgrant.desktop;

import java.util.List;
import java.util.OptionalLong;

/** The desktop's notifications, as far as they have buttons. Safe for many threads; methods may block for seconds. */
public interface Notifier extends AutoCloseable {
    /**
     * What stands beside a button.
     *
     * @param key comes back when it is pressed; who does not know it cannot press it
     */
    record Button(String key, String label) {}

    /** Hears what people do with notifications; called on any thread, one call after the other. */
    interface Listener {
        /** A button was pressed; the notification is gone. */
        void pressed(long number, String key);

        /** It is gone, and no button was pressed. */
        void gone(long number, boolean byThePerson);

        /** Another server serves now, or none; nobody can answer what was shown. */
        void restarted();
    }

    /** Who hears from now on. */
    void listen(Listener listener);

    /**
     * Shows a notification that stays until it is answered.
     *
     * @param title and {@code body} are plain text
     * @return its number; empty when nothing here shows notifications with buttons
     */
    OptionalLong show(String title, String body, List<Button> buttons);

    /** Takes it off the screen, if it is there; nobody hears of that. */
    void withdraw(long number);

    @Override
    void close();
}
