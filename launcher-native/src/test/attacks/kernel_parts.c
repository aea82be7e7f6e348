/* Parts of the kernel that see neither path nor port, and other ways to call it. */
#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/io_uring.h>
#include <linux/perf_event.h>
#include <linux/seccomp.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

#include "numbers.h"
#include "themes.h"

/* One request on a ring of one entry; its result, or -1 when there are no rings. */
static int ring_does(const struct io_uring_sqe *request) {
    struct io_uring_params how = {0};
    int ring = (int)syscall(NR_IO_URING_SETUP, 1, &how);
    if (ring < 0) {
        return -1;
    }
    size_t bytes = how.sq_off.array + how.sq_entries * sizeof(uint32_t);
    size_t answers = how.cq_off.cqes + how.cq_entries * sizeof(struct io_uring_cqe);
    char *queue = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_POPULATE, ring, 0);
    char *done = mmap(NULL, answers, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_POPULATE, ring, 0x8000000);
    struct io_uring_sqe *entries =
        mmap(NULL, sizeof *entries, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_POPULATE, ring, 0x10000000);
    if (queue == MAP_FAILED || done == MAP_FAILED || entries == MAP_FAILED) {
        return -1;
    }
    *entries = *request;
    *(uint32_t *)(void *)(queue + how.sq_off.array) = 0;
    __atomic_store_n((uint32_t *)(void *)(queue + how.sq_off.tail), 1, __ATOMIC_RELEASE);
    if (syscall(NR_IO_URING_ENTER, ring, 1, 1, 1, NULL, 0) < 0) {
        return -1;
    }
    return ((struct io_uring_cqe *)(void *)(done + how.cq_off.cqes))->res;
}

static enum result no_rings(void) {
    return errno == EPERM || errno == ENOSYS ? cannot("rings are switched off here") : FAILED;
}

static enum result ring_opens(void) {
    struct io_uring_sqe request = {.opcode = IORING_OP_OPENAT, .fd = AT_FDCWD};
    request.addr = (uint64_t)(uintptr_t)in_world("home/secret/key");
    int fd = ring_does(&request);
    return fd == -1 ? no_rings() : loot_from(fd);
}

static enum result ring_connects(void) {
    uint32_t length = 0;
    struct sockaddr_un address = unix_address(in_world("runtime/bus"), &length);
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);
    struct io_uring_sqe request = {.opcode = IORING_OP_CONNECT, .fd = fd, .off = length};
    request.addr = (uint64_t)(uintptr_t)&address;
    int done = ring_does(&request);
    return done == -1 ? no_rings() : done != 0 ? FAILED : verdict(send(fd, "hello", 5, MSG_NOSIGNAL));
}

static enum result ring_exists(void) {
    struct io_uring_params how = {0};
    return syscall(NR_IO_URING_SETUP, 1, &how) < 0 ? no_rings() : SUCCEEDED;
}

static enum result programs(void) {
    struct {
        uint32_t type, count;
        uint64_t steps, license;
        uint32_t rest[24];
    } program = {.type = 1, .count = 2};
    static const uint64_t STEPS[2] = {0x00000000000000b7, 0x0000000000000095}; /* r0 = 0; exit */
    program.steps = (uint64_t)(uintptr_t)STEPS;
    program.license = (uint64_t)(uintptr_t) "GPL";
    long fd = syscall(SYS_bpf, 5, &program, sizeof program);
    return fd < 0 && (errno == EPERM || errno == ENOSYS) ? cannot("only root may load programs here")
                                                         : verdict(fd);
}

static enum result measures(void) {
    struct perf_event_attr what = {.type = PERF_TYPE_SOFTWARE,
                                   .size = sizeof what,
                                   .config = PERF_COUNT_SW_TASK_CLOCK,
                                   .exclude_kernel = 1};
    long fd = syscall(SYS_perf_event_open, &what, 0, -1, -1, 0);
    return fd < 0 && (errno == EACCES || errno == EPERM || errno == ENOSYS)
               ? cannot("users may not measure here")
               : verdict(fd);
}

static enum result faults(void) {
    long fd = syscall(SYS_userfaultfd, 1); /* USER_MODE_ONLY */
    return fd < 0 && errno == ENOSYS ? cannot("the kernel has no such call") : verdict(fd);
}

static enum result user_keys(void) {
    char bytes[128];
    long key = syscall(SYS_keyctl, 10, -4, "user", text("landgrant-attacks-%d", world.id), 0); /* SEARCH */
    if (key < 0 && errno == ENOSYS) {
        return cannot("the kernel keeps no keys");
    }
    long got = syscall(SYS_keyctl, 11, key, bytes, sizeof bytes); /* READ */
    loot(bytes, got > 0 ? (size_t)got : 0);
    return verdict(got);
}

