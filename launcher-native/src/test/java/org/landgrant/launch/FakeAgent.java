package org.landgrant.launch;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/** The other end of PROTOCOL.md's socket, as small as it can be. */
final class FakeAgent implements AutoCloseable {
    private final ServerSocketChannel server;
    private final Path socket;

    record Frame(int type, List<String> fields) {}

    FakeAgent(Path runtime) throws IOException {
        Path folder = runtime.resolve("landgrant");
        if (!Files.exists(folder)) {
            Files.createDirectory(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        socket = folder.resolve("agent");
        Files.deleteIfExists(socket);
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
    }

    Line accept() throws IOException {
        return new Line(server.accept());
    }

    @Override
    public void close() throws IOException {
        server.close();
        Files.deleteIfExists(socket);
    }

    /** One connection. */
    static final class Line implements AutoCloseable {
        private final SocketChannel channel;
        private final DataInputStream in;

        Line(SocketChannel channel) {
            this.channel = channel;
            this.in = new DataInputStream(Channels.newInputStream(channel));
        }

        Frame read() throws IOException {
            byte[] bytes = new byte[in.readInt()];
            in.readFully(bytes);
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            int type = buffer.get();
            List<String> fields = new ArrayList<>();
            while (buffer.hasRemaining()) {
                byte[] field = new byte[buffer.getInt()];
                buffer.get(field);
                fields.add(new String(field, UTF_8));
            }
            return new Frame(type, fields);
        }

        void send(int type, String... fields) throws IOException {
            ByteArrayOutputStream inside = new ByteArrayOutputStream();
            DataOutputStream out = new DataOutputStream(inside);
            out.writeByte(type);
            for (String field : fields) {
                byte[] bytes = field.getBytes(UTF_8);
                out.writeInt(bytes.length);
                out.write(bytes);
            }
            ByteBuffer frame = ByteBuffer.allocate(4 + inside.size());
            frame.putInt(inside.size()).put(inside.toByteArray()).flip();
            sendRaw(frame);
        }

        /** Hello, welcome, launch, policy, perhaps brings and taken, started, holds; returns what was started. */
        List<String> begin(String policy) throws IOException {
            read();
            send(12, "test");
            read();
            send(3, policy);
            Frame next = read();
            if (next.type() == 20) {
                send(21, "0");
                next = read();
            }
            read();
            return next.fields();
        }

        /** The fields of the next frame of this type; those of other types before it are passed over. */
        List<String> next(int type) throws IOException {
            Frame frame = read();
            while (frame.type() != type) {
                frame = read();
            }
            return frame.fields();
        }

        void answer(List<String> question, String word) throws IOException {
            send(14, question.getFirst(), word);
        }

        /** Grants a path of the running session. */
        void grant(String rights, Path path) throws IOException {
            send(16, "grant", "file", rights, path.toString());
        }

        void sendRaw(ByteBuffer bytes) throws IOException {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
