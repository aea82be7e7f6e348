package org.landgrant.desktop;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.landgrant.grants.AppId;
import org.landgrant.grants.RefusedException;

/**
 * Starts a confined app without its limits, once, because a person said so: to find out whether they are the reason
 * when something does not work. Nothing is kept about it; its next start is confined as before. What was started
 * here is known as long as it runs and the agent does. Safe for many threads.
 */
public final class FreeRuns {
    private static final Path SETSID = Path.of("/usr/bin/setsid");

    private record Run(Process process, Instant began) {}

    private final Path folder;
    private final Consumer<AppId> witness;
    private final Programs programs = new Programs(System.getenv());
    private final Map<AppId, Run> open = new ConcurrentHashMap<>();
    private final List<Consumer<AppId>> listeners = new CopyOnWriteArrayList<>();

    /**
     * @param folder the working folder of what is started
     * @param witness hears of every start, after it happened
     */
    public FreeRuns(Path folder, Consumer<AppId> witness) {
        this.folder = folder;
        this.witness = witness;
    }

    /**
     * Starts the app's own command line, without files; returns at once.
     *
     * @throws RefusedException when it could not be started, or is open so already
     */
    public void start(InstalledApp app) {
        AppId id = app.id();
        if (isOpen(id)) {
            throw new RefusedException("It is open without limits already.");
        }
        Process process = begin(app);
        Run run = new Run(process, Instant.now());
        open.put(id, run);
        var _ = process.onExit().thenRun(() -> {
            open.remove(id, run);
            tell(id);
        });
        witness.accept(id);
        tell(id);
    }

    /** Whether what was started so still runs. */
    public boolean isOpen(AppId app) {
        return since(app).isPresent();
    }

    /** When what was started so and still runs began. */
    public Optional<Instant> since(AppId app) {
        return Optional.ofNullable(open.get(app))
                .filter(run -> run.process().isAlive())
                .map(Run::began);
    }

    /** Calls {@code listener} with the app whenever that changes, on any thread. */
    public void watch(Consumer<AppId> listener) {
        listeners.add(listener);
    }

    private void tell(AppId app) {
        listeners.forEach(listener -> listener.accept(app));
    }

    private Process begin(InstalledApp app) {
        List<String> words = new ArrayList<>(words(app.command()));
        // By its place: in PATH there may be one of ours before it, which would confine it.
        words.set(
                0,
                programs.find(words.getFirst())
                        .orElseThrow(() -> new RefusedException("Its program is not installed."))
                        .toString());
        List<String> command = new ArrayList<>();
        if (Files.isExecutable(SETSID)) {
            // Neither the agent's end nor a Ctrl-C in its terminal reaches it.
            command.add(SETSID.toString());
        }
        command.addAll(words);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(Redirect.from(new File("/dev/null")))
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.DISCARD);
        if (Files.isDirectory(folder)) {
            builder.directory(folder.toFile());
        }
        try {
            return builder.start();
        } catch (IOException failure) {
            throw new RefusedException("Its program could not be started.", failure);
        }
    }

    /** The words as a program gets them when no file is opened with it. */
    static List<String> words(List<String> command) {
        return command.stream()
                .filter(word -> !word.matches("%[fFuU]"))
                .map(word -> word.replace("%%", "%"))
                .toList();
    }
}
