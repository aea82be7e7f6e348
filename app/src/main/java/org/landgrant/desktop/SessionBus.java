package org.landgrant.desktop;

import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.freedesktop.dbus.connections.impl.DBusConnection;
import org.freedesktop.dbus.connections.impl.DBusConnectionBuilder;
import org.freedesktop.dbus.exceptions.DBusException;
import org.freedesktop.dbus.exceptions.DBusExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Short questions to the session bus. Each has a bound on its time, so that a bus that hangs or went away costs the
 * answer and nothing else. The connection comes with the first question, and comes again after it was lost.
 */
public final class SessionBus implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SessionBus.class);

    /** What a bus takes on a slow computer, many times over. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final Optional<String> address;
    private @Nullable DBusConnection connection;

    /** @param address of the bus; empty where there is none */
    public SessionBus(Optional<String> address) {
        this.address = address;
    }

    /** The bus of that environment: as it is said there, else where it usually is. */
    public static SessionBus of(Map<String, String> environment, BaseDirectories directories) {
        String said = environment.getOrDefault("DBUS_SESSION_BUS_ADDRESS", "");
        return new SessionBus(
                said.isEmpty()
                        ? directories
                                .runtimeDir()
                                .map(folder -> folder.resolve("bus"))
                                .filter(Files::exists)
                                .map(socket -> "unix:path=" + socket)
                        : said.lines().flatMap(all -> Stream.of(all.split(";"))).findFirst());
    }

    public Optional<String> address() {
        return address;
    }

    /** One question. */
    @FunctionalInterface
    interface Question<T> {
        T ask(DBusConnection bus) throws DBusException;
    }

    /** The answer; empty when there is no bus, or none that answers in time. */
    <T> Optional<T> ask(Question<T> question) {
        if (address.isEmpty()) {
            return Optional.empty();
        }
        CompletableFuture<T> answer = new CompletableFuture<>();
        Thread.ofVirtual().name("bus-question").start(() -> {
            try {
                answer.complete(question.ask(line()));
            } catch (DBusException | DBusExecutionException | IllegalArgumentException failure) {
                hangUp();
                answer.completeExceptionally(failure);
            }
        });
        try {
            return Optional.ofNullable(
                    answer.orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS).join());
        } catch (CompletionException failure) {
            LOG.debug("The session bus gave no answer: {}", String.valueOf(failure.getCause()));
            return Optional.empty();
        }
    }

    private synchronized DBusConnection line() throws DBusException {
        DBusConnection known = connection;
        if (known == null || !known.isConnected()) {
            known = DBusConnectionBuilder.forAddress(address.orElseThrow())
                    .withShared(false)
                    .build();
            connection = known;
        }
        return known;
    }

    private synchronized void hangUp() {
        DBusConnection known = connection;
        connection = null;
        if (known != null) {
            known.disconnect();
        }
    }

    @Override
    public void close() {
        hangUp();
    }

    /** The process that owns a name; empty when nobody does. */
    OptionalLong owner(String name) {
        return ask(bus -> {
                    BusDriver driver = driver(bus);
                    return driver.NameHasOwner(name)
                            ? OptionalLong.of(
                                    driver.GetConnectionUnixProcessID(name).longValue())
                            : OptionalLong.empty();
                })
                .orElse(OptionalLong.empty());
    }

    /** Has the bus read its services anew. It notices changes by itself only in folders it found when it started. */
    void readServices() {
        var _ = ask(bus -> {
            driver(bus).ReloadConfig();
            return true;
        });
    }

    static BusDriver driver(DBusConnection bus) throws DBusException {
        return bus.getRemoteObject(BusDriver.NAME, BusDriver.PATH, BusDriver.class);
    }
}
