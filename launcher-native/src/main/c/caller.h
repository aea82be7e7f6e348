/* Who calls: whether what we do in a caller's place is what the kernel would do for it. */
#ifndef LANDGRANT_CALLER_H
#define LANDGRANT_CALLER_H

#include <stdbool.h>
#include <sys/types.h>

/*
 * What the kernel would ask of a caller as of us. Same root folder, mounts and user namespace; same user,
 * group and groups for files; the same capabilities; the same label of other security modules. And no walls
 * of its own: a program that put further ones around a part of itself meant them.
 */
bool caller_is_like_us(pid_t thread);

/* The same, but it may live in a user namespace that one of the session made, as browsers put parts into. */
bool caller_is_like_us_inside(pid_t thread);

/* Whether its user, groups, capabilities and label are ours, whatever walls it has around itself. */
bool caller_has_our_powers(pid_t thread);

/* Whose memory of System V it names: ours and that of the user's other programs; that of a namespace which
 * the session made; or it cannot be told, also when its user or group is not ours. */
enum memory_space { MEMORY_OURS, MEMORY_APART, MEMORY_UNKNOWN };
enum memory_space caller_memory_space(pid_t thread);

/*
 * Whether this process has no capability, and one user and one group only: then so has every process it
 * starts without new privileges, as long as that stays in our user namespace.
 */
bool we_are_powerless(void);

/*
 * Whether it could be given one more descriptor, as it is now; true too when that cannot be told. The kernel
 * looks before it opens anything; who opens for somebody else has to look before what cannot be undone.
 */
bool caller_has_room(pid_t thread);

/* The caller's umask; false when it cannot be told. */
bool caller_umask(pid_t thread, mode_t *mask);

#endif
