/* Who else is in our terminal. */
#ifndef LANDGRANT_COMPANY_H
#define LANDGRANT_COMPANY_H

#include <stdbool.h>

/*
 * Whether an app that we confine was started in the terminal that we read from or write to, and still runs.
 * It could write over what we print there, stop its output, and take what is typed. True also when that
 * cannot be found out.
 */
bool company_is_there(void);

/* The terminal of a process with that name, from what /proc/PID/stat says; 0 for none and for others. */
int company_terminal(const char *stat, const char *name);

#endif
