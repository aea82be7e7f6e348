/* The private folders of a run: empty at its start, gone at its end. */
#ifndef LANDGRANT_RUN_FOLDERS_H
#define LANDGRANT_RUN_FOLDERS_H

#include "options.h"
#include "rules.h"
#include "scratch.h"

struct run_folders {
    struct scratch home;
    int inside; /* O_PATH: the part of it that is the command's; -1: there is none */
};

#define RUN_FOLDERS_NONE                                                                                     \
    { .home = {.base = -1, .folder = -1}, .inside = -1 }

/*
 * Makes what the options ask for: `private-tmp` becomes a line of the policy, which surroundings.c serves; of
 * the home folder the environment learns. False with a sentence. Before the rules are opened.
 */
bool run_folders_make(struct run_options *options, const struct guard guards[GUARDS],
                      struct run_folders *folders, char *problem, size_t problem_bytes);

/* Adds their rules. False with a sentence. */
bool run_folders_add(const struct run_folders *folders, struct rules *rules, char *problem,
                     size_t problem_bytes);

void run_folders_end(struct run_folders *folders);

#endif
