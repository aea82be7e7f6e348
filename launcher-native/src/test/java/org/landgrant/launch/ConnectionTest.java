package org.landgrant.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.landgrant.launch.Message.Output.To;

/** What much is said through, to a client that reads when it likes. */
@Timeout(60)
class ConnectionTest {
    private static final int MANY = 200;
    private static final String MUCH = "x".repeat(60_000);

    @TempDir
    Path folder;

    private final AtomicInteger sent = new AtomicInteger();
    private SocketChannel client;
    private Connection connection;
    private Thread writer;

    @BeforeEach
    void aClientThatDoesNotRead() throws IOException {
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(folder.resolve("s"));
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(address);
            client = SocketChannel.open(address);
            connection = new Connection(server.accept());
        }
        writer = Thread.ofPlatform().start(connection::writeAll);
    }

    @AfterEach
    void close() throws Exception {
        connection.close();
        client.close();
        writer.join();
    }

    @Test
    void whatIsSentInTurnWaitsUntilItIsReadAndNothingIsLost() throws Exception {
        Thread sender = sender();
        waiting(sender);
        assertTrue(sent.get() < MANY / 2, "it sent " + sent);
        for (int at = 0; at < MANY; at++) {
            assertEquals(
                    new Message.Output(To.OUT, at + MUCH),
                    Frames.read(client, Frames.MOST_BYTES).orElseThrow());
        }
        sender.join();
        assertEquals(MANY, sent.get());
    }

    @Test
    void whoeverWaitsForATurnIsLetGoWhenTheConnectionEnds() throws Exception {
        Thread sender = sender();
        waiting(sender);
        connection.close();
        assertTrue(sender.join(Duration.ofSeconds(30)));
        assertTrue(sent.get() < MANY);
        assertFalse(connection.sendInTurn(new Message.Output(To.OUT, "")));
    }

    private Thread sender() {
        return Thread.ofPlatform().start(() -> {
            try {
                while (sent.get() < MANY && connection.sendInTurn(new Message.Output(To.OUT, sent.get() + MUCH))) {
                    sent.incrementAndGet();
                }
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** Until it can do nothing more by itself. */
    private static void waiting(Thread thread) {
        while (thread.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
    }
}
