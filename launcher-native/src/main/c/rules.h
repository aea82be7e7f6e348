/* A policy's lines turned into what the kernel takes: opened paths and ports. */
#ifndef LANDGRANT_RULES_H
#define LANDGRANT_RULES_H

#include <stdbool.h>
#include <stddef.h>

#include "denials.h"
#include "landlock.h"
#include "policy.h"
#include "protected.h"

struct rules {
    struct rule *list; /* what the kernel gets; one of them is enough for a right */
    size_t count;
    bool sorted; /* by path: after rules_except() */

    /*
     * Folders that have an exception below them and so no rule of their own for these rights: whoever serves
     * the session lists them and makes new entries in them itself. The rights hold at the path and below,
     * where no exception below the path takes them away, see mirror_served().
     */
    struct served {
        char *path;
        unsigned rights;
    } * served;
    size_t served_count;

    /* Rights that no rule above the path gives, for it and all below it; the path may not exist (yet). */
    struct except {
        char *path; /* as written or canonical: where these differ there are two */
        unsigned rights;
        bool ours; /* Landgrant's own folders: nothing at or below the path is ever given */
    } * excepts;
    size_t except_count;

    /* What is asked about; path canonical, NULL but for files. */
    struct ask {
        enum denial_kind kind;
        char *path;
    } * asks;
    size_t ask_count;

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
 * Takes out rules that a symbolic link led to which an earlier run could have planted. Says so. Only
 * rules_except() comes after it.
 */
void rules_drop_planted(struct rules *rules);

/*
 * Closes the opened paths; the words stay. For the parent, once the child has its copies.
 */
void rules_close(const struct rules *rules);

void rules_free(struct rules *rules);

#endif
