/*
 * Walls that a program puts around itself, or a part of itself, within the session: a further ruleset of
 * Landlock. Nobody can see one from outside, so whatever we did for such a caller would go through it. (A
 * further seccomp filter needs no care: the kernel asks all of them, and the strictest answer counts, before
 * a call comes to us.)
 *
 * So entering a ruleset rings the doorbell, and the caller's process is marked before the call goes on. The
 * mark is a limit the kernel keeps but does not use, RLIMIT_LOCKS, one lower than ours: every descendant has
 * it too, whoever is its parent later, and no one without CAP_SYS_RESOURCE can raise it again. Where that
 * could be undone, or cannot be done, the whole session counts as walled from then on.
 */
#ifndef LANDGRANT_WALLS_H
#define LANDGRANT_WALLS_H

#include <stdbool.h>
#include <sys/types.h>

/* Before the first call is handled. */
void walls_begin(void);

/* Whether the thread has no further walls, so that we may do for it what the session may. */
bool walls_are_ours(pid_t thread);

#endif
