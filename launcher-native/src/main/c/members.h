/* Whose a process is: of this session, or a stranger's. */
#ifndef LANDGRANT_MEMBERS_H
#define LANDGRANT_MEMBERS_H

#include <stdbool.h>
#include <sys/types.h>

/*
 * Whether the thread's process was started, however indirectly, by one that we started; orphans are ours too.
 * The number is one of our process namespace. Never true for ourselves.
 */
bool is_of_session(pid_t thread);

#endif
