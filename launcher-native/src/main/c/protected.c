#include "protected.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "util.h"
#include "walk.h"

static bool touches(const char *path, const char *place) {
    return is_below(path, place) || is_below(place, path);
}

static bool holds(const struct guard *guard, const struct stat *file) {
    for (unsigned i = 0; i < guard->count; i++) {
        if (guard->above[i].device == file->st_dev && guard->above[i].inode == file->st_ino) {
            return true;
        }
    }
    return false;
}

/* Notes the identity of the opened folder and of every folder above it, until one is known already. */
static void climb(struct guard *guard, int folder) {
    int at = fcntl(folder, F_DUPFD_CLOEXEC, 3);
    struct stat here;
    while (at >= 0 && fstat(at, &here) == 0 && !holds(guard, &here)) {
        guard->above = grow(guard->above, guard->count + 1, sizeof *guard->above);
        guard->above[guard->count++] = (struct identity){here.st_dev, here.st_ino};
        int parent = openat(at, "..", O_PATH | O_DIRECTORY | O_CLOEXEC);
        close(at);
        at = parent;
    }
    close_later(&at);
}

/* What exists of the place, and every link on the way; the rest of the path comes when it appears. */
static void look_at(struct guard *guard) {
    WALKS walk;
    char real[PATH_BYTES];
    (void)walk_to(guard->place, &walk);
    if (walk.fd >= 0 && path_of_fd(walk.fd, real)) {
        const char *rest = walk.rest + strspn(walk.rest, "/");
        guard->real = text_of("%s%s%s", strcmp(real, "/") == 0 ? "" : real,
                              *rest != '\0' || real[1] == '\0' ? "/" : "", rest);
        climb(guard, walk.fd);
    } else {
        guard->real = copy_text(guard->place);
    }
    for (unsigned i = 0; i < walk.link_count; i++) {
        climb(guard, walk.links[i].folder);
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
        if (guards[i].place != NULL && touches(path, guards[i].place)) {
            return true;
        }
    }
    return false;
}

bool is_protected_file(const struct guard guards[GUARDS], const char *real, const struct stat *identity) {
    for (unsigned i = 0; i < GUARDS; i++) {
        if (guards[i].place != NULL &&
            ((real != NULL && touches(real, guards[i].real)) || holds(&guards[i], identity))) {
            return true;
        }
    }
    return false;
}
