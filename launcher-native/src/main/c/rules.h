/* A policy's lines turned into what the kernel takes: opened paths and ports. */
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

/*
 * Adds one file the user opened. Not folders (all below them would be granted), not what is protected, and
 * not a link that leads out of its folder: whoever may change the folder may have put it there.
 */
void rules_open_granted(const char *path, unsigned rights, const struct guard guards[GUARDS],
                        struct rules *rules);

/*
 * Adds what the launcher itself made and opened for the session; it keeps a descriptor of its own. False and
 * errno.
 */
bool rules_add_opened(int fd, unsigned rights, struct rules *rules);

/*
 * Whether an app under these rules could have put a link into `link_folder` to be given `end`: it may change
 * that folder, and the link leads out of what it may change there. Both canonical.
 */
bool rules_plant(const struct rules *rules, const char *link_folder, const char *end);

/*
 * Takes out rules that a symbolic link led to which an earlier run could have planted. Says so. Last step
 * before the rules are used.
 */
void rules_drop_planted(struct rules *rules);

void rules_free(struct rules *rules);

#endif
