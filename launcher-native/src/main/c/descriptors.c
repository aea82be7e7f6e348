#include "descriptors.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "kernel.h"
#include "util.h"

static bool drop(int fd, bool at_execve) {
    return at_execve ? fcntl(fd, F_SETFD, FD_CLOEXEC) == 0 : close(fd) == 0 || errno == EINTR;
}

bool close_from_by_looking(int first, bool at_execve) {
    bool found = true, good = true;
    while (found && good) {
        DIR *all = opendir("/proc/self/fd");
        if (all == NULL) {
            return false;
        }
        found = false;
        errno = 0;
        for (struct dirent *entry = NULL; good && (entry = readdir(all)) != NULL;) {
            uint64_t number = 0;
            if (parse_number(entry->d_name, INT32_MAX, &number) && (int)number >= first &&
                (int)number != dirfd(all)) {
                /* What is closed while the list is read may hide others: looked at again. */
                found = !at_execve;
                good = drop((int)number, at_execve);
            }
            errno = good ? 0 : errno;
        }
        int error = errno;
        good = good && error == 0;
        closedir(all);
        errno = error;
    }
    return good;
}

bool close_from(int first, bool at_execve) {
    unsigned flags = at_execve ? CLOSE_RANGE_AT_EXECVE : 0u;
    return syscall(NR_CLOSE_RANGE, (unsigned)first, ~0u, flags) == 0 ||
           close_from_by_looking(first, at_execve);
}

bool send_with(int socket, const void *bytes, size_t length, int fd, int flags) {
    struct iovec whole = {.iov_base = (void *)(uintptr_t)bytes, .iov_len = length};
    union {
        struct cmsghdr header;
        char room[CMSG_SPACE(sizeof(int))];
    } control = {0};
    struct msghdr message = {.msg_iov = &whole, .msg_iovlen = 1};
    if (fd >= 0) {
        message.msg_control = control.room;
        message.msg_controllen = sizeof control.room;
        struct cmsghdr *header = CMSG_FIRSTHDR(&message);
        header->cmsg_level = SOL_SOCKET;
        header->cmsg_type = SCM_RIGHTS;
        header->cmsg_len = CMSG_LEN(sizeof(int));
        memcpy(CMSG_DATA(header), &fd, sizeof(int));
    }
    return sendmsg(socket, &message, MSG_NOSIGNAL | flags) == (ssize_t)length;
}
