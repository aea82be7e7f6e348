/* System calls and constants younger than the headers of old distributions. Source: Linux 7.3's uapi. */
#ifndef LANDGRANT_ATTACKS_NUMBERS_H
#define LANDGRANT_ATTACKS_NUMBERS_H

#define NR_PIDFD_SEND_SIGNAL       424
#define NR_IO_URING_SETUP          425
#define NR_IO_URING_ENTER          426
#define NR_OPEN_TREE               428
#define NR_MOVE_MOUNT              429
#define NR_FSOPEN                  430
#define NR_FSCONFIG                431
#define NR_FSMOUNT                 432
#define NR_PIDFD_OPEN              434
#define NR_CLONE3                  435
#define NR_OPENAT2                 437
#define NR_PIDFD_GETFD             438
#define NR_LANDLOCK_CREATE_RULESET 444
#define NR_LANDLOCK_ADD_RULE       445
#define NR_LANDLOCK_RESTRICT_SELF  446
#define NR_PROCESS_MADVISE         440
#define NR_MOUNT_SETATTR           442
#define NR_FCHMODAT2               452
#define NR_SETXATTRAT              463
#define NR_FILE_SETATTR            469

#define PROTOCOL_MPTCP 262

/* struct open_how of openat2 */
struct open_how_ours {
    unsigned long long flags, mode, resolve;
};

#endif
