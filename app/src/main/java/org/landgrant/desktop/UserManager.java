package org.landgrant.desktop;

import java.util.List;
import org.freedesktop.dbus.Struct;
import org.freedesktop.dbus.annotations.DBusInterfaceName;
import org.freedesktop.dbus.annotations.Position;
import org.freedesktop.dbus.interfaces.DBusInterface;
import org.freedesktop.dbus.types.UInt32;
import org.freedesktop.dbus.types.Variant;

/** What we call of {@code systemd --user}. Source: {@code org.freedesktop.systemd1(5)}; the names are its own. */
@DBusInterfaceName("org.freedesktop.systemd1.Manager")
public interface UserManager extends DBusInterface {
    /** On the bus. */
    String NAME = "org.freedesktop.systemd1";

    /** Of its one object. */
    String PATH = "/org/freedesktop/systemd1";

    /** A property of a unit. */
    final class Property extends Struct {
        @Position(0)
        public final String name;

        @Position(1)
        public final Variant<?> value;

        public Property(String name, Variant<?> value) {
            this.name = name;
            this.value = value;
        }
    }

    /** A unit that comes along with another. */
    final class Companion extends Struct {
        @Position(0)
        public final String name;

        @Position(1)
        public final List<Property> properties;

        public Companion(String name, List<Property> properties) {
            this.name = name;
            this.properties = List.copyOf(properties);
        }
    }

    /** Makes a unit and starts it; returns the job. */
    org.freedesktop.dbus.DBusPath StartTransientUnit(
            String name, String mode, List<Property> properties, List<Companion> companions);

    /** Moves processes into a unit that is delegated. */
    void AttachProcessesToUnit(String unit, String below, List<UInt32> processes);
}
