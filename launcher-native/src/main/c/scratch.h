/*
 * A folder for one session, in a base folder that sessions share. It is locked while its launcher lives, so
 * that whoever comes next can tell what a killed launcher left behind from what is in use.
 */
#ifndef LANDGRANT_SCRATCH_H
#define LANDGRANT_SCRATCH_H

#include <stdbool.h>

#include "util.h"

/* An unpredictable name: 16 hex digits. */
enum { SCRATCH_NAME_BYTES = 17 };

struct scratch {
    int base, folder; /* opened for listing; the lock lies on `folder`; -1: there is none */
    char name[SCRATCH_NAME_BYTES];
    char path[PATH_BYTES]; /* canonical */
};

/*
 * Clears away what killed launchers left in `base`, a real folder of this user that no app may change, and
 * makes a new folder in it (mode 0700). False and errno; `scratch` then holds none.
 */
bool scratch_make(const char *base, struct scratch *scratch);

/* Removes the folder, but what has a name that begins so: that stays until the next launch clears it away. */
void scratch_leave(struct scratch *scratch, const char *kept);

/* Removes the folder with everything in it, as far as that goes. Also without one. */
void scratch_remove(struct scratch *scratch);

#endif
