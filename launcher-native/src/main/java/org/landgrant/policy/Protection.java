package org.landgrant.policy;

import java.util.Optional;

/**
 * What can be enforced, and since which version of Landlock; the same table as the launcher's (landlock.c,
 * enforce.c). Where the kernel's walls do not know TCP ports or abstract sockets yet, the supervisor acts in the
 * app's place, so that only signals need a newer kernel.
 *
 * <p>Source: Documentation/userspace-api/landlock.rst, “Previous limitations”.
 */
public enum Protection {
    FILES("files", 1, "5.13", "which files an app reaches"),
    CONNECT_TCP("connect-tcp", 1, "5.13", "which servers' ports an app connects to"),
    LISTEN_TCP("listen-tcp", 1, "5.13", "on which ports an app listens"),
    SIGNALS("signals", 6, "6.12", "which programs an app can end"),
    ABSTRACT_SOCKETS("abstract-sockets", 1, "5.13", "which unnamed sockets of other programs an app reaches"),
    /** Everywhere: where the kernel's walls do not know it, the launcher's filter of system calls refuses it. */
    UDP("udp", 0, "5.13", "whom an app sends single packets");

    private final String word;
    private final int landlockAbi;
    private final String linux;
    private final String what;

    Protection(String word, int landlockAbi, String linux, String what) {
        this.word = word;
        this.landlockAbi = landlockAbi;
        this.linux = linux;
        this.what = what;
    }

    /** The word in a policy. */
    public String word() {
        return word;
    }

    /** Whether a policy may say that a kernel cannot enforce it. */
    boolean canBeMissing() {
        return this != FILES && this != UDP;
    }

    /** Whether it is enforced on a kernel with that version of Landlock. */
    public boolean enforceableBy(int abi) {
        return abi >= landlockAbi;
    }

    /** Why it is missing on a kernel that cannot enforce it, with the Linux version that can. */
    public String missingReason() {
        return "This kernel cannot limit %s; Linux %s and newer can.".formatted(what, linux);
    }

    static Optional<Protection> ofWord(String word) {
        for (Protection protection : values()) {
            if (protection.word.equals(word)) {
                return Optional.of(protection);
            }
        }
        return Optional.empty();
    }
}
