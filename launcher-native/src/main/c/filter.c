/*
 * Other architectures and x32 are closed, because their numbers mean other calls. Then come the calls whose
 * answer depends on an argument, those that programs make often first; then the doorbell's, which take long
 * anyway; then those that are always closed. Whatever is in none of these goes on.
 */
#include "filter.h"

#include <errno.h>
#include <linux/audit.h>
#include <linux/netlink.h>
#include <linux/seccomp.h>
#include <netinet/in.h>
#include <stdint.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "calls.h"
#include "closed.h"
#include "kernel.h"

#if defined(__x86_64__)
#define OWN_ARCHITECTURE        AUDIT_ARCH_X86_64
#define COLUMN(x86_64, aarch64) (x86_64)
#elif defined(__aarch64__)
#define OWN_ARCHITECTURE        AUDIT_ARCH_AARCH64
#define COLUMN(x86_64, aarch64) (aarch64)
#else
#error "the tables of system calls have no column for this architecture yet"
#endif

#define X32_BIT      0x40000000u
#define ERROR(error) (SECCOMP_RET_ERRNO | (uint32_t)(error))

enum { SOCKET_TYPE_BITS = 0xf };

static int number_of(const struct closed_call *row) {
    return COLUMN(row->x86_64, row->aarch64);
}

/* All rows of one call, in a block of its own. */
static void close_by_argument(struct program *program, const struct closed_call *rows, size_t count) {
    size_t call = bpf_if_equal(program, (uint32_t)number_of(rows));
    int loaded = ALWAYS;
    for (size_t i = 0; i < count; i++) {
        if (number_of(&rows[i]) == number_of(rows)) {
            if (rows[i].argument != loaded) {
                loaded = rows[i].argument;
                bpf_load_low(program, loaded);
            }
            (rows[i].test == IS_EQUAL ? bpf_answer_if_equal : bpf_answer_if_any_bit)(program, rows[i].value,
                                                                                     ERROR(rows[i].answer));
        }
    }
    bpf_answer(program, SECCOMP_RET_ALLOW);
    bpf_end(program, call);
}

static void close_calls(struct program *program, bool always) {
    for (size_t i = 0; i < CLOSED_CALL_COUNT; i++) {
        const struct closed_call *row = &CLOSED_CALLS[i];
        size_t first = 0;
        while (number_of(&CLOSED_CALLS[first]) != number_of(row)) {
            first++;
        }
        if (number_of(row) < 0 || (row->argument == ALWAYS) != always) {
            continue;
        }
        if (always) {
            bpf_answer_if_equal(program, (uint32_t)number_of(row), ERROR(row->answer));
        } else if (first == i) {
            close_by_argument(program, row, CLOSED_CALL_COUNT - i);
        }
    }
}

static void close_datagrams(struct program *program) {
    bpf_load_low(program, 1);
    bpf_mask(program, SOCKET_TYPE_BITS);
    bpf_answer_if_equal(program, SOCK_DGRAM, ERROR(EACCES));
    bpf_answer_if_equal(program, SOCK_RAW, ERROR(EACCES)); /* another word for it */
}

/* TCP, UDP and ICMP echo; what else there is, no port rule sees. The protocols of what is loaded now. */
static void judge_internet(struct program *program, const struct closing *closing) {
    bpf_load_low(program, 1);
    bpf_mask(program, SOCKET_TYPE_BITS);
    size_t stream = bpf_if_equal(program, SOCK_STREAM);
    bpf_load_low(program, 2);
    bpf_answer_if_equal(program, 0, SECCOMP_RET_ALLOW);
    bpf_answer_if_equal(program, IPPROTO_TCP, SECCOMP_RET_ALLOW);
    bpf_answer(program, ERROR(EPROTONOSUPPORT));
    bpf_end(program, stream);
    size_t datagram = bpf_if_equal(program, SOCK_DGRAM);
    bpf_load_low(program, 2);
    if (!closing->echo) {
        bpf_answer_if_equal(program, IPPROTO_ICMP, SECCOMP_RET_ALLOW);
        bpf_answer_if_equal(program, IPPROTO_ICMPV6, SECCOMP_RET_ALLOW);
    }
    bpf_answer_if_equal(program, 0, closing->udp ? ERROR(EACCES) : SECCOMP_RET_ALLOW);
    bpf_answer_if_equal(program, IPPROTO_UDP, closing->udp ? ERROR(EACCES) : SECCOMP_RET_ALLOW);
    bpf_answer(program, ERROR(EPROTONOSUPPORT));
    bpf_end(program, datagram);
    bpf_answer(program, ERROR(EPERM));
}

