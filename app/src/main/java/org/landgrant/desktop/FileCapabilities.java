package org.landgrant.desktop;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;

/**
 * Whether a program has file capabilities. They live in an extended attribute of the {@code security}
 * name space, which Java's file API does not reach.
 *
 * <p>Source: capabilities(7), getxattr(2).
 */
final class FileCapabilities {
    private static final MethodHandle GETXATTR = getxattr();

    private FileCapabilities() {}

    static boolean has(Path program) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment path = arena.allocateFrom(program.toString());
            MemorySegment name = arena.allocateFrom("security.capability");
            // A size of 0 asks only how long the value is; -1 is "none" or "not for us to know".
            return (long) GETXATTR.invokeExact(path, name, MemorySegment.NULL, 0L) > 0;
        } catch (Throwable impossible) {
            throw new IllegalStateException("getxattr could not be called: our own bug", impossible);
        }
    }

    @SuppressWarnings("restricted")
    private static MethodHandle getxattr() {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(
                linker.defaultLookup().findOrThrow("getxattr"),
                FunctionDescriptor.of(
                        ValueLayout.JAVA_LONG,
                        ValueLayout.ADDRESS,
                        ValueLayout.ADDRESS,
                        ValueLayout.ADDRESS,
                        ValueLayout.JAVA_LONG));
    }
}
