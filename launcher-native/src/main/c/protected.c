#include "protected.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "util.h"

static bool touches(const char *path, const char *place) {
    return is_below(path, place) || is_below(place, path);
}

/* Notes the identity of the opened folder and of every folder above it. */
static void climb(struct guard *guard, int folder) {
    int at = dup(folder);
    struct stat here;
    while (at >= 0 && fstat(at, &here) == 0 && guard->depth < GUARD_DEPTH) {
        if (guard->depth > 0 && guard->above[guard->depth - 1].device == here.st_dev &&
            guard->above[guard->depth - 1].inode == here.st_ino) {
            break;
        }
        guard->above[guard->depth].device = here.st_dev;
        guard->above[guard->depth++].inode = here.st_ino;
        int parent = openat(at, "..", O_PATH | O_DIRECTORY | O_CLOEXEC);
        close(at);
        at = parent;
    }
    if (at >= 0) {
        close(at);
    }
}

/* Finds the nearest existing folder at or above the place; the rest of the path comes back when it appears.
 */
static void look_at(struct guard *guard, bool existing_only) {
    FREES char *part = copy_text(guard->place);
    char real[PATH_BYTES];
    for (;;) {
        CLOSES int folder = open(*part != '\0' ? part : "/", O_PATH | O_DIRECTORY | O_CLOEXEC);
        if (folder < 0 && existing_only) {
            guard->place = NULL;
            return;
        }
        if (folder >= 0 && path_of_fd(folder, real)) {
            guard->real = text_of("%s%s", strcmp(real, "/") == 0 ? "" : real, guard->place + strlen(part));
            climb(guard, folder);
            return;
        }
        char *end = strrchr(part, '/');
        if (end == NULL) {
            guard->real = copy_text(guard->place);
            return;
        }
        *end = '\0';
    }
}

void guards_make(const struct places *places, bool existing_only, struct guard guards[GUARDS]) {
    memset(guards, 0, GUARDS * sizeof guards[0]);
    guards[0].place = places->data;
    guards[1].place = places->runtime;
    for (unsigned i = 0; i < GUARDS; i++) {
        look_at(&guards[i], existing_only);
    }
}

bool is_protected_name(const struct guard guards[GUARDS], const char *path) {
    for (unsigned i = 0; i < GUARDS; i++) {
        if (guards[i].place != NULL && touches(path, guards[i].place)) {
            return true;
        }
    }
    return false;
}

bool is_protected_file(const struct guard guards[GUARDS], const char *real, const struct stat *identity) {
    for (unsigned i = 0; i < GUARDS; i++) {
        if (guards[i].place == NULL) {
            continue;
        }
        if (real != NULL && touches(real, guards[i].real)) {
            return true;
        }
        for (unsigned at = 0; at < guards[i].depth; at++) {
            if (guards[i].above[at].device == identity->st_dev &&
                guards[i].above[at].inode == identity->st_ino) {
                return true;
            }
        }
    }
    return false;
}