static void judge_sockets(struct program *program, const struct closing *closing) {
    size_t call = bpf_if_equal(program, SYS_socket);
    bpf_load_low(program, 0);
    size_t local = bpf_if_equal(program, AF_UNIX);
    if (closing->unix_datagrams) {
        close_datagrams(program);
    }
    bpf_answer(program, SECCOMP_RET_ALLOW);
    bpf_end(program, local);
    size_t netlink = bpf_if_equal(program, AF_NETLINK);
    bpf_load_low(program, 2);
    bpf_answer_if_equal(program, NETLINK_ROUTE, SECCOMP_RET_ALLOW);
    bpf_answer_if_equal(program, NETLINK_KOBJECT_UEVENT, SECCOMP_RET_ALLOW);
    bpf_answer(program, ERROR(EPROTONOSUPPORT));
    bpf_end(program, netlink);
    size_t not_4 = bpf_unless_equal(program, AF_INET), not_6 = bpf_unless_equal(program, AF_INET6);
    bpf_answer(program, ERROR(EAFNOSUPPORT));
    bpf_end(program, not_6);
    bpf_end(program, not_4);
    judge_internet(program, closing);
    bpf_end(program, call);

    call = bpf_if_equal(program, SYS_socketpair);
    bpf_load_low(program, 0);
    size_t other = bpf_unless_equal(program, AF_UNIX);
    bpf_answer(program, ERROR(EAFNOSUPPORT));
    bpf_end(program, other);
    if (closing->unix_datagrams) {
        close_datagrams(program);
    }
    bpf_answer(program, SECCOMP_RET_ALLOW);
    bpf_end(program, call);
}

/*
 * Limits of other processes, by which an app could kill what it cannot signal. One's own are set with 0 as
 * the process; reading them stays.
 */
static void close_foreign_limits(struct program *program) {
    size_t call = bpf_if_equal(program, SYS_prlimit64);
    bpf_load_low(program, 0);
    bpf_answer_if_equal(program, 0, SECCOMP_RET_ALLOW);
    bpf_load_low(program, 2);
    size_t no_low = bpf_if_equal(program, 0);
    bpf_load_high(program, 2);
    bpf_answer_if_equal(program, 0, SECCOMP_RET_ALLOW);
    bpf_end(program, no_low);
    bpf_answer(program, ERROR(EPERM));
    bpf_end(program, call);
}

/* One's own stays; of another process or thread the supervisor looks whose it is. Whole groups are closed. */
static void judge_priorities(struct program *program, bool doorbell) {
    static const struct {
        uint32_t number, process;
        int which, whom;
    } CALLS[] = {
        {SYS_setpriority, PRIO_PROCESS, 0, 1},  {SYS_ioprio_set, IO_PRIORITY_PROCESS, 0, 1},
        {SYS_sched_setaffinity, 0, ALWAYS, 0},  {SYS_sched_setparam, 0, ALWAYS, 0},
        {SYS_sched_setscheduler, 0, ALWAYS, 0}, {SYS_sched_setattr, 0, ALWAYS, 0},
    };
    for (size_t i = 0; i < sizeof CALLS / sizeof CALLS[0]; i++) {
        size_t call = bpf_if_equal(program, CALLS[i].number);
        if (CALLS[i].which != ALWAYS) {
            bpf_load_low(program, CALLS[i].which);
            size_t group = bpf_unless_equal(program, CALLS[i].process);
            bpf_answer(program, ERROR(EPERM));
            bpf_end(program, group);
        }
        bpf_load_low(program, CALLS[i].whom);
        bpf_answer_if_equal(program, 0, SECCOMP_RET_ALLOW);
        bpf_answer(program, doorbell ? SC_RET_USER_NOTIF : ERROR(EPERM));
        bpf_end(program, call);
    }
}

