package org.landgrant.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.landgrant.agent.House.EDITOR;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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
import org.landgrant.grants.Decision;
import org.landgrant.grants.Denial;
import org.landgrant.grants.Grant;
import org.landgrant.grants.Habit;
import org.landgrant.grants.Lifetime;
import org.landgrant.grants.Origin;
import org.landgrant.grants.RefusedException;
import org.landgrant.grants.Resource;
import org.landgrant.grants.Service;
import org.landgrant.grants.Span;
import org.landgrant.grants.Unanswered;
import org.landgrant.grants.UserFolder;
import org.landgrant.grants.Width;
import org.landgrant.launch.AgentClient;
import org.landgrant.launch.AgentSocket;
import org.landgrant.launch.LaunchedSessions;
import org.landgrant.launch.LauncherProgram;
import org.landgrant.launch.LiveGrant;
import org.landgrant.launch.Message;
import org.landgrant.launch.Message.Answer.Word;
import org.landgrant.launch.Message.Live.Change;
import org.landgrant.launch.Refusal.Kind;
import org.landgrant.launch.Refusal.Wanted;
import org.landgrant.launch.Secret;
import org.landgrant.policy.Right;
import org.landgrant.profiles.MemoryGrantBook;
import org.landgrant.prompts.LiveAnswer;
import org.landgrant.prompts.LiveAnswer.Choice;
import org.landgrant.prompts.LivePrompt;
import org.landgrant.prompts.Scope;
import org.landgrant.prompts.Sensitive;
import org.landgrant.prompts.Undo;
import org.landgrant.prompts.UserPlaces;
import org.landgrant.prompts.Words;

/** From a launcher's question to its answer; launchers are played by clients on a real socket. */
@Timeout(60)
class LiveDeskTest {
    private static final Resource DOCUMENTS = new Resource.Folder(UserFolder.DOCUMENTS);
    private static final Clock NOON = Clock.fixed(Instant.parse("2026-05-01T12:00:00Z"), ZoneOffset.UTC);
    private static final Message ALLOW = new Message.Answer(1, Word.ALLOW);
    private static final Message DENY = new Message.Answer(1, Word.DENY);

    @TempDir
    Path folder;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final MemoryGrantBook book = new MemoryGrantBook();
    private final BlockingQueue<AppId> begun = new LinkedBlockingQueue<>();
    private final BlockingQueue<AppId> told = new LinkedBlockingQueue<>();
    private volatile boolean diskFull;
    private Path home;
    private Path documents;
    private DenialGatherer gatherer;
    private GrantKeeper keeper;
    private LaunchedSessions sessions;
    private LiveDesk desk;
    private AgentSocket socket;
    private Secret secret;

