package org.landgrant.agent;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.landgrant.grants.AppId;
import org.landgrant.grants.BookException;
import org.landgrant.grants.RefusedException;
import org.landgrant.launch.AgentClient;
import org.landgrant.launch.AgentLock;
import org.landgrant.launch.Message;
import org.landgrant.launch.OwnFolders;
import org.landgrant.launch.Secret;

/**
 * The life of the agent's process: {@code landgrant-agent [--show [ID]]}. One agent per user session;
 * a second one hands its wish to the first and ends.
 */
public final class Startup {
    /** Nothing could be started; the sentence is on the error stream. */
    public static final int FAILED = 125;

    /** The words on the command line make no sense. */
    public static final int MISUSED = 2;

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final Map<String, String> environment;
    private final PrintStream errors;
    private final String version;
    private final Function<OwnFolders, Agent> starter;

    /**
     * @param errors takes sentences for people
     * @param starter opens the book and starts the agent; called only by the one agent there is
     */
    public Startup(
            Map<String, String> environment, PrintStream errors, String version, Function<OwnFolders, Agent> starter) {
        this.environment = environment;
        this.errors = errors;
        this.version = version;
        this.starter = starter;
    }

    /**
     * Runs until the process is asked to end.
     *
     * @return the exit status
     */
    public int run(List<String> words) {
        Wish wish;
        try {
            wish = Wish.of(words);
        } catch (IllegalArgumentException misuse) {
            errors.println("landgrant-agent: " + misuse.getMessage());
            errors.println("Usage: landgrant-agent [--show [ID]]");
            return MISUSED;
        }
        try {
            OwnFolders folders = OwnFolders.of(environment).make();
            Optional<AgentLock> lock = AgentLock.take(folders.lock());
            return lock.isPresent() ? serve(folders, lock.get(), wish) : handOver(folders, wish);
        } catch (RefusedException | BookException failure) {
            errors.println("landgrant-agent: " + failure.getMessage());
            return FAILED;
        } catch (IOException failure) {
            errors.println("landgrant-agent: The agent that runs already does not answer: " + failure.getMessage());
            return FAILED;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return FAILED;
        }
    }

    private int serve(OwnFolders folders, AgentLock lock, Wish wish) throws InterruptedException {
        CountDownLatch ended = new CountDownLatch(1);
        try (lock) {
            Agent agent = starter.apply(folders);
            Runtime.getRuntime()
                    .addShutdownHook(Thread.ofPlatform().name("farewell").unstarted(() -> {
                        agent.close();
                        ended.countDown();
                    }));
            agent.leftOver().forEach(sentence -> errors.println("landgrant-agent: " + sentence));
            errors.println("landgrant-agent: " + greeting());
            if (wish.show()) {
                agent.showSettings(wish.app());
            }
            ended.await();
        }
        return 0;
    }

    /** For who started it in a terminal, where it would say nothing and not end; in the background nobody reads it. */
    private String greeting() {
        boolean blind = Stream.of("DISPLAY", "WAYLAND_DISPLAY")
                .allMatch(name -> environment.getOrDefault(name, "").isEmpty());
        return "The agent runs here until Ctrl+C or \"landgrant agent stop\" ends it; commands and launches start it in"
                + " the background by themselves."
                + (blind ? " There is no display, so it shows no windows." : "");
    }

    private int handOver(OwnFolders folders, Wish wish) throws IOException, InterruptedException {
        if (!wish.show()) {
            errors.println("landgrant-agent: Landgrant is already running. \"landgrant agent stop\" ends it.");
            return 0;
        }
        try (AgentClient client = connect(folders)) {
            List<String> words =
                    wish.app().map(app -> List.of("settings", app.value())).orElse(List.of("settings"));
            return client.command(0, words, this::tell);
        }
    }

    /** The first one may have taken its lock only a moment ago, beside the socket of one that was killed. */
    private AgentClient connect(OwnFolders folders) throws IOException, InterruptedException {
        for (long end = System.nanoTime() + PATIENCE.toNanos(); ; TimeUnit.MILLISECONDS.sleep(50)) {
            try {
                return AgentClient.connect(folders.socket(), Secret.in(folders.secret()), version);
            } catch (IOException notYet) {
                if (System.nanoTime() > end) {
                    throw notYet;
                }
            }
        }
    }

    private void tell(Message.Output output) {
        errors.print(output.text());
    }

    /** What the command line asks for. */
    private record Wish(boolean show, Optional<AppId> app) {
        static Wish of(List<String> words) {
            if (words.isEmpty()) {
                return new Wish(false, Optional.empty());
            }
            if (!words.getFirst().equals("--show") || words.size() > 2) {
                throw new IllegalArgumentException("the only option is --show, with at most one app.");
            }
            return new Wish(true, words.stream().skip(1).map(AppId::new).findFirst());
        }
    }
}
