package org.landgrant.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.landgrant.launch.AgentClient;
import org.landgrant.launch.Message;

/**
 * An agent is killed over and over while somebody toggles grants. What was acknowledged is there
 * afterwards, what was never asked for is not, and the written policy says the same as the book.
 */
class AgentCrashTest {
    private static final int ROUNDS = Integer.getInteger("landgrant.crash.rounds", 100);
    private static final int MOST_TOGGLES = 4;

    @TempDir
    Path home;

    private final Set<String> granted = new TreeSet<>();
    private final Random random = new Random(4_711);
    private final List<String> history = new ArrayList<>();

    @Test
    @Timeout(value = 15, unit = TimeUnit.MINUTES)
    void noAcknowledgedGrantIsLostAndNoneIsInvented() throws Exception {
        Optional<Toggle> open = Optional.empty();
        for (int round = 0; round < ROUNDS; round++) {
            ChildAgent agent = ChildAgent.start(home);
            try (AgentClient client = agent.connect()) {
                compare(client, open);
                open = toggleAndKill(agent, client);
            } finally {
                agent.process().destroyForcibly().waitFor();
            }
            assertFalse(Files.readString(home.resolve("err")).contains("mistake"), () -> "round of " + granted);
        }
        assertTrue(granted.size() > 1, "toggled too little to mean anything");
    }

    /** A change that was asked for but not acknowledged may have happened or not. */
    private record Toggle(String place, boolean on) {}

    /** Changes some grants, then kills: after an acknowledgement, or at any moment of a last change. */
    private Optional<Toggle> toggleAndKill(ChildAgent agent, AgentClient client) throws IOException {
        for (int i = random.nextInt(MOST_TOGGLES); i >= 0; i--) {
            Toggle toggle = next();
            assertEquals(0, client.command(0, words(toggle), part -> {}));
            remember(toggle);
        }
        if (random.nextBoolean()) {
            agent.process().destroyForcibly();
            return Optional.empty();
        }
        Toggle last = next();
        client.send(new Message.Command(0, words(last)));
        LockSupport.parkNanos(random.nextInt(12_000_000));
        agent.process().destroyForcibly();
        try {
            while (true) {
                if (client.receive() instanceof Message.Status(int status)) {
                    assertEquals(0, status);
                    remember(last);
                    return Optional.empty();
                }
            }
        } catch (IOException killedFirst) {
            history.add("never answered " + last);
            return Optional.of(last);
        }
    }

    private void compare(AgentClient client, Optional<Toggle> open) throws IOException {
        Set<String> found = places(ask(client, "grants", "editor"));
        open.ifPresent(toggle -> {
            if (found.contains(toggle.place())) {
                granted.add(toggle.place());
            } else {
                granted.remove(toggle.place());
            }
        });
        history.add("found " + found);
        assertEquals(granted, found, () -> String.join("\n", history));
        Path written = ChildAgent.folders(home).policies().resolve("editor.desktop.policy");
        if (Files.exists(written)) {
            assertEquals(ask(client, "policy", "editor"), Files.readString(written));
        } else {
            assertEquals(Set.of(), found);
        }
    }

    private Toggle next() {
        String place = "/srv/" + random.nextInt(12);
        return new Toggle(place, !granted.contains(place));
    }

    private void remember(Toggle toggle) {
        history.add("acknowledged " + toggle);
        if (toggle.on()) {
            granted.add(toggle.place());
        } else {
            granted.remove(toggle.place());
        }
    }

    private static List<String> words(Toggle toggle) {
        return toggle.on()
                ? List.of("grant", "editor", toggle.place(), "read")
                : List.of("reset", "editor", toggle.place());
    }

    private static Set<String> places(String table) {
        Set<String> places = new HashSet<>();
        table.lines()
                .filter(line -> line.contains(" user "))
                .flatMap(Pattern.compile(" +")::splitAsStream)
                .filter(word -> word.startsWith("place:"))
                .forEach(word -> places.add(word.substring("place:".length())));
        return places;
    }

    private static String ask(AgentClient client, String... words) throws IOException {
        List<String> said = new ArrayList<>();
        assertEquals(0, client.command(0, List.of(words), part -> said.add(part.text())));
        return String.join("", said);
    }
}
