/*
 * The doorbell. A thread of its own does nothing but take trapped calls, copy their arguments, let them go on
 * and hand the copies over. It never decides anything: CONTINUE is safe because Landlock judges the real
 * call.
 */
#ifndef LANDGRANT_RECEIVE_H
#define LANDGRANT_RECEIVE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "calls.h"
#include "denials.h"
#include "mirror.h"

enum { RING_BYTES = 262144 };

/* A copied call. Paths are absolute but as the app wrote them. */
struct attempt {
    enum call call;
    pid_t thread;
    uint64_t flags;
    unsigned port; /* CALL_CONNECT and CALL_BIND: refused port */
    uint16_t first_bytes, second_bytes;
    char program[PROGRAM_BYTES];
};

struct doorbell;

/* Starts the thread on a seccomp listener, which now belongs to it. NULL and errno when it cannot be. */
struct doorbell *doorbell_start(int listener, const struct mirror *mirror);

/* Becomes readable when there are attempts. */
int doorbell_fd(const struct doorbell *doorbell);

/*
 * Calls `each` with every attempt that waits. `first` and `second` are NUL-terminated, "" when the call has
 * no such path.
 */
void doorbell_take(struct doorbell *doorbell,
                   void (*each)(void *context, const struct attempt *attempt, const char *first,
                                const char *second),
                   void *context);

/* How many attempts were lost because the ring was full. */
uint64_t doorbell_lost(struct doorbell *doorbell);

#endif
