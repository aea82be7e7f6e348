package org.landgrant.launch;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Messages as bytes: a length, a type, fields. Source: {@code PROTOCOL.md} §2. No length from the
 * wire is believed before it was held against its bound.
 */
public final class Frames {
    /** The longest frame, in bytes, its 4-byte length not counted. */
    public static final int MOST_BYTES = 2_097_152;

    /** More fields than any message has. */
    private static final int MOST_FIELDS = Message.MOST_FIELDS + 4;

    private Frames() {}

    /**
     * The frame of a message, its length in front.
     *
     * @throws IllegalArgumentException when it would be longer than {@link #MOST_BYTES}
     */
    public static byte[] encode(Message message) {
        List<byte[]> fields = Fields.of(message).stream()
                .map(field -> field.getBytes(StandardCharsets.UTF_8))
                .toList();
        long length = 1 + fields.stream().mapToLong(field -> 4L + field.length).sum();
        if (length > MOST_BYTES) {
            throw new IllegalArgumentException("a message is at most 2,097,152 bytes long");
        }
        ByteBuffer frame = ByteBuffer.allocate(4 + (int) length);
        frame.putInt((int) length).put(Fields.type(message));
        fields.forEach(field -> frame.putInt(field.length).put(field));
        return frame.array();
    }

    /**
     * The message of one frame.
     *
     * @param frame type and fields, without the length in front
     */
    public static Message decode(byte[] frame) throws MalformedFrameException {
        if (frame.length < 1 || frame.length > MOST_BYTES) {
            throw new MalformedFrameException("a frame is 1 to 2,097,152 bytes long");
        }
        try {
            return Fields.message(frame[0], split(ByteBuffer.wrap(frame, 1, frame.length - 1)));
        } catch (IllegalArgumentException | DateTimeException refused) {
            throw new MalformedFrameException("a field is wrong: " + refused.getMessage());
        }
    }

    /** Writes one whole frame; waits while the peer does not read. */
    public static void write(WritableByteChannel channel, Message message) throws IOException {
        ByteBuffer frame = ByteBuffer.wrap(encode(message));
        while (frame.hasRemaining()) {
            channel.write(frame);
        }
    }

    /**
     * Reads one whole frame; waits for it.
     *
     * @param most the longest frame that is accepted, at most {@link #MOST_BYTES}
     * @return empty when the peer closed the connection between two frames
     */
    public static Optional<Message> read(ReadableByteChannel channel, int most) throws IOException {
        ByteBuffer head = ByteBuffer.allocate(4);
        if (!fill(channel, head)) {
            return Optional.empty();
        }
        int length = head.flip().getInt();
        if (length < 1 || length > Math.min(most, MOST_BYTES)) {
            throw new MalformedFrameException("a frame's length is out of its bounds");
        }
        ByteBuffer body = ByteBuffer.allocate(length);
        if (!fill(channel, body)) {
            throw new EOFException("the connection ended inside a frame");
        }
        return Optional.of(decode(body.array()));
    }

    /** Whether the buffer was filled; false when the channel ended before its first byte. */
    private static boolean fill(ReadableByteChannel channel, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                if (buffer.position() == 0) {
                    return false;
                }
                throw new EOFException("the connection ended inside a frame");
            }
        }
        return true;
    }

    private static List<String> split(ByteBuffer rest) throws MalformedFrameException {
        List<String> fields = new ArrayList<>();
        while (rest.hasRemaining()) {
            if (fields.size() == MOST_FIELDS) {
                throw new MalformedFrameException("a frame has too many fields");
            }
            int length = rest.remaining() < 4 ? -1 : rest.getInt();
            if (length < 0 || length > rest.remaining()) {
                throw new MalformedFrameException("the fields do not fill their frame");
            }
            try {
                fields.add(StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(rest.slice(rest.position(), length))
                        .toString());
            } catch (CharacterCodingException notText) {
                throw new MalformedFrameException("a field is not UTF-8");
            }
            rest.position(rest.position() + length);
        }
        return fields;
    }
}
