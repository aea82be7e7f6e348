/* A policy's lines turned into what the kernel takes: opened paths, ports, folders made, an environment. */
#ifndef LANDGRANT_RULES_H
#define LANDGRANT_RULES_H

#include <stdbool.h>
#include <stddef.h>

#include "landlock.h"
#include "policy.h"
#include "protected.h"

struct rules {
    struct rule *list;
    size_t count;
    uint16_t *connect, *listen;
    size_t connects, listens;
};

/*
 * Opens every path of the policy. A path that does not exist is skipped, or an error when `missing_is_error`.
 * False with a sentence in `problem`.
 */
bool rules_open(const struct policy *policy, const struct guard guards[GUARDS], bool missing_is_error,
                struct rules *rules, char *problem, size_t problem_bytes);

/* Adds one file the user opened, if it can be and is not protected. */
void rules_open_granted(const char *path, unsigned rights, const struct guard guards[GUARDS],
                        struct rules *rules);

/*
 * Takes out rules whose name lies in a folder the app may change but leads out of it: an earlier run may have
 * put a symbolic link there to be granted its target. Says so. Last step before the rules are used.
 */
void rules_drop_planted(struct rules *rules);

/* Makes the folders of `create` and `private-tmp`. False with a sentence in `problem`. */
bool folders_make(const struct policy *policy, char *problem, size_t problem_bytes);

/* The app's environment: the launcher's, less `unset`, with `set` and TMPDIR. NULL-terminated. */
char **environment_make(const struct policy *policy, char *const *inherited);

#endif