/* Of prctl only the wish to be closed to others, undumpable.c; without a supervisor there is nobody to close
 * out. */
static void judge_undumpable(struct program *program, bool doorbell) {
    size_t call = bpf_if_equal(program, SYS_prctl);
    bpf_load_low(program, 0);
    size_t other = bpf_if_equal(program, PR_SET_DUMPABLE);
    bpf_load_high(program, 1);
    size_t wrong = bpf_if_equal(program, 0);
    bpf_load_low(program, 1);
    bpf_answer_if_equal(program, 0, doorbell ? SC_RET_USER_NOTIF : SECCOMP_RET_ALLOW);
    bpf_end(program, wrong);
    bpf_end(program, other);
    bpf_answer(program, SECCOMP_RET_ALLOW);
    bpf_end(program, call);
}

void filter_build(struct program *program, const struct closing *closing) {
    *program = (struct program){.count = 0};
    bpf_load_architecture(program);
    size_t foreign = bpf_unless_equal(program, OWN_ARCHITECTURE);
    bpf_answer(program, ERROR(ENOSYS));
    bpf_end(program, foreign);
    bpf_load_number(program);
#if defined(__x86_64__)
    bpf_answer_if_at_least(program, X32_BIT, ERROR(ENOSYS));
#endif
    close_calls(program, false);
    judge_sockets(program, closing);
    close_foreign_limits(program);
    judge_priorities(program, closing->doorbell);
    judge_undumpable(program, closing->doorbell);
    if (closing->openat2) {
        bpf_answer_if_equal(program, NR_OPENAT2, ERROR(ENOSYS));
    }
    for (size_t i = 0; i < TRAPPED_CALL_COUNT; i++) {
        int number = call_number(&TRAPPED_CALLS[i]);
        /* The kernel has no rules of ours on memory: without a supervisor it is closed. */
        bool closes = TRAPPED_CALLS[i].handle == memory_handle;
        if (number >= 0 && (closing->doorbell || closes)) {
            bpf_answer_if_equal(program, (uint32_t)number,
                                closing->doorbell ? SC_RET_USER_NOTIF : ERROR(EPERM));
        }
    }
    close_calls(program, true);
    bpf_answer(program, SECCOMP_RET_ALLOW);
}

static int enter(const struct program *program, unsigned long flags) {
    if (program->broken) {
        errno = E2BIG;
        return -1;
    }
    struct sock_filter steps[PROGRAM_STEPS];
    memcpy(steps, program->steps, sizeof steps);
    struct sock_fprog all = {.len = program->count, .filter = steps};
    return (int)syscall(SYS_seccomp, SC_SET_MODE_FILTER, flags, &all);
}

int filter_enter(const struct closing *closing) {
    struct program program;
    struct closing wanted = *closing;
    wanted.doorbell = true;
    filter_build(&program, &wanted);
    int listener = enter(&program, SC_FILTER_FLAG_NEW_LISTENER | SC_FILTER_FLAG_WAIT_KILLABLE_RECV);
    if (listener < 0 && errno == EINVAL) {
        listener = enter(&program, SC_FILTER_FLAG_NEW_LISTENER); /* before Linux 5.19 */
    }
    if (listener < 0 && errno == EBUSY) {
        wanted.doorbell = false;
        filter_build(&program, &wanted);
        return enter(&program, 0) == 0 ? FILTER_SILENT : -1;
    }
    return listener;
}
