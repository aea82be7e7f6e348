/* Who calls: whether what we do in a caller's place is what the kernel would do for it. */
#ifndef LANDGRANT_CALLER_H
#define LANDGRANT_CALLER_H

#include <stdbool.h>
#include <sys/types.h>

/*
 * What the kernel would ask of a caller as of us. Same root folder, mounts and user namespace; same user,
 * group and groups for files; the same capabilities; the same label of other security modules. And no filter
 * of its own beyond ours: a program that put further walls around a part of itself meant them.
 */
bool caller_is_like_us(pid_t thread);

/*
 * Whether it has no filter beyond ours. One that has may be in a session within this one, whose rules of
 * Landlock nobody can see from outside.
 */
bool caller_is_walled_by_us_only(pid_t thread);

/*
 * Whether it could be given one more descriptor, as it is now; true too when that cannot be told. The kernel
 * looks before it opens anything; who opens for somebody else has to look before what cannot be undone.
 */
bool caller_has_room(pid_t thread);

/* The caller's umask; false when it cannot be told. */
bool caller_umask(pid_t thread, mode_t *mask);

#endif
