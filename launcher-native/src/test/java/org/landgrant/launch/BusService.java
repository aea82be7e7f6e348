package org.landgrant.launch;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A program on the session bus that owns one name and answers every call with an empty reply. */
final class BusService implements AutoCloseable {
    private static final byte CALL = 1;
    private static final byte REPLY = 2;
    private static final int SENDER = 7;

    private final SocketChannel line = SocketChannel.open(StandardProtocolFamily.UNIX);
    private final Thread answering;
    private int serial;

    private record Message(byte type, int serial, String sender) {}

    BusService(Path socket, String name) throws IOException {
        line.connect(UnixDomainSocketAddress.of(socket));
        String user = Files.getAttribute(Files.createTempFile("bus", "user"), "unix:uid")
                .toString();
        StringBuilder hex = new StringBuilder();
        user.chars().forEach(digit -> hex.append(Integer.toHexString(digit)));
        write(ByteBuffer.wrap(("\0AUTH EXTERNAL " + hex + "\r\n").getBytes(US_ASCII)));
        while (read(1).get() != '\n') {
            // The bus says OK and its number.
        }
        write(ByteBuffer.wrap("BEGIN\r\n".getBytes(US_ASCII)));
        callBus("Hello", new byte[0], "");
        callBus("RequestName", nameAndFlags(name), "su");
        for (int replies = 0; replies < 2; ) {
            replies += next().type() == REPLY ? 1 : 0;
        }
        answering = Thread.ofVirtual().start(this::answer);
    }

    private void answer() {
        try {
            while (true) {
                Message message = next();
                if (message.type() == CALL) {
                    ByteBuffer fields = little(256);
                    field(fields, 5, "u");
                    fields.putInt(message.serial());
                    field(fields, 6, "s");
                    text(fields, message.sender());
                    send(REPLY, fields, new byte[0]);
                }
            }
        } catch (ClosedChannelException closed) {
            // The test is over.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void callBus(String method, byte[] body, String signature) throws IOException {
        ByteBuffer fields = little(512);
        field(fields, 1, "o");
        text(fields, "/org/freedesktop/DBus");
        for (List<String> value : List.of(
                List.of("2", "org.freedesktop.DBus"), List.of("3", method), List.of("6", "org.freedesktop.DBus"))) {
            field(fields, Integer.parseInt(value.getFirst()), "s");
            text(fields, value.getLast());
        }
        if (!signature.isEmpty()) {
            field(fields, 8, "g");
            fields.put((byte) signature.length())
                    .put(signature.getBytes(US_ASCII))
                    .put((byte) 0);
        }
        send(CALL, fields, body);
    }

    private static byte[] nameAndFlags(String name) {
        ByteBuffer body = little(256);
        text(body, name);
        align(body, 4);
        body.putInt(0);
        byte[] bytes = new byte[body.position()];
        body.flip().get(bytes);
        return bytes;
    }

    private void send(byte type, ByteBuffer fields, byte[] body) throws IOException {
        ByteBuffer message = little(1024);
        message.put((byte) 'l').put(type).put((byte) 0).put((byte) 1);
        message.putInt(body.length).putInt(++serial).putInt(fields.position());
        message.put(fields.flip());
        align(message, 8);
        message.put(body);
        write(message.flip());
    }

    private Message next() throws IOException {
        ByteBuffer head = read(16);
        byte type = head.get(1);
        int padded = (head.getInt(12) + 7) / 8 * 8;
        ByteBuffer fields = read(padded);
        int end = head.getInt(12);
        read(head.getInt(4));
        String sender = "";
        while (fields.position() < end) {
            align(fields, 8);
            int code = fields.get();
            byte[] signature = new byte[fields.get()];
            fields.get(signature).get();
            char kind = (char) signature[0];
            align(fields, kind == 'g' ? 1 : 4);
            int size = kind == 'g' ? fields.get() : fields.getInt();
            if (kind != 'u') {
                byte[] value = new byte[size];
                fields.get(value).get();
                sender = code == SENDER ? new String(value, US_ASCII) : sender;
            }
        }
        return new Message(type, head.getInt(8), sender);
    }

    private static ByteBuffer little(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static void align(ByteBuffer bytes, int to) {
        bytes.position((bytes.position() + to - 1) / to * to);
    }

    private static void field(ByteBuffer fields, int code, String signature) {
        align(fields, 8);
        fields.put((byte) code).put((byte) 1).put((byte) signature.charAt(0)).put((byte) 0);
    }

    private static void text(ByteBuffer bytes, String text) {
        align(bytes, 4);
        bytes.putInt(text.length()).put(text.getBytes(US_ASCII)).put((byte) 0);
    }

    private ByteBuffer read(int size) throws IOException {
        ByteBuffer bytes = little(size);
        while (bytes.hasRemaining()) {
            if (line.read(bytes) < 0) {
                throw new ClosedChannelException();
            }
        }
        return bytes.flip();
    }

    private void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            line.write(bytes);
        }
    }

    @Override
    public void close() throws IOException {
        line.close();
        answering.interrupt();
    }
}
