package org.landgrant.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.landgrant.grants.RefusedException;

@Timeout(60)
class AgentSocketTest {
    @TempDir
    Path folder;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private Path path;
    private Secret secret;
    private AgentSocket socket;

    @BeforeEach
    void open() {
        path = folder.resolve("agent");
        secret = Secret.in(folder.resolve("secret"));
        socket = open(Duration.ofSeconds(30));
    }

    @AfterEach
    void close() {
        socket.close();
        threads.close();
        clock.shutdownNow();
    }

    @Test
    void aCommandIsAnsweredWithOutputAndAStatus() throws IOException {
        assertEquals("a b", command("a", "b"));
        assertEquals(PosixFilePermissions.fromString("rw-------"), Files.getPosixFilePermissions(path));
    }

    @Test
    void aClientWithoutTheSecretIsRefused() throws IOException {
        Path other = Files.createDirectory(folder.resolve("other")).resolve("secret");
        RefusedException refused = assertThrows(
                RefusedException.class,
                () -> AgentClient.connect(path, Secret.in(other), "1").close());

        assertEquals("The secret is not the agent's.", refused.getMessage());
        assertEquals("still here", command("still", "here"));
    }

    @Test
    void aClientOfAnotherProtocolIsToldWhatToDo() throws IOException {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
            Frames.write(channel, new Message.Hello(2, secret.hex(), "9"));

            assertTrue(Frames.read(channel, Frames.MOST_BYTES).orElseThrow() instanceof Message.Refused);
            assertFalse(Frames.read(channel, Frames.MOST_BYTES).isPresent());
        }
    }

    @Test
    void nothingIsServedBeforeAHello() throws IOException {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
            Frames.write(channel, new Message.Command(80, List.of("grants")));

            assertCutOff(channel);
        }
    }

    @TestFactory
    Stream<DynamicTest> a_malformed_frame_ends_its_connection_and_nothing_else() throws IOException {
        return GoldenFrames.malformed().stream()
                .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> {
                    try (AgentClient bystander = AgentClient.connect(path, secret, "1");
                            SocketChannel channel = greeted()) {
                        channel.write(ByteBuffer.wrap(GoldenFrames.bytes(file)));
                        if (file.toString().contains("length")) {
                            channel.shutdownOutput();
                        }
                        assertCutOff(channel);
                        List<String> said = new ArrayList<>();
                        bystander.command(80, List.of("hello"), part -> said.add(part.text()));
                        assertEquals(List.of("hello"), said);
                    }
                }));
    }

    @Test
    void aMessageOutOfTurnEndsTheConnection() throws IOException {
        try (SocketChannel channel = greeted()) {
            Frames.write(channel, new Message.Exited(Message.Exited.How.EXIT, 0));
            assertCutOff(channel);
        }
    }

    @Test
    void slowClientsDoNotHoldUpOthers() throws IOException {
        List<SocketChannel> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 50; i++) {
                SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(path));
                channel.write(ByteBuffer.wrap(new byte[] {0, 0}));
                slow.add(channel);
            }
            assertEquals("quick", command("quick"));
        } finally {
            for (SocketChannel channel : slow) {
                channel.close();
            }
        }
    }

    @Test
    void aClientThatNeverReadsIsCutOffAndOthersAreServed() throws IOException {
        try (SocketChannel deaf = greeted()) {
            for (int i = 0; i < 2 * Connection.MOST_WAITING; i++) {
                Frames.write(deaf, new Message.Command(80, List.of("x".repeat(100_000))));
            }
        } catch (IOException cutOff) {
            // Either while writing or not at all: the agent must only not wait for it.
        }
        assertEquals("quick", command("quick"));
    }

    @Test
    void whoeverSaysNothingIsCutOff() throws IOException {
        socket.close();
        socket = open(Duration.ofMillis(50));
        try (SocketChannel silent = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
            assertCutOff(silent);
        }
        try (SocketChannel onlyHello = greeted()) {
            assertCutOff(onlyHello);
        }
    }

    @Test
    void moreClientsThanAllowedAreTurnedAwayAndRoomIsMadeAgain() throws IOException {
        List<AgentClient> clients = new ArrayList<>();
        try {
            for (int i = 0; i < AgentSocket.MOST_CLIENTS; i++) {
                clients.add(AgentClient.connect(path, secret, "1"));
            }
            assertThrows(
                    Exception.class,
                    () -> AgentClient.connect(path, secret, "1").close());
            int status = clients.getFirst().command(80, List.of("x"), part -> {});
            assertEquals(0, status);
        } finally {
            for (AgentClient client : clients) {
                client.close();
            }
        }
        String answer = "";
        while (answer.isEmpty()) {
            try {
                answer = command("again");
            } catch (IOException | RefusedException stillFull) {
                Thread.onSpinWait();
            }
        }
        assertEquals("again", answer);
    }

    @Test
    void aSocketLeftByAKilledAgentIsReplaced() throws IOException {
        socket.close();
        try (ServerSocketChannel killed = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            killed.bind(UnixDomainSocketAddress.of(path));
        }
        assertTrue(Files.exists(path));
        socket = open(Duration.ofSeconds(30));

        assertEquals("new", command("new"));
    }

    @Test
    void aSocketOnWhichSomebodyAnswersIsLeftAlone() throws IOException {
        assertThrows(RefusedException.class, () -> open(Duration.ofSeconds(1)));
        assertEquals("old", command("old"));
    }

    @Test
    void aFileInTheWayIsNotRemoved() throws IOException {
        socket.close();
        Files.writeString(path, "precious");

        RefusedException refused = assertThrows(RefusedException.class, () -> open(Duration.ofSeconds(1)));
        assertTrue(refused.getMessage().contains("is not a socket"));
        assertEquals("precious", Files.readString(path));
    }

    @Test
    void aPathTooLongForASocketIsOneSentence() {
        Path deep = folder.resolve("d".repeat(120)).resolve("agent");

        assertThrows(
                RefusedException.class,
                () -> AgentSocket.open(deep, manners(Duration.ofSeconds(1)), hosts(), threads, clock));
    }

    @Test
    void closingEndsEveryConnectionAndTakesTheSocketAway() throws IOException {
        try (AgentClient client = AgentClient.connect(path, secret, "1")) {
            assertEquals("7.7", client.agentVersion());
            socket.close();

            assertThrows(IOException.class, client::receive);
            assertFalse(Files.exists(path));
        }
    }

    private AgentSocket open(Duration patience) {
        return AgentSocket.open(path, manners(patience), hosts(), threads, clock);
    }

    private AgentSocket.Manners manners(Duration patience) {
        return new AgentSocket.Manners(secret, "7.7", patience);
    }

    /** Commands are answered with their own words; launchers are not what is tested here. */
    private static AgentSocket.Hosts hosts() {
        return new AgentSocket.Hosts(Echo::new, Echo::new);
    }

    private record Echo(Connection connection) implements Connection.Guest {
        @Override
        public void received(Message message) throws MalformedFrameException {
            if (!(message instanceof Message.Command command)) {
                throw new MalformedFrameException("only commands");
            }
            connection.send(new Message.Output(Message.Output.To.OUT, String.join(" ", command.words())));
            connection.send(new Message.Status(0));
        }

        @Override
        public void gone() {}
    }

    private String command(String... words) throws IOException {
        try (AgentClient client = AgentClient.connect(path, secret, "1")) {
            StringBuilder said = new StringBuilder();
            assertEquals(0, client.command(80, List.of(words), part -> said.append(part.text())));
            return said.toString();
        }
    }

    private SocketChannel greeted() throws IOException {
        SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(path));
        Frames.write(channel, new Message.Hello(1, secret.hex(), "1"));
        assertEquals(
                new Message.Welcome("7.7"),
                Frames.read(channel, Frames.MOST_BYTES).orElseThrow());
        return channel;
    }

    private static void assertCutOff(SocketChannel channel) throws IOException {
        try {
            assertFalse(Frames.read(channel, Frames.MOST_BYTES).isPresent());
        } catch (EOFException cut) {
            throw cut;
        } catch (IOException reset) {
            assertTrue(reset.getMessage().contains("reset"), reset::getMessage);
        }
    }
}
