package org.landgrant.desktop;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.freedesktop.dbus.connections.IDisconnectCallback;
import org.freedesktop.dbus.connections.impl.DBusConnection;
import org.freedesktop.dbus.connections.impl.DBusConnectionBuilder;
import org.freedesktop.dbus.errors.NoReply;
import org.freedesktop.dbus.exceptions.DBusException;
import org.freedesktop.dbus.exceptions.DBusExecutionException;
import org.freedesktop.dbus.matchrules.DBusMatchRuleBuilder;
import org.freedesktop.dbus.messages.DBusSignal;
import org.freedesktop.dbus.types.UInt32;
import org.freedesktop.dbus.types.Variant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notifications through the session bus. Anybody there can send us any signal, so only those of the server
 * that showed a notification count, and only about that one. The bus is not touched before the first is shown.
 */
public final class BusNotifier implements Notifier {
    private static final Logger LOG = LoggerFactory.getLogger(BusNotifier.class);
    private static final String BUS = "org.freedesktop.DBus";
    private static final byte CRITICAL = 2;
    private static final long DISMISSED = 2;

    /** Another server, found by name and by who it is. */
    private record Server(NotificationServer calls, String owner, boolean buttons, boolean markup) {}

    private final Optional<String> address;
    private final Map<Long, Long> numbers = new HashMap<>();
    private @Nullable Listener listener;
    private @Nullable DBusConnection bus;
    private @Nullable Server server;
    private long last;
    private boolean told;
    private boolean closed;

    /** @param address of the session bus; empty where there is none */
    public BusNotifier(Optional<String> address) {
        this.address = address;
    }

    @Override
    public synchronized void listen(Listener heard) {
        listener = heard;
    }

    // Whoever hears a signal waits for the lock, and so for the ID that a notification is just getting.
    @Override
    public synchronized OptionalLong show(String title, String body, List<Button> buttons) {
        try {
            Server known = server();
            if (!known.buttons()) {
                return without("it has no buttons");
            }
            UInt32 id = known.calls()
                    .Notify(
                            "Landgrant",
                            new UInt32(0),
                            "dialog-question",
                            withoutTags(title),
                            known.markup() ? escaped(body) : withoutTags(body),
                            buttons.stream()
                                    .flatMap(button -> Stream.of(button.key(), button.label()))
                                    .toList(),
                            Map.of("urgency", new Variant<>(CRITICAL), "resident", new Variant<>(false)),
                            0);
            told = false;
            numbers.put(id.longValue(), ++last);
            return OptionalLong.of(last);
        } catch (DBusException | DBusExecutionException failure) {
            // What was shown before stays: apps may fill the screen up to what a server takes.
            return without(String.valueOf(failure.getMessage()));
        }
    }

    private OptionalLong without(String why) {
        if (!told) {
            LOG.warn("The notification service cannot be used, so questions open windows: {}", why);
        }
        told = true;
        return OptionalLong.empty();
    }

    @Override
    public synchronized void withdraw(long number) {
        takeAway(number);
    }

    /** Whether the server answers. */
    private boolean takeAway(long number) {
        Optional<Long> id = numbers.entrySet().stream()
                .filter(entry -> entry.getValue() == number)
                .map(Map.Entry::getKey)
                .findFirst();
        if (id.isPresent() && server != null) {
            numbers.remove(id.get());
            try {
                server.calls().CloseNotification(new UInt32(id.get()));
            } catch (DBusExecutionException gone) {
                LOG.debug("A notification was gone already: {}", gone.getMessage());
                return !(gone instanceof NoReply);
            }
        }
        return true;
    }

    private Server server() throws DBusException {
        if (address.isEmpty()) {
            throw new DBusException("there is no session bus");
        }
        if (closed) {
            throw new DBusException("Landgrant ends");
        }
        if (bus != null && !bus.isConnected()) {
            lost(bus);
        }
        if (bus == null) {
            bus = connect(address.get());
        }
        if (server == null) {
            NotificationServer calls =
                    bus.getRemoteObject(NotificationServer.NAME, NotificationServer.PATH, NotificationServer.class);
            // The first call starts a server that is only installed.
            List<String> can = calls.GetCapabilities();
            String owner = Optional.ofNullable(bus.getDBusOwnerName(NotificationServer.NAME))
                    .orElseThrow(() -> new DBusException("it went away"));
            server = new Server(calls, owner, can.contains("actions"), can.contains("body-markup"));
        }
        return server;
    }

