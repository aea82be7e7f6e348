/* The environment an app is started with. */
#ifndef LANDGRANT_ENVIRONMENT_H
#define LANDGRANT_ENVIRONMENT_H

#include "policy.h"

/* The launcher's, less `unset`, with `set` and TMPDIR. NULL-terminated. */
char **environment_make(const struct policy *policy, char *const *inherited);

#endif
