/*
 * Protected places: Landgrant's own folders, which hold the grants and the secret. A rule that is, holds or
 * lies in one of them is not used, whoever wrote it, by the words of its path and by what those words lead
 * to.
 *
 * Which folders these are depends on the environment, and an app may be started in another one than the
 * next: so every place some launch of this user could look at is guarded in all of them. A symbolic link on
 * the way to such a place is guarded too: nothing may be granted that holds the link.
 */
#ifndef LANDGRANT_PROTECTED_H
#define LANDGRANT_PROTECTED_H

#include <stdbool.h>
#include <sys/stat.h>

#include "places.h"

/* Three data folders (of this environment, by HOME, by the password file) with their policies, two runtime
 * folders. */
enum { GUARDS = 8 };

/* One protected folder, looked at once. */
struct guard {
    const char *place; /* NULL when there is nothing to guard */
    char *real;        /* canonical, also when the folder will only appear later */
    struct identity {
        dev_t device;
        ino_t inode;
    } * above; /* itself, when it exists, and every folder that it or a link on the way to it lies in */
    unsigned count;
};

void guards_make(const struct places *places, struct guard guards[GUARDS]);

/* By the words of the path. */
bool is_protected_name(const struct guard guards[GUARDS], const char *path);

/* By what was opened: its canonical path (NULL when it has none) and identity. */
bool is_protected_file(const struct guard guards[GUARDS], const char *real, const struct stat *identity);

#endif
