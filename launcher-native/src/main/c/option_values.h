/* The values of the options of `run`, made into lines of a policy. Each false with a sentence in `problem`.
 */
#ifndef LANDGRANT_OPTION_VALUES_H
#define LANDGRANT_OPTION_VALUES_H

#include <stdbool.h>
#include <stddef.h>

#include "policy.h"

/* Where a sentence about a value goes. */
struct complaint {
    char *text;
    size_t bytes;
};
bool complain(const struct complaint *complaint, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/*
 * Takes the next part of a list whose parts have commas between them; `\,` is a comma within a part and `\\`
 * a backslash, other backslashes are themselves. NULL after the last. Caller frees.
 */
char *next_of_list(const char **list);

/*
 * The path as a policy writes it: absolute, without empty and "." parts; with ".." only what the file system
 * says it means. `home`: a leading "~" is the home folder. NULL with a sentence. Caller frees.
 */
char *path_from(const char *word, bool home, const struct complaint *complaint);

/* One `file` or `except` line for every path of the list. */
bool take_paths(const char *option, const char *list, enum directive kind, unsigned rights, bool home,
                struct policy *policy, const struct complaint *complaint);

/* One `connect` or `listen` line for every port of the list. */
bool take_ports(const char *option, const char *list, enum directive kind, struct policy *policy,
                const struct complaint *complaint);

/* KEY=VALUE, or KEY for the value it has here. */
bool take_variable(const char *word, struct policy *policy, const struct complaint *complaint);

/* Names of kinds of devices, or paths of devices. */
bool take_devices(const char *list, bool ignore_missing, struct policy *policy,
                  const struct complaint *complaint);

#endif
