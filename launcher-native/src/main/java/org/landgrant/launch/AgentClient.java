package org.landgrant.launch;

import java.io.EOFException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.landgrant.grants.RefusedException;

/** The Java end of a client: an agent that asks the one already running, and tests. One thread only. */
public final class AgentClient implements AutoCloseable {
    private final SocketChannel channel;
    private final String agentVersion;

    private AgentClient(SocketChannel channel, String agentVersion) {
        this.channel = channel;
        this.agentVersion = agentVersion;
    }

    /**
     * Connects and says hello.
     *
     * @throws IOException when nobody answers
     * @throws RefusedException when the agent does not want this client
     */
    public static AgentClient connect(Path socket, Secret secret, String version) throws IOException {
        SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
        try {
            Frames.write(channel, new Message.Hello(Message.PROTOCOL, secret.hex(), version));
            return switch (next(channel)) {
                case Message.Welcome(String agentVersion) -> new AgentClient(channel, agentVersion);
                case Message.Refused(String sentence) -> throw new RefusedException(sentence);
                default -> throw new MalformedFrameException("an agent welcomes first");
            };
        } catch (IOException | RuntimeException failure) {
            channel.close();
            throw failure;
        }
    }

    /** The version the agent told. */
    public String agentVersion() {
        return agentVersion;
    }

    public void send(Message message) throws IOException {
        Frames.write(channel, message);
    }

    /** The next message; waits for it. */
    public Message receive() throws IOException {
        return next(channel);
    }

    /**
     * Has the agent carry out a command.
     *
     * @param output takes what the command says, as it comes
     * @return the command's exit status
     */
    public int command(int width, List<String> words, Consumer<Message.Output> output) throws IOException {
        send(new Message.Command(width, words));
        while (true) {
            switch (receive()) {
                case Message.Output part -> output.accept(part);
                case Message.Status(int status) -> {
                    return status;
                }
                default -> throw new MalformedFrameException("output or a status answers a command");
            }
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private static Message next(SocketChannel channel) throws IOException {
        Optional<Message> message = Frames.read(channel, Frames.MOST_BYTES);
        return message.orElseThrow(() -> new EOFException("the agent ended the connection"));
    }
}
