package org.landgrant.policy;

import java.util.Optional;

/**
 * What a kernel can be asked to enforce; kernel generations are the rows of this table.
 *
 * <p>Source: Documentation/userspace-api/landlock.rst, “Previous limitations”.
 */
public enum Protection {
    FILES("files", 1, "5.13", "which files an app reaches"),
    CONNECT_TCP("connect-tcp", 4, "6.7", "which servers' ports an app connects to"),
    LISTEN_TCP("listen-tcp", 4, "6.7", "on which ports an app listens"),
    SIGNALS("signals", 6, "6.12", "which programs an app can end"),
    ABSTRACT_SOCKETS("abstract-sockets", 6, "6.12", "which unnamed sockets of other programs an app reaches"),
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

    /** Whether a kernel with that version of Landlock can enforce it. */
    public boolean enforceableBy(int abi) {
        return abi >= landlockAbi;
    }

    /** Why it is missing on a kernel that cannot enforce it, with the Linux version that can. */
    public String missingReason() {
        return "This kernel cannot limit " + what + "; Linux " + linux + " and newer can.";
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
