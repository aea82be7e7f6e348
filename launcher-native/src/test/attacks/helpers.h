/* What only some attacks need: a real bus, a real display; and small things of the runner. */
#ifndef LANDGRANT_ATTACKS_HELPERS_H
#define LANDGRANT_ATTACKS_HELPERS_H

#include <sys/types.h>

struct world;
struct outside;

struct helpers {
    pid_t bus, display;
};
/* NULL, or what this machine lacks. */
const char *helpers_start(struct helpers *helpers, unsigned needs, struct world *world, const char *token);
void helpers_stop(struct helpers *helpers);

/* The page that runner, services and victim share. */
struct outside *outside_make(void);
int outside_descriptor(void);

/* Characters that wait to be read at the other end of this terminal. */
int characters_waiting(int master);

/* Removes a folder's files as many programs do: through whatever lies at the path. */
void clear_carelessly(const char *folder);

#endif
