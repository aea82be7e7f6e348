/*
 * Protected places: Landgrant's own folders, which hold the grants and the secret. A rule that is, holds or
 * lies in one of them is refused, whoever wrote it, by the words of its path and by what those words lead to.
 */
#ifndef LANDGRANT_PROTECTED_H
#define LANDGRANT_PROTECTED_H

#include <stdbool.h>
#include <sys/stat.h>

#include "places.h"

enum { GUARDS = 2, GUARD_DEPTH = 128 };

/* One protected folder, looked at once. */
struct guard {
    const char *place; /* NULL when there is nothing to guard */
    char *real;        /* canonical, also when the folder will only appear later */
    struct {
        dev_t device;
        ino_t inode;
    } above[GUARD_DEPTH]; /* itself, when it exists, and every folder it lies in */
    unsigned depth;
};

/* existing_only: folders that do not exist are not guarded. */
void guards_make(const struct places *places, bool existing_only, struct guard guards[GUARDS]);

/* By the words of the path. */
bool is_protected_name(const struct guard guards[GUARDS], const char *path);

/* By what was opened: its canonical path (NULL when it has none) and identity. */
bool is_protected_file(const struct guard guards[GUARDS], const char *real, const struct stat *identity);

#endif
