#include "closed.h"

#include <errno.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

const struct closed_call CLOSED_CALLS[] = {
    /* io_uring: its work never passes the filter */
    {425, 425, ALWAYS, IS_EQUAL, 0, ENOSYS}, /* io_uring_setup */
    {426, 426, ALWAYS, IS_EQUAL, 0, ENOSYS}, /* io_uring_enter */
    {427, 427, ALWAYS, IS_EQUAL, 0, ENOSYS}, /* io_uring_register */
    /* New mount namespaces: Landlock refuses every mount, and EPERM here (ENOSYS from clone3, whose flags a
     * filter cannot read) lets programs fall back instead of crashing half-way. User, process and network
     * namespaces stay: browsers build their own inner sandbox with them. */
    {435, 435, ALWAYS, IS_EQUAL, 0, ENOSYS},       /* clone3 */
    {56, 220, 0, HAS_ANY_BIT, CLONE_NEWNS, EPERM}, /* clone */
    {272, 97, 0, HAS_ANY_BIT, CLONE_NEWNS, EPERM}, /* unshare */
    /* typing into the terminal the launcher was started from */
    {16, 29, 1, IS_EQUAL, TIOCSTI, EPERM}, /* ioctl */
    {16, 29, 1, IS_EQUAL, TIOCLINUX, EPERM},
    /* connections the port rules do not see */
    {41, 198, 0, IS_EQUAL, 43, EAFNOSUPPORT},             /* socket, AF_SMC: plain TCP in disguise */
    {41, 198, 2, IS_EQUAL, 256, EPROTONOSUPPORT},         /* socket, IPPROTO_SMC */
    {41, 198, 2, IS_EQUAL, 262, EPROTONOSUPPORT},         /* socket, IPPROTO_MPTCP */
    {44, 206, 3, HAS_ANY_BIT, MSG_FASTOPEN, EOPNOTSUPP},  /* sendto */
    {46, 211, 2, HAS_ANY_BIT, MSG_FASTOPEN, EOPNOTSUPP},  /* sendmsg */
    {307, 269, 3, HAS_ANY_BIT, MSG_FASTOPEN, EOPNOTSUPP}, /* sendmmsg */
    /* ioctls of btrfs that make, copy and remove whole trees through a folder opened for listing */
    {16, 29, 1, IS_EQUAL, 0x50009401, EPERM}, /* SNAP_CREATE */
    {16, 29, 1, IS_EQUAL, 0x5000940e, EPERM}, /* SUBVOL_CREATE */
    {16, 29, 1, IS_EQUAL, 0x5000940f, EPERM}, /* SNAP_DESTROY */
    {16, 29, 1, IS_EQUAL, 0x50009417, EPERM}, /* SNAP_CREATE_V2 */
    {16, 29, 1, IS_EQUAL, 0x50009418, EPERM}, /* SUBVOL_CREATE_V2 */
    {16, 29, 1, IS_EQUAL, 0x5000943f, EPERM}, /* SNAP_DESTROY_V2 */
    /* mounts made without a mount namespace of one's own; Landlock refuses some of them only */
    {428, 428, ALWAYS, IS_EQUAL, 0, EPERM}, /* open_tree */
    {429, 429, ALWAYS, IS_EQUAL, 0, EPERM}, /* move_mount */
    {430, 430, ALWAYS, IS_EQUAL, 0, EPERM}, /* fsopen */
    {431, 431, ALWAYS, IS_EQUAL, 0, EPERM}, /* fsconfig */
    {432, 432, ALWAYS, IS_EQUAL, 0, EPERM}, /* fsmount */
    {433, 433, ALWAYS, IS_EQUAL, 0, EPERM}, /* fspick */
    {442, 442, ALWAYS, IS_EQUAL, 0, EPERM}, /* mount_setattr */
    /* the user's keys, and parts of the kernel that attackers like and apps do without */
    {248, 217, ALWAYS, IS_EQUAL, 0, EPERM}, /* add_key */
    {249, 218, ALWAYS, IS_EQUAL, 0, EPERM}, /* request_key */
    {250, 219, ALWAYS, IS_EQUAL, 0, EPERM}, /* keyctl */
    {321, 280, ALWAYS, IS_EQUAL, 0, EPERM}, /* bpf */
    {298, 241, ALWAYS, IS_EQUAL, 0, EPERM}, /* perf_event_open */
    {323, 282, ALWAYS, IS_EQUAL, 0, EPERM}, /* userfaultfd */
};
const size_t CLOSED_CALL_COUNT = sizeof CLOSED_CALLS / sizeof CLOSED_CALLS[0];
