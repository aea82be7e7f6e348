/*
 * landgrant-audit: reads the kernel's audit records and prints those about what Landlock refused to the
 * caller's own processes. It is the one program of ours that an administrator may give a capability
 * (CAP_AUDIT_READ); without that it says so and ends. Given to it, every user may run it, so it trusts
 * nobody who does: it takes no arguments, no input and nothing from its environment, and is static.
 *
 * The capability lets a process read all of the machine's records. What stands between that and the caller is
 * sieve.c, and that nobody gets at the open socket: the process is closed to others (not dumpable) before it
 * has one, has no capability any more afterwards, starts nothing and passes on no descriptor.
 *
 * Prints "ready" when it listens, then lines as sieve.h says, and "lost" when the kernel could not keep some
 * for it. Ends when nobody reads them any more.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <linux/netlink.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/xattr.h>
#include <time.h>
#include <unistd.h>

#include "sieve.h"

/* How it ended: see AuditHelper.java. */
enum { ENDED = 0, USAGE = 2, NOT_SWITCHED_ON = 3, NO_RECORDS = 4, FAILED = 5 };

enum {
    GROUP_READLOG = 1 /* AUDIT_NLGRP_READLOG */,
    ROOM = 1 << 20 /* asked for, as far as the system's limit goes */,
    STATUS_BYTES = 4096
};

/* The inode of the first process namespace (linux/proc_ns.h: PROC_PID_INIT_INO); records number by it. */
static const char FIRST_NAMESPACE[] = "pid:[4026531836]";

static _Noreturn void end(int status, const char *sentence) {
    dprintf(STDERR_FILENO, "landgrant-audit: %s\n", sentence);
    _exit(status);
}

static void print(void *unused, const char *line) {
    (void)unused;
    if (dprintf(STDOUT_FILENO, "%s\n", line) < 0) {
        _exit(ENDED);
    }
}

static int64_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

/* Of a process that ended meanwhile, nothing is known. */
static bool is_only(pid_t process, uid_t user) {
    char path[32], status[STATUS_BYTES];
    snprintf(path, sizeof path, "/proc/%d/status", (int)process);
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    ssize_t length = fd >= 0 ? read(fd, status, sizeof status - 1) : -1;
    if (fd >= 0) {
        close(fd);
    }
    status[length > 0 ? length : 0] = '\0';
    unsigned ids[4];
    const char *line = strstr(status, "\nUid:");
    return line != NULL && sscanf(line, "\nUid: %u %u %u %u", &ids[0], &ids[1], &ids[2], &ids[3]) == 4 &&
           ids[0] == user && ids[1] == user && ids[2] == user && ids[3] == user;
}

/* Inputs and outputs exist, so that the socket is none of them; there is no other descriptor, no mask. */
static void begin_clean(void) {
    for (int fd = 0; fd < 3; fd++) {
        if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", O_RDWR) != fd) {
            _exit(FAILED);
        }
    }
    sigset_t none;
    sigemptyset(&none);
    if (syscall(SYS_close_range, 3, ~0u, 0) != 0 || sigprocmask(SIG_SETMASK, &none, NULL) != 0 ||
        prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0 || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) {
        end(FAILED, "it could not make itself safe.");
    }
    signal(SIGPIPE, SIG_DFL);
    signal(SIGALRM, SIG_DFL);
    umask(077);
}

/* The one switch is the capability on the file: not even root's own run does without. */
static bool is_switched_on(void) {
    return getxattr("/proc/self/exe", "security.capability", NULL, 0) > 0;
}

static int listen_to_kernel(void) {
    int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, 9 /* NETLINK_AUDIT */);
    if (fd < 0) {
        end(NO_RECORDS, "this kernel keeps no audit records.");
    }
    struct sockaddr_nl address = {.nl_family = AF_NETLINK, .nl_groups = 1u << (GROUP_READLOG - 1)};
    if (bind(fd, (struct sockaddr *)&address, sizeof address) != 0) {
        end(errno == EPERM ? NOT_SWITCHED_ON : NO_RECORDS, "the kernel does not let it read audit records.");
    }
    int room = ROOM;
    (void)setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &room, sizeof room);
    return fd;
}

static void drop_capabilities(void) {
    struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
    struct __user_cap_data_struct none[2] = {0};
    if (syscall(SYS_capset, &header, none) != 0 || prctl(PR_GET_DUMPABLE, 0, 0, 0, 0) != 0) {
        end(FAILED, "it could not make itself safe.");
    }
}

/* What does not come from the kernel, or not whole, is passed over. */
static void receive(int fd, struct sieve *sieve) {
    static union {
        struct nlmsghdr header;
        char bytes[NLMSG_HDRLEN + RECORD_BYTES];
    } message;
    struct sockaddr_nl from = {0};
    socklen_t length = sizeof from;
    ssize_t count =
        recvfrom(fd, &message, sizeof message, MSG_DONTWAIT | MSG_TRUNC, (struct sockaddr *)&from, &length);
    if (count < 0) {
        if (errno == ENOBUFS) {
            print(NULL, "lost");
        } else if (errno != EAGAIN && errno != EINTR) {
            end(FAILED, "the audit records ended.");
        }
        return;
    }
    if (length == sizeof from && from.nl_pid == 0 && count > NLMSG_HDRLEN &&
        (size_t)count <= sizeof message) {
        sieve_take(sieve, message.header.nlmsg_type, message.bytes + NLMSG_HDRLEN,
                   (size_t)count - NLMSG_HDRLEN, now());
    }
}

int main(int argc, char **argv) {
    (void)argv;
    begin_clean();
    if (argc > 1) {
        end(USAGE, "it takes no arguments; Landgrant starts it.");
    }
    if (!is_switched_on()) {
        end(NOT_SWITCHED_ON, "it was not given CAP_AUDIT_READ; \"landgrant check\" says how.");
    }
    char space[32] = "";
    if (readlink("/proc/self/ns/pid", space, sizeof space - 1) < 0 || strcmp(space, FIRST_NAMESPACE) != 0) {
        end(NO_RECORDS, "audit records are not for containers.");
    }
    int fd = listen_to_kernel();
    drop_capabilities();
    static struct sieve sieve = {.is_only = is_only, .pass = print};
    sieve.caller = getuid();
    print(NULL, "ready");
    for (size_t waiting = 0;;) {
        struct pollfd ends[] = {{.fd = fd, .events = POLLIN}, {.fd = STDOUT_FILENO}};
        if (poll(ends, 2, waiting > 0 ? SIEVE_PATIENCE_MS : -1) < 0 && errno != EINTR) {
            end(FAILED, "the audit records ended.");
        }
        if (ends[1].revents != 0) {
            return ENDED; /* nobody reads any more */
        }
        if (ends[0].revents != 0) {
            receive(fd, &sieve);
        }
        waiting = sieve_tick(&sieve, now());
    }
}
