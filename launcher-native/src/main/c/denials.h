/* Refusals of a session, gathered by kind, access and what was refused, with a count. Bounded. */
#ifndef LANDGRANT_DENIALS_H
#define LANDGRANT_DENIALS_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { DENIALS_MOST = 1024, PROGRAM_BYTES = 16 };

enum denial_kind { DENIED_FILE, DENIED_CONNECT, DENIED_LISTEN, DENIED_BUS };

struct denial {
    enum denial_kind kind;
    char access;       /* r w x; of a bus name r: talking to it, w: having it */
    bool needs_folder; /* the right is needed on the folder the path lies in */
    char *what;        /* canonical path, port or bus name */
    char program[PROGRAM_BYTES];
    uint64_t count;
    int64_t last; /* ms since 1970 */
    uint64_t hash;
};

struct denials {
    pthread_mutex_t lock; /* held by these functions, and by whoever reads the list while others add */
    struct denial *list;  /* oldest first */
    size_t count;
    uint64_t dropped; /* those beyond DENIALS_MOST */
};

/* One more refusal; `what` is copied. */
void denials_add(struct denials *denials, enum denial_kind kind, char access, const char *what,
                 bool needs_folder, const char *program, int64_t when);

/* How many there are. */
size_t denials_count(struct denials *denials);

/* With the lock: forgets the first `count`. */
void denials_drop(struct denials *denials, size_t count);

#endif
