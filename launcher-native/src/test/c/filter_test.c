/* The filter's program, interpreted step by step as the kernel does. */
#include <errno.h>
#include <linux/audit.h>
#include <linux/btrfs.h>
#include <linux/f2fs.h>
#include <linux/fscrypt.h>
#include <linux/netlink.h>
#include <linux/seccomp.h>
#include <netinet/in.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>

#include "calls.h"
#include "check.h"
#include "closed.h"
#include "filter.h"
#include "kernel.h"

#if defined(__x86_64__)
#define HERE AUDIT_ARCH_X86_64
#else
#define HERE AUDIT_ARCH_AARCH64
#endif

/* What ioctls take whose headers are not among those of programs; only their sizes matter. */
struct two_paths {
    uint64_t from, to, preserve;
};
struct subvolume {
    uint64_t flags_and_folder, mode, to, from;
};
struct subvolume_told {
    struct subvolume subvolume;
    uint64_t text, length;
};

enum { NOT_VALID = 1, STEPS_PER_CALL = 400 };

/* What the kernel would do; NOT_VALID for a program it would not take. */
static uint32_t interpret(const struct program *program, const struct seccomp_data *data) {
    uint32_t loaded = 0;
    for (size_t at = 0, taken = 0; at < program->count && taken < STEPS_PER_CALL; at++, taken++) {
        const struct sock_filter *step = &program->steps[at];
        switch (step->code) {
        case BPF_LD | BPF_W | BPF_ABS:
            if (step->k % 4 != 0 || step->k + 4 > sizeof *data) {
                return NOT_VALID;
            }
            memcpy(&loaded, (const char *)data + step->k, sizeof loaded);
            break;
        case BPF_ALU | BPF_AND | BPF_K:
            loaded &= step->k;
            break;
        case BPF_JMP | BPF_JEQ | BPF_K:
            at += loaded == step->k ? step->jt : step->jf;
            break;
        case BPF_JMP | BPF_JGE | BPF_K:
            at += loaded >= step->k ? step->jt : step->jf;
            break;
        case BPF_JMP | BPF_JSET | BPF_K:
            at += (loaded & step->k) != 0 ? step->jt : step->jf;
            break;
        case BPF_RET | BPF_K:
            return step->k;
        default:
            return NOT_VALID;
        }
    }
    return NOT_VALID;
}

/* An errno, 0 for going on, -1 for the doorbell, -2 for anything else. */
static int answer(const struct program *program, int number, const uint64_t arguments[6]) {
    struct seccomp_data data = {.nr = number, .arch = HERE};
    memcpy(data.args, arguments, sizeof data.args);
    uint32_t action = interpret(program, &data);
    return action == SECCOMP_RET_ALLOW                               ? 0
           : action == SC_RET_USER_NOTIF                             ? -1
           : (action & SECCOMP_RET_ACTION_FULL) == SECCOMP_RET_ERRNO ? (int)(action & SECCOMP_RET_DATA)
                                                                     : -2;
}

enum { ALLOWED = 0, RINGS = -1 };
#define HIGH (1ull << 32)

