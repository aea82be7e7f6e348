package org.landgrant.kernel;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/**
 * Tries what the kernel refuses by itself, and first that nothing but the kernel refuses it.
 *
 * <p>A thread can never leave its confinement, and what it starts inherits it: helper threads, processes, and
 * their callbacks. So the confined thread is our own, calls nothing but the C library and ends. It must not
 * load a class either: one it could not read would stay unloadable for the whole process. Therefore the very
 * same code runs before it, unconfined, in another such thread, which is the counter-check at the same time.
 */
public final class KernelTrials implements AutoCloseable {
    private static final int UNTRIED = -1;
    private static final long PATIENCE_MILLISECONDS = 10_000;

    private final Libc libc;
    private final Trials trials;
    private final Confinement confinement;
    private final int abstractSocket;

    /** Also listens on the stage's abstract socket. */
    public KernelTrials(TrialStage stage, int abi) {
        libc = Trials.load();
        trials = new Trials(libc, stage);
        confinement = new Confinement(libc, abi, stage);
        abstractSocket = trials.listenAbstract();
    }

    /** How each trial ends without confinement: 0 when it was done, else an errno. */
    public Map<Trial, Integer> outside() throws InterruptedException {
        return run(false);
    }

    /** The same behind Landlock alone; empty where there is none. {@link #outside} goes before. */
    public Map<Trial, Integer> confined() throws InterruptedException {
        return run(true);
    }

    /** What was listening listens no more. */
    @Override
    public void close() {
        libc.close(abstractSocket);
    }

    private Map<Trial, Integer> run(boolean confine) throws InterruptedException {
        Trial[] all = Trial.values();
        int[] results = new int[all.length];
        Arrays.fill(results, UNTRIED);
        int ruleset = confinement.prepare();
        Thread thread =
                Thread.ofPlatform().daemon().name("self-test").start(() -> tryAll(all, results, confine, ruleset));
        thread.join(PATIENCE_MILLISECONDS);
        libc.close(ruleset);
        Map<Trial, Integer> ended = new EnumMap<>(Trial.class);
        for (int at = 0; at < all.length && !thread.isAlive(); at++) {
            if (results[at] != UNTRIED) {
                ended.put(all[at], results[at]);
            }
        }
        return ended;
    }

    private void tryAll(Trial[] all, int[] results, boolean confine, int ruleset) {
        // A descriptor that is none warms the same calls up and confines nobody.
        boolean entered = confinement.enter(confine ? ruleset : -1);
        if (entered != confine) {
            return;
        }
        for (int at = 0; at < all.length; at++) {
            if (trials.possible(all[at])) {
                results[at] = trials.attempt(all[at]);
            }
        }
    }
}
