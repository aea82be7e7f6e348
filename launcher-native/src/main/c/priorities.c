/*
 * Priorities, schedulers and processors of another process or thread: only within the session.
 *
 * A number may get a new meaning when its process has ended, and an app can hurry that. So the call does not
 * go on: it is made here, right after it was seen whose the number is, and whether it still was is looked at
 * afterwards. Between these two looks lie microseconds, in which numbers would have to go once around. Only
 * the numbers of the caller itself stay what they are as long as it waits: those go on.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "borrow.h"
#include "caller.h"
#include "kernel.h"
#include "members.h"
#include "peek.h"

enum { ATTRIBUTES_LEAST = 48, ATTRIBUTES_MOST = 4096, PROCESSORS_MOST = 8192 };

/* Numbers mean other processes in a process namespace of one's own. */
static bool counts_like_us(pid_t thread) {
    char path[48];
    struct stat theirs, ours;
    snprintf(path, sizeof path, "/proc/%d/ns/pid", thread);
    return stat(path, &theirs) == 0 && stat("/proc/self/ns/pid", &ours) == 0 && theirs.st_ino == ours.st_ino;
}

/* How much of what is behind the pointer the kernel would take; 0 or an errno. */
static int size_of(const struct request *request, int number, size_t *bytes) {
    uint32_t size = 0;
    uint8_t mask[PROCESSORS_MOST / 8];
    if (number == SYS_sched_setaffinity) {
        long whole = syscall(SYS_sched_getaffinity, 0, sizeof mask, mask);
        size_t given = (uint32_t)request->arguments[1];
        *bytes = whole > 0 && given > (size_t)whole ? (size_t)whole : given;
        return *bytes > sizeof mask ? EINVAL : 0;
    }
    if (number != SYS_sched_setattr) {
        *bytes = sizeof(int); /* struct sched_param */
        return 0;
    }
    int error = borrow_bytes(request, request->arguments[1], &size, sizeof size);
    *bytes = size == 0 ? ATTRIBUTES_LEAST : size;
    return error != 0 ? error : *bytes < ATTRIBUTES_LEAST || *bytes > ATTRIBUTES_MOST ? E2BIG : 0;
}

/* Makes the call on our own copy of what is behind its pointer. 0 or an errno. */
static int perform(const struct request *request) {
    static const int POINTERS[][2] = {{SYS_sched_setaffinity, 2},
                                      {SYS_sched_setparam, 1},
                                      {SYS_sched_setscheduler, 2},
                                      {SYS_sched_setattr, 1}};
    int number = call_number(request->row);
    uint64_t arguments[3];
    uint64_t copy[ATTRIBUTES_MOST / sizeof(uint64_t)] = {0};
    memcpy(arguments, request->arguments, sizeof arguments);
    for (size_t i = 0; i < sizeof POINTERS / sizeof POINTERS[0]; i++) {
        uint64_t *pointer = &arguments[POINTERS[i][1]];
        if (POINTERS[i][0] != number || *pointer == 0) {
            continue;
        }
        size_t bytes = 0;
        int error = size_of(request, number, &bytes);
        error = error != 0 ? error : borrow_bytes(request, *pointer, copy, bytes);
        if (error != 0) {
            return error;
        }
        if (number == SYS_sched_setattr) {
            uint32_t size = (uint32_t)bytes; /* what was copied, whatever it says by now */
            memcpy(copy, &size, sizeof size);
        }
        if (number == SYS_sched_setaffinity) {
            arguments[1] = bytes;
        }
        *pointer = (uint64_t)(uintptr_t)copy;
    }
    return syscall(number, arguments[0], arguments[1], arguments[2]) == 0 ? 0 : errno;
}

static bool lives(int process) {
    return process >= 0 && syscall(NR_PIDFD_SEND_SIGNAL, process, 0, NULL, 0) == 0;
}

void priorities_handle(struct request *request, struct reach *reach, struct verdict *verdict) {
    (void)reach;
    pid_t whom = (pid_t)request->arguments[request->row->mode];
    if (!counts_like_us(request->thread) || whom == getpid()) {
        verdict_error(verdict, EPERM);
        return;
    }
    if (whom == request->thread || whom == peek_process(request->thread)) {
        return;
    }
    /* While its process lives, a thread's number is that of a thread of this process, or of nobody's. */
    pid_t process = peek_process(whom);
    CLOSES int held = process > 0 ? (int)syscall(NR_PIDFD_OPEN, process, 0) : -1;
    if (!is_of_session(whom) || !caller_has_our_powers(request->thread) || !request_is_alive(request) ||
        peek_process(whom) != process || !lives(held)) {
        verdict_error(verdict, EPERM);
        return;
    }
    int error = perform(request);
    verdict_error(verdict, peek_process(whom) == process && lives(held) ? error : ESRCH);
}