/* The call numbers of a 32-bit processor: 15 is chmod. Its addresses have to be low ones. */
static enum result old_processor(void) {
#if defined(__x86_64__)
    char *low = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_32BIT, -1, 0);
    if (low == MAP_FAILED) {
        return FAILED;
    }
    snprintf(low, 4096, "%s", in_world("home/secret/key"));
    long done = 15;
    __asm__ volatile("int $0x80" : "+a"(done) : "b"(low), "c"(0777) : "memory");
    errno = done < 0 ? (int)-done : 0;
    return errno == ENOSYS ? cannot("the kernel runs no 32-bit programs") : verdict(done < 0 ? -1 : 0);
#else
    return cannot("no such calls on this processor");
#endif
}

/* x32: the same processor, other numbers. */
static enum result other_numbers(void) {
#if defined(__x86_64__)
    long done = syscall(0x40000000 | SYS_chmod, in_world("home/secret/key"), 0777);
    return done != 0 && errno == ENOSYS ? cannot("the kernel knows no x32 calls") : verdict(done);
#else
    return cannot("no such calls on this processor");
#endif
}

/* A number of 64 bits of which the kernel takes the low half. */
static enum result long_number(void) {
    long done = syscall((long)(0x100000000ul | SYS_fchmodat), AT_FDCWD, in_world("home/secret/key"), 0777);
    return done != 0 && errno == ENOSYS ? cannot("the kernel takes whole numbers only") : verdict(done);
}

static int second_listener(void) {
    struct sock_filter steps[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, 0),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_fchmodat, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, 0x7fc00000u),
        BPF_STMT(BPF_RET | BPF_K, 0x7fff0000u),
    };
    struct sock_fprog program = {COUNT_OF(steps), steps};
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    return (int)syscall(SYS_seccomp, 1, 8, &program);
}

/* The younger listener is asked first, and lets the call go on. */
static enum result answers_itself(void) {
    int listener = second_listener();
    if (listener < 0) {
        return FAILED;
    }
    pid_t child = fork();
    if (child == 0) {
        chmod(in_world("home/secret/key"), 0777);
        _exit(0);
    }
    struct seccomp_notif call = {0};
    struct seccomp_notif_resp answer = {0};
    if (ioctl(listener, SECCOMP_IOCTL_NOTIF_RECV, &call) == 0) {
        answer.id = call.id;
        answer.flags = 1;
        ioctl(listener, SECCOMP_IOCTL_NOTIF_SEND, &answer);
    }
    int status = 0;
    waitpid(child, &status, 0);
    return SUCCEEDED;
}

/* A tracer of one's own changes a harmless call into another at the kernel's door. */
static enum result changes_calls(void) {
#if defined(__x86_64__)
    char *path = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    snprintf(path, 4096, "%s", in_world("home/secret/key"));
    pid_t child = fork();
    if (child == 0) {
        ptrace(PTRACE_TRACEME, 0, 0, 0);
        raise(SIGSTOP);
        syscall(SYS_getppid, path, 0777);
        _exit(0);
    }
    waitpid(child, NULL, 0);
    struct user_regs_struct registers;
    int status = 0;
    while (ptrace(PTRACE_SYSCALL, child, 0, 0) == 0 && waitpid(child, &status, 0) == child &&
           !WIFEXITED(status)) {
        if (ptrace(PTRACE_GETREGS, child, 0, &registers) == 0 && registers.orig_rax == SYS_getppid) {
            registers.orig_rax = SYS_chmod;
            ptrace(PTRACE_SETREGS, child, 0, &registers);
        }
    }
    return SUCCEEDED;
#else
    return cannot("written for another processor");
#endif
}

static const struct attack ROWS[] = {
    ATTACK("ring-open", "opening by io_uring", ring_opens, CLOSED(FILTER, 0)),
    ATTACK("ring-connect", "connecting by io_uring", ring_connects, CLOSED(FILTER, 0)),
    ATTACK("ring", "an io_uring at all", ring_exists, CLOSED(FILTER, 0), .holds = "anon_inode:[io_uring]"),
    ATTACK("bpf", "programs in the kernel", programs, CLOSED(FILTER, 0), .holds = "anon_inode:bpf-prog"),
    ATTACK("perf", "performance events", measures, CLOSED(FILTER, 0), .holds = "anon_inode:[perf_event]"),
    ATTACK("userfaultfd", "handling page faults", faults, CLOSED(FILTER, 0),
           .holds = "anon_inode:[userfaultfd]"),
    ATTACK("keys", "the user's keys in the kernel", user_keys, CLOSED(FILTER, 0)),
    ATTACK("32-bit", "calls of a 32-bit program", old_processor, CLOSED(FILTER, 0)),
    ATTACK("x32", "calls by x32 numbers", other_numbers, CLOSED(FILTER, 0)),
    ATTACK("long-number", "a call's number with a high half", long_number, CLOSED(SUPERVISOR, 0)),
    ATTACK("second-listener", "answering one's own calls", answers_itself, CLOSED(LINUX, 0)),
    ATTACK("changed-calls", "a tracer of one's own that changes calls", changes_calls, CLOSED(SUPERVISOR, 0)),
};
const struct theme KERNEL = THEME(ROWS, "The kernel's other doors");
