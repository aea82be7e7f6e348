package org.landgrant.desktop;

import java.util.List;
import java.util.Map;
import org.freedesktop.dbus.annotations.DBusInterfaceName;
import org.freedesktop.dbus.interfaces.DBusInterface;
import org.freedesktop.dbus.types.UInt32;
import org.freedesktop.dbus.types.Variant;

/** What we call of a notification server (Desktop Notifications Specification 1.2). The names are the bus's. */
@DBusInterfaceName(NotificationServer.NAME)
public interface NotificationServer extends DBusInterface {
    /** Of the interface, and on the bus. */
    String NAME = "org.freedesktop.Notifications";

    /** Of its one object. */
    String PATH = "/org/freedesktop/Notifications";

    List<String> GetCapabilities();

    /**
     * Shows a notification.
     *
     * @param replaces 0 for a new one
     * @param actions keys and labels by turns
     * @param timeout milliseconds, 0 for never
     * @return its ID
     */
    UInt32 Notify(
            String app,
            UInt32 replaces,
            String icon,
            String summary,
            String body,
            List<String> actions,
            Map<String, Variant<?>> hints,
            int timeout);

    void CloseNotification(UInt32 id);
}
