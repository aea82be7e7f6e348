package org.landgrant.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.landgrant.denials.DenialGatherer;
import org.landgrant.grants.Access;
import org.landgrant.grants.AppId;
import org.landgrant.grants.Resource;
import org.landgrant.launch.Message.Answer.Word;
import org.landgrant.launch.Message.Live.Change;
import org.landgrant.launch.Refusal.Kind;
import org.landgrant.launch.Refusal.Wanted;
import org.landgrant.policy.Right;

/** Questions and live grants of running sessions; launchers are played by clients on a real socket. */
@Timeout(60)
class LiveSessionsTest {
    private static final AppId APP = new AppId("editor.desktop");
    private static final LiveGrant DOCUMENTS = grant("r", "/home/ada/Documents");

    @TempDir
    Path folder;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final BlockingQueue<AppId> changes = new LinkedBlockingQueue<>();
    private final BlockingQueue<Question> questions = new LinkedBlockingQueue<>();
    private final BlockingQueue<List<Question>> withdrawn = new LinkedBlockingQueue<>();
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
        sessions.watch(changes::add);
        sessions.answerBy(new LaunchedSessions.Answerer() {
            @Override
            public void asked(Question question) {
                questions.add(question);
            }

            @Override
            public void withdrawn(List<Question> gone) {
                withdrawn.add(gone);
            }
        });
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
    void aQuestionReachesWhoAnswersAndTheAnswerItsLauncher() throws Exception {
        try (AgentClient launcher = started(10)) {
            launcher.send(ask(1, "/home/ada/Documents/a"));
            Question question = questions.take();
            assertEquals(10, question.session().pid());
            assertEquals(
                    new Resource.Place("/home/ada/Documents/a"),
                    question.refused(Instant.EPOCH).orElseThrow().resource());
            assertEquals(
                    Access.READ, question.refused(Instant.EPOCH).orElseThrow().access());
            assertTrue(sessions.isOpen(question));

            sessions.answer(question, true);
            assertFalse(sessions.isOpen(question));
            sessions.answer(question, false);
            sessions.kill(question.session());
            assertEquals(new Message.Answer(1, Word.ALLOW), launcher.receive());
            assertEquals(new Message.End(Message.End.Way.KILL), launcher.receive());
        }
    }

    @Test
    void whatIsWithdrawnIsToldOnceAndNotAnswered() throws Exception {
        try (AgentClient launcher = started(10)) {
            launcher.send(ask(1, "/a"));
            launcher.send(ask(2, "/b"));
            launcher.send(new Message.Withdrawn(List.of(1L, 7L)));
            Question first = questions.take();
            assertEquals(List.of(first), withdrawn.take());
            sessions.answer(first, true);
            sessions.answer(questions.take(), false);
            assertEquals(new Message.Answer(2, Word.DENY), launcher.receive());
        }
    }

    @Test
    void whenASessionEndsOrIsLostItsQuestionsAreWithdrawn() throws Exception {
        try (AgentClient launcher = started(10)) {
            launcher.send(ask(1, "/a"));
            launcher.send(new Message.Exited(Message.Exited.How.EXIT, 0));
            assertEquals(List.of(questions.take()), withdrawn.take());
        }
        try (AgentClient launcher = started(11)) {
            launcher.send(ask(1, "/a"));
        }
        assertEquals(List.of(questions.take()), withdrawn.take());
    }

    @Test
    void aLauncherThatComesBackWithAQuestionOfTheSameNumberIsNotAnsweredForTheFormer() throws Exception {
        try (AgentClient launcher = started(10);
                AgentClient again = client()) {
            launcher.send(ask(1, "/a"));
            Question former = questions.take();
            again.send(begin(10));
            assertEquals(List.of(former), withdrawn.take());
            again.send(ask(1, "/b"));
            Question now = questions.take();
            sessions.answer(former, true);
            sessions.answer(now, false);
            assertEquals(new Message.Answer(1, Word.DENY), again.receive());
        }
    }

    @Test
    void aNumberAskedTwiceOrWithoutASessionCutsOff() throws Exception {
        try (AgentClient launcher = started(10);
                AgentClient other = client()) {
            launcher.send(ask(1, "/a"));
            launcher.send(ask(1, "/b"));
            assertThrows(IOException.class, launcher::receive);
            other.send(new Message.Launch(APP));
            other.receive();
            other.send(ask(1, "/a"));
            assertThrows(IOException.class, other::receive);
        }
    }

    @Test
    void moreQuestionsThanOneSessionMayHaveAreAnsweredWithNo() throws Exception {
        try (AgentClient launcher = started(10)) {
            for (int number = 1; number <= Question.MOST + 1; number++) {
                launcher.send(ask(number, "/a"));
            }
            assertEquals(new Message.Answer(Question.MOST + 1, Word.DENY), launcher.receive());
            for (int number = 1; number <= Question.MOST; number++) {
                sessions.answer(questions.take(), true);
            }
            for (int number = 1; number <= Question.MOST; number++) {
                assertEquals(new Message.Answer(number, Word.ALLOW), launcher.receive());
            }
        }
    }

