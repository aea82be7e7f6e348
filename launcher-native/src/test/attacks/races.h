/* Races: the same words mean what is granted and what is not, in turns, while a call is answered. */
#ifndef LANDGRANT_ATTACKS_RACES_H
#define LANDGRANT_ATTACKS_RACES_H

#include <stddef.h>

struct race {
    const char *operation, *name; /* the name in both folders, or a new one */
    void (*attempt)(int folder, const char *path);
};
extern const struct race RACES[];
extern const size_t RACE_COUNT;

#endif
