package org.landgrant.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.landgrant.denials.DenialGatherer;
import org.landgrant.grants.AppId;
import org.landgrant.launch.Message.Live.Change;
import org.landgrant.launch.Refusal.Kind;
import org.landgrant.policy.Right;

/** What a second start of an app and an app that hands on mean to running sessions; launchers are played. */
@Timeout(60)
class SecondStartsTest {
    private static final AppId APP = new AppId("editor.desktop");
    private static final LiveGrant FILE = new LiveGrant(Kind.FILE, Right.parse("rw"), "/home/ada/a.txt");

    @TempDir
    Path folder;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private DenialGatherer gatherer;
    private LaunchedSessions sessions;
    private AgentSocket socket;
    private Secret secret;

    @BeforeEach
    void open() {
        secret = Secret.in(folder.resolve("secret"));
        gatherer = new DenialGatherer(clock, threads);
        sessions = new LaunchedSessions(
                new LauncherProgram(folder.resolve("landgrant")), app -> "policy\n", gatherer, folder);
        socket = AgentSocket.open(
                folder.resolve("agent"),
                new AgentSocket.Manners(secret, "1", Duration.ofSeconds(30)),
                new AgentSocket.Hosts(sessions::guest, connection -> {
                    throw new IllegalStateException("no commands here");
                }),
                threads,
                clock);
    }

    @AfterEach
    void close() {
        socket.close();
        gatherer.close();
        threads.close();
        clock.shutdownNow();
    }

    private AgentClient session(AppId app, long pid) throws IOException {
        AgentClient client = AgentClient.connect(folder.resolve("agent"), secret, "1");
        client.send(new Message.Started(app, pid, Instant.EPOCH, Path.of("/"), List.of()));
        client.send(new Message.Holds(List.of()));
        client.send(new Message.HandOn(1, Message.HandOn.Kind.LINK, "https://a/", Set.of(), "-", Optional.empty()));
        assertTrue(client.receive() instanceof Message.HandedOn); // by now the session is known
        return client;
    }

    private AgentClient second(AppId app) throws IOException {
        AgentClient client = AgentClient.connect(folder.resolve("agent"), secret, "1");
        client.send(new Message.Launch(app));
        assertEquals(new Message.Policy("policy\n"), client.receive());
        return client;
    }

    @Test
    void aSecondStartGoesOnWhenTheFirstHasItsFiles() throws IOException {
        try (AgentClient first = session(APP, 10);
                AgentClient _ = session(new AppId("other.desktop"), 11);
                AgentClient second = second(APP)) {
            second.send(new Message.Brings(List.of(FILE)));
            assertEquals(new Message.Live(Change.GRANT, FILE), first.receive());
            Message mark = first.receive();
            assertTrue(mark instanceof Message.Mark);
            first.send(new Message.Marked(((Message.Mark) mark).number()));
            assertEquals(new Message.Taken(1), second.receive());
            Session running = sessions.running(APP).getFirst();
            assertEquals(List.of(FILE), sessions.liveGrants(running));
            assertEquals(
                    List.of(),
                    sessions.liveGrants(
                            sessions.running(new AppId("other.desktop")).getFirst()));
        }
    }

    @Test
    void nobodyWaitsForASessionThatEnds() throws IOException {
        try (AgentClient second = second(APP)) {
            try (AgentClient first = session(APP, 10)) {
                second.send(new Message.Brings(List.of(FILE)));
                assertEquals(new Message.Live(Change.GRANT, FILE), first.receive());
            }
            assertEquals(new Message.Taken(1), second.receive());
        }
    }

    @Test
    void aSessionThatRunsBringsNothing() throws IOException {
        try (AgentClient first = session(APP, 10)) {
            first.send(new Message.Brings(List.of(FILE)));
            assertThrows(IOException.class, first::receive);
        }
    }

    @Test
    void whatIsHandedOnWithoutAnyoneToOpenItIsRefused() throws IOException {
        try (AgentClient first = session(APP, 10)) {
            first.send(new Message.HandOn(
                    2, Message.HandOn.Kind.FILE, "/home/ada/a.txt", Right.parse("r"), "1:2", Optional.empty()));
            assertEquals(new Message.HandedOn(2, Message.HandedOn.Outcome.REFUSED, "nobody opens it"), first.receive());
        }
    }
}
