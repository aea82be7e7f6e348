#include "aliases.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "util.h"

enum what { NONE = 0, NAMED = 1, ALIAS = 2 };

/* Whether this is an exception, and whether the path says so. */
static unsigned look_at(const struct rules *rules, const char *path, const struct stat *status) {
    unsigned found = NONE;
    for (size_t i = 0; i < rules->except_count; i++) {
        const char *except = rules->excepts[i].path;
        struct stat there;
        if (lstat(except, &there) == 0 && there.st_ino == status->st_ino && there.st_dev == status->st_dev) {
            found |= is_below(path, except) ? NAMED : ALIAS;
        }
    }
    return found;
}

/* The folder the path lies in. */
static int open_above(const char *path) {
    FREES char *folder = copy_text(path);
    char *slash = strrchr(folder, '/');
    slash[slash == folder] = '\0';
    return open(folder, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
}

bool is_alias_of_exception(const struct rules *rules, const char *path, int fd) {
    struct stat status, below = {0};
    unsigned found = NONE;
    CLOSES int at = fcntl(fd, F_DUPFD_CLOEXEC, 3);
    while (at >= 0 && fstat(at, &status) == 0) {
        if (status.st_ino == below.st_ino && status.st_dev == below.st_dev) {
            return found == ALIAS; /* the root */
        }
        found |= look_at(rules, path, &status);
        below = status;
        int above =
            S_ISDIR(status.st_mode) ? openat(at, "..", O_PATH | O_DIRECTORY | O_CLOEXEC) : open_above(path);
        close_later(&at);
        at = above;
    }
    return true;
}
