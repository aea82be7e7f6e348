package org.landgrant.kernel;

import jnr.ffi.Pointer;
import jnr.ffi.annotations.In;
import jnr.ffi.types.size_t;
import jnr.ffi.types.u_int32_t;
import org.jspecify.annotations.Nullable;

/**
 * What the trials need of the C library, under its own names; public because jnr-ffi implements it. Texts are
 * given as pointers, so that no call encodes anything once a thread is confined.
 */
public interface Libc {
    /** syscall(2) with the arguments of landlock_create_ruleset(2). */
    long syscall(long number, @In @Nullable Pointer attributes, @size_t long size, @u_int32_t int flags);

    /** syscall(2) with four numbers; an address is a number. */
    long syscall(long number, long first, long second, long third, long fourth);

    /** prctl(2). */
    int prctl(int option, long second, long third, long fourth, long fifth);

    /** open(2). */
    int open(@In Pointer path, int flags, int mode);

    /** close(2). */
    int close(int descriptor);

    /** mkdir(2). */
    int mkdir(@In Pointer path, int mode);

    /** rmdir(2). */
    int rmdir(@In Pointer path);

    /** truncate(2). */
    int truncate(@In Pointer path, long length);

    /** chmod(2). */
    int chmod(@In Pointer path, int mode);

    /** socket(2). */
    int socket(int domain, int type, int protocol);

    /** connect(2). */
    int connect(int descriptor, @In Pointer address, int length);

    /** bind(2). */
    int bind(int descriptor, @In Pointer address, int length);

    /** listen(2). */
    int listen(int descriptor, int backlog);

    /** sendto(2). */
    long sendto(
            int descriptor, @In Pointer bytes, @size_t long count, int flags, @In Pointer address, int addressLength);

    /** kill(2). */
    int kill(int process, int signal);
}
