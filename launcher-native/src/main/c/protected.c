#include "protected.h"

#include <string.h>

#include "util.h"
#include "walk.h"

static void look_at(struct guard *guard) {
    WALKS walk;
    struct stat status;
    guard->exists = walk_to(guard->place, &walk) && fstat(walk.fd, &status) == 0;
    if (guard->exists) {
        guard->device = status.st_dev;
        guard->inode = status.st_ino;
    }
    guard->real = walk_path(&walk);
    if (guard->real == NULL) {
        guard->real = copy_text(guard->place);
    }
}

void guards_make(const struct places *places, struct guard guards[GUARDS]) {
    memset(guards, 0, GUARDS * sizeof guards[0]);
    const char *data[] = {places->data, places->home_data, places->user_data};
    for (unsigned i = 0; i < 3; i++) {
        guards[2 * i].place = data[i];
        guards[2 * i + 1].place = data[i] != NULL ? text_of("%s/policies", data[i]) : NULL;
    }
    guards[6].place = places->runtime;
    guards[7].place = places->user_runtime;
    for (unsigned i = 0; i < GUARDS; i++) {
        if (guards[i].place != NULL) {
            look_at(&guards[i]);
        }
    }
}

bool is_protected_name(const struct guard guards[GUARDS], const char *path) {
    for (unsigned i = 0; i < GUARDS; i++) {
        if (guards[i].place != NULL && is_below(path, guards[i].place)) {
            return true;
        }
    }
    return false;
}

static bool is_guard(const struct guard guards[GUARDS], const char *path) {
    struct stat status;
    if (lstat(path, &status) != 0) {
        return false;
    }
    for (unsigned i = 0; i < GUARDS; i++) {
        if (guards[i].place != NULL && guards[i].exists && guards[i].device == status.st_dev &&
            guards[i].inode == status.st_ino) {
            return true;
        }
    }
    return false;
}

bool is_protected_file(const struct guard guards[GUARDS], const char *real) {
    for (unsigned i = 0; i < GUARDS; i++) {
        if (guards[i].place != NULL && is_below(real, guards[i].real)) {
            return true;
        }
    }
    FREES char *part = copy_text(real);
    for (char *slash; part[0] != '\0'; *slash = '\0') {
        if (is_guard(guards, part)) {
            return true;
        }
        slash = strrchr(part, '/');
    }
    return false;
}
