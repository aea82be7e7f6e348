/* The seccomp filter: what is closed outright, and what rings the doorbell before it goes on. */
#ifndef LANDGRANT_FILTER_H
#define LANDGRANT_FILTER_H

/*
 * Puts the filter on the calling thread for good; no_new_privs must be set. Returns the listener
 * (close-on-exec); FILTER_SILENT when an outer session already listens, so that this one only closes; or -1
 * and errno.
 */
enum { FILTER_SILENT = -2 };
int filter_enter(void);

#endif