    @BeforeEach
    void open() throws IOException {
        home = Files.createDirectory(folder.toRealPath().resolve("home"));
        documents = Files.createDirectory(home.resolve("Documents"));
        Files.createDirectory(documents.resolve("private"));
        for (String name : List.of("a", "b", "private/c")) {
            Files.writeString(documents.resolve(name), name);
        }
        secret = Secret.in(folder.resolve("secret"));
        gatherer = new DenialGatherer(clock, threads);
        keeper = new GrantKeeper(
                book,
                PolicyFiles.in(folder.resolve("policies")),
                House::template,
                (app, template, effective, partial) -> {
                    if (diskFull) {
                        throw new RefusedException("No space left.");
                    }
                    return House.policy(app, template, effective, partial);
                },
                new House.Entries(),
                NOON,
                "log-in");
        sessions = new LaunchedSessions(new LauncherProgram(folder.resolve("landgrant")), keeper, gatherer, folder);
        desk = new LiveDesk(new LiveDesk.Sources(
                keeper,
                sessions,
                app -> "Editor",
                () -> new UserPlaces(home.toString(), Map.of(UserFolder.DOCUMENTS, documents.toString())),
                new Words(Locale.ENGLISH),
                NOON));
        sessions.watch(begun::add);
        desk.watch(told::add);
        socket = AgentSocket.open(
                folder.resolve("agent"),
                new AgentSocket.Manners(secret, "1", Duration.ofSeconds(30)),
                new AgentSocket.Hosts(sessions::guest, sessions::guest),
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
    void allowIsKeptThenGivenToTheSessionAndOnlyThenAnswered() throws Exception {
        try (AgentClient launcher = started(10)) {
            launcher.send(ask(1, documents.resolve("a"), Wanted.R));
            LivePrompt prompt = prompt();
            assertEquals("“Editor” would like to see files in your Documents folder.", prompt.title());
            assertEquals("It tried to open “a”.", prompt.detail());
            assertEquals(NOON.instant(), prompt.first().asked());

            answer(prompt, Choice.ALLOW);
            assertEquals(grant("r", documents), launcher.receive());
            assertEquals(ALLOW, launcher.receive());
            Grant kept = book.grants(EDITOR).getFirst();
            assertEquals(DOCUMENTS, kept.resource());
            assertEquals(Decision.ALLOW, kept.decision());
            assertEquals(Origin.PROMPT, kept.origin());
            assertTrue(Files.readString(folder.resolve("policies/editor.desktop.policy"))
                    .contains("folder:documents"));
            assertEquals(List.of(), desk.open());
        }
    }

    @Test
    void whatIsClosedThreeTimesIsNotAskedForAWeekAndWaitsInBetween() throws Exception {
        for (int times = 1; times <= Unanswered.PATIENCE; times++) {
            try (AgentClient launcher = started(10 + times)) {
                launcher.send(ask(1, documents.resolve("a"), Wanted.R));
                answer(prompt(), Choice.LATER);
                assertEquals(DENY, launcher.receive());
                assertEquals(times, keeper.unanswered().getFirst().closed());
            }
        }
        try (AgentClient launcher = started(20)) {
            launcher.send(ask(1, documents.resolve("b"), Wanted.R));
            assertEquals(DENY, launcher.receive());
        }
    }

    @Test
    void aQuestionWhoseAppEndedWaitsForAnAnswerWithoutCounting() throws Exception {
        try (AgentClient launcher = started(10)) {
            launcher.send(ask(1, documents.resolve("a"), Wanted.R));
            prompt();
        }
        while (keeper.unanswered().isEmpty()) {
            told.take();
        }
        Unanswered row = keeper.unanswered().getFirst();
        assertEquals(DOCUMENTS, row.resource());
        assertEquals(0, row.closed());
    }

    @Test
    void aKeyIsGivenToARunningAppAloneAndOnlyWhereItCouldNotPressTheButtonItself() throws Exception {
        Path key = Files.writeString(Files.createDirectory(home.resolve(".ssh")).resolve("id_rsa"), "key");
        try (AgentClient launcher = started(10)) {
            launcher.send(ask(1, key, Wanted.R));
            LivePrompt prompt = prompt();
            assertEquals(Optional.of(Sensitive.Kind.SSH_KEY), prompt.sensitive());
            answer(prompt, Choice.ALLOW);
            assertEquals(grant("r", key), launcher.receive());
            assertEquals(ALLOW, launcher.receive());
            assertEquals(
                    new Resource.Place(key.toString()),
                    book.grants(EDITOR).getFirst().resource());
        }
        keeper.reset(EDITOR, new Resource.Place(key.toString()));
        keeper.decide(EDITOR, new Resource.OfService(Service.X11), Set.of(Access.USE), Decision.ALLOW, Origin.USER);
        try (AgentClient launcher = started(11)) {
            launcher.send(ask(1, key, Wanted.R));
            assertEquals(DENY, launcher.receive());
            keeper.reset(EDITOR, new Resource.OfService(Service.X11));
            launcher.send(ask(2, key, Wanted.R));
            assertEquals(new Message.Answer(2, Word.DENY), launcher.receive(), "it has the display until it ends");
        }
    }

    @Test
    void anUndoneAllowIsTakenBackFromTheSessionAndTheBook() throws Exception {
        try (AgentClient launcher = started(10)) {
            launcher.send(ask(1, documents.resolve("a"), Wanted.R));
            LivePrompt prompt = prompt();
            Undo undo = desk.answer(prompt.id(), new LiveAnswer(Choice.ALLOW, prompt.preselected()));
            assertEquals(grant("r", documents), launcher.receive());
            assertEquals(ALLOW, launcher.receive());
            undo.undo();
            assertEquals(revoke("r", documents), launcher.receive());
            assertEquals(List.of(), book.grants(EDITOR));
            assertThrows(RefusedException.class, undo::undo);
        }
    }

    @Test
    void anUndoneOnceIsTakenBackFromTheSession() throws Exception {
        try (AgentClient launcher = started(10)) {
            launcher.send(ask(1, documents.resolve("a"), Wanted.R));
            LivePrompt prompt = prompt();
            Undo undo = desk.answer(prompt.id(), new LiveAnswer(Choice.ONCE, prompt.preselected()));
            assertEquals(grant("r", documents), launcher.receive());
            assertEquals(ALLOW, launcher.receive());
            undo.undo();
            assertEquals(revoke("r", documents), launcher.receive());
            launcher.send(ask(2, documents.resolve("b"), Wanted.R));
            assertEquals(2, prompt().id());
        }
    }

    @Test
    void anUndoneDontAllowIsAskedAgainInTheSameSession() throws Exception {
        try (AgentClient launcher = started(10)) {
            launcher.send(ask(1, documents.resolve("a"), Wanted.R));
            LivePrompt prompt = prompt();
            Undo undo = desk.answer(prompt.id(), new LiveAnswer(Choice.DENY, prompt.preselected()));
            assertEquals(DENY, launcher.receive());
            undo.undo();
            assertEquals(List.of(), book.grants(EDITOR));
            assertEquals(revoke("r", documents.resolve("a")), launcher.receive(), "a reason to ask again");
            launcher.send(ask(2, documents.resolve("a"), Wanted.R));
            assertEquals(2, prompt().id());
        }
    }

    @Test
    void howMuchAndHowLongIsKeptAndTheNextPromptBeginsWithIt() throws Exception {
        try (AgentClient launcher = started(10)) {
            launcher.send(ask(1, documents.resolve("private/c"), Wanted.R));
            LivePrompt prompt = prompt();
            assertEquals(Habit.unknown(EDITOR), keeper.habit(EDITOR));
            desk.answer(prompt.id(), new LiveAnswer(Choice.ALLOW, prompt.scope(Width.FOLDER), Span.LOGIN));
            assertEquals(grant("r", documents.resolve("private")), launcher.receive());
            assertEquals(ALLOW, launcher.receive());
            assertEquals(
                    Lifetime.during("log-in"), book.grants(EDITOR).getFirst().lifetime());
            assertEquals(new Habit(EDITOR, Width.FOLDER, Span.LOGIN), keeper.habit(EDITOR));
            assertFalse(Files.readString(folder.resolve("policies/editor.desktop.policy"))
                    .contains("private"));
        }
    }

    @Test
    void allowOnceIsForTheSessionAloneAndTheNextAsksAgain() throws Exception {
        try (AgentClient launcher = started(10)) {
            launcher.send(ask(1, documents.resolve("a"), Wanted.W));
            answer(prompt(), Choice.ONCE);
            assertEquals(grant("rw", documents), launcher.receive());
            assertEquals(ALLOW, launcher.receive());
            assertEquals(List.of(), book.grants(EDITOR));
        }
        try (AgentClient next = started(11)) {
            next.send(ask(1, documents.resolve("a"), Wanted.R));
            assertEquals(1, prompt().questions().size());
        }
    }

    @Test
    void whatWasAllowedOnceAndTakenBackIsAskedAboutAgain() throws Exception {
        try (AgentClient launcher = started(10)) {
            launcher.send(ask(1, documents.resolve("a"), Wanted.W));
            answer(prompt(), Choice.ONCE);
            assertEquals(grant("rw", documents), launcher.receive());
            assertEquals(ALLOW, launcher.receive());
            desk.takeBack(EDITOR, DOCUMENTS, Set.of(Access.READ, Access.WRITE));
            assertEquals(revoke("rw", documents), launcher.receive());
            launcher.send(ask(2, documents.resolve("b"), Wanted.R));
            assertEquals(documents.resolve("b"), asked(prompt()));
        }
    }

    @Test
    void takingBackAFileEndsTheAnswerAboutItsFolderToo() throws Exception {
        try (AgentClient launcher = started(10)) {
            launcher.send(ask(1, documents.resolve("a"), Wanted.R));
            answer(prompt(), Choice.ONCE);
            assertEquals(grant("r", documents), launcher.receive());
            assertEquals(ALLOW, launcher.receive());
            desk.takeBack(EDITOR, new Resource.Place(documents + "/a"), Set.of(Access.READ));
            assertEquals(revoke("r", documents), launcher.receive());
            assertEquals(List.of(), sessions.liveGrants(sessions.running(EDITOR).getFirst()));
            launcher.send(ask(2, documents.resolve("b"), Wanted.R));
            assertEquals(documents.resolve("b"), asked(prompt()));
        }
    }

    @Test
    void theChosenScopeIsAllThatIsGiven() throws Exception {
        try (AgentClient launcher = started(10)) {
            launcher.send(ask(1, documents.resolve("a"), Wanted.R));
            LivePrompt prompt = prompt();
            desk.answer(
                    prompt.id(), new LiveAnswer(Choice.ALLOW, prompt.scopes().getFirst()));
            assertEquals(grant("r", documents.resolve("a")), launcher.receive());
            assertEquals(ALLOW, launcher.receive());
            launcher.send(ask(2, documents.resolve("b"), Wanted.R));
            assertEquals(documents.resolve("b"), asked(prompt()));
        }
    }

    @Test
    void dontAllowTwiceIsForGoodAndInOneSessionNothingIsAskedTwice() throws Exception {
        for (int pid = 10; pid < 12; pid++) {
            try (AgentClient launcher = started(pid)) {
                launcher.send(ask(1, documents.resolve("a"), Wanted.R));
                answer(prompt(), Choice.DENY);
                assertEquals(DENY, launcher.receive());
                launcher.send(ask(2, documents.resolve("b"), Wanted.R));
                assertEquals(new Message.Answer(2, Word.DENY), launcher.receive());
            }
            assertEquals(
                    pid == 10 ? Decision.ASK : Decision.DENY,
                    book.grants(EDITOR).getFirst().decision());
        }
        try (AgentClient launcher = started(12)) {
            launcher.send(ask(1, documents.resolve("a"), Wanted.R));
            assertEquals(DENY, launcher.receive());
        }
    }

    @Test
    void closingThePromptRefusesThisTimeAndKeepsNothing() throws Exception {
        try (AgentClient launcher = started(10)) {
            launcher.send(ask(1, documents.resolve("a"), Wanted.R));
            answer(prompt(), Choice.LATER);
            assertEquals(DENY, launcher.receive());
            assertEquals(List.of(), book.grants(EDITOR));
        }
    }

    @Test
    void whatNobodyShouldDecideByAClickIsRefusedAtOnce() throws Exception {
        try (AgentClient launcher = started(10)) {
            for (String path : List.of(home + "/.ssh/id", "/etc/shadow", home.toString(), "/bad/../path")) {
                launcher.send(ask(1, Path.of(path), Wanted.R));
                assertEquals(DENY, launcher.receive(), path);
            }
            launcher.send(ask(1, documents.resolve("a"), Wanted.X));
            assertEquals(DENY, launcher.receive());
        }
    }

    @Test
    void whatWasAskedLiveIsNotAskedByACardButWhatWasNotIs() throws Exception {
        try (AgentClient launcher = started(10)) {
            assertFalse(desk.answered(denial(Access.READ)));
            launcher.send(ask(1, documents.resolve("a"), Wanted.R));
            answer(prompt(), Choice.DENY);
            launcher.receive();
            assertTrue(desk.answered(denial(Access.READ)));
            assertFalse(desk.answered(denial(Access.EXECUTE)));
        }
    }

    @Test
    void oneAnswerLetsAllGoThatWaitForItAlsoInAnotherSession() throws Exception {
        try (AgentClient one = started(10);
                AgentClient two = started(11)) {
            one.send(ask(1, documents.resolve("a"), Wanted.R));
            prompt();
            two.send(ask(1, documents.resolve("b"), Wanted.R));
            one.send(new Message.Ask(2, Kind.CONNECT_TCP, Wanted.R, "443", "ed"));
            LivePrompt prompt = awaitQuestions(3);
            assertEquals(2, desk.all().size());
            answer(prompt, Choice.ALLOW);
            for (AgentClient launcher : List.of(one, two)) {
                assertEquals(grant("r", documents), launcher.receive());
                assertEquals(ALLOW, launcher.receive());
            }
            LivePrompt next = prompt();
            assertEquals(new Resource.TcpPort(443), next.first().resource());
            answer(next, Choice.ONCE);
            assertEquals(
                    new Message.Live(Change.GRANT, new LiveGrant(Kind.CONNECT_TCP, Set.of(), "443")), one.receive());
            assertEquals(new Message.Answer(2, Word.ALLOW), one.receive());
        }
    }

    @Test
    void aPromptWhoseAppEndedOrGaveUpIsClosed() throws Exception {
        try (AgentClient launcher = started(10)) {
            launcher.send(ask(1, documents.resolve("a"), Wanted.R));
            LivePrompt prompt = prompt();
            launcher.send(new Message.Withdrawn(List.of(1L)));
            untilNothingIsOpen();
            assertThrows(RefusedException.class, () -> answer(prompt, Choice.ALLOW));
            assertEquals(List.of(), book.grants(EDITOR));

            launcher.send(ask(2, documents.resolve("a"), Wanted.R));
            prompt();
        }
        untilNothingIsOpen();
    }

    private void untilNothingIsOpen() throws InterruptedException {
        while (!desk.open().isEmpty()) {
            told.take();
        }
    }

    @Test
    void anAnswerThatCannotBeKeptLetsNothingGoAndThePromptStays() throws Exception {
        try (AgentClient launcher = started(10)) {
            launcher.send(ask(1, documents.resolve("a"), Wanted.R));
            LivePrompt prompt = prompt();
            diskFull = true;
            assertThrows(RefusedException.class, () -> answer(prompt, Choice.ALLOW));
            assertEquals(List.of(prompt), desk.open());
            assertEquals(List.of(), sessions.liveGrants(sessions.running().getFirst()));
            diskFull = false;
            answer(prompt, Choice.ALLOW);
            assertEquals(grant("r", documents), launcher.receive());
            assertEquals(ALLOW, launcher.receive());
        }
    }

    @Test
    void onlyWhatThePromptOffersCanBeAnswered() throws Exception {
        try (AgentClient launcher = started(10)) {
            launcher.send(ask(1, documents.resolve("a"), Wanted.R));
            LivePrompt prompt = prompt();
            Scope wide = new Scope("home", "", new Resource.Place("~"), Set.of(Access.READ), true);
            assertThrows(RefusedException.class, () -> desk.answer(prompt.id(), new LiveAnswer(Choice.ALLOW, wide)));
            assertEquals(List.of(prompt), desk.open());
        }
    }

    @Test
    void whatIsAllowedInTheSettingsHoldsAtOnceAndWhatIsTakenBackToo() throws Exception {
        try (AgentClient launcher = started(10)) {
            launcher.send(ask(1, documents.resolve("a"), Wanted.R));
            prompt();
            keeper.decide(EDITOR, DOCUMENTS, Set.of(Access.READ), Decision.ALLOW, Origin.USER);
            assertEquals(grant("r", documents), launcher.receive());
            assertEquals(ALLOW, launcher.receive());
            assertEquals(List.of(), desk.open());

            keeper.decide(EDITOR, DOCUMENTS, EnumSet.of(Access.READ, Access.WRITE), Decision.ALLOW, Origin.USER);
            assertEquals(grant("w", documents), launcher.receive());
            keeper.reset(EDITOR, DOCUMENTS);
            assertEquals(revoke("rw", documents), launcher.receive());
            assertEquals(List.of(), sessions.liveGrants(sessions.running().getFirst()));
        }
    }

    @Test
    void whatASessionBeganWithIsNotGivenToItWhenSomethingElseIsTakenBack() throws Exception {
        keeper.decide(EDITOR, new Resource.Place("~/Pictures"), Set.of(Access.READ), Decision.ALLOW, Origin.USER);
        try (AgentClient launcher = started(10)) {
            keeper.decide(EDITOR, DOCUMENTS, Set.of(Access.READ), Decision.ALLOW, Origin.USER);
            assertEquals(grant("r", documents), launcher.receive());
            keeper.reset(EDITOR, DOCUMENTS);
            assertEquals(revoke("r", documents), launcher.receive());
            assertEquals(List.of(), sessions.liveGrants(sessions.running().getFirst()));
        }
    }

    @Test
    void whatARunningSessionCannotBeGivenIsNotSent() throws Exception {
        try (AgentClient launcher = started(10)) {
            keeper.decide(EDITOR, new Resource.Place("~"), Set.of(Access.READ), Decision.ALLOW, Origin.USER);
            keeper.decide(EDITOR, new Resource.Place("~/.ssh"), Set.of(Access.READ), Decision.ALLOW, Origin.USER);
            keeper.decide(EDITOR, new Resource.AnyTcpPort(), Set.of(Access.CONNECT), Decision.ALLOW, Origin.USER);
            keeper.decide(EDITOR, new Resource.TcpPort(22), Set.of(Access.CONNECT), Decision.ALLOW, Origin.USER);
            assertEquals(
                    new Message.Live(Change.GRANT, new LiveGrant(Kind.CONNECT_TCP, Set.of(), "22")),
                    launcher.receive());
        }
    }

    @Test
    void whatIsRefusedInsideOfAnAllowedFolderIsNeverGivenWithIt() throws Exception {
        try (AgentClient launcher = started(10)) {
            Resource inside = new Resource.Place(documents.resolve("private").toString());
            keeper.decide(EDITOR, inside, Set.of(Access.READ), Decision.DENY, Origin.USER);
            launcher.send(ask(1, documents.resolve("a"), Wanted.R));
            answer(prompt(), Choice.ALLOW);
            assertEquals(grant("r", documents.resolve("a")), launcher.receive());
            assertEquals(ALLOW, launcher.receive());
            launcher.send(ask(2, documents.resolve("private/c"), Wanted.R));
            assertEquals(new Message.Answer(2, Word.DENY), launcher.receive());
            launcher.send(ask(3, documents.resolve("b"), Wanted.R));
            assertEquals(grant("r", documents.resolve("b")), launcher.receive());
            assertEquals(new Message.Answer(3, Word.ALLOW), launcher.receive());
        }
    }

    @Test
    void aRefusalInsideTakesBackTheWholeThatWasGiven() throws Exception {
        try (AgentClient launcher = started(10)) {
            launcher.send(ask(1, documents.resolve("a"), Wanted.R));
            answer(prompt(), Choice.ALLOW);
            launcher.receive();
            launcher.receive();
            Resource inside = new Resource.Place(documents.resolve("private").toString());
            keeper.decide(EDITOR, inside, Set.of(Access.READ), Decision.DENY, Origin.USER);
            assertEquals(revoke("rw", documents), launcher.receive());
            launcher.send(ask(2, documents.resolve("private/c"), Wanted.R));
            assertEquals(new Message.Answer(2, Word.DENY), launcher.receive());
            launcher.send(ask(3, documents.resolve("a"), Wanted.R));
            assertEquals(grant("r", documents.resolve("a")), launcher.receive());
            assertEquals(new Message.Answer(3, Word.ALLOW), launcher.receive());
        }
    }

    @Test
    void aRefusalUnderTheNameOfALinkIsOneWhereItLeads() throws Exception {
        Path link = Files.createSymbolicLink(home.resolve("link"), documents.resolve("private"));
        keeper.decide(EDITOR, DOCUMENTS, Set.of(Access.READ), Decision.ALLOW, Origin.USER);
        keeper.decide(EDITOR, new Resource.Place(link.toString()), Set.of(Access.READ), Decision.DENY, Origin.USER);
        try (AgentClient launcher = started(10)) {
            launcher.send(ask(1, documents.resolve("private/c"), Wanted.R));
            assertEquals(DENY, launcher.receive());
        }
    }

    @Test
    void whatASessionHoldsAfterItsAgentCameBackCanBeTakenBack() throws Exception {
        keeper.decide(EDITOR, DOCUMENTS, Set.of(Access.READ), Decision.ALLOW, Origin.USER);
        try (AgentClient launcher = started(10)) {
            launcher.send(holds(documents.resolve("a")));
            while (sessions.liveGrants(sessions.running().getFirst()).isEmpty()) {
                begun.take();
            }
            keeper.decide(EDITOR, DOCUMENTS, Set.of(Access.READ), Decision.DENY, Origin.USER);
            assertEquals(revoke("r", documents.resolve("a")), launcher.receive());
        }
    }

    @Test
    void whatASessionHoldsAlthoughItWasRefusedForGoodIsTakenBack() throws Exception {
        keeper.decide(EDITOR, DOCUMENTS, Set.of(Access.READ), Decision.DENY, Origin.USER);
        try (AgentClient launcher = started(10)) {
            launcher.send(holds(documents.resolve("a")));
            assertEquals(revoke("rw", documents.resolve("a")), launcher.receive());
        }
    }

    private static Message holds(Path path) {
        return new Message.Holds(List.of(new LiveGrant(Kind.FILE, Right.parse("r"), path.toString())));
    }

    private void answer(LivePrompt prompt, Choice choice) {
        desk.answer(prompt.id(), new LiveAnswer(choice, prompt.preselected()));
    }

    private LivePrompt prompt() throws InterruptedException {
        while (desk.open().isEmpty()) {
            told.take();
        }
        told.clear();
        return desk.open().getFirst();
    }

    private LivePrompt awaitQuestions(int count) throws InterruptedException {
        while (desk.all().stream().mapToInt(prompt -> prompt.questions().size()).sum() < count) {
            told.take();
        }
        return desk.open().getFirst();
    }

    private static Path asked(LivePrompt prompt) {
        return Path.of(((Resource.Place) prompt.first().resource()).path());
    }

    private AgentClient started(long pid) throws Exception {
        AgentClient launcher = AgentClient.connect(folder.resolve("agent"), secret, "1");
        launcher.send(new Message.Started(EDITOR, pid, NOON.instant(), folder, List.of()));
        do {
            begun.take(); // the desk knows it by then
        } while (sessions.running().stream().noneMatch(session -> session.pid() == pid));
        return launcher;
    }

    private Denial denial(Access access) {
        Resource file = new Resource.Place(documents.resolve("a").toString());
        return new Denial(EDITOR, file, access, "ed", 1, NOON.instant(), NOON.instant());
    }

    private static Message ask(long number, Path path, Wanted access) {
        return new Message.Ask(number, Kind.FILE, access, path.toString(), "ed");
    }

    private static Message grant(String rights, Path path) {
        return new Message.Live(Change.GRANT, new LiveGrant(Kind.FILE, Right.parse(rights), path.toString()));
    }

    private static Message revoke(String rights, Path path) {
        return new Message.Live(Change.REVOKE, new LiveGrant(Kind.FILE, Right.parse(rights), path.toString()));
    }
}
