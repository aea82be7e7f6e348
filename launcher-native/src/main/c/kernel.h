/*
 * Kernel constants this program needs. They are ours because distributions ship headers years older than
 * the kernels people run. Sources: include/uapi/linux/{landlock,seccomp,openat2,close_range}.h of Linux 7.3.
 */
#ifndef LANDGRANT_KERNEL_H
#define LANDGRANT_KERNEL_H

#include <stdint.h>
#include <sys/ioctl.h>

/* System calls with the same number on every architecture. */
#define NR_PIDFD_OPEN              434
#define NR_CLOSE_RANGE             436
#define NR_OPENAT2                 437
#define NR_PIDFD_SEND_SIGNAL       424
#define NR_PIDFD_GETFD             438
#define NR_FACCESSAT2              439
#define NR_LANDLOCK_CREATE_RULESET 444
#define NR_LANDLOCK_ADD_RULE       445
#define NR_LANDLOCK_RESTRICT_SELF  446

#define NR_OPENAT2       437
#define NR_FCHMODAT2     452
#define NR_SETXATTRAT    463
#define NR_REMOVEXATTRAT 466

#define PIDFD_OF_THREAD 0200u /* O_EXCL; Linux 6.9 */

#define CLOSE_RANGE_AT_EXECVE (1u << 2) /* CLOSE_RANGE_CLOEXEC */

#define LL_CREATE_RULESET_VERSION 1u
#define LL_RULE_PATH_BENEATH      1
#define LL_RULE_NET_PORT          2

#define LL_FS_EXECUTE      (1ull << 0)
#define LL_FS_WRITE_FILE   (1ull << 1)
#define LL_FS_READ_FILE    (1ull << 2)
#define LL_FS_READ_DIR     (1ull << 3)
#define LL_FS_REMOVE_DIR   (1ull << 4)
#define LL_FS_REMOVE_FILE  (1ull << 5)
#define LL_FS_MAKE_CHAR    (1ull << 6)
#define LL_FS_MAKE_DIR     (1ull << 7)
#define LL_FS_MAKE_REG     (1ull << 8)
#define LL_FS_MAKE_SOCK    (1ull << 9)
#define LL_FS_MAKE_FIFO    (1ull << 10)
#define LL_FS_MAKE_BLOCK   (1ull << 11)
#define LL_FS_MAKE_SYM     (1ull << 12)
#define LL_FS_REFER        (1ull << 13)
#define LL_FS_TRUNCATE     (1ull << 14)
#define LL_FS_IOCTL_DEV    (1ull << 15)
#define LL_FS_RESOLVE_UNIX (1ull << 16)

#define LL_NET_BIND_TCP         (1ull << 0)
#define LL_NET_CONNECT_TCP      (1ull << 1)
#define LL_NET_BIND_UDP         (1ull << 2)
#define LL_NET_CONNECT_SEND_UDP (1ull << 3)

#define LL_SCOPE_ABSTRACT_UNIX_SOCKET (1ull << 0)
#define LL_SCOPE_SIGNAL               (1ull << 1)

/* Of landlock_restrict_self, from ABI 7 on: which refusals the kernel writes into its audit log. */
#define LL_LOG_SAME_EXEC_OFF  (1u << 0)
#define LL_LOG_NEW_EXEC_ON    (1u << 1)
#define LL_LOG_SUBDOMAINS_OFF (1u << 2)

/* The part of struct landlock_ruleset_attr that ABI 6 knows; later fields are left out, so zero. */
struct ll_ruleset_attr {
    uint64_t handled_access_fs;
    uint64_t handled_access_net;
    uint64_t scoped;
};

struct ll_path_beneath_attr {
    uint64_t allowed_access;
    int32_t parent_fd;
} __attribute__((packed));

struct ll_net_port_attr {
    uint64_t allowed_access;
    uint64_t port;
};

#define SC_SET_MODE_FILTER                1u
#define SC_FILTER_FLAG_NEW_LISTENER       (1ul << 3)
#define SC_FILTER_FLAG_WAIT_KILLABLE_RECV (1ul << 5)
#define SC_RET_USER_NOTIF                 0x7fc00000u
#define SC_NOTIF_FLAG_CONTINUE            1u
#define SC_ADDFD_FLAG_SEND                2u
#define SC_NOTIF_SET_FLAGS                _IOW('!', 4, uint64_t) /* takes the value itself, not its address */
#define SC_NOTIF_SYNC_WAKE_UP             1ul

#define IO_PRIORITY_PROCESS 1 /* what ioprio_set calls PRIO_PROCESS */

/* struct open_how of openat2; later fields do not matter here. */
struct how {
    uint64_t flags;
    uint64_t mode;
    uint64_t resolve;
};
#define RESOLVE_SAME_MOUNT    0x01ull
#define RESOLVE_WITHOUT_MAGIC 0x02ull
#define RESOLVE_WITHOUT_LINKS 0x04ull
#define RESOLVE_BELOW         0x08ull
#define RESOLVE_ROOTED        0x10ull
#define RESOLVE_FROM_CACHE    0x20ull

#endif
