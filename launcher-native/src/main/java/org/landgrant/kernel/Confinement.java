package org.landgrant.kernel;

import jnr.ffi.Memory;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;

/**
 * Puts the calling thread behind everything this kernel's Landlock can refuse, for good; only {@code granted}
 * may be read.
 *
 * <p>Source: Documentation/userspace-api/landlock.rst; the table is the launcher's (landlock.c).
 */
final class Confinement {
    private static final long CREATE_RULESET = 444;
    private static final long ADD_RULE = 445;
    private static final long RESTRICT_SELF = 446;
    private static final int PR_SET_NO_NEW_PRIVS = 38;
    private static final int PATH_BENEATH = 1;
    private static final int O_PATH_CLOEXEC = 0x280000;

    private static final long READ_FILE = 1 << 2;
    private static final long READ_DIR = 1 << 3;
    private static final int ATTRIBUTE_BYTES = 24;
    private static final int RULE_BYTES = 12;

    private final Libc libc;
    private final Pointer attribute;
    private final int attributeBytes;
    private final Pointer rule;
    private final Pointer granted;

    Confinement(Libc libc, int abi, TrialStage stage) {
        this.libc = libc;
        Runtime runtime = Runtime.getRuntime(libc);
        attribute = Memory.allocateDirect(runtime, ATTRIBUTE_BYTES, true);
        attribute.putLong(0, files(abi));
        attribute.putLong(8, ports(abi));
        attribute.putLong(16, abi >= 6 ? 3 : 0);
        attributeBytes = abi < 4 ? 8 : abi < 6 ? 16 : ATTRIBUTE_BYTES;
        rule = Memory.allocateDirect(runtime, RULE_BYTES, true);
        rule.putLong(0, READ_FILE | READ_DIR);
        byte[] path = stage.granted().toString().getBytes(java.nio.charset.StandardCharsets.UTF_8);
        granted = Memory.allocateDirect(runtime, path.length + 1, true);
        granted.put(0, path, 0, path.length);
    }

    /** The rights on files a Landlock of that version knows, as the bits of {@code handled_access_fs}. */
    static long files(int abi) {
        long bits = (1 << 13) - 1;
        bits |= abi >= 2 ? 1 << 13 : 0;
        bits |= abi >= 3 ? 1 << 14 : 0;
        bits |= abi >= 5 ? 1 << 15 : 0;
        return bits | (abi >= 9 ? 1 << 16 : 0);
    }

    /** The same for ports, as the bits of {@code handled_access_net}: TCP, then UDP. */
    static long ports(int abi) {
        return abi >= 10 ? 0xf : abi >= 4 ? 3 : 0;
    }

    /** Everything but the last step, which is the one that cannot be undone; a ruleset's descriptor or negative. */
    int prepare() {
        int ruleset = (int) libc.syscall(CREATE_RULESET, attribute, attributeBytes, 0);
        int folder = libc.open(granted, O_PATH_CLOEXEC, 0);
        rule.putInt(8, folder);
        long added = libc.syscall(ADD_RULE, ruleset, PATH_BENEATH, rule.address(), 0);
        libc.close(folder);
        return added == 0 ? ruleset : -1;
    }

    /** Whether the calling thread is behind it now, and for as long as it lives. */
    boolean enter(int ruleset) {
        return libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && libc.syscall(RESTRICT_SELF, ruleset, 0, 0, 0) == 0;
    }
}
