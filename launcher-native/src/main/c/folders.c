#include "folders.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "util.h"
#include "walk.h"

/* The folders the policy lets the app change, as far as they exist. */
static void writable_folders(const struct policy *policy, struct rules *folders) {
    for (size_t i = 0; i < policy->count; i++) {
        const struct line *line = &policy->lines[i];
        const char *path = line->kind == LINE_FILE        ? line->text
                           : line->kind == LINE_FILE_FROM ? getenv(line->name)
                                                          : NULL;
        WALKS walk = {.fd = -1};
        char real[PATH_BYTES];
        struct stat status;
        if (path != NULL && path[0] == '/' && (line->rights & RIGHT_WRITE) != 0 && walk_to(path, &walk) &&
            fstat(walk.fd, &status) == 0 && path_of_fd(walk.fd, real)) {
            folders->list = grow(folders->list, folders->count + 1, sizeof *folders->list);
            folders->list[folders->count++] = (struct rule){
                .fd = -1, .mode = status.st_mode, .rights = RIGHT_WRITE, .path = copy_text(real)};
        }
    }
}

/* Makes what is missing below `folder`; a link that appeared there meanwhile is not followed. */
static bool make_below(int folder, const char *rest) {
    int at = fcntl(folder, F_DUPFD_CLOEXEC, 3);
    FREES char *words = copy_text(rest);
    char *next = NULL;
    for (char *name = strtok_r(words, "/", &next); at >= 0 && name != NULL;
         name = strtok_r(NULL, "/", &next)) {
        int inner = mkdirat(at, name, 0700) == 0 || errno == EEXIST
                        ? openat(at, name, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
                        : -1;
        close_later(&at);
        at = inner;
    }
    struct stat status;
    bool made = at >= 0 && fstat(at, &status) == 0;
    if (made && !S_ISDIR(status.st_mode)) {
        errno = ENOTDIR;
        made = false;
    }
    close_later(&at);
    return made;
}

enum made { MADE, NOT_MADE, PLANTED };

static enum made make(const char *path, const struct rules *writable) {
    WALKS walk;
    char end[PATH_BYTES], folder[PATH_BYTES];
    if (!walk_to(path, &walk) && errno != ENOENT) {
        return NOT_MADE;
    }
    if (walk.fd < 0 || !path_of_fd(walk.fd, end)) {
        return NOT_MADE;
    }
    for (unsigned i = 0; i < walk.link_count; i++) {
        if (!path_of_fd(walk.links[i].folder, folder) || rules_plant(writable, folder, end)) {
            return PLANTED;
        }
    }
    return make_below(walk.fd, walk.rest) ? MADE : NOT_MADE;
}

/* A folder nobody else can have prepared: real, ours, closed to others. */
static bool make_private(const char *path, const struct rules *writable, char *problem,
                         size_t problem_bytes) {
    FREES char *own_tmp = text_of("/tmp/landgrant-%u", getuid());
    CLOSES int above = -1;
    if (is_below(path, own_tmp) && (above = open_own_folder(own_tmp)) < 0 && errno != ENOENT) {
        snprintf(problem, problem_bytes,
                 "%s is not a folder of yours alone, so the private folder %s cannot be made", own_tmp, path);
        return false;
    }
    enum made made = make(path, writable);
    if (made == PLANTED) {
        snprintf(
            problem, problem_bytes,
            "the private folder %s cannot be made: a link in a folder the program may change is on the way",
            path);
        return false;
    }
    CLOSES int fd = made == MADE ? open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC) : -1;
    struct stat status;
    if (fd < 0 || fstat(fd, &status) != 0) {
        snprintf(problem, problem_bytes, "the private folder %s cannot be made: %s", path, strerror(errno));
        return false;
    }
    if (status.st_uid != getuid()) {
        snprintf(problem, problem_bytes, "the private folder %s belongs to somebody else", path);
        return false;
    }
    if ((status.st_mode & 077) != 0 && fchmod(fd, 0700) != 0) {
        snprintf(problem, problem_bytes, "the private folder %s cannot be closed to others: %s", path,
                 strerror(errno));
        return false;
    }
    /* Everybody can make folders in /tmp: looked at again, now that all of them exist. */
    CLOSES int above_now = is_below(path, own_tmp) ? open_own_folder(own_tmp) : -1;
    if (is_below(path, own_tmp) && above_now < 0) {
        snprintf(problem, problem_bytes, "the private folder %s is not yours alone", path);
        return false;
    }
    return true;
}

bool folders_make(const struct policy *policy, char *problem, size_t problem_bytes) {
    struct rules writable = {0};
    writable_folders(policy, &writable);
    bool good = true;
    for (size_t i = 0; good && i < policy->count; i++) {
        const struct line *line = &policy->lines[i];
        enum made made = line->kind == LINE_CREATE ? make(line->text, &writable) : MADE;
        if (made == PLANTED) {
            say("%s is not made: it leads out of a folder the program may change", line->text);
        } else if (made == NOT_MADE) {
            snprintf(problem, problem_bytes, "the folder %s cannot be made: %s", line->text, strerror(errno));
            good = false;
        } else if (line->kind == LINE_PRIVATE_TMP) {
            good = make_private(line->text, &writable, problem, problem_bytes);
        }
    }
    rules_free(&writable);
    return good;
}