    private DBusConnection connect(String where) throws DBusException {
        AtomicReference<@Nullable DBusConnection> line = new AtomicReference<>();
        DBusConnection connection = DBusConnectionBuilder.forAddress(where)
                .receivingThreadConfig()
                .withSignalThreadCount(1) // in the order they were sent
                .connectionConfig()
                .withShared(false)
                .withDisconnectCallback(new IDisconnectCallback() {
                    @Override
                    public void disconnectOnError(@Nullable IOException failure) {
                        // Told by a thread that locks the connection, for which somebody who has our lock may wait.
                        var _ = Thread.startVirtualThread(() -> lost(line.get()));
                    }
                })
                .build();
        line.set(connection);
        try {
            hear(connection);
        } catch (DBusException | RuntimeException failure) {
            connection.disconnect();
            throw failure;
        }
        return connection;
    }

    private void hear(DBusConnection connection) throws DBusException {
        for (String[] signal : new String[][] {
            {NotificationServer.NAME, "ActionInvoked"},
            {NotificationServer.NAME, "NotificationClosed"},
            {BUS, "NameOwnerChanged"},
        }) {
            var _ = connection.addGenericSigHandler(
                    DBusMatchRuleBuilder.create()
                            .withType("signal")
                            .withInterface(signal[0])
                            .withMember(signal[1])
                            .build(),
                    this::heard);
        }
    }

    /** When the line to the bus is gone, so is what was shown, or at least nobody hears what is pressed. */
    private synchronized void lost(@Nullable DBusConnection line) {
        if (bus == null || bus != line) {
            return;
        }
        bus = null;
        forget();
        if (listener != null && !closed) {
            listener.restarted();
        }
    }

    private void heard(DBusSignal signal) {
        try {
            Object[] values = signal.getParameters();
            switch (signal.getName()) {
                case "ActionInvoked" -> take(signal, values).ifPresent(one -> one.pressed(values[1].toString()));
                case "NotificationClosed" ->
                    take(signal, values).ifPresent(one -> one.gone(((UInt32) values[1]).longValue() == DISMISSED));
                default -> ownerChanged(signal, values);
            }
        } catch (DBusException | ClassCastException | ArrayIndexOutOfBoundsException nonsense) {
            LOG.debug("A signal made no sense: {}", nonsense.getMessage());
        }
    }

    /** One of ours that is gone from the screen. */
    private record Gone(Listener listener, long number) {
        void pressed(String key) {
            listener.pressed(number, key);
        }

        void gone(boolean byThePerson) {
            listener.gone(number, byThePerson);
        }
    }

    private synchronized Optional<Gone> take(DBusSignal signal, Object[] values) {
        Listener heard = listener;
        if (server == null || heard == null || !server.owner().equals(signal.getSource()) || values.length != 2) {
            return Optional.empty();
        }
        Long number = numbers.remove(((UInt32) values[0]).longValue());
        return number == null ? Optional.empty() : Optional.of(new Gone(heard, number));
    }

    private void ownerChanged(DBusSignal signal, Object[] values) {
        Listener heard;
        synchronized (this) {
            boolean ours = BUS.equals(signal.getSource()) && NotificationServer.NAME.equals(values[0]);
            if (!ours || server == null || server.owner().equals(values[2])) {
                return;
            }
            forget();
            heard = listener;
        }
        if (heard != null) {
            heard.restarted();
        }
    }

    private void forget() {
        server = null;
        numbers.clear();
    }

    /** For servers that read a few HTML tags. */
    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    /** Some servers read tags without saying so, and would hide a part of a name. */
    private static String withoutTags(String text) {
        return text.replace('<', '‹').replace('>', '›');
    }

    @Override
    public synchronized void close() {
        closed = true;
        // One that hangs is waited for once, not for each.
        var _ = List.copyOf(numbers.values()).stream().allMatch(this::takeAway);
        if (bus != null) {
            try {
                bus.close();
            } catch (IOException over) {
                LOG.debug("The session bus was gone already: {}", over.getMessage());
            }
        }
        bus = null;
        forget();
    }
}
