package org.landgrant.launch;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The agent's end of one client. Whoever sends never waits: what the client does not read stays in
 * a queue of {@link #MOST_WAITING} messages, and a client that lets it run full is cut off.
 */
public final class Connection {
    /** How many messages wait for a slow client: answers and live grants for all that one may ask, and more. */
    public static final int MOST_WAITING = 4_096;

    /** What a connection is there for; called by its one reader only. */
    public interface Guest {
        /**
         * Takes the next message.
         *
         * @throws MalformedFrameException when it is out of turn; ends the connection
         */
        void received(Message message) throws MalformedFrameException;

        /** The connection is over, however it ended. The last call. */
        void gone();
    }

    /** How many messages that are sent in turn wait at most. */
    private static final int MOST_IN_TURN = 16;

    /** What waits: a message, or the wish to end after all before it. */
    private sealed interface Item {
        /** @param written is run when the client's end has it */
        record Send(Message message, Runnable written) implements Item {}

        record Finish() implements Item {}
    }

    private final SocketChannel channel;
    private final BlockingQueue<Item> waiting = new LinkedBlockingQueue<>(MOST_WAITING);
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Semaphore turns = new Semaphore(MOST_IN_TURN);

    Connection(SocketChannel channel) {
        this.channel = channel;
    }

    /** Sends a message after those before it; does nothing when the connection is over. */
    public void send(Message message) {
        if (!waiting.offer(new Item.Send(message, () -> {}))) {
            close();
        }
    }

    /**
     * The same for much that one says: waits as long as the client has not read most of what was sent so before, so
     * it is not for the connection's reader.
     *
     * @return false when the connection is over
     */
    public boolean sendInTurn(Message message) throws InterruptedException {
        turns.acquire();
        if (closed.get() || !waiting.offer(new Item.Send(message, turns::release))) {
            close();
            return false;
        }
        return true;
    }

    /** Ends the connection when everything before was sent. */
    public void finish() {
        if (!waiting.offer(new Item.Finish())) {
            close();
        }
    }

    /** Ends the connection now. */
    public void close() {
        if (closed.compareAndSet(false, true)) {
            try {
                channel.close();
            } catch (IOException alreadyBroken) {
                // It is over either way.
            }
            waiting.clear();
            waiting.offer(new Item.Finish());
            turns.release(Integer.MAX_VALUE / 2); // Whoever waits for a turn sees that it is over.
        }
    }

    /** Writes what waits until the connection is over; the work of a thread of its own. */
    void writeAll() {
        try {
            while (waiting.take() instanceof Item.Send(Message message, Runnable written)) {
                Frames.write(channel, message);
                written.run();
            }
        } catch (IOException peerGone) {
            // Its reader sees the same.
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            close();
        }
    }
}
