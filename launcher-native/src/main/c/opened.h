/* What the user opened, and the command line it belongs to (PROTOCOL.md §3). Pure. */
#ifndef LANDGRANT_OPENED_H
#define LANDGRANT_OPENED_H

#include <stddef.h>

#include "policy.h"

struct opened {
    char **words;   /* the app's command line, NULL-terminated */
    char **files;   /* what this session opens, as the user gave it, NULL-terminated */
    char **further; /* files that need a launcher each, NULL-terminated */
};

/* `landgrant launch ID FILE…`. Words point into the policy and `files`. */
struct opened opened_files(const struct policy *policy, char **files);

/* `landgrant launch ID -- WORD…`. */
struct opened opened_words(const struct policy *policy, char **words);

/*
 * The absolute local path of a file or file: URI; relative ones against `folder`. NULL when it is none:
 * another scheme, a bad escape, or too long. Caller frees.
 */
char *local_path(const char *file, const char *folder);

#endif
