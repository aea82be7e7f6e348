/* The environment an app is started with. */
#ifndef LANDGRANT_ENVIRONMENT_H
#define LANDGRANT_ENVIRONMENT_H

#include "policy.h"
#include "surroundings.h"

/*
 * The launcher's, less what nobody gets (scrub.c), less `unset`, with `set`, and with TMPDIR and the bus of
 * the session. NULL-terminated; of `inherited` where nothing changed.
 */
char **environment_make(const struct policy *policy, const struct rules *rules,
                        const struct surroundings *surroundings, char *const *inherited);

#endif
