#include "borrow.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include "kernel.h"
#include "peek.h"

enum { PAGE = 4096 };

/* Of what is not ours to look into, nothing can be done in its place. */
static int plain(int error) {
    return error == EPERM || error == ESRCH ? EACCES : error;
}

int borrow_bytes(const struct request *request, uint64_t address, void *bytes, size_t length) {
    struct iovec here = {.iov_base = bytes, .iov_len = length};
    struct iovec there = {.iov_base = (void *)(uintptr_t)address, .iov_len = length};
    ssize_t got = length > 0 ? process_vm_readv(request->thread, &here, 1, &there, 1, 0) : 0;
    if (got < 0) {
        return plain(errno);
    }
    return got != (ssize_t)length ? EFAULT : request_is_alive(request) ? 0 : EACCES;
}

int borrow_text(const struct request *request, uint64_t address, size_t most, int too_long, char **text) {
    FREES char *bytes = grow(NULL, most, 1);
    for (size_t have = 0; have < most;) {
        /* Page by page: the next one may not exist, and need not. */
        size_t step = PAGE - (size_t)((address + have) % PAGE);
        step = step < most - have ? step : most - have;
        int error = borrow_bytes(request, address + have, bytes + have, step);
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

int borrow_descriptor(const struct request *request, int number, int *copy) {
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

/* What was found with the caller's numbers is the caller's only if it still waits. */
static int found(const struct request *request, bool good, struct place *place) {
    if (!good) {
        return plain(errno);
    }
    place_look(place);
    return !place->no_proc || !request_is_alive(request) ? EACCES : 0;
}

int borrow_file(struct request *request, int folder, const char *path, bool follow, struct place *place) {
    struct way way = {.request = request, .folder = folder, .text = path};
    int error = found(request, resolve_existing(&way, follow, place), place), copy = -1;
    if (error == ENOENT && folder != AT_FDCWD && path[0] != '/' && path[0] != '\0') {
        error = borrow_descriptor(request, folder, &copy); /* is it the folder that is missing? */
        close_later(&copy);
        error = error == 0 ? ENOENT : error;
    }
    return error;
}

int borrow_entry(struct request *request, const char *path, struct place *place) {
    struct way way = {.request = request, .folder = AT_FDCWD, .text = path};
    return found(request, resolve_entry(&way, place), place);
}