static const struct {
    const char *what;
    int number;
    uint64_t arguments[6];
    int wanted;
} CASES[] = {
    {"reading", SYS_read, {0}, ALLOWED},
    {"a TCP socket", SYS_socket, {AF_INET, SOCK_STREAM, 0}, ALLOWED},
    {"a TCP socket by name, with flags", SYS_socket, {AF_INET6, SOCK_STREAM | SOCK_CLOEXEC, 6}, ALLOWED},
    {"multipath TCP", SYS_socket, {AF_INET, SOCK_STREAM, 262}, EPROTONOSUPPORT},
    {"SCTP", SYS_socket, {AF_INET, SOCK_STREAM, 132}, EPROTONOSUPPORT},
    {"SCTP in packets", SYS_socket, {AF_INET6, SOCK_SEQPACKET, 132}, EPERM},
    {"SMC as a protocol", SYS_socket, {AF_INET, SOCK_STREAM, 256}, EPROTONOSUPPORT},
    {"SMC", SYS_socket, {43, SOCK_STREAM, 0}, EAFNOSUPPORT},
    {"a raw socket", SYS_socket, {AF_INET, SOCK_RAW, 1}, EPERM},
    {"a raw socket with flags", SYS_socket, {AF_INET, SOCK_RAW | SOCK_NONBLOCK, 255}, EPERM},
    {"old packets", SYS_socket, {AF_INET, 10, 3}, EPERM},
    {"packets", SYS_socket, {AF_PACKET, SOCK_RAW, 0}, EAFNOSUPPORT},
    {"virtual machines", SYS_socket, {AF_VSOCK, SOCK_STREAM, 0}, EAFNOSUPPORT},
    {"bluetooth", SYS_socket, {AF_BLUETOOTH, SOCK_STREAM, 3}, EAFNOSUPPORT},
    {"ciphers", SYS_socket, {AF_ALG, SOCK_SEQPACKET, 0}, EAFNOSUPPORT},
    {"a family with a high half", SYS_socket, {AF_PACKET + HIGH, SOCK_RAW, 0}, EAFNOSUPPORT},
    {"what the kernel takes for a TCP socket",
     SYS_socket,
     {AF_INET + HIGH, SOCK_STREAM + HIGH, HIGH},
     ALLOWED},
    {"routes", SYS_socket, {AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE}, ALLOWED},
    {"devices", SYS_socket, {AF_NETLINK, SOCK_DGRAM, NETLINK_KOBJECT_UEVENT}, ALLOWED},
    {"audit", SYS_socket, {AF_NETLINK, SOCK_RAW, NETLINK_AUDIT}, EPROTONOSUPPORT},
    {"others' sockets", SYS_socket, {AF_NETLINK, SOCK_RAW, NETLINK_SOCK_DIAG}, EPROTONOSUPPORT},
    {"a Unix stream", SYS_socket, {AF_UNIX, SOCK_STREAM, 0}, ALLOWED},
    {"Unix packets", SYS_socket, {AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0}, ALLOWED},
    {"a pair of streams", SYS_socketpair, {AF_UNIX, SOCK_STREAM, 0, 1}, ALLOWED},
    {"a pair of another family", SYS_socketpair, {30, SOCK_STREAM, 0, 1}, EAFNOSUPPORT},
    {"sending", SYS_sendmsg, {3, 4, MSG_NOSIGNAL}, ALLOWED},
    {"sending before connecting", SYS_sendmsg, {3, 4, MSG_NOSIGNAL | MSG_FASTOPEN}, EOPNOTSUPP},
    {"sending before connecting to", SYS_sendto, {3, 4, 5, MSG_FASTOPEN}, EOPNOTSUPP},
    {"sending many before connecting", SYS_sendmmsg, {3, 4, 5, MSG_FASTOPEN}, EOPNOTSUPP},
    {"a terminal's size", SYS_ioctl, {0, TIOCGWINSZ}, ALLOWED},
    {"typing", SYS_ioctl, {0, TIOCSTI}, EPERM},
    {"typing with a high half", SYS_ioctl, {0, TIOCSTI + HIGH}, EPERM},
    {"making a file immutable", SYS_ioctl, {0, 0x40086602}, EPERM},
    {"sealing a file", SYS_ioctl, {0, 0x40806685}, EPERM},
    {"taking a folder's key away", SYS_ioctl, {0, FS_IOC_REMOVE_ENCRYPTION_KEY}, EPERM},
    {"taking it away from all", SYS_ioctl, {0, FS_IOC_REMOVE_ENCRYPTION_KEY_ALL_USERS}, EPERM},
    {"giving a folder a key", SYS_ioctl, {0, FS_IOC_ADD_ENCRYPTION_KEY}, EPERM},
    {"asking for a folder's key", SYS_ioctl, {0, FS_IOC_GET_ENCRYPTION_KEY_STATUS}, ALLOWED},
    {"pinning a file", SYS_ioctl, {0, F2FS_IOC_SET_PIN_FILE}, EPERM},
    {"closing a compressed file", SYS_ioctl, {0, F2FS_IOC_RELEASE_COMPRESS_BLOCKS}, EPERM},
    {"opening it again", SYS_ioctl, {0, F2FS_IOC_RESERVE_COMPRESS_BLOCKS}, EPERM},
    {"copying by path", SYS_ioctl, {0, _IOW('o', 4, struct two_paths)}, EPERM},
    {"a subvolume by path", SYS_ioctl, {0, _IOW(0xbc, 16, struct subvolume)}, EPERM},
    {"removing one by path", SYS_ioctl, {0, _IOW(0xbc, 17, struct subvolume)}, EPERM},
    {"a subvolume by path, told why not", SYS_ioctl, {0, _IOW(0xbc, 29, struct subvolume_told)}, EPERM},
    {"removing one, told why not", SYS_ioctl, {0, _IOW(0xbc, 30, struct subvolume_told)}, EPERM},
    {"taking attributes over", SYS_ioctl, {0, _IOR(0xbc, 64, const char *)}, EPERM},
    {"rewriting a file", SYS_ioctl, {0, BTRFS_IOC_DEFRAG}, EPERM},
    {"rewriting a part of it", SYS_ioctl, {0, BTRFS_IOC_DEFRAG_RANGE}, EPERM},
    {"reading a file's flags", SYS_ioctl, {0, 0x80086601}, ALLOWED},
    {"files by number", SYS_open_by_handle_at, {0}, EPERM},
    {"file attributes by path", 469, {0}, EPERM},
    {"a thread", SYS_clone, {0x3d0f00}, ALLOWED},
    {"mounts of one's own", SYS_clone, {0x20011}, EPERM},
    {"one's own limits", SYS_prlimit64, {0, 7, 1000}, ALLOWED},
    {"another's limits", SYS_prlimit64, {77, 7, 1000}, EPERM},
    {"another's limits, set from far", SYS_prlimit64, {77, 7, HIGH}, EPERM},
    {"reading another's limits", SYS_prlimit64, {77, 7, 0, 1000}, ALLOWED},
    {"being closed to others", SYS_prctl, {PR_SET_DUMPABLE, 0}, RINGS},
    {"being open to others", SYS_prctl, {PR_SET_DUMPABLE, 1}, ALLOWED},
    {"being what there is not", SYS_prctl, {PR_SET_DUMPABLE, HIGH}, ALLOWED},
    {"a name of one's own", SYS_prctl, {PR_SET_NAME, 0}, ALLOWED},
    {"one's own priority", SYS_setpriority, {PRIO_PROCESS, 0, 5}, ALLOWED},
    {"another's priority", SYS_setpriority, {PRIO_PROCESS, 77, 5}, RINGS},
    {"the user's priority", SYS_setpriority, {PRIO_USER, 0, 5}, EPERM},
    {"a group's priority", SYS_setpriority, {PRIO_PGRP, 0, 5}, EPERM},
    {"one's own disk priority", SYS_ioprio_set, {1, 0, 5}, ALLOWED},
    {"another's disk priority", SYS_ioprio_set, {1, 77, 5}, RINGS},
    {"the user's disk priority", SYS_ioprio_set, {3, 0, 5}, EPERM},
    {"one's own processors", SYS_sched_setaffinity, {0, 8, 5}, ALLOWED},
    {"another's processors", SYS_sched_setaffinity, {77, 8, 5}, RINGS},
    {"another's scheduler", SYS_sched_setattr, {77, 8, 5}, RINGS},
    {"opening", SYS_openat, {0}, RINGS},
    {"connecting", SYS_connect, {0}, RINGS},
    {"binding", SYS_bind, {0}, RINGS},
    {"making shared memory", SYS_shmget, {0}, RINGS},
    {"attaching shared memory", SYS_shmat, {77}, RINGS},
    {"removing shared memory", SYS_shmctl, {77}, RINGS},
    {"leaving shared memory", SYS_shmdt, {0x1000}, ALLOWED},
    {"a queue", SYS_mq_open, {0}, ENOSYS},
    {"semaphores", SYS_semop, {77}, ENOSYS},
    {"a message", SYS_msgrcv, {77}, ENOSYS},
};

