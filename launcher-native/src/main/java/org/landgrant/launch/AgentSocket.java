package org.landgrant.launch;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import jdk.net.ExtendedSocketOptions;
import org.landgrant.grants.RefusedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where launchers and typed commands reach the agent. Who may speak: a process of the same user that
 * knows the {@link Secret}. What one client does wrong, or slowly, is felt by that client alone:
 * each has a reader and a writer of its own, and there are at most {@link #MOST_CLIENTS}.
 */
public final class AgentSocket implements AutoCloseable {
    /** How many clients are served at once; further ones are turned away. */
    public static final int MOST_CLIENTS = 256;

    /** A hello is short; nobody who has not said it gets more memory than this. */
    private static final int MOST_BYTES_OF_HELLO = 4_096;

    private static final Logger LOG = LoggerFactory.getLogger(AgentSocket.class);

    /**
     * Who serves a client, decided by its first message after the hello.
     *
     * @param launchers for launchers: that message is launch or started
     * @param commands for people's commands: that message is command
     */
    public record Hosts(
            Function<Connection, Connection.Guest> launchers, Function<Connection, Connection.Guest> commands) {}

    /**
     * How the socket behaves.
     *
     * @param version the agent's, for the welcome
     * @param patience how long a client may take for its hello and first message
     */
    public record Manners(Secret secret, String version, Duration patience) {}

    private final Path path;
    private final ServerSocketChannel server;
    private final UserPrincipal user;
    private final Manners manners;
    private final Hosts hosts;
    private final Executor threads;
    private final ScheduledExecutorService clock;
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();

    private AgentSocket(
            Path path,
            ServerSocketChannel server,
            UserPrincipal user,
            Manners manners,
            Hosts hosts,
            Executor threads,
            ScheduledExecutorService clock) {
        this.path = path;
        this.server = server;
        this.user = user;
        this.manners = manners;
        this.hosts = hosts;
        this.threads = threads;
        this.clock = clock;
    }

    /**
     * Opens the socket and serves whoever comes.
     *
     * @param path in a folder of this user alone; the caller holds the {@link AgentLock} beside it
     * @param threads gives every task a thread at once; each client needs two
     * @param clock only cuts off clients whose time is up
     * @throws RefusedException when somebody answers there already, or it cannot be opened
     */
    public static AgentSocket open(
            Path path, Manners manners, Hosts hosts, Executor threads, ScheduledExecutorService clock) {
        try {
            removeStale(path);
            ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            try {
                server.bind(UnixDomainSocketAddress.of(path), MOST_CLIENTS);
                Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
                UserPrincipal user = Files.getOwner(Path.of("/proc/self"));
                AgentSocket socket = new AgentSocket(path, server, user, manners, hosts, threads, clock);
                threads.execute(socket::acceptAll);
                return socket;
            } catch (IOException | RuntimeException failure) {
                server.close();
                throw failure;
            }
        } catch (IOException failure) {
            throw new RefusedException("The socket " + path + " cannot be opened: " + Reasons.of(failure), failure);
        }
    }

    /** Ends every connection and takes the socket away. */
    @Override
    public void close() {
        try {
            server.close();
            Files.deleteIfExists(path);
        } catch (IOException failure) {
            LOG.warn("The agent's socket could not be taken away: {}", Reasons.of(failure));
        }
        connections.forEach(Connection::close);
    }

    /** A socket on which nobody answers was left by an agent that was killed. */
    private static void removeStale(Path path) throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try {
            SocketChannel.open(UnixDomainSocketAddress.of(path)).close();
            throw new RefusedException("Another agent answers at " + path + " already.");
        } catch (IOException nobodyAnswers) {
            int type = (int) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS) & 0170000;
            if (type != 0140000) {
                throw new RefusedException(path + " is in the way and is not a socket.", nobodyAnswers);
            }
            Files.delete(path);
        }
    }

    private void acceptAll() {
        while (server.isOpen()) {
            try {
                welcome(server.accept());
            } catch (ClosedChannelException over) {
                return;
            } catch (IOException failure) {
                LOG.warn("A client could not be accepted: {}", Reasons.of(failure));
                LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
            }
        }
    }

    private void welcome(SocketChannel channel) {
        Connection connection = new Connection(channel);
        connections.add(connection);
        try {
            threads.execute(connection::writeAll);
            if (connections.size() > MOST_CLIENTS) {
                connection.send(new Message.Refused("Landgrant serves " + MOST_CLIENTS + " programs already."));
                connection.finish();
                connections.remove(connection);
                return;
            }
            threads.execute(() -> serve(channel, connection));
        } catch (RejectedExecutionException shuttingDown) {
            connection.close();
            connections.remove(connection);
        }
    }

    /** The life of one connection, on its reader's thread. */
    private void serve(SocketChannel channel, Connection connection) {
        Optional<Connection.Guest> guest = Optional.empty();
        ScheduledFuture<?> cutOff =
                clock.schedule(connection::close, manners.patience().toMillis(), TimeUnit.MILLISECONDS);
        try {
            if (!greeted(channel, connection)) {
                connection.finish();
                return;
            }
            Optional<Message> message = Frames.read(channel, Frames.MOST_BYTES);
            cutOff.cancel(false);
            if (message.isPresent()) {
                guest = Optional.of(host(message.get()).apply(connection));
            }
            while (message.isPresent()) {
                guest.orElseThrow().received(message.get());
                message = Frames.read(channel, Frames.MOST_BYTES);
            }
            connection.finish();
        } catch (MalformedFrameException malformed) {
            LOG.warn("A client was cut off: {}", malformed.getMessage());
            connection.close();
        } catch (IOException gone) {
            connection.close();
        } catch (RuntimeException bug) {
            LOG.error("A client was cut off because of a mistake in Landgrant", bug);
            connection.close();
        } finally {
            cutOff.cancel(false);
            connections.remove(connection);
            guest.ifPresent(Connection.Guest::gone);
        }
    }

    private boolean greeted(SocketChannel channel, Connection connection) throws IOException {
        if (!channel.getOption(ExtendedSocketOptions.SO_PEERCRED).user().equals(user)) {
            connection.send(new Message.Refused("This agent belongs to another user."));
            return false;
        }
        Optional<Message> first = Frames.read(channel, MOST_BYTES_OF_HELLO);
        if (first.isEmpty()) {
            return false;
        }
        if (!(first.get() instanceof Message.Hello hello)) {
            throw new MalformedFrameException("a client says hello first");
        }
        if (!manners.secret().is(hello.secret())) {
            connection.send(new Message.Refused("The secret is not the agent's."));
            return false;
        }
        if (hello.protocol() != Message.PROTOCOL) {
            connection.send(new Message.Refused("This agent is of another version (" + manners.version()
                    + "); log out and in again to use the new one."));
            return false;
        }
        connection.send(new Message.Welcome(manners.version()));
        return true;
    }

    private Function<Connection, Connection.Guest> host(Message first) throws MalformedFrameException {
        return switch (first) {
            case Message.Launch launch -> hosts.launchers();
            case Message.Started started -> hosts.launchers();
            case Message.Command command -> hosts.commands();
            default -> throw new MalformedFrameException("a launch, a started session or a command comes first");
        };
    }
}
