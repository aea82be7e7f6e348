package org.landgrant.desktop;

import org.freedesktop.dbus.annotations.DBusInterfaceName;
import org.freedesktop.dbus.interfaces.DBusInterface;
import org.freedesktop.dbus.types.UInt32;

/**
 * What we ask the bus itself.
 *
 * <p>Source: D-Bus Specification, "Message Bus Messages"; the names of the methods are its own.
 */
@DBusInterfaceName(BusDriver.NAME)
@SuppressWarnings("checkstyle:MethodName")
public interface BusDriver extends DBusInterface {
    String NAME = "org.freedesktop.DBus";
    String PATH = "/org/freedesktop/DBus";

    boolean NameHasOwner(String name);

    UInt32 GetConnectionUnixProcessID(String name);

    void ReloadConfig();
}
