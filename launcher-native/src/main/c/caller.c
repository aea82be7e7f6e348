#include "caller.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include "kernel.h"
#include "peek.h"
#include "places.h"

enum { STATUS_BYTES = 8192, PAGE = 4096 };

/* Of what is not ours to look into, nothing can be done in its place. */
static int plain(int error) {
    return error == EPERM || error == ESRCH ? EACCES : error;
}

int caller_bytes(const struct request *request, uint64_t address, void *bytes, size_t length) {
    struct iovec here = {.iov_base = bytes, .iov_len = length};
    struct iovec there = {.iov_base = (void *)(uintptr_t)address, .iov_len = length};
    ssize_t got = length > 0 ? process_vm_readv(request->thread, &here, 1, &there, 1, 0) : 0;
    if (got < 0) {
        return plain(errno);
    }
    return got != (ssize_t)length ? EFAULT : request_is_alive(request) ? 0 : EACCES;
}

int caller_text(const struct request *request, uint64_t address, size_t most, int too_long, char **text) {
    FREES char *bytes = grow(NULL, most, 1);
    for (size_t have = 0; have < most;) {
        /* Page by page: the next one may not exist, and need not. */
        size_t step = PAGE - (size_t)((address + have) % PAGE);
        step = step < most - have ? step : most - have;
        int error = caller_bytes(request, address + have, bytes + have, step);
        if (error != 0) {
            return error;
        }
        if (memchr(bytes + have, '\0', step) != NULL) {
            *text = bytes;
            bytes = NULL;
            return 0;
        }
        have += step;
    }
    return too_long;
}

int caller_descriptor(const struct request *request, int number, int *copy) {
    if (number < 0) {
        return EBADF;
    }
    /* A thread may have descriptors of its own; kernels before 6.9 show us only those of its process. */
    CLOSES int pidfd = (int)syscall(NR_PIDFD_OPEN, request->thread, PIDFD_OF_THREAD);
    if (pidfd < 0 && errno == EINVAL) {
        pid_t process = peek_process(request->thread);
        pidfd = process > 0 ? (int)syscall(NR_PIDFD_OPEN, process, 0) : -1;
    }
    int found = pidfd >= 0 ? (int)syscall(NR_PIDFD_GETFD, pidfd, number, 0) : -1;
    if (found < 0) {
        return plain(errno);
    }
    if (!request_is_alive(request)) {
        close(found);
        return EACCES;
    }
    *copy = found;
    return 0;
}

static bool read_status(pid_t thread, char status[STATUS_BYTES]) {
    char path[48];
    snprintf(path, sizeof path, "/proc/%d/status", thread);
    CLOSES int fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t got = fd >= 0 ? read(fd, status, STATUS_BYTES - 1) : -1;
    status[got > 0 ? got : 0] = '\0';
    return got > 0 && got < STATUS_BYTES - 1;
}

static bool same_line(const char *one, const char *other, const char *name) {
    const char *first = strstr(one, name), *second = strstr(other, name);
    if (first == NULL || second == NULL) {
        return false;
    }
    size_t length = strcspn(first + 1, "\n");
    return length == strcspn(second + 1, "\n") && memcmp(first, second, length + 1) == 0;
}

static bool same_file(pid_t thread, const char *link) {
    char path[48];
    struct stat theirs, ours;
    snprintf(path, sizeof path, "/proc/%d/%s", thread, link);
    if (stat(path, &theirs) != 0) {
        return false;
    }
    snprintf(path, sizeof path, "/proc/self/%s", link);
    return stat(path, &ours) == 0 && theirs.st_dev == ours.st_dev && theirs.st_ino == ours.st_ino;
}

bool caller_is_like_us(const struct request *request) {
    char theirs[STATUS_BYTES], ours[STATUS_BYTES];
    bool same = read_status(request->thread, theirs) && read_status(getpid(), ours) &&
                same_line(theirs, ours, "\nUid:") && same_line(theirs, ours, "\nGid:") &&
                same_line(theirs, ours, "\nGroups:") && same_line(theirs, ours, "\nCapEff:") &&
                same_file(request->thread, "root") && same_file(request->thread, "ns/user");
    return same && request_is_alive(request);
}

