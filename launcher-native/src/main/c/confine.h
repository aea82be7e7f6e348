/* What happens in the child between fork and the app's first instruction. */
#ifndef LANDGRANT_CONFINE_H
#define LANDGRANT_CONFINE_H

#include <signal.h>
#include <stdbool.h>
#include <stdnoreturn.h>

#include "filter.h"
#include "rules.h"
#include "sockets.h"

/* Everything a session needs to begin. */
struct confinement {
    const struct generation *generation;
    bool enforced[PROTECTIONS];
    bool needs_supervisor; /* the kernel alone would not enforce all of it */
    struct closing closing;
    struct socket_ways ways;
    struct rules rules;
    const struct guard *guards; /* GUARDS of them */
    char **words;               /* the app's command line */
    const char *program;        /* the file to run; NULL: looked up by the app's PATH */
    unsigned log_flags;         /* LL_LOG bits */
    char **environment;
    bool suggests_flags; /* sentences name the flag of `landgrant run` that would help */
};

/* What the child writes into the status pipe when the app could not be started; the pipe just closes when it
 * was. */
struct failure {
    int status;
    char sentence[4096];
};

/* What the child sends over the hand-over socket: with a listener attached, or silently. */
enum { HANDOVER_LISTENER = 'l', HANDOVER_SILENT = 's' };

/* In the child, single-threaded. Ends in the app, or writes a failure and exits. */
noreturn void confine_and_execute(const struct confinement *confinement, int handover, int status,
                                  pid_t parent, const sigset_t *signals);

#endif
