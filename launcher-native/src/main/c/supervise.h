/* A session from fork to the end of its last process. */
#ifndef LANDGRANT_SUPERVISE_H
#define LANDGRANT_SUPERVISE_H

#include <stdbool.h>

#include "agent.h"
#include "bus_log.h"
#include "confine.h"
#include "console.h"
#include "denials.h"
#include "surroundings.h"

struct session {
    const struct confinement *confinement;
    struct agent *agent;                     /* NULL: no agent knows of it */
    const struct surroundings *surroundings; /* NULL: nothing is handed on */
    struct console *console;                 /* NULL: nobody is told or asked meanwhile */
    struct denials denials;
    struct bus_log bus;
    int wait_status;
    bool reopen;
};

/*
 * Starts the app and stays until its last process has ended. 0, or our own exit status with the sentence
 * already said, when the app could not be started.
 */
int session_run(struct session *session);

/* Leaves as the app's first process did: with its exit status, or by its signal. */
noreturn void leave_like(int wait_status);

#endif