mode_t caller_umask(const struct request *request) {
    char status[STATUS_BYTES];
    const char *line = read_status(request->thread, status) ? strstr(status, "\nUmask:") : NULL;
    return line != NULL ? (mode_t)strtoul(line + strlen("\nUmask:"), NULL, 8) : 0777;
}

/* The number at the end of a path that means one of the caller's own descriptors; -1 for any other path. */
static int named_descriptor(const struct request *request, const char *path) {
    char own[2][32];
    snprintf(own[0], sizeof own[0], "/proc/%d/fd/", request->thread);
    snprintf(own[1], sizeof own[1], "/proc/%d/fd/", peek_process(request->thread));
    const char *const before[] = {"/proc/self/fd/", "/proc/thread-self/fd/", "/dev/fd/", own[0], own[1]};
    static const char *const STANDARD[] = {"/dev/stdin", "/dev/stdout", "/dev/stderr"};
    for (int i = 0; i < 3; i++) {
        if (strcmp(path, STANDARD[i]) == 0) {
            return i;
        }
    }
    for (size_t i = 0; i < sizeof before / sizeof before[0]; i++) {
        size_t length = strlen(before[i]);
        uint64_t number;
        if (strncmp(path, before[i], length) == 0 && parse_number(path + length, INT_MAX, &number)) {
            return (int)number;
        }
    }
    return -1;
}

/* Where a path begins. */
static int open_start(const struct request *request, int folder, const char *path, int *fd) {
    char link[48];
    if (path[0] == '/') {
        *fd = open("/", O_PATH | O_DIRECTORY | O_CLOEXEC);
    } else if (folder == AT_FDCWD) {
        snprintf(link, sizeof link, "/proc/%d/cwd", request->thread);
        *fd = open(link, O_PATH | O_DIRECTORY | O_CLOEXEC);
    } else {
        return caller_descriptor(request, folder, fd);
    }
    return *fd < 0 ? plain(errno) : request_is_alive(request) ? 0 : EACCES;
}

static int open_path(const struct request *request, int folder, const char *path, uint64_t flags, int *fd) {
    CLOSES int start = -1;
    int error = open_start(request, folder, path, &start);
    if (error != 0) {
        return error;
    }
    struct how how = {.flags = O_PATH | O_CLOEXEC | flags, .resolve = RESOLVE_WITHOUT_MAGIC};
    int found = (int)syscall(NR_OPENAT2, start, path, &how, sizeof how);
    if (found < 0) {
        return plain(errno);
    }
    char place[PATH_BYTES];
    if (path_of_fd(found, place) && is_below(place, "/proc")) {
        close(found); /* what is there differs from process to process */
        return EACCES;
    }
    *fd = found;
    return 0;
}

int caller_open(const struct request *request, int folder, const char *path, bool follow, int *fd) {
    int number = follow ? named_descriptor(request, path) : -1;
    if (number >= 0) {
        return caller_descriptor(request, number, fd);
    }
    return open_path(request, folder, path, follow ? 0 : O_NOFOLLOW, fd);
}

int caller_open_folder(const struct request *request, int folder, const char *path, int *fd, char *name) {
    size_t end = strlen(path);
    if (end == 0) {
        return ENOENT;
    }
    while (end > 1 && path[end - 1] == '/') {
        end--;
    }
    size_t start = end;
    while (start > 0 && path[start - 1] != '/') {
        start--;
    }
    if (end - start > NAME_MAX) {
        return ENAMETOOLONG;
    }
    memcpy(name, path + start, end - start);
    name[end - start] = '\0';
    if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0) {
        name[0] = '\0';
    }
    FREES char *parent = copy_bytes(path, start);
    return open_path(request, folder, start > 0 ? parent : ".", O_DIRECTORY, fd);
}
