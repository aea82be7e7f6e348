/* A child whose calls really ring: the kernel traps them, the test handles them as a worker would. */
#ifndef LANDGRANT_TRAPPED_H
#define LANDGRANT_TRAPPED_H

#include "broker.h"

enum { ANSWERS_MOST = 128, WISHES_MOST = 16 };

/* What the child saw and what was wished for meanwhile; shared with the child. */
struct trapped {
    int answers[ANSWERS_MOST]; /* 0 or an errno each */
    size_t count;
    struct wish wishes[WISHES_MOST]; /* the first ones */
    size_t wish_count;
    const char *folder;
};

/* Whether calls on files are judged too, or left to the kernel. */
extern bool trapped_files;

/* Notes how a call ended. */
void note(struct trapped *trapped, long result);

/* Runs `app` in a child. Without a reach it runs freely, as the kernel has it. */
struct trapped *run_trapped(void (*app)(struct trapped *trapped), const char *folder, struct reach *reach);
void trapped_free(struct trapped *trapped);

#endif
