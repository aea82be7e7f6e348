/*
 * Leads a path to its end one part at a time, as the kernel would, and keeps every symbolic link met on the
 * way: whoever can change the folder of such a link decides where the path leads.
 */
#ifndef LANDGRANT_WALK_H
#define LANDGRANT_WALK_H

#include <stdbool.h>

enum { WALK_LINKS = 40 };

struct walk {
    int fd;     /* O_PATH: the end, or the deepest folder reached; -1 when not even that */
    char *rest; /* what is missing below `fd`, "" at the end */
    struct {
        int folder; /* O_PATH: the real folder the link lies in */
        char *name; /* its name there */
        bool last;  /* it is the path's last part */
    } links[WALK_LINKS];
    unsigned link_count;
};

/*
 * Walks an absolute path. Links of /proc are followed by the kernel and not kept: no app can change them.
 * False and errno when there is no such file; `walk` then holds what was reached. walk_end() in any case.
 */
bool walk_to(const char *path, struct walk *walk);

/*
 * The canonical path of what was reached, and behind it what is missing; NULL when nothing was reached.
 * Caller frees.
 */
char *walk_path(const struct walk *walk);

void walk_end(struct walk *walk);
#define WALKS __attribute__((cleanup(walk_end))) struct walk

#endif
