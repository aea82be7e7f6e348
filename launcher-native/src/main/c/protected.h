/*
 * Protected places: Landgrant's own folders, which hold the grants and the secret. A rule that is or lies in
 * one of them is not used, whoever wrote it, by the words of its path and by what those words lead to; and
 * every rule above one leaves it out (excepts.h).
 *
 * Which folders these are depends on the environment, and an app may be started in another one than the
 * next: so every place some launch of this user could look at is guarded in all of them.
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
    bool exists;
    dev_t device; /* its identity when it exists */
    ino_t inode;
};

void guards_make(const struct places *places, struct guard guards[GUARDS]);

/* Whether these words are a protected folder or lie in one. */
bool is_protected_name(const struct guard guards[GUARDS], const char *path);

/*
 * The same of what was opened: by its canonical path, and by the identity of it and of every folder above, so
 * that a second mount of the folder is no way in.
 */
bool is_protected_file(const struct guard guards[GUARDS], const char *real);

#endif