/* What depends on the session: the arguments of socket(), and the answer by what is closed. */
static const struct {
    const char *what;
    uint64_t family, type, protocol;
    int free, udp, echo, datagrams;
} BY_SESSION[] = {
    {"UDP", AF_INET, SOCK_DGRAM, 0, ALLOWED, EACCES, ALLOWED, ALLOWED},
    {"UDP by name", AF_INET6, SOCK_DGRAM | SOCK_NONBLOCK, IPPROTO_UDP, ALLOWED, EACCES, ALLOWED, ALLOWED},
    {"light UDP", AF_INET, SOCK_DGRAM, IPPROTO_UDPLITE, EPROTONOSUPPORT, EPROTONOSUPPORT, EPROTONOSUPPORT,
     EPROTONOSUPPORT},
    {"echo", AF_INET, SOCK_DGRAM, IPPROTO_ICMP, ALLOWED, ALLOWED, EPROTONOSUPPORT, ALLOWED},
    {"echo 6", AF_INET6, SOCK_DGRAM, IPPROTO_ICMPV6, ALLOWED, ALLOWED, EPROTONOSUPPORT, ALLOWED},
    {"Unix datagrams", AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0, ALLOWED, ALLOWED, ALLOWED, EACCES},
    {"Unix datagrams by their other word", AF_UNIX, SOCK_RAW, 0, ALLOWED, ALLOWED, ALLOWED, EACCES},
};

