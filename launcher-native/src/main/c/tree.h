/* The process tree of a session. As subreaper the supervisor is the ancestor of all of it. */
#ifndef LANDGRANT_TREE_H
#define LANDGRANT_TREE_H

#include <stddef.h>
#include <sys/types.h>

enum { TREE_MOST = 16384 };

struct tree {
    pid_t *pids;
    size_t count;
};

/* Every descendant of this process, at most TREE_MOST. */
void tree_look(struct tree *tree);

/* Sends the signal to every descendant; with `told` only to those not in it, and notes them there. */
void tree_signal(int signal, struct tree *told);

/*
 * Kills this process's own children, ended ones included, as fast as it can; their numbers are nobody else's
 * before they are waited for. How many there were.
 */
size_t tree_kill_children(void);

void tree_free(struct tree *tree);

#endif
