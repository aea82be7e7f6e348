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
    if (S_ISLNK(type) || (makes && (flags & O_EXCL) != 0)) {
        return 0; /* ELOOP, EEXIST */
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
    if (!S_ISREG(type)) {
        flags &= ~(uint64_t)O_TRUNC; /* nothing to cut off */
    }
    if ((flags & O_ACCMODE) == O_ACCMODE) {
        return (flags & O_TRUNC) != 0 ? RIGHT_WRITE : 0; /* reads and writes nothing */
    }
    return wanted_by(flags);
}

/* Whether something is there, or nothing, with no symbolic link on the way: then the words are its path. */
static bool leads_there(const char *text) {
    struct how how = {.flags = O_PATH | O_CLOEXEC,
                      .resolve = RESOLVE_FROM_CACHE | RESOLVE_WITHOUT_MAGIC | RESOLVE_WITHOUT_LINKS};
    CLOSES int fd = (int)syscall(NR_OPENAT2, AT_FDCWD, text, &how, sizeof how);
    return fd >= 0 || errno == ENOENT;
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
    if (empties_unseen(flags)) {
        return false;
    }
    request->first = peek_text(request->thread, request->arguments[row->path]);
    if (request->first == NULL) {
        return true;
    }
    /* What is wanted at most, whatever is there. */
    bool makes = (flags & O_CREAT) != 0;
    unsigned wanted = wanted_by(flags) | (makes ? RIGHT_WRITE : 0u);
    return is_plain_path(request->first) && (wanted & ~reach_kernel(reach, request->first)) == 0 &&
           (!makes || (reach_kernel_entry(reach, request->first) & RIGHT_WRITE) != 0) &&
           leads_there(request->first);
}
