package org.landgrant.launch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.landgrant.grants.AppId;

class FramesTest {
    @TestFactory
    Stream<DynamicTest> every_golden_frame_is_what_we_write_and_read() {
        return GoldenFrames.MESSAGES.entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> {
                    byte[] golden = GoldenFrames.bytes(GoldenFrames.FOLDER.resolve(entry.getKey() + ".hex"));

                    assertArrayEquals(golden, Frames.encode(entry.getValue()));
                    assertEquals(entry.getValue(), read(golden));
                }));
    }

    @Test
    void everyTypeHasAGoldenFrame() {
        Set<Class<?>> seen = new HashSet<>();
        GoldenFrames.MESSAGES.values().forEach(message -> seen.add(message.getClass()));

        assertEquals(Set.of(Message.class.getPermittedSubclasses()), seen);
    }

    @TestFactory
    Stream<DynamicTest> every_malformed_golden_frame_is_refused() throws IOException {
        List<Path> files = GoldenFrames.malformed();
        assertTrue(files.size() >= 10, "there are " + files.size());
        return files.stream()
                .map(file -> DynamicTest.dynamicTest(
                        file.getFileName().toString(),
                        () -> assertThrows(MalformedFrameException.class, () -> read(GoldenFrames.bytes(file)))));
    }

    @Test
    void severalFramesFollowEachOtherAndThenTheEnd() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        var out = Channels.newChannel(bytes);
        Frames.write(out, new Message.Status(3));
        Frames.write(out, new Message.Welcome("1"));
        var in = Channels.newChannel(new ByteArrayInputStream(bytes.toByteArray()));

        assertEquals(new Message.Status(3), Frames.read(in, 100).orElseThrow());
        assertEquals(new Message.Welcome("1"), Frames.read(in, 100).orElseThrow());
        assertFalse(Frames.read(in, 100).isPresent());
    }

    @Test
    void anEndInsideAFrameIsNoQuietEnd() {
        byte[] whole = Frames.encode(new Message.Welcome("0.1.0"));
        for (int length = 1; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThrows(EOFException.class, () -> read(cut), "cut to " + length);
        }
    }

    @Test
    void aLengthBeyondTheCallersBoundIsRefusedBeforeMemoryIsTaken() {
        byte[] frame = Frames.encode(new Message.Welcome("x".repeat(200)));

        assertThrows(
                MalformedFrameException.class,
                () -> Frames.read(Channels.newChannel(new ByteArrayInputStream(frame)), 100));
        byte[] huge = ByteBuffer.allocate(4).putInt(Integer.MAX_VALUE).array();
        assertThrows(MalformedFrameException.class, () -> read(huge));
        byte[] negative = ByteBuffer.allocate(4).putInt(-1).array();
        assertThrows(MalformedFrameException.class, () -> read(negative));
    }

    @Test
    void theLongestFramePassesAndOneByteMoreDoesNot() throws IOException {
        int room = Frames.MOST_BYTES - 1 - 4;
        Message longest = new Message.Policy("a".repeat(room));

        assertEquals(longest, read(Frames.encode(longest)));
        assertThrows(IllegalArgumentException.class, () -> Frames.encode(new Message.Policy("a".repeat(room + 1))));
    }

    @Test
    void asManyFieldsAsAllowedPassAndOneMoreDoesNot() throws IOException {
        Message most = new Message.Command(80, Collections.nCopies(4_096, "w"));

        assertEquals(most, read(Frames.encode(most)));
        assertThrows(MalformedFrameException.class, () -> decode(8, fields("80", 4_097)));
        assertThrows(MalformedFrameException.class, () -> decode(8, fields("80", 400_000)));
    }

    @Test
    void fieldsThatDoNotSayWhatTheyShouldAreRefused() {
        for (String number : List.of("", "+1", "-1", "01", "1 ", "\u0661", "2147483648", "99999999999999999999")) {
            assertThrows(MalformedFrameException.class, () -> decode(10, number), number);
        }
        assertThrows(MalformedFrameException.class, () -> decode(2, "../evil.desktop"));
        assertThrows(MalformedFrameException.class, () -> decode(7, "END"));
        assertThrows(MalformedFrameException.class, () -> decode(4, "a.desktop", "0", "1", "/"));
        assertThrows(MalformedFrameException.class, () -> decode(4, "a.desktop", "5", "1", "relative"));
        assertThrows(MalformedFrameException.class, () -> decode(4, "a.desktop", "5", "1", "/\0"));
        assertThrows(MalformedFrameException.class, () -> decode(4, "a.desktop", "5", "999999999999999999", "/"));
        assertThrows(MalformedFrameException.class, () -> decode(5, "file", "r", "/", "p", "0", "1"));
    }

    @Test
    void liveFramesThatDoNotSayWhatTheyShouldAreRefused() {
        assertThrows(MalformedFrameException.class, () -> decode(13, "0", "file", "r", "/a", "p"));
        assertThrows(MalformedFrameException.class, () -> decode(13, "1", "file", "rw", "/a", "p"));
        assertThrows(MalformedFrameException.class, () -> decode(14, "1", "once"));
        assertThrows(MalformedFrameException.class, () -> decode(15));
        assertThrows(MalformedFrameException.class, () -> decode(15, "1", "x"));
        assertThrows(MalformedFrameException.class, () -> decode(16, "grant", "file", "-", "/a"));
        assertThrows(MalformedFrameException.class, () -> decode(16, "grant", "file", "wr", "/a"));
        assertThrows(MalformedFrameException.class, () -> decode(16, "grant", "file", "r", "a"));
        assertThrows(MalformedFrameException.class, () -> decode(16, "grant", "connect-tcp", "r", "80"));
        assertThrows(MalformedFrameException.class, () -> decode(16, "grant", "connect-tcp", "-", "65536"));
        assertThrows(MalformedFrameException.class, () -> decode(17, "file", "r"));
    }

    @Test
    void noBytesWhateverBringAnythingButAMessageOrARefusal() {
        java.util.Random random = new java.util.Random(7);
        for (int i = 0; i < 20_000; i++) {
            byte[] frame = i % 2 == 0
                    ? Frames.encode(GoldenFrames.MESSAGES.get("05-denied"))
                    : Frames.encode(GoldenFrames.MESSAGES.get("04-started"));
            for (int changes = 0; changes < 3; changes++) {
                frame[4 + random.nextInt(frame.length - 4)] = (byte) random.nextInt(256);
            }
            byte[] body = Arrays.copyOfRange(frame, 4, frame.length);
            try {
                assertTrue(Frames.encode(Frames.decode(body)).length > 4);
            } catch (MalformedFrameException refused) {
                assertFalse(refused.getMessage().isBlank());
            }
        }
    }

    @Test
    void aHelloNeverShowsItsSecret() {
        assertFalse(new Message.Hello(1, "feed", "0.1.0").toString().contains("feed"));
    }

    @Test
    void refusalsBecomeDenialsInTheWordsOfGrants() {
        AppId app = new AppId("a.desktop");
        Instant now = Instant.ofEpochMilli(5);
        Refusal file = new Refusal(Refusal.Kind.FILE, Refusal.Wanted.X, "/usr/bin/gpg", "sh", 4, now);
        Refusal port = new Refusal(Refusal.Kind.LISTEN_TCP, Refusal.Wanted.W, "8080", "nc", 1, now);

        assertEquals("place:/usr/bin/gpg", file.of(app).orElseThrow().resource().text());
        assertEquals(
                org.landgrant.grants.Access.EXECUTE, file.of(app).orElseThrow().access());
        assertEquals(4, file.of(app).orElseThrow().count());
        assertEquals("tcp:8080", port.of(app).orElseThrow().resource().text());
        assertEquals(
                org.landgrant.grants.Access.LISTEN, port.of(app).orElseThrow().access());
    }

    @Test
    void aRefusedTargetThatIsNoResourceIsNoDenial() {
        for (String target : List.of("~/x", "relative", "/a/../b", "$XDG_DATA_HOME/x", "")) {
            assertFalse(new Refusal(Refusal.Kind.FILE, Refusal.Wanted.R, target, "p", 1, Instant.EPOCH)
                    .of(new AppId("a.desktop"))
                    .isPresent());
        }
        assertFalse(new Refusal(Refusal.Kind.CONNECT_TCP, Refusal.Wanted.R, "any", "p", 1, Instant.EPOCH)
                .of(new AppId("a.desktop"))
                .isPresent());
    }

    private static Message read(byte[] bytes) throws IOException {
        return Frames.read(Channels.newChannel(new ByteArrayInputStream(bytes)), Frames.MOST_BYTES)
                .orElseThrow();
    }

    private static Message decode(int type, String... fields) throws MalformedFrameException {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(type);
        for (String field : fields) {
            byte[] bytes = field.getBytes(StandardCharsets.UTF_8);
            frame.writeBytes(ByteBuffer.allocate(4).putInt(bytes.length).array());
            frame.writeBytes(bytes);
        }
        return Frames.decode(frame.toByteArray());
    }

    private static String[] fields(String first, int empty) {
        String[] fields = new String[1 + empty];
        Arrays.fill(fields, "");
        fields[0] = first;
        return fields;
    }
}
