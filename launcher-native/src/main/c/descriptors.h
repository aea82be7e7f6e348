/* Closing descriptors we did not open ourselves. */
#ifndef LANDGRANT_DESCRIPTORS_H
#define LANDGRANT_DESCRIPTORS_H

#include <stdbool.h>

/*
 * Every descriptor from `first` on is closed, now or by the next execve. False and errno when some may be
 * left open.
 */
bool close_from(int first, bool at_execve);

/* The same without close_range, which a filter around us may refuse; needs /proc. */
bool close_from_by_looking(int first, bool at_execve);

#endif
