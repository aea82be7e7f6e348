/* The command line of `landgrant run`. */
#ifndef LANDGRANT_OPTIONS_H
#define LANDGRANT_OPTIONS_H

#include <stdbool.h>

#include "policy.h"

struct run_options {
    struct policy policy; /* its file, connect and listen lines; everything protected */
    bool quiet, best_effort;
    char **command; /* NULL-terminated, at least one word */
};

/* Parses what follows `run`. False with a sentence in `problem`. */
bool options_parse(char **words, struct run_options *options, char *problem, size_t problem_bytes);

#endif
