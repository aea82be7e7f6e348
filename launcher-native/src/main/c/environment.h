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

/* The launcher's with what the policy sets, for a run without limits. */
char **environment_with(const struct policy *policy, char *const *inherited);

/* Nothing but what the policy sets, and TMPDIR where `tmp` is not NULL. */
char **environment_from_nothing(const struct policy *policy, const char *tmp);

#endif