    @Test
    void aLiveGrantIsSentOnceAndKnownUntilItIsRevoked() throws Exception {
        try (AgentClient launcher = started(10)) {
            Session session = sessions.running().getFirst();
            assertTrue(sessions.grant(session, DOCUMENTS));
            assertTrue(sessions.grant(session, grant("r", "/home/ada/Documents/a/b")));
            assertTrue(sessions.grant(session, new LiveGrant(Kind.CONNECT_TCP, Set.of(), "443")));
            assertEquals(new Message.Live(Change.GRANT, DOCUMENTS), launcher.receive());
            assertEquals(
                    new Message.Live(Change.GRANT, new LiveGrant(Kind.CONNECT_TCP, Set.of(), "443")),
                    launcher.receive());
            assertEquals(2, sessions.liveGrants(session).size());

            sessions.revoke(session, grant("rw", "/home/ada"));
            assertEquals(new Message.Live(Change.REVOKE, grant("rw", "/home/ada")), launcher.receive());
            assertEquals(List.of(new LiveGrant(Kind.CONNECT_TCP, Set.of(), "443")), sessions.liveGrants(session));
        }
    }

    @Test
    void revokingWritingLeavesReading() throws Exception {
        try (AgentClient _ = started(10)) {
            Session session = sessions.running().getFirst();
            sessions.grant(session, grant("rw", "/home/ada/Documents"));
            sessions.grant(session, grant("rw", "/home/ada/Documents2"));
            sessions.revoke(session, grant("w", "/home/ada/Documents"));
            assertEquals(List.of(DOCUMENTS, grant("rw", "/home/ada/Documents2")), sessions.liveGrants(session));
        }
    }

    @Test
    void afterALauncherCameBackItSaysWhatItsSessionHolds() throws Exception {
        try (AgentClient _ = started(10)) {
            sessions.grant(sessions.running().getFirst(), DOCUMENTS);
        }
        changes.take();
        try (AgentClient again = started(10)) {
            Session session = sessions.running().getFirst();
            assertEquals(List.of(), sessions.liveGrants(session));
            again.send(new Message.Holds(List.of(DOCUMENTS)));
            changes.take();
            assertEquals(List.of(DOCUMENTS), sessions.liveGrants(session));
        }
    }

    @Test
    void aSessionHoldsOnlySoManyLiveGrants() throws Exception {
        try (AgentClient _ = started(10)) {
            Session session = sessions.running().getFirst();
            for (int i = 0; i < LiveGrant.MOST; i++) {
                assertTrue(sessions.grant(session, grant("r", "/a/" + i)));
            }
            assertFalse(sessions.grant(session, grant("r", "/a/more")));
            assertTrue(sessions.grant(session, grant("r", "/a/5/below")));
        }
    }

    @Test
    void anEndedSessionCanBeGrantedNothing() throws Exception {
        Session session;
        try (AgentClient _ = started(10)) {
            session = sessions.running().getFirst();
        }
        changes.take();
        assertFalse(sessions.grant(session, DOCUMENTS));
        assertEquals(List.of(), sessions.liveGrants(session));
    }

    @Test
    void beforeAnybodyAnswersTheAnswerIsNo() throws Exception {
        LaunchedSessions alone = new LaunchedSessions(
                new LauncherProgram(folder.resolve("landgrant")), app -> "policy\n", gatherer, folder);
        try (AgentSocket _ = AgentSocket.open(
                        folder.resolve("other"),
                        new AgentSocket.Manners(secret, "1", Duration.ofSeconds(30)),
                        new AgentSocket.Hosts(alone::guest, alone::guest),
                        threads,
                        clock);
                AgentClient launcher = AgentClient.connect(folder.resolve("other"), secret, "1")) {
            launcher.send(begin(10));
            launcher.send(ask(1, "/a"));
            assertEquals(new Message.Answer(1, Word.DENY), launcher.receive());
        }
    }

    private AgentClient started(long pid) throws Exception {
        AgentClient launcher = client();
        launcher.send(begin(pid));
        changes.take();
        return launcher;
    }

    private AgentClient client() throws IOException {
        return AgentClient.connect(folder.resolve("agent"), secret, "1");
    }

    private Message begin(long pid) {
        return new Message.Started(APP, pid, Instant.ofEpochMilli(1_700_000_000_000L), folder, List.of());
    }

    private static Message ask(long number, String path) {
        return new Message.Ask(number, Kind.FILE, Wanted.R, path, "ed");
    }

    private static LiveGrant grant(String rights, String path) {
        return new LiveGrant(Kind.FILE, Right.parse(rights), path);
    }
}
