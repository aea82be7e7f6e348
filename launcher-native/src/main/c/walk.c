#include "walk.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/magic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "places.h"
#include "util.h"

static bool is_proc(int folder) {
    struct statfs system;
    return fstatfs(folder, &system) == 0 && system.f_type == PROC_SUPER_MAGIC;
}

static void move_to(struct walk *walk, int fd) {
    if (walk->fd >= 0) {
        close(walk->fd);
    }
    walk->fd = fd;
}

/* Puts a link's words in front of what is left of the path. */
static bool follow(struct walk *walk, int link, const char *name, const char *left) {
    char words[PATH_BYTES];
    ssize_t length = readlinkat(link, "", words, sizeof words - 1);
    if (length <= 0 || walk->link_count == WALK_LINKS || (size_t)length + strlen(left) >= 2 * PATH_BYTES) {
        errno = length < 0 ? errno : ELOOP;
        return false;
    }
    words[length] = '\0';
    int start =
        words[0] == '/' ? open("/", O_PATH | O_DIRECTORY | O_CLOEXEC) : fcntl(walk->fd, F_DUPFD_CLOEXEC, 3);
    if (start < 0) {
        return false;
    }
    walk->links[walk->link_count].last = left[strspn(left, "/")] == '\0';
    walk->links[walk->link_count].name = copy_text(name);
    walk->links[walk->link_count++].folder = walk->fd;
    walk->fd = start;
    char *rest = text_of("%s%s", words, left);
    free(walk->rest);
    walk->rest = rest;
    return true;
}

/* One part further. False and errno when that cannot be. */
static bool advance(struct walk *walk) {
    const char *part = walk->rest + strspn(walk->rest, "/"), *left = part + strcspn(part, "/");
    char name[NAME_MAX + 1];
    size_t length = (size_t)(left - part);
    if (length > NAME_MAX) {
        errno = ENAMETOOLONG;
        return false;
    }
    memcpy(name, part, length);
    name[length] = '\0';
    bool by_kernel = is_proc(walk->fd);
    int fd = openat(walk->fd, length > 0 ? name : ".", O_PATH | O_CLOEXEC | (by_kernel ? 0 : O_NOFOLLOW));
    struct stat status;
    if (fd < 0 || fstat(fd, &status) != 0) {
        close_later(&fd);
        return false;
    }
    if (S_ISLNK(status.st_mode)) {
        bool followed = follow(walk, fd, name, left);
        close_later(&fd);
        return followed;
    }
    if (*left == '/' && !S_ISDIR(status.st_mode)) {
        close(fd);
        errno = ENOTDIR;
        return false;
    }
    move_to(walk, fd);
    memmove(walk->rest, left, strlen(left) + 1);
    return true;
}

bool walk_to(const char *path, struct walk *walk) {
    *walk = (struct walk){.fd = -1, .rest = copy_text(path)};
    /* Wakes folders that are mounted when somebody goes there; and says what the kernel thinks of the path.
     */
    CLOSES int direct = open(path, O_PATH | O_CLOEXEC);
    int error = direct < 0 ? errno : 0;
    walk->fd = open("/", O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (walk->fd < 0) {
        return false;
    }
    while (*walk->rest != '\0') {
        if (!advance(walk)) {
            errno = error != 0 ? error : errno;
            return false;
        }
    }
    return true;
}

char *walk_path(const struct walk *walk) {
    char real[PATH_BYTES];
    if (walk->fd < 0 || !path_of_fd(walk->fd, real)) {
        return NULL;
    }
    const char *rest = walk->rest + strspn(walk->rest, "/");
    return *rest == '\0' ? copy_text(real) : text_of("%s/%s", strcmp(real, "/") == 0 ? "" : real, rest);
}

void walk_end(struct walk *walk) {
    move_to(walk, -1);
    for (unsigned i = 0; i < walk->link_count; i++) {
        close(walk->links[i].folder);
        free(walk->links[i].name);
    }
    free(walk->rest);
    *walk = (struct walk){.fd = -1};
}
