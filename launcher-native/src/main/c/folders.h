/* The folders a policy asks to be made before its rules are opened. */
#ifndef LANDGRANT_FOLDERS_H
#define LANDGRANT_FOLDERS_H

#include <stdbool.h>
#include <stddef.h>

#include "rules.h"

/*
 * Makes the folders of `create` and `private-tmp`. A `create` that a link in a folder the app may change
 * leads out of it is not made, and said. False with a sentence in `problem`.
 */
bool folders_make(const struct policy *policy, char *problem, size_t problem_bytes);

#endif
