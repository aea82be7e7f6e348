package org.landgrant.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.landgrant.agent.TestHouse;
import org.landgrant.grants.Access;
import org.landgrant.grants.AppId;
import org.landgrant.grants.Denial;
import org.landgrant.grants.Event;
import org.landgrant.grants.Resource;

/** Commands that go on until whoever reads them leaves. */
class FollowTest {
    private static final long SECONDS = 20;

    @TempDir
    Path folder;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final BlockingQueue<String> flushed = new LinkedBlockingQueue<>();
    private final StringWriter errors = new StringWriter();
    private final Presence presence = new Presence();
    private CommandGround ground;

    @BeforeEach
    void open() {
        ground = new CommandGround(folder);
    }

    @AfterEach
    void close() {
        presence.leave();
        threads.close();
    }

    @Test
    void whatHappensIsPrintedUntilTheReaderLeaves() throws Exception {
        CompletableFuture<Integer> status = start(new Heard(), "log", "--follow");
        assertEquals("", next());
        happens(TestHouse.EDITOR, "/d/a\u001b\nb");
        assertEquals("2026-05-01 12:00:00  editor.desktop  refused  read  place:/d/a\\u{1b}\\u{a}b\n", next());
        ground.run("deny", "editor", "tcp:25");
        assertTrue(next().contains("changed  deny  connect,listen  tcp:25"));
        presence.leave();
        assertEquals(0, status.get(SECONDS, TimeUnit.SECONDS));
        assertEquals("", errors.toString());
    }

    @Test
    void onlyTheNamedAppIsToldAndForProgramsOneObjectALine() throws Exception {
        var _ = start(new Heard(), "watch", "editor", "--json");
        assertEquals("", next());
        happens(new AppId("viewer.desktop"), "/v");
        happens(TestHouse.EDITOR, "/e");
        String line = next();
        assertTrue(line.startsWith("{\"first\":\"2026-05-01T12:00:00Z\""), line);
        assertTrue(line.contains("place:/e"), line);
        assertEquals(1, line.lines().count());
    }

    @Test
    void watchingBeginsWithWhatIsSoAndSaysWhatToType() throws Exception {
        ground.running.add(CommandGround.session());
        ground.prompts.add(CommandGround.prompt());
        var _ = start(new Heard(), "watch");
        assertEquals("""
            Running now:
            editor.desktop  42  2026-05-01 12:00:00  a.txt
            “Editor” would like to see a\\u{1b}b. ("landgrant answer 3 allow|once|deny")
            """, next());
        happens(TestHouse.EDITOR, "/d/it's");
        assertTrue(next().endsWith("  (landgrant explain editor.desktop '/d/it'\\''s')\n"));
        ground.house.happens(Event.about(
                Event.Kind.ASKED,
                TestHouse.EDITOR,
                new Resource.TcpPort(1),
                Set.of(Access.CONNECT),
                CommandGround.NOON,
                Event.Who.APP));
        assertTrue(next().endsWith("  (landgrant answer 3 allow|once|deny)\n"));
    }

    @Test
    void whatWasBeforeComesFirstOldestFirst() throws Exception {
        ground.run("deny", "editor", "tcp:25");
        ground.run("deny", "editor", "tcp:26");
        var _ = start(new Heard(), "log", "--follow", "--since", "1d");
        List<String> lines = next().lines().toList();
        assertEquals(2, lines.size());
        assertTrue(lines.getFirst().endsWith("tcp:25"), lines.getFirst());
    }

    @Test
    void aSlowReaderMissesLinesAndIsTold() throws Exception {
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch stuck = new CountDownLatch(1);
        CompletableFuture<Integer> status = start(
                new Heard() {
                    @Override
                    public void flush() {
                        if (toString().contains("/0")) {
                            stuck.countDown();
                            await(reading);
                        }
                        super.flush();
                    }
                },
                "log",
                "-f");
        assertEquals("", next());
        happens(TestHouse.EDITOR, "/0");
        await(stuck);
        for (int at = 1; at <= Follow.MOST_WAITING + 7; at++) {
            happens(TestHouse.EDITOR, "/" + at);
        }
        reading.countDown();
        StringBuilder all = new StringBuilder();
        while (!all.toString().contains("/" + Follow.MOST_WAITING + "\n")) {
            all.append(next());
        }
        assertEquals(Follow.MOST_WAITING + 1, all.toString().lines().count());
        presence.leave();
        status.get(SECONDS, TimeUnit.SECONDS);
        assertEquals(
                "landgrant: 7 lines were left out, because they came faster than they were read.\n", errors.toString());
    }

    @Test
    void theEndOfTheAgentEndsItAndWhoLeftBeforeItBeganIsNoProblem() throws Exception {
        CompletableFuture<Integer> status = start(new Heard(), "log", "-f");
        assertEquals("", next());
        ground.commands.close();
        assertEquals(0, status.get(SECONDS, TimeUnit.SECONDS));
        presence.leave();
        assertEquals(0, start(new Heard(), "watch").get(SECONDS, TimeUnit.SECONDS));
    }

    @Test
    void wordsThatMakeNoSenseEndAtOnce() {
        assertEquals(2, ground.run("log", "-f", "--csv").status());
        assertEquals(1, ground.run("watch", "nosuch").status());
        assertEquals(2, ground.run("watch", "a", "b").status());
    }

    private void happens(AppId app, String path) {
        Instant now = CommandGround.NOON;
        ground.house.happens(Event.refused(new Denial(app, new Resource.Place(path), Access.READ, "ed", 1, now, now)));
    }

    private CompletableFuture<Integer> start(Writer out, String... words) {
        return CompletableFuture.supplyAsync(
                () -> ground.commands.run(0, List.of(words), out, errors, presence), threads);
    }

    private String next() throws InterruptedException {
        String text = flushed.poll(SECONDS, TimeUnit.SECONDS);
        return text == null ? "nothing came" : text;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** Hands over what was written, whenever it is flushed. */
    private class Heard extends StringWriter {
        @Override
        public void flush() {
            flushed.add(toString());
            getBuffer().setLength(0);
        }
    }
}
