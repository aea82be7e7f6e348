/* A policy's lines turned into what the kernel takes: opened paths and ports. */
#ifndef LANDGRANT_RULES_H
#define LANDGRANT_RULES_H

#include <stdbool.h>
#include <stddef.h>

#include "denials.h"
#include "landlock.h"
#include "policy.h"
#include "protected.h"

/* A folder only the supervisor can give, because something below it is excepted; and such an exception. */
struct served {
    char *path; /* canonical */
    unsigned rights;
};
struct except {
    char *path; /* canonical, also when it does not exist yet */
    unsigned rights;
};

/* What the user is asked about: refused things of this kind, files at or below the path. */
struct ask {
    enum denial_kind kind;
    char *path; /* NULL for ports */
};

struct rules {
    struct rule *list; /* what the kernel gives */
    size_t count;
    uint16_t *connect, *listen;
    size_t connects, listens;
    struct served *served;
    size_t served_count;
    struct except *excepts;
    size_t except_count;
    struct ask *asks;
    size_t ask_count;
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
