/*
 * What no app gets from the environment of whoever started it, under any policy and in `run`: variables that
 * load foreign code, hand over secrets, or lead to sockets the session may not reach. The one list is in
 * scrub.c; templates name only what is special to their apps.
 */
#ifndef LANDGRANT_SCRUB_H
#define LANDGRANT_SCRUB_H

#include <stdbool.h>

#include "rules.h"

/* Whether this entry ("NAME=value") is taken out. Looks at files: a value may be the path of a socket. */
bool is_scrubbed(const char *entry, const struct rules *rules);

/* The same for a name alone, by the list. */
bool is_scrubbed_name(const char *name);

#endif
