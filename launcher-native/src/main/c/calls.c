#include "calls.h"

#define NONE      ARGUMENT_NONE
#define NO_FOLLOW ARGUMENT_NO_FOLLOW
const struct trapped_call TRAPPED_CALLS[] = {
    /* call, who answers, x86_64, aarch64, folder, path, second folder, second path, flags, mode */
    {CALL_OPEN, files_handle, 257, 56, 0, 1, NONE, NONE, 2, 3},        /* openat */
    {CALL_OPEN, files_handle, 2, -1, NONE, 0, NONE, NONE, 1, 2},       /* open */
    {CALL_OPENAT2, files_handle, 437, 437, 0, 1, NONE, NONE, 2, NONE}, /* openat2 */
    {CALL_CREAT, files_handle, 85, -1, NONE, 0, NONE, NONE, NONE, 1},  /* creat */
    {CALL_CONNECT, sockets_handle, 42, 203, NONE, NONE, NONE, NONE, NONE, NONE},
    {CALL_BIND, sockets_handle, 49, 200, NONE, NONE, NONE, NONE, NONE, NONE},
    {CALL_EXEC, exec_handle, 59, 221, NONE, 0, NONE, NONE, NONE, NONE},     /* execve */
    {CALL_EXEC, exec_handle, 322, 281, 0, 1, NONE, NONE, 4, NONE},          /* execveat */
    {CALL_UNLINK, files_handle, 87, -1, NONE, 0, NONE, NONE, NONE, NONE},   /* unlink */
    {CALL_UNLINK, files_handle, 263, 35, 0, 1, NONE, NONE, 2, NONE},        /* unlinkat */
    {CALL_RMDIR, files_handle, 84, -1, NONE, 0, NONE, NONE, NONE, NONE},    /* rmdir */
    {CALL_RENAME, files_handle, 82, -1, NONE, 0, NONE, 1, NONE, NONE},      /* rename */
    {CALL_RENAME, files_handle, 264, 38, 0, 1, 2, 3, NONE, NONE},           /* renameat */
    {CALL_RENAME, files_handle, 316, 276, 0, 1, 2, 3, 4, NONE},             /* renameat2 */
    {CALL_MKDIR, files_handle, 83, -1, NONE, 0, NONE, NONE, NONE, 1},       /* mkdir */
    {CALL_MKDIR, files_handle, 258, 34, 0, 1, NONE, NONE, NONE, 2},         /* mkdirat */
    {CALL_SYMLINK, files_handle, 88, -1, NONE, 1, NONE, 0, NONE, NONE},     /* symlink */
    {CALL_SYMLINK, files_handle, 266, 36, 1, 2, NONE, 0, NONE, NONE},       /* symlinkat */
    {CALL_MKNOD, files_handle, 133, -1, NONE, 0, NONE, NONE, NONE, 1},      /* mknod */
    {CALL_MKNOD, files_handle, 259, 33, 0, 1, NONE, NONE, NONE, 2},         /* mknodat */
    {CALL_LINK, files_handle, 86, -1, NONE, 0, NONE, 1, NONE, NONE},        /* link */
    {CALL_LINK, files_handle, 265, 37, 0, 1, 2, 3, 4, NONE},                /* linkat */
    {CALL_TRUNCATE, files_handle, 76, 45, NONE, 0, NONE, NONE, NONE, NONE}, /* truncate */
    {CALL_LISTEN, sockets_handle, 50, 201, NONE, NONE, NONE, NONE, NONE, NONE},
    /* attributes */
    {CALL_CHMOD, attributes_handle, 90, -1, NONE, 0, NONE, NONE, NONE, 1},             /* chmod */
    {CALL_CHMOD, attributes_handle, 91, 52, 0, NONE, NONE, NONE, NONE, 1},             /* fchmod */
    {CALL_CHMOD, attributes_handle, 268, 53, 0, 1, NONE, NONE, NONE, 2},               /* fchmodat */
    {CALL_CHMOD, attributes_handle, 452, 452, 0, 1, NONE, NONE, 3, 2},                 /* fchmodat2 */
    {CALL_CHOWN, attributes_handle, 92, -1, NONE, 0, NONE, NONE, NONE, 1},             /* chown */
    {CALL_CHOWN, attributes_handle, 93, 55, 0, NONE, NONE, NONE, NONE, 1},             /* fchown */
    {CALL_CHOWN, attributes_handle, 94, -1, NONE, 0, NONE, NONE, NO_FOLLOW, 1},        /* lchown */
    {CALL_CHOWN, attributes_handle, 260, 54, 0, 1, NONE, NONE, 4, 2},                  /* fchownat */
    {CALL_UTIME, attributes_handle, 132, -1, NONE, 0, NONE, NONE, NONE, 1},            /* utime */
    {CALL_UTIMES, attributes_handle, 235, -1, NONE, 0, NONE, NONE, NONE, 1},           /* utimes */
    {CALL_UTIMES, attributes_handle, 261, -1, 0, 1, NONE, NONE, NONE, 2},              /* futimesat */
    {CALL_UTIMENS, attributes_handle, 280, 88, 0, 1, NONE, NONE, 3, 2},                /* utimensat */
    {CALL_SETXATTR, attributes_handle, 188, 5, NONE, 0, NONE, NONE, NONE, 1},          /* setxattr */
    {CALL_SETXATTR, attributes_handle, 189, 6, NONE, 0, NONE, NONE, NO_FOLLOW, 1},     /* lsetxattr */
    {CALL_SETXATTR, attributes_handle, 190, 7, 0, NONE, NONE, NONE, NONE, 1},          /* fsetxattr */
    {CALL_SETXATTR, attributes_handle, 463, 463, 0, 1, NONE, NONE, 2, 3},              /* setxattrat */
    {CALL_REMOVEXATTR, attributes_handle, 197, 14, NONE, 0, NONE, NONE, NONE, 1},      /* removexattr */
    {CALL_REMOVEXATTR, attributes_handle, 198, 15, NONE, 0, NONE, NONE, NO_FOLLOW, 1}, /* lremovexattr */
    {CALL_REMOVEXATTR, attributes_handle, 199, 16, 0, NONE, NONE, NONE, NONE, 1},      /* fremovexattr */
    {CALL_REMOVEXATTR, attributes_handle, 466, 466, 0, 1, NONE, NONE, 2, 3},           /* removexattrat */
    {CALL_RESTRICT, walls_handle, 446, 446, NONE, NONE, NONE, NONE, NONE, NONE}, /* landlock_restrict_self */
    /* priorities */
    {CALL_PRIORITY, priorities_handle, 141, 140, NONE, NONE, NONE, NONE, NONE, 1}, /* setpriority */
    {CALL_PRIORITY, priorities_handle, 251, 30, NONE, NONE, NONE, NONE, NONE, 1},  /* ioprio_set */
    {CALL_PRIORITY, priorities_handle, 203, 122, NONE, NONE, NONE, NONE, NONE, 0}, /* sched_setaffinity */
    {CALL_PRIORITY, priorities_handle, 142, 118, NONE, NONE, NONE, NONE, NONE, 0}, /* sched_setparam */
    {CALL_PRIORITY, priorities_handle, 144, 119, NONE, NONE, NONE, NONE, NONE, 0}, /* sched_setscheduler */
    {CALL_PRIORITY, priorities_handle, 314, 274, NONE, NONE, NONE, NONE, NONE, 0}, /* sched_setattr */
    /* memory of System V */
    {CALL_MEMORY_MAKE, memory_handle, 29, 194, NONE, NONE, NONE, NONE, NONE, NONE},     /* shmget */
    {CALL_MEMORY_ATTACH, memory_handle, 30, 196, NONE, NONE, NONE, NONE, NONE, NONE},   /* shmat */
    {CALL_MEMORY_CONTROL, memory_handle, 31, 195, NONE, NONE, NONE, NONE, NONE, NONE},  /* shmctl */
    {CALL_UNDUMPABLE, undumpable_handle, 157, 167, NONE, NONE, NONE, NONE, NONE, NONE}, /* prctl */
};
const size_t TRAPPED_CALL_COUNT = sizeof TRAPPED_CALLS / sizeof TRAPPED_CALLS[0];

#if defined(__x86_64__)
#define COLUMN(row) ((row)->x86_64)
#elif defined(__aarch64__)
#define COLUMN(row) ((row)->aarch64)
#endif

int call_number(const struct trapped_call *row) {
    return COLUMN(row);
}

const struct trapped_call *call_of(int number) {
    for (size_t i = 0; i < TRAPPED_CALL_COUNT; i++) {
        if (call_number(&TRAPPED_CALLS[i]) == number) {
            return &TRAPPED_CALLS[i];
        }
    }
    return NULL;
}
