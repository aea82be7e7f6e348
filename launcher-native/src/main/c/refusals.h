/* Refusals in words: what was refused, and the option of `run` that would allow it. */
#ifndef LANDGRANT_REFUSALS_H
#define LANDGRANT_REFUSALS_H

#include "denials.h"

/* A word a shell takes for exactly this text, in the quotes that fit what say() makes of it. Caller frees. */
char *shell_word(const char *text);

/* "reading", "connecting to TCP port"… */
const char *verb_of(const struct denial *denial);

/* The option that allows it, and its value, not yet a shell's word. Caller frees the value.
 * NULL, and no value, where no option does. */
const char *option_for(const struct denial *denial, char **value);

/* The command line of this run with everything allowed that was refused; NULL when it would be too long to
 * paste. Caller frees. */
struct run_options;
char *line_that_allows(const struct denials *denials, const struct run_options *options, char **words);

#endif
