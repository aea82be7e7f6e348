#include "resolve.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "kernel.h"
#include "peek.h"
#include "places.h"

enum { LINKS_MOST = 40, PROC_MAGIC = 0x9fa0 };

void place_close(struct place *place) {
    close_later(&place->fd);
    close_later(&place->parent);
    place->fd = place->parent = -1;
}

static int open_path(struct request *request, int start, const char *text, uint64_t flags, uint64_t resolve) {
    struct how how = {.flags = O_PATH | O_CLOEXEC | flags, .resolve = resolve | RESOLVE_WITHOUT_MAGIC};
    if (request->prompt) {
        how.resolve |= RESOLVE_FROM_CACHE; /* EINVAL before Linux 5.12 */
    }
    int fd = (int)syscall(NR_OPENAT2, start, text, &how, sizeof how);
    request->later = request->later || (request->prompt && fd < 0 && (errno == EAGAIN || errno == EINVAL));
    return fd;
}

/* /proc/self means the app's process, not ours. Caller frees. */
static char *in_own_process(pid_t thread, const char *text) {
    static const struct {
        const char *prefix, *rest;
    } OWN[] = {{"/proc/self", ""},      {"/proc/thread-self", ""}, {"/dev/fd", "/fd"},
               {"/dev/stdin", "/fd/0"}, {"/dev/stdout", "/fd/1"},  {"/dev/stderr", "/fd/2"}};
    for (size_t i = 0; i < sizeof OWN / sizeof OWN[0]; i++) {
        if (is_below(text, OWN[i].prefix)) {
            const char *rest = text + strlen(OWN[i].prefix);
            /* Descriptors may be a thread's own; the rest of "self" is that of its process's first thread. */
            bool of_process = i == 0 && !is_below(rest, "/fd");
            pid_t whose = of_process ? peek_process(thread) : thread;
            return text_of("/proc/%d%s%s", whose > 0 ? whose : thread, OWN[i].rest, rest);
        }
    }
    return copy_text(text);
}

/* The number in /proc/THREAD/fd/NUMBER; -1 when the text is anything else. */
static int own_descriptor(pid_t thread, const char *text) {
    char prefix[40];
    int length = snprintf(prefix, sizeof prefix, "/proc/%d/fd/", thread);
    uint64_t number;
    return strncmp(text, prefix, (size_t)length) == 0 && parse_number(text + length, INT32_MAX, &number)
               ? (int)number
               : -1;
}

/*
 * For /proc/THREAD/fd/NUMBER/REST: that descriptor's folder, and the rest of the text, "." when there is
 * none. It is a magic link in the middle of the way, which is never followed, but the app means its own
 * descriptor. -1: the text is anything else, or the folder cannot be had.
 */
static int open_passed_folder(pid_t thread, const char *text, const char **rest) {
    char link[48];
    uint64_t number;
    int length = snprintf(link, sizeof link, "/proc/%d/fd/", thread);
    size_t digits = strncmp(text, link, (size_t)length) == 0 ? strcspn(text + length, "/") : 0;
    if (digits == 0 || digits > 10 || text[(size_t)length + digits] != '/') {
        return -1;
    }
    memcpy(link + length, text + length, digits);
    link[(size_t)length + digits] = '\0';
    if (!parse_number(link + length, INT32_MAX, &number)) {
        return -1;
    }
    *rest = text + length + digits;
    *rest += strspn(*rest, "/");
    *rest = **rest != '\0' ? *rest : ".";
    return open(link, O_PATH | O_DIRECTORY | O_CLOEXEC);
}

/* The folder the way starts at, AT_FDCWD (which needs no closing) for an absolute text; -1 and errno. */
static int open_start(const struct way *way) {
    char link[48];
    if (way->text[0] == '/' && (way->resolve & (RESOLVE_BELOW | RESOLVE_ROOTED)) == 0) {
        return AT_FDCWD;
    }
    if (way->folder == AT_FDCWD) {
        snprintf(link, sizeof link, "/proc/%d/cwd", way->request->thread);
    } else {
        snprintf(link, sizeof link, "/proc/%d/fd/%d", way->request->thread, way->folder);
    }
    return open(link, O_PATH | O_CLOEXEC);
}

/* File systems whose files open without anybody else's help: ext, XFS, btrfs, tmpfs, overlay, F2FS. */
static bool is_own_disk(const struct statfs *system) {
    static const uint32_t OWN[] = {0xef53, 0x58465342, 0x9123683e, 0x01021994, 0x794c7630, 0xf2f52010};
    for (size_t i = 0; i < sizeof OWN / sizeof OWN[0]; i++) {
        if ((uint32_t)system->f_type == OWN[i]) {
            return true;
        }
    }
    return false;
}

void place_look(struct place *place) {
    struct statfs system;
    bool told = fstatfs(place->parent >= 0 ? place->parent : place->fd, &system) == 0;
    place->no_proc = told && system.f_type != PROC_MAGIC;
    place->prompt = told && is_own_disk(&system);
}

