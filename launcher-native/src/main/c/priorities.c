/*
 * Priorities, schedulers and processors of another process or thread: only within the session. The number is
 * in a register, which nobody can change while the call waits; so what may be done goes on.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "broker.h"
#include "members.h"

/* Numbers mean other processes in a process namespace of one's own. */
static bool counts_like_us(pid_t thread) {
    char path[48];
    struct stat theirs, ours;
    snprintf(path, sizeof path, "/proc/%d/ns/pid", thread);
    return stat(path, &theirs) == 0 && stat("/proc/self/ns/pid", &ours) == 0 && theirs.st_ino == ours.st_ino;
}

void priorities_handle(struct request *request, struct reach *reach, struct verdict *verdict) {
    (void)reach;
    pid_t whom = (pid_t)request->arguments[request->row->mode];
    if (counts_like_us(request->thread) && whom != getpid() && is_of_session(whom)) {
        verdict_continue(verdict);
    } else {
        verdict_error(verdict, EPERM);
    }
}
