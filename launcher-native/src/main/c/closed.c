#include "closed.h"

#include <errno.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

const struct closed_call CLOSED_CALLS[] = {
    /* connections the port rules do not see */
    {46, 211, 2, HAS_ANY_BIT, MSG_FASTOPEN, EOPNOTSUPP},  /* sendmsg */
    {44, 206, 3, HAS_ANY_BIT, MSG_FASTOPEN, EOPNOTSUPP},  /* sendto */
    {307, 269, 3, HAS_ANY_BIT, MSG_FASTOPEN, EOPNOTSUPP}, /* sendmmsg */
    /* typing into the terminal the launcher was started from */
    {16, 29, 1, IS_EQUAL, TIOCSTI, EPERM}, /* ioctl */
    {16, 29, 1, IS_EQUAL, TIOCLINUX, EPERM},
    /* ioctls of btrfs that make, copy and remove whole trees through a folder opened for listing */
    {16, 29, 1, IS_EQUAL, 0x50009401, EPERM}, /* SNAP_CREATE */
    {16, 29, 1, IS_EQUAL, 0x5000940e, EPERM}, /* SUBVOL_CREATE */
    {16, 29, 1, IS_EQUAL, 0x5000940f, EPERM}, /* SNAP_DESTROY */
    {16, 29, 1, IS_EQUAL, 0x50009417, EPERM}, /* SNAP_CREATE_V2 */
    {16, 29, 1, IS_EQUAL, 0x50009418, EPERM}, /* SUBVOL_CREATE_V2 */
    {16, 29, 1, IS_EQUAL, 0x5000943f, EPERM}, /* SNAP_DESTROY_V2 */
    {16, 29, 1, IS_EQUAL, 0x4008941a, EPERM}, /* SUBVOL_SETFLAGS */
    {16, 29, 1, IS_EQUAL, 0xc0c89425, EPERM}, /* SET_RECEIVED_SUBVOL */
    {16, 29, 1, IS_EQUAL, 0x50009402, EPERM}, /* DEFRAG: parts what files share */
    {16, 29, 1, IS_EQUAL, 0x40309410, EPERM}, /* DEFRAG_RANGE */
    /* the same of others, by paths that Landlock does not see */
    {16, 29, 1, IS_EQUAL, 0x4020bc10, EPERM}, /* bcachefs: SUBVOLUME_CREATE */
    {16, 29, 1, IS_EQUAL, 0x4020bc11, EPERM}, /* bcachefs: SUBVOLUME_DESTROY */
    {16, 29, 1, IS_EQUAL, 0x4030bc1d, EPERM}, /* bcachefs: SUBVOLUME_CREATE_v2 */
    {16, 29, 1, IS_EQUAL, 0x4030bc1e, EPERM}, /* bcachefs: SUBVOLUME_DESTROY_v2 */
    {16, 29, 1, IS_EQUAL, 0x8008bc40, EPERM}, /* bcachefs: REINHERIT_ATTRS */
    {16, 29, 1, IS_EQUAL, 0x40186f04, EPERM}, /* OCFS2_IOC_REFLINK */
    /* ioctls that change a file or folder which was opened for reading only: flags such as immutable and
     * append-only, project, generation, encryption, a seal for ever */
    {16, 29, 1, IS_EQUAL, 0x40086602, EPERM}, /* FS_IOC_SETFLAGS */
    {16, 29, 1, IS_EQUAL, 0x40046602, EPERM}, /* FS_IOC32_SETFLAGS */
    {16, 29, 1, IS_EQUAL, 0x401c5820, EPERM}, /* FS_IOC_FSSETXATTR */
    {16, 29, 1, IS_EQUAL, 0x40087602, EPERM}, /* FS_IOC_SETVERSION */
    {16, 29, 1, IS_EQUAL, 0x40086604, EPERM}, /* EXT4_IOC_SETVERSION_OLD */
    {16, 29, 1, IS_EQUAL, 0x40086606, EPERM}, /* EXT4_IOC_SETRSVSZ */
    {16, 29, 1, IS_EQUAL, 0x6609, EPERM},     /* EXT4_IOC_MIGRATE */
    {16, 29, 1, IS_EQUAL, 0x40047211, EPERM}, /* FAT_IOCTL_SET_ATTRIBUTES */
    {16, 29, 1, IS_EQUAL, 0x4004f50d, EPERM}, /* F2FS_IOC_SET_PIN_FILE */
    {16, 29, 1, IS_EQUAL, 0x8008f512, EPERM}, /* F2FS_IOC_RELEASE_COMPRESS_BLOCKS: nobody can write it then */
    {16, 29, 1, IS_EQUAL, 0x8008f513, EPERM}, /* F2FS_IOC_RESERVE_COMPRESS_BLOCKS */
    {16, 29, 1, IS_EQUAL, 0x800c6613, EPERM}, /* FS_IOC_SET_ENCRYPTION_POLICY */
    /* keys of encrypted folders: taking one away locks the folder for all programs of the user */
    {16, 29, 1, IS_EQUAL, 0xc0506617, EPERM}, /* FS_IOC_ADD_ENCRYPTION_KEY */
    {16, 29, 1, IS_EQUAL, 0xc0406618, EPERM}, /* FS_IOC_REMOVE_ENCRYPTION_KEY */
    {16, 29, 1, IS_EQUAL, 0xc0406619, EPERM}, /* FS_IOC_REMOVE_ENCRYPTION_KEY_ALL_USERS */
    {16, 29, 1, IS_EQUAL, 0x40806685, EPERM}, /* FS_IOC_ENABLE_VERITY */
    {469, 469, ALWAYS, IS_EQUAL, 0, EPERM},   /* file_setattr: the same by path */
    /* New mount namespaces: Landlock refuses every mount, and EPERM here (ENOSYS from clone3, whose flags a
     * filter cannot read) lets programs fall back instead of crashing half-way. User, process and network
     * namespaces stay: browsers build their own inner sandbox with them. */
    {435, 435, ALWAYS, IS_EQUAL, 0, ENOSYS},       /* clone3 */
    {56, 220, 0, HAS_ANY_BIT, CLONE_NEWNS, EPERM}, /* clone */
    {272, 97, 0, HAS_ANY_BIT, CLONE_NEWNS, EPERM}, /* unshare */
    /* io_uring: its work never passes the filter */
    {425, 425, ALWAYS, IS_EQUAL, 0, ENOSYS}, /* io_uring_setup */
    {426, 426, ALWAYS, IS_EQUAL, 0, ENOSYS}, /* io_uring_enter */
    {427, 427, ALWAYS, IS_EQUAL, 0, ENOSYS}, /* io_uring_register */
    /* files by their number instead of a path */
    {304, 265, ALWAYS, IS_EQUAL, 0, EPERM}, /* open_by_handle_at */
    /* mounts made without a mount namespace of one's own; Landlock refuses some of them only */
    {428, 428, ALWAYS, IS_EQUAL, 0, EPERM}, /* open_tree */
    {429, 429, ALWAYS, IS_EQUAL, 0, EPERM}, /* move_mount */
    {430, 430, ALWAYS, IS_EQUAL, 0, EPERM}, /* fsopen */
    {431, 431, ALWAYS, IS_EQUAL, 0, EPERM}, /* fsconfig */
    {432, 432, ALWAYS, IS_EQUAL, 0, EPERM}, /* fsmount */
    {433, 433, ALWAYS, IS_EQUAL, 0, EPERM}, /* fspick */
    {442, 442, ALWAYS, IS_EQUAL, 0, EPERM}, /* mount_setattr */
    {467, 467, ALWAYS, IS_EQUAL, 0, EPERM}, /* open_tree_attr */
    /* Queues and semaphores that all programs of the user share, and that no desktop program needs: fakeroot,
     * some data bases and old Qt programs look for them, and do without. Memory is judged by memory.c. */
    {240, 180, ALWAYS, IS_EQUAL, 0, ENOSYS}, /* mq_open */
    {241, 181, ALWAYS, IS_EQUAL, 0, ENOSYS}, /* mq_unlink */
    {68, 186, ALWAYS, IS_EQUAL, 0, ENOSYS},  /* msgget */
    {69, 189, ALWAYS, IS_EQUAL, 0, ENOSYS},  /* msgsnd */
    {70, 188, ALWAYS, IS_EQUAL, 0, ENOSYS},  /* msgrcv */
    {71, 187, ALWAYS, IS_EQUAL, 0, ENOSYS},  /* msgctl */
    {64, 190, ALWAYS, IS_EQUAL, 0, ENOSYS},  /* semget */
    {65, 193, ALWAYS, IS_EQUAL, 0, ENOSYS},  /* semop */
    {220, 192, ALWAYS, IS_EQUAL, 0, ENOSYS}, /* semtimedop */
    {66, 191, ALWAYS, IS_EQUAL, 0, ENOSYS},  /* semctl */
    /* the user's keys, and parts of the kernel that attackers like and apps do without */
    {248, 217, ALWAYS, IS_EQUAL, 0, EPERM}, /* add_key */
    {249, 218, ALWAYS, IS_EQUAL, 0, EPERM}, /* request_key */
    {250, 219, ALWAYS, IS_EQUAL, 0, EPERM}, /* keyctl */
    {321, 280, ALWAYS, IS_EQUAL, 0, EPERM}, /* bpf */
    {298, 241, ALWAYS, IS_EQUAL, 0, EPERM}, /* perf_event_open */
    {323, 282, ALWAYS, IS_EQUAL, 0, EPERM}, /* userfaultfd */
};
const size_t CLOSED_CALL_COUNT = sizeof CLOSED_CALLS / sizeof CLOSED_CALLS[0];
