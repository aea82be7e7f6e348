package org.landgrant.denials;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.landgrant.grants.Access;
import org.landgrant.grants.AppId;
import org.landgrant.grants.Denial;
import org.landgrant.grants.Resource;

class DenialGathererTest {
    private static final AppId APP = new AppId("editor.desktop");
    private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");

    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
    private final DenialGatherer gatherer = new DenialGatherer(scheduler, Runnable::run);
    private final List<List<Denial>> batches = Collections.synchronizedList(new ArrayList<>());

    @AfterEach
    void stop() {
        gatherer.close();
        scheduler.shutdownNow();
    }

    @Test
    void whatWasRefusedOftenIsHandedOverOnceWithACount() {
        gatherer.watch(batches::add);
        for (int i = 0; i < 1_000; i++) {
            gatherer.add(denial("/home/a/secret", NOON.plusSeconds(i)));
        }
        gatherer.flush();

        List<Denial> all = batches.stream().flatMap(List::stream).toList();
        assertEquals(1_000, all.stream().mapToLong(Denial::count).sum());
        assertEquals(NOON, all.getFirst().first());
        assertEquals(NOON.plusSeconds(999), all.getLast().last());
        assertTrue(all.size() < 20, "handed over " + all.size() + " times");
    }

    @Test
    void differentRefusalsKeepTheirOrderAndNothingIsHandedOverTwice() {
        gatherer.watch(batches::add);
        gatherer.add(denial("/b", NOON));
        gatherer.add(denial("/a", NOON));
        gatherer.flush();
        gatherer.flush();

        List<Resource> places =
                batches.stream().flatMap(List::stream).map(Denial::resource).toList();
        assertEquals(List.of(new Resource.Place("/b"), new Resource.Place("/a")), places);
    }

    @Test
    void aBatchComesByItself() throws InterruptedException {
        CountDownLatch handed = new CountDownLatch(1);
        gatherer.watch(batch -> handed.countDown());
        gatherer.add(denial("/a", NOON));

        assertTrue(handed.await(10, TimeUnit.SECONDS), "no batch came");
    }

    @Test
    void aStormOfDifferentRefusalsIsBounded() {
        try (ExecutorService threads = Executors.newSingleThreadExecutor();
                DenialGatherer slow = new DenialGatherer(scheduler, threads)) {
            CountDownLatch storm = new CountDownLatch(1);
            threads.execute(() -> awaitQuietly(storm));
            slow.watch(batches::add);
            for (int i = 0; i < 3 * DenialGatherer.MOST_KEYS; i++) {
                slow.add(denial("/file" + i, NOON));
            }
            slow.add(denial("/file0", NOON));
            slow.flush();
            storm.countDown();

            assertEquals(DenialGatherer.MOST_KEYS, batches.getFirst().size());
            assertEquals(2, batches.getFirst().getFirst().count());
        }
    }

    @Test
    void oneFailingWatcherCostsTheOthersNothing() {
        gatherer.watch(batch -> {
            throw new IllegalStateException("on purpose");
        });
        gatherer.watch(batches::add);
        gatherer.add(denial("/a", NOON));
        gatherer.flush();
        gatherer.add(denial("/b", NOON));
        gatherer.flush();

        assertEquals(2, batches.stream().mapToInt(List::size).sum());
    }

    @Test
    void closingHandsOverWhatStillWaits() {
        AtomicLong seen = new AtomicLong();
        DenialGatherer closing = new DenialGatherer(scheduler, Runnable::run);
        closing.watch(batch -> seen.addAndGet(batch.size()));
        closing.add(denial("/a", NOON));
        closing.close();

        assertEquals(1, seen.get());
    }

    private static Denial denial(String path, Instant at) {
        return new Denial(APP, new Resource.Place(path), Access.READ, "editor", 1, at, at);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
