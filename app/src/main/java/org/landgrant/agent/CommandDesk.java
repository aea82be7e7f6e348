package org.landgrant.agent;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.Writer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.landgrant.cli.Commands;
import org.landgrant.cli.Presence;
import org.landgrant.launch.Connection;
import org.landgrant.launch.MalformedFrameException;
import org.landgrant.launch.Message;
import org.landgrant.launch.Message.Output.To;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out what people typed, one command after the other, on a thread of its own each, so that the connection's
 * reader sees when nobody is there any more.
 */
final class CommandDesk implements Connection.Guest {
    /** Characters in one output message, so that a long answer needs no long frame. */
    private static final int MOST_AT_ONCE = 65_536;

    private static final Logger LOG = LoggerFactory.getLogger(CommandDesk.class);

    private final Commands commands;
    private final Connection connection;
    private final Executor threads;
    private final Presence presence = new Presence();
    // Belongs to the reader.
    private CountDownLatch before = new CountDownLatch(0);

    CommandDesk(Commands commands, Connection connection, Executor threads) {
        this.commands = commands;
        this.connection = connection;
        this.threads = threads;
    }

    @Override
    public void received(Message message) throws MalformedFrameException {
        if (!(message instanceof Message.Command command)) {
            throw new MalformedFrameException("only commands follow a command");
        }
        try {
            before.await();
            CountDownLatch done = new CountDownLatch(1);
            threads.execute(() -> carryOut(command, done));
            before = done;
        } catch (InterruptedException | RejectedExecutionException ending) {
            connection.close();
        }
    }

    private void carryOut(Message.Command command, CountDownLatch done) {
        try (Voice out = new Voice(To.OUT);
                Voice err = new Voice(To.ERR)) {
            int status = commands.run(command.width(), command.words(), out, err, presence);
            out.flush();
            err.flush();
            connection.send(new Message.Status(status));
        } catch (IOException gone) {
            connection.close();
        } catch (RuntimeException bug) {
            LOG.error("A command was cut off because of a mistake in Landgrant", bug);
            connection.close();
        } finally {
            done.countDown();
        }
    }

    @Override
    public void gone() {
        presence.leave();
    }

    /** Sends what is written when it is flushed or much; waits for a slow reader. */
    private final class Voice extends Writer {
        private final To stream;
        private final StringBuilder text = new StringBuilder();

        Voice(To stream) {
            this.stream = stream;
        }

        @Override
        public void write(char[] characters, int start, int length) throws IOException {
            text.append(characters, start, length);
            if (text.length() >= MOST_AT_ONCE) {
                flush();
            }
        }

        @Override
        public void flush() throws IOException {
            int at = 0;
            while (at < text.length()) {
                int end = Math.min(at + MOST_AT_ONCE, text.length());
                if (end < text.length() && Character.isHighSurrogate(text.charAt(end - 1))) {
                    end--;
                }
                send(text.substring(at, end));
                at = end;
            }
            text.setLength(0);
        }

        private void send(String part) throws IOException {
            try {
                if (!connection.sendInTurn(new Message.Output(stream, part))) {
                    throw new IOException("the client is gone");
                }
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException();
            }
        }

        @Override
        public void close() {}
    }
}
