package org.landgrant.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.landgrant.grants.RefusedException;
import org.landgrant.prompts.Words;

class TasksTest {
    private final Queue<Runnable> pool = new ArrayDeque<>();
    private final List<String> said = new ArrayList<>();
    private final Tasks tasks = new Tasks(pool::add, Runnable::run, new Words(Locale.ENGLISH));

    @Test
    void workIsDoneInOrderByOneThreadAtATime() {
        tasks.run(() -> said.add("first"), said::add);
        tasks.run(() -> said.add("second"), said::add);
        assertEquals(1, pool.size(), "the pool sees one piece of work only");
        pool.remove().run();
        assertEquals(List.of("first", "second"), said);
        tasks.run(() -> said.add("third"), said::add);
        pool.remove().run();
        assertEquals("third", said.getLast());
    }

    @Test
    void aRefusalIsToldInItsOwnWordsAndTheNextWorkIsDone() {
        tasks.run(
                () -> {
                    throw new RefusedException("No.");
                },
                said::add);
        tasks.run(() -> said.add("next"), said::add);
        pool.remove().run();
        assertEquals(List.of("No.", "next"), said);
    }

    @Test
    void aFailureIsToldInThePersonsLanguage() {
        new Tasks(Runnable::run, Runnable::run, new Words(Locale.JAPANESE))
                .run(
                        () -> {
                            throw new RefusedException("The app is not installed any more.");
                        },
                        said::add);
        assertEquals(List.of("このアプリはもうインストールされていません。"), said);
    }

    @Test
    void aBugIsCalledOne() {
        tasks.run(
                () -> {
                    throw new IllegalStateException("/home/anna/private");
                },
                said::add);
        pool.remove().run();
        assertEquals(
                List.of("Something unexpected went wrong in Landgrant (IllegalStateException). Nothing was changed."),
                said);
    }

    @Test
    void aStormOfEventsIsHandedOverOnce() {
        List<Set<Integer>> bulks = new ArrayList<>();
        Gathered<Integer> gathered = new Gathered<>(pool::add, bulks::add);
        for (int event = 0; event < 10_000; event++) {
            gathered.add(event % 3);
        }
        assertEquals(1, pool.size());
        pool.remove().run();
        gathered.add(7);
        pool.remove().run();
        assertEquals(List.of(Set.of(0, 1, 2), Set.of(7)), bulks);
    }
}
