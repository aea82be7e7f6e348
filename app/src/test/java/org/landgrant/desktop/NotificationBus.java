package org.landgrant.desktop;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.freedesktop.dbus.annotations.DBusInterfaceName;
import org.freedesktop.dbus.connections.impl.DBusConnection;
import org.freedesktop.dbus.connections.impl.DBusConnectionBuilder;
import org.freedesktop.dbus.exceptions.DBusException;
import org.freedesktop.dbus.exceptions.DBusExecutionException;
import org.freedesktop.dbus.interfaces.DBusInterface;
import org.freedesktop.dbus.messages.DBusSignal;
import org.freedesktop.dbus.types.UInt32;
import org.freedesktop.dbus.types.Variant;

/** A real session bus of its own, and on it the smallest notification servers and strangers. */
public final class NotificationBus implements AutoCloseable {
    /** What a server was asked to show. */
    public record Shown(long id, String title, String body, List<String> actions, Map<String, Variant<?>> hints) {
        /** The key of the button with that label. */
        public String key(String label) {
            return actions.get(actions.indexOf(label) - 1);
        }

        public List<String> labels() {
            List<String> labels = new ArrayList<>();
            for (int i = 1; i < actions.size(); i += 2) {
                labels.add(actions.get(i));
            }
            return labels;
        }
    }

    /** The signals of a server. */
    @DBusInterfaceName(NotificationServer.NAME)
    public interface Signals extends DBusInterface {
        /** A button was pressed. */
        final class ActionInvoked extends DBusSignal {
            public ActionInvoked(String path, UInt32 id, String key) throws DBusException {
                super(path, id, key);
            }
        }

        /** It is gone. */
        final class NotificationClosed extends DBusSignal {
            public NotificationClosed(String path, UInt32 id, UInt32 reason) throws DBusException {
                super(path, id, reason);
            }
        }
    }

    /** A program on the bus; a server as soon as it has the name. */
    public final class Peer implements NotificationServer, AutoCloseable {
        public final BlockingQueue<Shown> shown = new LinkedBlockingQueue<>();
        public final BlockingQueue<Long> closed = new LinkedBlockingQueue<>();
        private final List<String> capabilities;
        private final DBusConnection connection;
        /** Whether it shows nothing more. */
        public volatile boolean full;

        private long last;

        private Peer(List<String> capabilities) throws DBusException {
            this.capabilities = capabilities;
            connection = DBusConnectionBuilder.forAddress(address())
                    .withShared(false)
                    .build();
        }

        private Peer serve() throws DBusException {
            connection.exportObject(NotificationServer.PATH, this);
            connection.requestBusName(NotificationServer.NAME);
            return this;
        }

        public void press(long id, String key) throws DBusException {
            connection.sendMessage(new Signals.ActionInvoked(NotificationServer.PATH, new UInt32(id), key));
        }

        public void close(long id, long reason) throws DBusException {
            connection.sendMessage(
                    new Signals.NotificationClosed(NotificationServer.PATH, new UInt32(id), new UInt32(reason)));
        }

        @Override
        public List<String> GetCapabilities() {
            return capabilities;
        }

        @Override
        public synchronized UInt32 Notify(
                String app,
                UInt32 replaces,
                String icon,
                String summary,
                String body,
                List<String> actions,
                Map<String, Variant<?>> hints,
                int timeout) {
            if (full) {
                throw new DBusExecutionException("too many notifications");
            }
            shown.add(new Shown(++last, summary, body, List.copyOf(actions), Map.copyOf(hints)));
            return new UInt32(last);
        }

        @Override
        public void CloseNotification(UInt32 id) {
            closed.add(id.longValue());
        }

        @Override
        public String getObjectPath() {
            return NotificationServer.PATH;
        }

        @Override
        public void close() throws IOException {
            connection.close();
        }
    }

    private final Path socket;
    private final Process daemon;

    public NotificationBus(Path folder) throws IOException {
        socket = folder.resolve("bus");
        Path settings = Files.writeString(folder.resolve("bus.conf"), """
                <!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
                 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
                <busconfig><type>session</type><listen>unix:path=%s</listen>
                <policy context="default"><allow send_destination="*" eavesdrop="true"/>
                <allow eavesdrop="true"/><allow own="*"/></policy></busconfig>
                """.formatted(socket));
        daemon = new ProcessBuilder("dbus-daemon", "--nofork", "--print-address", "--config-file=" + settings)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        // The address comes when it listens.
        if (new BufferedReader(new InputStreamReader(daemon.getInputStream(), UTF_8)).readLine() == null) {
            throw new IOException("dbus-daemon did not start");
        }
    }

    public String address() {
        return "unix:path=" + socket;
    }

    /** A server that can do that. */
    public Peer server(String... capabilities) throws DBusException {
        return new Peer(List.of(capabilities)).serve();
    }

    /** Somebody else on the bus. */
    public Peer stranger() throws DBusException {
        return new Peer(List.of());
    }

    @Override
    public void close() {
        daemon.destroy();
        daemon.onExit().join();
    }
}