static void check_answer(const struct program *program, const char *what, int number,
                         const uint64_t arguments[6], int wanted) {
    int got = answer(program, number, arguments);
    if (got != wanted) {
        fprintf(stderr, "%s: %d\n", what, got);
    }
    check_that(got == wanted, what, __FILE__, __LINE__);
}

void test_filter(void) {
    struct program program, other;
    filter_build(&program, &(struct closing){.doorbell = true});
    CHECK(!program.broken);
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        check_answer(&program, CASES[i].what, CASES[i].number, CASES[i].arguments, CASES[i].wanted);
    }
    const uint64_t none[6] = {0};
    for (size_t i = 0; i < TRAPPED_CALL_COUNT; i++) {
        int number = call_number(&TRAPPED_CALLS[i]);
        CHECK(number < 0 || call_of(number)->call == TRAPPED_CALLS[i].call);
    }
    for (size_t i = 0; i < CLOSED_CALL_COUNT; i++) {
        const struct closed_call *row = &CLOSED_CALLS[i];
        uint64_t arguments[6] = {0};
        if (row->argument != ALWAYS) {
            arguments[row->argument] = row->value;
        }
#if defined(__x86_64__)
        check_answer(&program, "a closed row", row->x86_64, arguments, row->answer);
#else
        check_answer(&program, "a closed row", row->aarch64, arguments, row->answer);
#endif
    }
    struct seccomp_data foreign = {.nr = SYS_read, .arch = AUDIT_ARCH_I386};
    CHECK(interpret(&program, &foreign) == (SECCOMP_RET_ERRNO | ENOSYS));
#if defined(__x86_64__)
    CHECK(answer(&program, 0x40000000 + SYS_read, none) == ENOSYS);
#endif
    for (size_t i = 0; i < sizeof BY_SESSION / sizeof BY_SESSION[0]; i++) {
        const uint64_t arguments[6] = {BY_SESSION[i].family, BY_SESSION[i].type, BY_SESSION[i].protocol};
        const int wanted[] = {BY_SESSION[i].free, BY_SESSION[i].udp, BY_SESSION[i].echo,
                              BY_SESSION[i].datagrams};
        const struct closing closings[] = {
            {.doorbell = true}, {.udp = true}, {.echo = true}, {.unix_datagrams = true, .doorbell = true}};
        for (size_t c = 0; c < 4; c++) {
            filter_build(&other, &closings[c]);
            check_answer(&other, BY_SESSION[i].what, SYS_socket, arguments, wanted[c]);
            if (BY_SESSION[i].family == AF_UNIX) {
                check_answer(&other, BY_SESSION[i].what, SYS_socketpair, arguments, wanted[c]);
            }
        }
    }
    filter_build(&other, &(struct closing){.doorbell = true, .openat2 = true});
    CHECK(answer(&program, NR_OPENAT2, none) == RINGS && answer(&other, NR_OPENAT2, none) == ENOSYS);
    /* Without a doorbell nothing rings: what would have been looked at goes on or is closed. */
    filter_build(&other, &(struct closing){.udp = true});
    CHECK(answer(&other, SYS_openat, none) == ALLOWED);
    CHECK(answer(&other, SYS_setpriority, (uint64_t[6]){PRIO_PROCESS, 77, 5}) == EPERM);
    CHECK(answer(&other, SYS_shmget, none) == EPERM && answer(&other, SYS_shmat, none) == EPERM &&
          answer(&other, SYS_shmctl, none) == EPERM);
}
