package org.landgrant.ui;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.landgrant.grants.BookException;
import org.landgrant.grants.RefusedException;
import org.landgrant.prompts.Words;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries work away from the toolkit and its results back. Work is done one piece after the other in the
 * order it was given, whatever the executor behind it is, so that the last click wins.
 */
final class Tasks {
    private static final Logger LOG = LoggerFactory.getLogger(Tasks.class);

    private final Executor background;
    private final Executor toolkit;
    private final Words words;
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private boolean busy;

    Tasks(Executor background, Executor toolkit, Words words) {
        this.background = background;
        this.toolkit = toolkit;
        this.words = words;
    }

    /** Work without a result; a failure is told as one sentence, on the toolkit. */
    void run(Runnable work, Consumer<String> failed) {
        run(
                () -> {
                    work.run();
                    return Boolean.TRUE;
                },
                done -> {},
                failed);
    }

    /** Work with a result; the result, or a sentence about the failure, arrives on the toolkit. */
    <T> void run(Supplier<T> work, Consumer<T> done, Consumer<String> failed) {
        enqueue(() -> {
            try {
                T result = work.get();
                toolkit.execute(() -> done.accept(result));
            } catch (BookException | RefusedException expected) {
                String sentence = words.told(sentence(expected));
                toolkit.execute(() -> failed.accept(sentence));
            } catch (RuntimeException bug) {
                LOG.error("a bug in Landgrant: {}", bug.getClass().getName());
                LOG.debug("the bug in full", bug);
                String name = bug.getClass().getSimpleName();
                toolkit.execute(() -> failed.accept(words.say("banner.unexpected", name)));
            }
        });
    }

    /** On the toolkit, after everything that was asked for before. */
    void onToolkit(Runnable work) {
        toolkit.execute(work);
    }

    private static String sentence(RuntimeException expected) {
        String message = expected.getMessage();
        return message == null ? expected.getClass().getSimpleName() : message;
    }

    private void enqueue(Runnable work) {
        synchronized (waiting) {
            waiting.add(work);
            if (busy) {
                return;
            }
            busy = true;
        }
        background.execute(this::drain);
    }

    private void drain() {
        for (Runnable work = next(); work != null; work = next()) {
            work.run();
        }
    }

    private @Nullable Runnable next() {
        synchronized (waiting) {
            Runnable work = waiting.poll();
            busy = work != null;
            return work;
        }
    }
}
