/*
 * One trapped call on its way through the supervisor: the request as it was copied, and the verdict on it.
 *
 * A worker receives a call, copies what it names once, and gives it to the handler of its row. Nothing is
 * read from the app's memory again while the call is handled, because the app can change it at any time. A
 * handler may be run a second time on the same copy, after the user has answered.
 */
#ifndef LANDGRANT_BROKER_H
#define LANDGRANT_BROKER_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "calls.h"
#include "denials.h"
#include "reach.h"
#include "util.h"

struct request {
    uint64_t id;
    int listener;
    pid_t thread; /* as we see it; a number that may have gone to a stranger unless request_is_alive() */
    const struct trapped_call *row;
    uint64_t arguments[6];
    char program[PROGRAM_BYTES]; /* of the process; "" until somebody needs it */

    /* What the handler copied from the app's memory, once; freed with the request. */
    bool copied;
    char *first, *second; /* the paths as the app wrote them; NULL when there is none */
    uint8_t *bytes;       /* anything else: an open_how, an address */
    size_t byte_count;

    /*
     * The leader may handle a call itself as long as nothing has to be waited for, not even a disk. A handler
     * of files that finds it would have to sets `later`, and is run again by somebody who may wait.
     */
    bool prompt, later;

    uint64_t judged_at;     /* questions_now() before it was judged */
    int refusal;            /* while it is parked; as in its verdict */
    unsigned asked;         /* how often the user was asked about this call */
    struct wish *asked_for; /* what last; NULL: nothing yet */
    struct request *next;   /* in whatever list holds it */
};

enum outcome {
    OUTCOME_CONTINUE, /* the kernel decides; only where Landlock itself judges the real call */
    OUTCOME_ANSWER,   /* `value`, or -1 and `error` when that is not 0 */
    OUTCOME_INJECT,   /* `fd` becomes the app's, atomically with the answer; closed here afterwards */
    OUTCOME_WANTS,    /* refused unless `wish` is granted; asked about when the policy says so */
};

struct verdict {
    enum outcome outcome;
    int64_t value;
    int error;         /* an errno, positive */
    int fd;            /* of OUTCOME_INJECT */
    unsigned fd_flags; /* O_CLOEXEC or 0 */
    struct wish wish;
    bool only_told; /* of OUTCOME_WANTS: nobody is asked, because no answer would help this call */
    int refusal;    /* of OUTCOME_WANTS: 0 = continue (Landlock refuses by itself), else the errno */
};

/* The short forms of writing a verdict. The first is what every verdict starts as. */
void verdict_continue(struct verdict *verdict);
void verdict_answer(struct verdict *verdict, int64_t value);
void verdict_error(struct verdict *verdict, int error);
void verdict_inject(struct verdict *verdict, int fd, unsigned fd_flags);
void verdict_wants(struct verdict *verdict, enum denial_kind kind, char access, const char *what,
                   bool needs_folder, int refusal);

/*
 * Whether the caller still waits for this call. What was read from /proc/THREAD or through its descriptors
 * belongs to the caller only if this is true afterwards.
 */
bool request_is_alive(const struct request *request);

/*
 * Between these two the handler may be stopped for long by what it does for the app (a FIFO nobody writes to,
 * a connection). False: too many are already; then answer EAGAIN. A blocked handler is woken with EINTR when
 * its caller has died.
 */
bool request_may_block(struct request *request);
void request_has_blocked(struct request *request);

void request_free(struct request *request);

#endif
