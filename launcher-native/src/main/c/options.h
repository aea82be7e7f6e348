/*
 * The command line of `landgrant run`, and of landrun when we are called by that name: the same words, but an
 * empty environment, UDP free, all of Landlock 9 wanted and status 1 for whatever fails here.
 */
#ifndef LANDGRANT_OPTIONS_H
#define LANDGRANT_OPTIONS_H

#include <stdbool.h>

#include "policy.h"

/* What is told on stderr: failures; refusals, too; and the policy before the start. */
enum level { LEVEL_ERROR, LEVEL_INFO, LEVEL_DEBUG };

/* The ABI that landrun's words ask for. */
enum { ABI_OF_LANDRUN = 9 };

struct run_options {
    struct policy policy; /* its lines and what is protected */
    bool landrun;         /* called by that name */
    enum level level;
    bool best_effort, ignore_missing, add_exec, libraries;
    bool free_files, free_network, free_scopes;
    bool private_home, private_tmp;
    bool ask, watch, dry_run, help, version;
    unsigned log_flags;  /* LL_LOG bits for the kernel's audit records */
    unsigned most_abi;   /* 0: what the kernel has */
    const char *report;  /* a file; NULL: none */
    const char *profile; /* a file; NULL: none */
    char **command;      /* NULL-terminated; NULL when there is none */
};

/*
 * Parses what follows `run` (or `landrun`). False with a sentence in `problem`. A command may be missing: the
 * profile can have one. Profiles are not read here.
 */
bool options_parse(char **words, bool landrun, struct run_options *options, char *problem,
                   size_t problem_bytes);

/* Nothing at all is to be restricted. */
bool options_free_everything(const struct run_options *options);

/* What `run --help` and `landrun --help` print. */
const char *options_help(bool landrun);

#endif
