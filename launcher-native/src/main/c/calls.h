/* The system calls that ring the doorbell: their numbers by architecture, where their arguments stand, and
 * who answers them. */
#ifndef LANDGRANT_CALLS_H
#define LANDGRANT_CALLS_H

#include <stddef.h>

enum call {
    CALL_OPEN,
    CALL_OPENAT2,
    CALL_CREAT,
    CALL_MKDIR,
    CALL_MKNOD,
    CALL_SYMLINK, /* `path` is the new link, `second_path` the text in it */
    CALL_UNLINK,
    CALL_RMDIR,
    CALL_RENAME,
    CALL_LINK,
    CALL_TRUNCATE,
    CALL_EXEC,
    CALL_CONNECT,
    CALL_BIND,
    CALL_LISTEN,
    CALL_CHMOD,
    CALL_CHOWN,
    CALL_UTIME,   /* whole seconds */
    CALL_UTIMES,  /* microseconds */
    CALL_UTIMENS, /* nanoseconds */
    CALL_SETXATTR,
    CALL_REMOVEXATTR,
    CALL_RESTRICT, /* enters a further ruleset of Landlock */
    CALL_PRIORITY, /* rings only when it names another process or thread (filter.c); that stands in `mode` */
    CALL_MEMORY_MAKE,
    CALL_MEMORY_ATTACH,
    CALL_MEMORY_CONTROL,
    CALL_UNDUMPABLE, /* rings only when the caller wants to be closed to others (filter.c) */
};

/* ARGUMENT_NO_FOLLOW, for `flags`: there are none, and the last link of the path is not followed. */
enum { ARGUMENT_NONE = -1, ARGUMENT_NO_FOLLOW = -2 };

struct request;
struct reach;
struct verdict;

/* Judges a call and, where the session may, performs it; see broker.h. */
typedef void handler(struct request *request, struct reach *reach, struct verdict *verdict);

handler files_handle, exec_handle, sockets_handle, attributes_handle, walls_handle, priorities_handle,
    memory_handle, undumpable_handle;

struct trapped_call {
    enum call call;
    handler *handle;
    int x86_64, aarch64; /* -1: the architecture does not have it */
    signed char folder, path;
    signed char second_folder, second_path;
    signed char flags; /* for CALL_OPENAT2 a pointer to them */
    /* Of something new, with a device number behind it. For attributes the first of the values to set;
     * without a path they change the file of the descriptor in `folder`. */
    signed char mode;
};

extern const struct trapped_call TRAPPED_CALLS[];
extern const size_t TRAPPED_CALL_COUNT;

/* This architecture's number of a row, -1 when it has none. */
int call_number(const struct trapped_call *row);

/* The row of a number; NULL when the call is not trapped. */
const struct trapped_call *call_of(int number);

#endif