/* Status and path of what was opened; false when it has none. What is ours in /proc is the app's. */
static bool describe(const struct request *request, struct place *place) {
    char own[32];
    if (fstat(place->fd, &place->status) != 0 || !path_of_fd(place->fd, place->path)) {
        errno = ENOENT;
        return false;
    }
    if (strncmp(place->path, "/proc/", 6) != 0) {
        return true;
    }
    place_look(place);
    snprintf(own, sizeof own, "/proc/%d", getpid());
    place->ours = !place->no_proc && is_below(place->path, own);
    if (place->ours) {
        FREES char *theirs = text_of("/proc/%d%s", request->thread, place->path + strlen(own));
        snprintf(place->path, sizeof place->path, "%.*s", PATH_BYTES - 1, theirs);
    }
    return true;
}

bool resolve_existing(const struct way *way, bool follow, struct place *place) {
    bool rooted = (way->resolve & (RESOLVE_BELOW | RESOLVE_ROOTED)) != 0;
    FREES char *text = rooted ? copy_text(way->text) : in_own_process(way->request->thread, way->text);
    if (follow && way->resolve == 0 && own_descriptor(way->request->thread, text) >= 0) {
        place->fd = open(text, O_PATH | O_CLOEXEC); /* the one magic link that programs open all the time */
    } else {
        const char *rest = text;
        int own = way->resolve == 0 ? open_passed_folder(way->request->thread, text, &rest) : -1;
        CLOSES int start = own >= 0 ? own : open_start(way);
        place->fd = start != -1 ? open_path(way->request, start, own >= 0 ? rest : text,
                                            follow ? 0 : O_NOFOLLOW, way->resolve)
                                : -1;
    }
    return place->fd >= 0 && describe(way->request, place);
}

/* Cuts "a/b/" into "a/" and "b"; false for what is no name. `folder` has room for the text and ".". */
static bool split(const char *text, char *folder, struct place *place) {
    size_t length = strlen(text), whole = length;
    while (length > 0 && text[length - 1] == '/') {
        length--;
    }
    place->slash = length < whole;
    size_t start = length;
    while (start > 0 && text[start - 1] != '/') {
        start--;
    }
    size_t size = length - start;
    if (size == 0 || size > NAME_MAX) {
        return false;
    }
    memcpy(place->name, text + start, size);
    place->name[size] = '\0';
    memcpy(folder, text, start);
    strcpy(folder + start, start == 0 ? "." : "");
    return strcmp(place->name, ".") != 0 && strcmp(place->name, "..") != 0;
}

/* The name in `text`, which starts at `start`. Closes nothing that it did not open. */
static bool enter(struct request *request, int start, const char *text, uint64_t resolve,
                  struct place *place) {
    FREES char *folder = grow(NULL, strlen(text) + 2, 1);
    char path[PATH_BYTES];
    if (!split(text, folder, place)) {
        errno = EINVAL;
        return false;
    }
    FREES char *own = resolve & RESOLVE_ROOTED ? copy_text(folder) : in_own_process(request->thread, folder);
    const char *rest = own;
    CLOSES int below = resolve == 0 ? open_passed_folder(request->thread, own, &rest) : -1;
    int parent =
        open_path(request, below >= 0 ? below : start, below >= 0 ? rest : own, O_DIRECTORY, resolve);
    place_close(place);
    place->parent = parent;
    if (parent < 0 || !path_of_fd(parent, path)) {
        return false;
    }
    place->fd = open_path(request, parent, place->name, O_NOFOLLOW, 0);
    if (place->fd < 0 && errno != ENOENT) {
        return false;
    }
    if (place->fd >= 0 && fstat(place->fd, &place->status) != 0) {
        return false;
    }
    int length =
        snprintf(place->path, sizeof place->path, "%s/%s", strcmp(path, "/") == 0 ? "" : path, place->name);
    errno = ENAMETOOLONG;
    return length < (int)sizeof place->path;
}

bool resolve_entry(const struct way *way, struct place *place) {
    CLOSES int start = open_start(way);
    return start != -1 && enter(way->request, start, way->text, way->resolve, place);
}

bool resolve_new(const struct way *way, struct place *place) {
    char link[PATH_BYTES];
    CLOSES int start = open_start(way);
    FREES char *text = copy_text(way->text);
    for (unsigned links = 0; start != -1 && links < LINKS_MOST; links++) {
        if (!enter(way->request, start, text, way->resolve, place)) {
            return false;
        }
        if (place->fd < 0) {
            return true;
        }
        place_look(place);
        /* Links are followed where nothing but the kernel's own rules say how. */
        if (!S_ISLNK(place->status.st_mode) || place->slash || !place->no_proc || way->resolve != 0) {
            return false;
        }
        ssize_t length = readlinkat(place->fd, "", link, sizeof link - 1);
        if (length <= 0) {
            return false;
        }
        link[length] = '\0';
        close_later(&start);
        start = link[0] == '/' ? AT_FDCWD : fcntl(place->parent, F_DUPFD_CLOEXEC, 3);
        free(text);
        text = copy_text(link);
    }
    return false;
}
