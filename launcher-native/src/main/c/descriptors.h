/* Closing descriptors we did not open ourselves, and handing one to another program. */
#ifndef LANDGRANT_DESCRIPTORS_H
#define LANDGRANT_DESCRIPTORS_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Every descriptor from `first` on is closed, now or by the next execve. False and errno when some may be
 * left open.
 */
bool close_from(int first, bool at_execve);

/* The same without close_range, which a filter around us may refuse; needs /proc. */
bool close_from_by_looking(int first, bool at_execve);

/*
 * Sends `length` bytes and, unless it is negative, a descriptor with them. No signal where nobody receives;
 * false and errno when not all of it went. `flags` as of sendmsg.
 */
bool send_with(int socket, const void *bytes, size_t length, int fd, int flags);

#endif
