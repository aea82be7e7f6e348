/*
 * The opens a program makes all the time and that its rules allow: looked at without waiting for anything,
 * from what the kernel has in memory, and left to the kernel. Whatever is not so is looked at properly by
 * another.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "files.h"
#include "frames.h"
#include "peek.h"
#include "places.h"

unsigned wanted_by(uint64_t flags) {
    uint64_t mode = flags & O_ACCMODE;
    return (mode != O_WRONLY ? RIGHT_READ : 0u) |
           (mode != O_RDONLY || (flags & O_TRUNC) != 0 ? RIGHT_WRITE : 0u);
}

unsigned wanted_on(uint64_t flags, const struct stat *status) {
    mode_t type = status->st_mode;
    bool makes = (flags & O_CREAT) != 0;
    if (S_ISLNK(type) || S_ISSOCK(type) || (makes && (flags & O_EXCL) != 0) ||
        (flags & O_ACCMODE) == O_ACCMODE) {
        return 0; /* ELOOP, ENXIO, EEXIST; the last reads and writes nothing */
    }
    if (S_ISDIR(type)) {
        if ((flags & O_TMPFILE) == O_TMPFILE) {
            return wanted_by(flags) | RIGHT_WRITE;
        }
        return (flags & O_ACCMODE) == O_RDONLY && !makes && (flags & O_TRUNC) == 0 ? RIGHT_LIST : 0;
    }
    if ((flags & O_DIRECTORY) != 0 || status->st_nlink == 0) {
        return 0; /* ENOTDIR; deleted, or a memory file */
    }
    return wanted_by(flags);
}

static int open_cached(int start, const char *text, uint64_t flags, uint64_t resolve) {
    struct how how = {.flags = O_PATH | O_CLOEXEC | flags,
                      .resolve = resolve | RESOLVE_FROM_CACHE | RESOLVE_WITHOUT_MAGIC};
    return (int)syscall(NR_OPENAT2, start, text, &how, sizeof how);
}

/* Words that mean the same place for every program, and a file that is there, or is not. */
static bool is_plainly_readable(struct reach *reach, const char *text, uint64_t flags) {
    if ((flags & (O_ACCMODE | O_CREAT | O_TRUNC)) != 0 || (flags & O_TMPFILE) == O_TMPFILE ||
        !is_plain_path(text) || !reach_kernel_system(reach, text)) {
        return false;
    }
    CLOSES int fd = open_cached(AT_FDCWD, text, flags & O_NOFOLLOW, RESOLVE_WITHOUT_LINKS);
    return fd >= 0 || errno == ENOENT;
}

static bool is_readable(const struct request *request, struct reach *reach, uint64_t flags) {
    char link[48], path[PATH_BYTES];
    struct stat status;
    CLOSES int start = -1;
    if (request->first[0] != '/') {
        int folder =
            request->row->folder == ARGUMENT_NONE ? AT_FDCWD : (int)request->arguments[request->row->folder];
        snprintf(link, sizeof link, folder == AT_FDCWD ? "/proc/%d/cwd" : "/proc/%d/fd/%d", request->thread,
                 folder);
        start = open(link, O_PATH | O_CLOEXEC);
        if (start < 0) {
            return false;
        }
    }
    CLOSES int fd = open_cached(start >= 0 ? start : AT_FDCWD, request->first, flags & O_NOFOLLOW, 0);
    if (fd < 0) {
        return errno == ENOENT && (flags & O_CREAT) == 0;
    }
    if (fstat(fd, &status) != 0 || !path_of_fd(fd, path)) {
        return false;
    }
    unsigned wanted = wanted_on(flags, &status);
    return (wanted & ~reach_kernel(reach, path)) == 0;
}

bool is_quick(struct request *request, struct reach *reach) {
    const struct trapped_call *row = request->row;
    if (row->call != CALL_OPEN) {
        return false;
    }
    uint64_t flags = (uint32_t)request->arguments[row->flags];
    if ((flags & O_PATH) != 0) {
        return true;
    }
    request->first = peek_text(request->thread, request->arguments[row->path]);
    return request->first == NULL || is_plainly_readable(reach, request->first, flags) ||
           is_readable(request, reach, flags);
}
