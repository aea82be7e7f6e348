/* The rules of a file, put before those of the command line. */
#ifndef LANDGRANT_PROFILE_H
#define LANDGRANT_PROFILE_H

#include "options.h"

/* Reads --profile, if there is one; its command is taken when none is given. False with a sentence. */
bool profile_take(struct run_options *options, char *problem, size_t problem_bytes);

#endif
