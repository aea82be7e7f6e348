/* The system calls that ring the doorbell: their numbers by architecture and where their arguments stand. */
#ifndef LANDGRANT_CALLS_H
#define LANDGRANT_CALLS_H

#include <stddef.h>

enum call {
    CALL_OPEN,
    CALL_OPENAT2,
    CALL_CREAT,
    CALL_MAKE,   /* mkdir, mknod, symlink: something new at a path */
    CALL_REMOVE, /* unlink, rmdir */
    CALL_RENAME,
    CALL_LINK,
    CALL_TRUNCATE,
    CALL_EXEC,
    CALL_CONNECT,
    CALL_BIND,
};

enum { ARGUMENT_NONE = -1 };

struct trapped_call {
    enum call call;
    int x86_64, aarch64; /* -1: the architecture does not have it */
    signed char folder, path;
    signed char second_folder, second_path;
    signed char flags; /* for CALL_OPENAT2 a pointer to them */
};

extern const struct trapped_call TRAPPED_CALLS[];
extern const size_t TRAPPED_CALL_COUNT;

/* This architecture's number of a row, -1 when it has none. */
int call_number(const struct trapped_call *row);

/* The row of a number; NULL when the call is not trapped. */
const struct trapped_call *call_of(int number);

#endif
