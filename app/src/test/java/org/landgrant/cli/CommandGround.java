package org.landgrant.cli;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.landgrant.agent.TestHouse;
import org.landgrant.desktop.BaseDirectories;
import org.landgrant.desktop.InstalledApp;
import org.landgrant.desktop.Instance;
import org.landgrant.desktop.OpenOutside;
import org.landgrant.desktop.TerminalShims;
import org.landgrant.desktop.Terminals;
import org.landgrant.grants.Access;
import org.landgrant.grants.AppId;
import org.landgrant.grants.Denial;
import org.landgrant.grants.Gatekeeper;
import org.landgrant.grants.RefusedException;
import org.landgrant.grants.Resource;
import org.landgrant.grants.UserFolder;
import org.landgrant.kernel.KernelFacts;
import org.landgrant.launch.LiveGrant;
import org.landgrant.launch.SelfTest;
import org.landgrant.launch.Session;
import org.landgrant.launch.Sessions;
import org.landgrant.policy.Home;
import org.landgrant.policy.PolicyCompiler;
import org.landgrant.prompts.LiveAnswer;
import org.landgrant.prompts.LivePrompt;
import org.landgrant.prompts.LiveQuestion;
import org.landgrant.prompts.LiveQuestions;
import org.landgrant.prompts.Scope;
import org.landgrant.prompts.Undo;
import org.landgrant.prompts.UserPlaces;
import org.landgrant.prompts.Words;

/** The commands over a house of its own; what apps do is said by the test. */
final class CommandGround {
    static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");

    private static final Home HOME = new Home(
            "/home/ada",
            "/home/ada/.config",
            "/home/ada/.local/share",
            "/home/ada/.cache",
            "/home/ada/.local/state",
            "/run/user/7",
            7,
            Map.of(UserFolder.DOCUMENTS, "/home/ada/Documents", UserFolder.PICTURES, "/home/ada/Pictures"));

    final List<Session> running = new ArrayList<>();
    final List<Optional<AppId>> shown = new ArrayList<>();
    final List<LivePrompt> prompts = new CopyOnWriteArrayList<>();
    final List<Consumer<AppId>> listeners = new CopyOnWriteArrayList<>();
    final List<LiveAnswer> answers = new ArrayList<>();
    final List<Resource> takenBack = new ArrayList<>();
    final TestHouse house;
    final Commands commands;

    final List<Instance> open = new ArrayList<>();
    final List<LiveGrant> given = new ArrayList<>();
    boolean stubborn;

    CommandGround(Path folder) {
        house = new TestHouse(folder, Clock.fixed(NOON, ZoneOffset.UTC));
        commands = new Commands(new Commands.Ports(
                house.typed(),
                house.keeper()::settings,
                house.apps(),
                new Running(),
                new Waiting(),
                house.history(),
                house::follow,
                () -> new UserPlaces("/home/ada", HOME.userFolders()),
                this::policy,
                app -> house.ground(app, new UserPlaces("/home/ada", HOME.userFolders())),
                CommandGround::guarded,
                house.keeper()::decided,
                house::entries,
                shown::add,
                new SelfTest(folder.resolve("landgrant"), Map.of(), Duration.ofSeconds(20)),
                new Words(Locale.ENGLISH),
                new Outside(),
                terminals(folder),
                Clock.fixed(NOON, ZoneOffset.UTC)));
    }

    /** A terminal in which the program of the editor can be typed. */
    private static Terminals terminals(Path folder) {
        try {
            Path editor = Files.createDirectory(folder.resolve("bin")).resolve("Editor");
            Files.createFile(
                    editor, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
            Map<String, String> environment =
                    Map.of("HOME", folder.toString(), "PATH", editor.getParent().toString());
            return new TerminalShims(
                    BaseDirectories.from(environment, folder), environment, folder.resolve("landgrant"));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Apps that are open without limits. */
    private final class Outside implements OpenOutside {
        @Override
        public List<Instance> of(AppId app) {
            return open.stream().filter(one -> app.equals(TestHouse.EDITOR)).toList();
        }

        @Override
        public void close(AppId app) {
            if (stubborn) {
                throw new RefusedException(app + " is still open.");
            }
            open.clear();
        }
    }

    /** What a launcher would really get. */
    private String policy(AppId app) {
        house.apps().find(app).flatMap(InstalledApp::notOurs).ifPresent(why -> {
            throw new RefusedException(why);
        });
        return PolicyCompiler.compile(
                        app,
                        house.keeper().template(app),
                        house.keeper().effective(app),
                        false,
                        List.of("editor"),
                        new KernelFacts(7, 0),
                        HOME)
                .text();
    }

    private static Optional<String> guarded(Resource resource, Set<Access> access) {
        return Optional.of("a protected place: keys")
                .filter(why -> resource.text().contains("/.ssh"));
    }

    private boolean left;

    /** From now on whoever types leaves before the command has begun. */
    void left() {
        left = true;
    }

    Commands.Outcome run(String... words) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Presence presence = new Presence();
        if (left) {
            presence.leave();
        }
        int status = commands.run(0, List.of(words), out, err, presence);
        return new Commands.Outcome(status, out.toString(), err.toString());
    }

    /** The same on a terminal of 80 columns. */
    Commands.Outcome seen(String... words) {
        return commands.run(80, List.of(words));
    }

    void tell() {
        listeners.forEach(listener -> listener.accept(TestHouse.EDITOR));
    }

    static Session session() {
        return new Session(1, TestHouse.EDITOR, 42, NOON, Path.of("/"), List.of("a.txt"));
    }

    static LivePrompt prompt() {
        LiveQuestion question =
                new LiveQuestion(3, 1, TestHouse.EDITOR, new Resource.Place("/d/a"), Access.READ, "ed", NOON);
        return new LivePrompt(
                3,
                TestHouse.EDITOR,
                List.of(question),
                "“Editor” would like to see a\u001bb.",
                "It tried.",
                List.of(
                        new Scope("file", "Only “a”", question.resource(), Set.of(Access.READ), false),
                        new Scope(
                                "documents",
                                "Documents",
                                new Resource.Folder(UserFolder.DOCUMENTS),
                                Set.of(Access.READ),
                                true)));
    }

    private final class Waiting implements LiveQuestions {
        @Override
        public List<LivePrompt> open() {
            return prompts;
        }

        @Override
        public List<LivePrompt> all() {
            return prompts;
        }

        @Override
        public Undo answer(long id, LiveAnswer answer) {
            answers.add(answer);
            return () -> answers.remove(answer);
        }

        @Override
        public void takeBack(AppId app, Resource resource, Set<Access> access) {
            takenBack.add(resource);
        }

        @Override
        public Gatekeeper.Watch watch(Consumer<AppId> listener) {
            listeners.add(listener);
            return () -> listeners.remove(listener);
        }
    }

    private final class Running implements Sessions {
        @Override
        public List<Session> running() {
            return running;
        }

        @Override
        public List<LiveGrant> liveGrants(Session session) {
            return List.copyOf(given);
        }

        @Override
        public void launch(AppId app, List<String> arguments) {
            throw new RefusedException("Not here.");
        }

        @Override
        public void reopen(Session session) {}

        @Override
        public void kill(Session session) {}

        @Override
        public void watch(Consumer<AppId> listener) {}

        @Override
        public void watchDenials(Consumer<List<Denial>> listener) {}
    }
}
