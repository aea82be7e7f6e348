package org.landgrant.kernel;

import java.util.Optional;
import jnr.ffi.Runtime;

/**
 * Asks the kernel what it can enforce. Nothing is changed and no thread is confined by asking.
 *
 * <p>Source: landlock_create_ruleset(2) and the kernel's {@code userspace-api/landlock.rst}.
 *
 * @param facts what was found; version 0 when there is no Landlock
 * @param whyNone when there is none, the reason in one sentence for people
 */
public record KernelProbe(KernelFacts facts, Optional<String> whyNone) {
    private static final long CREATE_RULESET = 444;
    private static final int VERSION = 1;
    private static final int ERRATA = 2;

    private static final int EOPNOTSUPP = 95;
    private static final int ENOSYS = 38;

    /** Asks the running kernel. Loads the native library the first time, about 60 ms. */
    public static KernelProbe ask() {
        Libc libc = Trials.load();
        long version = libc.syscall(CREATE_RULESET, null, 0, VERSION);
        int error = version < 0 ? Runtime.getSystemRuntime().getLastError() : 0;
        long errata = version < 0 ? 0 : libc.syscall(CREATE_RULESET, null, 0, ERRATA);
        return read(version, error, errata);
    }

    /**
     * Makes sense of the kernel's answers.
     *
     * @param version Landlock's version, negative when the call failed
     * @param error the errno of that failure
     * @param errata the errata bits, negative where the kernel is too old to tell
     */
    static KernelProbe read(long version, int error, long errata) {
        if (version > 0) {
            return new KernelProbe(new KernelFacts((int) version, (int) Math.max(errata, 0)), Optional.empty());
        }
        String reason = switch (error) {
            case ENOSYS -> "This kernel was built without Landlock.";
            case EOPNOTSUPP -> "Landlock is switched off at boot; \"lsm=\" has to name it.";
            default -> "The kernel does not answer about Landlock (error " + error + ").";
        };
        return new KernelProbe(new KernelFacts(0, 0), Optional.of(reason));
    }
}
