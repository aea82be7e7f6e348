/* Shared memory of System V that a session has of its own; see memory.c. */
#ifndef LANDGRANT_MEMORY_H
#define LANDGRANT_MEMORY_H

#include "broker.h"

/* What a session may have at a time. Pictures for a display of 8,192 times 4,320 points take 142 MB each. */
enum { MADE_MOST = 1024 };
#define BYTES_MOST ((size_t)2 << 30)

/* At the end of a session: removes what is left of it. */
void memory_end(void);

#endif
