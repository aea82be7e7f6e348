package org.landgrant.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.landgrant.denials.DenialGatherer;
import org.landgrant.grants.AppId;
import org.landgrant.grants.Denial;
import org.landgrant.grants.RefusedException;

/** Launchers are played by clients on a real socket; started programs are real programs. */
@Timeout(60)
class LaunchedSessionsTest {
    private static final AppId APP = new AppId("editor.desktop");
    private static final AppId UNKNOWN = new AppId("unknown.desktop");
    private static final Instant START = Instant.ofEpochMilli(1_700_000_000_000L);

    @TempDir
    Path folder;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final BlockingQueue<AppId> changes = new LinkedBlockingQueue<>();
    private final BlockingQueue<List<Denial>> denials = new LinkedBlockingQueue<>();
    private DenialGatherer gatherer;
    private LaunchedSessions sessions;
    private AgentSocket socket;
    private Secret secret;

    @BeforeEach
    void open() {
        secret = Secret.in(folder.resolve("secret"));
        gatherer = new DenialGatherer(clock, threads);
        sessions = new LaunchedSessions(
                new LauncherProgram(folder.resolve("landgrant")), LaunchedSessionsTest::policy, gatherer, folder);
        sessions.watch(changes::add);
        sessions.watchDenials(denials::add);
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

    @Test
    void aSessionRunsFromStartedToExited() throws Exception {
        try (AgentClient launcher = client()) {
            launcher.send(new Message.Launch(APP));
            assertEquals(new Message.Policy("policy of editor.desktop\n"), launcher.receive());
            launcher.send(started(10));
            assertEquals(APP, changes.take());

            Session session = sessions.running(APP).getFirst();
            assertEquals(10, session.pid());
            assertEquals(List.of("a.txt"), session.arguments());
            assertEquals(folder, session.workingFolder());

            launcher.send(new Message.Exited(Message.Exited.How.EXIT, 0));
            assertEquals(APP, changes.take());
            assertEquals(List.of(), sessions.running());
        }
    }

    @Test
    void aRefusedLaunchGetsTheSentenceAndTheWatchersLookAgain() throws Exception {
        try (AgentClient launcher = client()) {
            launcher.send(new Message.Launch(UNKNOWN));

            assertEquals(new Message.Refused("Nobody knows unknown.desktop."), launcher.receive());
            assertThrows(IOException.class, launcher::receive);
            assertEquals(UNKNOWN, changes.take());
        }
    }

    @Test
    void aLostConnectionEndsTheSessionUntilItsLauncherComesBack() throws Exception {
        long id;
        try (AgentClient launcher = client()) {
            launcher.send(started(10));
            changes.take();
            id = sessions.running().getFirst().id();
        }
        changes.take();
        assertEquals(List.of(), sessions.running());

        try (AgentClient again = client()) {
            again.send(started(10));
            changes.take();
            assertEquals(id, sessions.running().getFirst().id());
        }
    }

    @Test
    void aLauncherThatComesBackBeforeItsLossWasNoticedIsStillOneSession() throws Exception {
        try (AgentClient launcher = client();
                AgentClient again = client()) {
            launcher.send(started(10));
            changes.take();
            again.send(started(10));
            changes.take();

            assertEquals(1, sessions.running().size());
            assertThrows(IOException.class, launcher::receive);
            assertEquals(1, sessions.running().size());
        }
    }

    @Test
    void sessionsOfSeveralLaunchersAreKeptApartOldestFirst() throws Exception {
        try (AgentClient one = client();
                AgentClient two = client()) {
            one.send(started(20));
            changes.take();
            two.send(started(10));
            changes.take();
            assertEquals(
                    List.of(20L, 10L),
                    sessions.running().stream().map(Session::pid).toList());

            one.send(new Message.Exited(Message.Exited.How.SIGNAL, 9));
            changes.take();
            assertEquals(
                    List.of(10L), sessions.running().stream().map(Session::pid).toList());
        }
    }

    @Test
    void denialsReachTheWatchersBeforeTheEndDoes() throws Exception {
        try (AgentClient launcher = client()) {
            launcher.send(started(10));
            changes.take();
            Refusal refusal = new Refusal(Refusal.Kind.FILE, Refusal.Wanted.R, "/secret", "ed", 2, START);
            launcher.send(new Message.Denied(List.of(refusal, refusal)));
            launcher.send(new Message.Exited(Message.Exited.How.EXIT, 0));
            changes.take();

            long count = denials.stream()
                    .flatMap(List::stream)
                    .mapToLong(Denial::count)
                    .sum();
            assertEquals(4, count);
        }
    }

    @Test
    void whatOnlyASessionMaySayCutsOffWhoeverHasNone() throws Exception {
        try (AgentClient launcher = client()) {
            launcher.send(new Message.Launch(APP));
            launcher.receive();
            launcher.send(new Message.Exited(Message.Exited.How.EXIT, 0));

            assertThrows(IOException.class, launcher::receive);
        }
    }

    @Test
    void killAndReopenReachTheLauncher() throws Exception {
        try (AgentClient launcher = client()) {
            launcher.send(started(10));
            changes.take();
            Session session = sessions.running().getFirst();

            sessions.kill(session);
            assertEquals(new Message.End(Message.End.Way.KILL), launcher.receive());
            sessions.reopen(session);
            assertEquals(new Message.End(Message.End.Way.REOPEN), launcher.receive());

            launcher.send(new Message.Exited(Message.Exited.How.EXIT, 0));
            launcher.send(new Message.Launch(APP));
            assertTrue(launcher.receive() instanceof Message.Policy);
            launcher.send(new Message.Started(APP, 10, START.plusMillis(900), folder, List.of("a.txt")));
            changes.take();
            changes.take();
            assertTrue(sessions.running().getFirst().id() > session.id());
        }
    }

    @Test
    void launchingStartsTheLauncherInASessionOfItsOwn() throws Exception {
        program("#!/bin/sh\nprintf '%s|' \"$@\" > told\nps -o sid= -p $$ > sid\necho $$ > pid\n");
        sessions.launch(APP, List.of("a b.txt", "-x"));

        assertEquals(APP, changes.poll(20, TimeUnit.SECONDS));
        assertEquals("launch|editor.desktop|a b.txt|-x|", Files.readString(folder.resolve("told")));
        assertEquals(
                Files.readString(folder.resolve("pid")).strip(),
                Files.readString(folder.resolve("sid")).strip());
    }

    @Test
    void reopeningASessionThatHasEndedStartsItWithItsFilesWhereItWas() throws Exception {
        program("#!/bin/sh\nprintf '%s|' \"$PWD\" \"$@\" > " + folder.resolve("told") + "\n");
        Path where = Files.createDirectory(folder.resolve("where"));
        sessions.reopen(new Session(99, APP, 10, START, where, List.of("a.txt")));

        assertEquals(APP, changes.poll(20, TimeUnit.SECONDS));
        assertEquals(where + "|launch|editor.desktop|a.txt|", Files.readString(folder.resolve("told")));
    }

    @Test
    void aMissingLauncherIsOneSentence() {
        RefusedException refused = assertThrows(RefusedException.class, () -> sessions.launch(APP, List.of()));

        assertTrue(refused.getMessage().contains("no launcher"));
    }

    private void program(String text) throws IOException {
        Path program = Files.writeString(folder.resolve("landgrant"), text);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    }

    private AgentClient client() throws IOException {
        return AgentClient.connect(folder.resolve("agent"), secret, "1");
    }

    private Message started(long pid) {
        return new Message.Started(APP, pid, START, folder, List.of("a.txt"));
    }

    private static String policy(AppId app) {
        if (app.equals(UNKNOWN)) {
            throw new RefusedException("Nobody knows " + app + ".");
        }
        return "policy of " + app + "\n";
    }
}
