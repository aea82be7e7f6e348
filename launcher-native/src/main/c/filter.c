/*
 * The program the kernel runs at every call. Other architectures and x32 are closed, because their numbers
 * mean other calls; then come the doorbell's calls, those of closed.c, and limits of other
 * processes.
 */
#include "filter.h"

#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stdbool.h>
#include <stdint.h>
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

#define X32_BIT 0x40000000u

struct program {
    struct sock_filter steps[256];
    unsigned short count;
};

static void step(struct program *program, uint16_t code, uint32_t value, uint8_t if_true, uint8_t if_false) {
    program->steps[program->count++] =
        (struct sock_filter){.code = code, .jt = if_true, .jf = if_false, .k = value};
}

static void load(struct program *program, size_t offset) {
    step(program, BPF_LD | BPF_W | BPF_ABS, (uint32_t)offset, 0, 0);
}

static void answer(struct program *program, uint32_t action) {
    step(program, BPF_RET | BPF_K, action, 0, 0);
}

static void close_call(struct program *program, const struct closed_call *row) {
    int number = COLUMN(row->x86_64, row->aarch64);
    uint32_t action = SECCOMP_RET_ERRNO | row->answer;
    if (row->argument == ALWAYS) {
        step(program, BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)number, 0, 1);
        answer(program, action);
        return;
    }
    uint16_t compare = row->test == IS_EQUAL ? BPF_JEQ : BPF_JSET;
    step(program, BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)number, 0, 4);
    /* The low half: both architectures are little-endian, and the kernel takes no more of these arguments. */
    load(program, offsetof(struct seccomp_data, args) + 8 * (size_t)row->argument);
    step(program, (uint16_t)(BPF_JMP | compare | BPF_K), row->value, 0, 1);
    answer(program, action);
    load(program, offsetof(struct seccomp_data, nr));
}

/*
 * Limits of other processes, by which an app could kill what it cannot signal. One's own are set with 0 as
 * the process; reading them stays.
 */
static void close_foreign_limits(struct program *program) {
    size_t process = offsetof(struct seccomp_data, args), limit = process + 2 * 8;
    step(program, BPF_JMP | BPF_JEQ | BPF_K, COLUMN(PRLIMIT_X86_64, PRLIMIT_AARCH64), 0, 8);
    load(program, process);
    step(program, BPF_JMP | BPF_JEQ | BPF_K, 0, 5, 0);
    load(program, limit);
    step(program, BPF_JMP | BPF_JEQ | BPF_K, 0, 0, 2);
    load(program, limit + 4);
    step(program, BPF_JMP | BPF_JEQ | BPF_K, 0, 1, 0);
    answer(program, SECCOMP_RET_ERRNO | EPERM);
    load(program, offsetof(struct seccomp_data, nr));
}

static void build(struct program *program, bool doorbell) {
    load(program, offsetof(struct seccomp_data, arch));
    step(program, BPF_JMP | BPF_JEQ | BPF_K, OWN_ARCHITECTURE, 1, 0);
    answer(program, SECCOMP_RET_ERRNO | ENOSYS);
    load(program, offsetof(struct seccomp_data, nr));
#if defined(__x86_64__)
    step(program, BPF_JMP | BPF_JGE | BPF_K, X32_BIT, 0, 1);
    answer(program, SECCOMP_RET_ERRNO | ENOSYS);
#endif
    for (size_t i = 0; doorbell && i < TRAPPED_CALL_COUNT; i++) {
        int number = call_number(&TRAPPED_CALLS[i]);
        if (number >= 0) {
            step(program, BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)number, 0, 1);
            answer(program, SC_RET_USER_NOTIF);
        }
    }
    for (size_t i = 0; i < CLOSED_CALL_COUNT; i++) {
        close_call(program, &CLOSED_CALLS[i]);
    }
    close_foreign_limits(program);
    answer(program, SECCOMP_RET_ALLOW);
}

static int enter(const struct program *program, unsigned long flags) {
    struct sock_filter steps[sizeof program->steps / sizeof program->steps[0]];
    for (unsigned short i = 0; i < program->count; i++) {
        steps[i] = program->steps[i];
    }
    struct sock_fprog all = {.len = program->count, .filter = steps};
    return (int)syscall(SYS_seccomp, SC_SET_MODE_FILTER, flags, &all);
}

int filter_enter(void) {
    struct program program = {.count = 0};
    build(&program, true);
    int listener = enter(&program, SC_FILTER_FLAG_NEW_LISTENER | SC_FILTER_FLAG_WAIT_KILLABLE_RECV);
    if (listener < 0 && errno == EINVAL) {
        listener = enter(&program, SC_FILTER_FLAG_NEW_LISTENER); /* before Linux 5.19 */
    }
    if (listener < 0 && errno == EBUSY) {
        program.count = 0;
        build(&program, false);
        return enter(&program, 0) == 0 ? FILTER_SILENT : -1;
    }
    return listener;
}
