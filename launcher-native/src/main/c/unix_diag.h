/* What the kernel knows about the Unix sockets of this network namespace. Needs no privilege. */
#ifndef LANDGRANT_UNIX_DIAG_H
#define LANDGRANT_UNIX_DIAG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* One socket that can be connected or sent to; `name` (not NUL-terminated) as it was bound, "" without. */
struct bound_socket {
    uint64_t cookie; /* SO_COOKIE: never given twice while the machine runs */
    bool has_file;
    uint32_t file,
        device; /* the low half of the file's inode number; device as in mountinfo: 12 bits, 20 bits */
    const char *name;
    size_t name_bytes;
};

/*
 * Calls `each` with every bound socket. False when that could not be told to the end; then nothing of what
 * was told may be relied on.
 */
bool unix_sockets(void (*each)(void *context, const struct bound_socket *socket), void *context);

#endif
