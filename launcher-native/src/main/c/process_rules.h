/* Rules on /proc: the kernel gets those for reading, the supervisor serves writing (process_files.c). */
#ifndef LANDGRANT_PROCESS_RULES_H
#define LANDGRANT_PROCESS_RULES_H

#include "rules.h"

/* Calls `each` with every place where /proc is mounted, by its path. */
void process_folders(void (*each)(void *context, const char *path), void *context);

/* Whether the policy's rules give writing in /proc, directly or from above it, less its exceptions. */
bool rules_write_processes(const struct rules *rules);

/* Takes writing out of every rule for something in /proc. */
void rules_keep_processes(struct rules *rules);

#endif
