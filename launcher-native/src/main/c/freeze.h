/*
 * Holds a whole session still while its user is asked in the terminal it runs in: nobody of it can write over
 * the question then, take what is typed, or change the terminal.
 */
#ifndef LANDGRANT_FREEZE_H
#define LANDGRANT_FREEZE_H

#include <stdbool.h>

#include "tree.h"

struct frozen {
    struct tree already; /* who had been stopped by somebody else, and stays so */
    bool still;
};

/*
 * Stops every descendant of this process and waits until all of them hold still. False when some do not
 * within `patience` milliseconds; then everybody goes on.
 */
bool freeze(struct frozen *frozen, int patience);

/* Lets them go on. */
void thaw(struct frozen *frozen);

#endif
