/* Other processes of the user: signalling, looking into, slowing down. */
#include <asm/sockios.h>
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "numbers.h"
#include "themes.h"

static enum result kills(void) {
    return verdict(kill(world.victim, SIGUSR1));
}

static enum result kills_group(void) {
    return verdict(kill(-world.victim, SIGUSR1));
}

/* Everybody this user may signal: the victim at least. The caller itself is left out. */
static enum result kills_everybody(void) {
    return verdict(kill(-1, SIGURG));
}

static enum result stops(void) {
    return verdict(kill(world.victim, SIGSTOP));
}

static enum result kills_thread(void) {
    return verdict(syscall(SYS_tgkill, world.victim, world.victim, SIGUSR1));
}

static enum result kills_thread_old(void) {
    return verdict(syscall(SYS_tkill, world.victim, SIGUSR1));
}

static enum result queues(void) {
    return verdict(sigqueue(world.victim, SIGUSR1, (union sigval){.sival_int = 1}));
}

static enum result queues_to_thread(void) {
    siginfo_t info = {.si_code = SI_QUEUE, .si_signo = SIGUSR1};
    return verdict(syscall(SYS_rt_tgsigqueueinfo, world.victim, world.victim, SIGUSR1, &info));
}

static enum result signals_descriptor(void) {
    int process = (int)syscall(NR_PIDFD_OPEN, world.victim, 0);
    return verdict(syscall(NR_PIDFD_SEND_SIGNAL, process, SIGUSR1, NULL, 0));
}

static enum result signals_proc(void) {
    int process = open(text("/proc/%d", world.victim), O_RDONLY | O_DIRECTORY);
    return verdict(syscall(NR_PIDFD_SEND_SIGNAL, process, SIGUSR1, NULL, 0));
}

/* The kernel signals whoever a socket is said to belong to. */
static enum result by_owner(void) {
    int pair[2];
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair) != 0 || fcntl(pair[0], F_SETSIG, SIGUSR1) != 0 ||
        fcntl(pair[0], F_SETOWN, world.victim) != 0 || fcntl(pair[0], F_SETFL, O_ASYNC) != 0) {
        return FAILED;
    }
    return verdict(write(pair[1], "x", 1));
}

static enum result by_owner_later(void) {
    int pair[2];
    struct f_owner_ex owner = {F_OWNER_PID, world.victim};
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair) != 0 || fcntl(pair[0], F_SETFL, O_ASYNC) != 0 ||
        fcntl(pair[0], F_SETOWN_EX, &owner) != 0) {
        return FAILED;
    }
    return verdict(write(pair[1], "x", 1));
}

static enum result by_owner_of_ioctl(void) {
    int pair[2], on = 1, victim = world.victim;
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair) != 0 || ioctl(pair[0], FIOSETOWN, &victim) != 0 ||
        ioctl(pair[0], FIOASYNC, &on) != 0) {
        return FAILED;
    }
    return verdict(write(pair[1], "x", 1));
}

static enum result traces(void) {
    if (ptrace(PTRACE_ATTACH, world.victim, 0, 0) != 0) {
        return FAILED;
    }
    waitpid(world.victim, NULL, __WALL);
    long word = ptrace(PTRACE_PEEKDATA, world.victim, (void *)VICTIM_PAGE, 0);
    loot(&word, sizeof word);
    return SUCCEEDED;
}

static enum result seizes(void) {
    return verdict(ptrace(PTRACE_SEIZE, world.victim, 0, 0));
}

static enum result reads_memory(void) {
    char bytes[64];
    struct iovec here = {bytes, sizeof bytes}, there = {(void *)VICTIM_PAGE, sizeof bytes};
    ssize_t got = process_vm_readv(world.victim, &here, 1, &there, 1, 0);
    loot(bytes, got > 0 ? (size_t)got : 0);
    return verdict(got);
}

static enum result writes_memory(void) {
    struct iovec here = {(char[]){"changed"}, 7}, there = {(void *)VICTIM_PAGE, 7};
    return verdict(process_vm_writev(world.victim, &here, 1, &there, 1, 0));
}

static enum result reads_memory_file(void) {
    char bytes[64];
    int fd = open(text("/proc/%d/mem", world.victim), O_RDONLY);
    ssize_t got = pread(fd, bytes, sizeof bytes, VICTIM_PAGE);
    loot(bytes, got > 0 ? (size_t)got : 0);
    return verdict(got);
}

static enum result writes_memory_file(void) {
    int fd = open(text("/proc/%d/mem", world.victim), O_RDWR);
    return verdict(pwrite(fd, "changed", 7, VICTIM_PAGE));
}

static enum result reads_environment(void) {
    return loot_from(open(text("/proc/%d/environ", world.victim), O_RDONLY));
}

static enum result reads_command(void) {
    return loot_from(open(text("/proc/%d/cmdline", world.victim), O_RDONLY));
}

static enum result takes_descriptor(void) {
    int process = (int)syscall(NR_PIDFD_OPEN, world.victim, 0);
    int file = (int)syscall(NR_PIDFD_GETFD, process, VICTIM_READS, 0);
    return loot_from(file);
}

static enum result sets_limit(void) {
    struct rlimit none = {10, 10};
    return verdict(prlimit(world.victim, RLIMIT_NOFILE, &none, NULL));
}

static enum result sets_priority(void) {
    return verdict(setpriority(PRIO_PROCESS, (id_t)world.victim, 19));
}

static enum result sets_priority_of_group(void) {
    return verdict(setpriority(PRIO_PGRP, (id_t)world.victim, 19));
}

static enum result sets_scheduler(void) {
    struct sched_param parameter = {0};
    return verdict(sched_setscheduler(world.victim, SCHED_IDLE, &parameter));
}

static enum result sets_attributes(void) {
    struct {
        uint32_t size, policy;
        uint64_t flags;
        int32_t nice;
        uint32_t priority;
        uint64_t rest[3];
    } how = {.size = 48, .policy = SCHED_IDLE};
    return verdict(syscall(SYS_sched_setattr, world.victim, &how, 0));
}

static enum result sets_processors(void) {
    if (sysconf(_SC_NPROCESSORS_ONLN) < 2) {
        return cannot("there is one processor only");
    }
    cpu_set_t one;
    CPU_ZERO(&one);
    CPU_SET(0, &one);
    return verdict(sched_setaffinity(world.victim, sizeof one, &one));
}

static enum result sets_disk_priority(void) {
    return verdict(syscall(SYS_ioprio_set, 1, world.victim, 3 << 13));
}

static enum result sets_victim_first(void) {
    return verdict(write_file(text("/proc/%d/oom_score_adj", world.victim), "1000") ? 0 : -1);
}

static enum result sets_dump_filter(void) {
    return verdict(write_file(text("/proc/%d/coredump_filter", world.victim), "0") ? 0 : -1);
}

static enum result looks_dead(void) {
    /* Not dumpable any more: nobody may look at what it means, so nothing it asks for may be done. */
    (void)!syscall(SYS_prctl, 4, 0, 0, 0, 0);
    int chmod_done = (int)syscall(SYS_fchmodat, AT_FDCWD, in_world("home/secret/key"), 0777);
    enum result greeting = greet_unix(SOCK_STREAM, in_world("runtime/bus"));
    (void)!syscall(SYS_prctl, 4, 1, 0, 0, 0);
    return chmod_done == 0 || greeting == SUCCEEDED ? SUCCEEDED : FAILED;
}

#define OWN_SIGNALS CLOSED(LANDLOCK, 6)
static const struct attack SIGNALLING[] = {
    ATTACK("kill", "signalling another program", kills, OWN_SIGNALS),
    ATTACK("kill-group", "signalling a group", kills_group, OWN_SIGNALS),
    ATTACK("kill-everybody", "signalling everybody at once", kills_everybody, OWN_SIGNALS,
           .needs = NEEDS_SILENCE),
    ATTACK("stop", "stopping another program", stops, OWN_SIGNALS),
    ATTACK("tgkill", "signalling a thread", kills_thread, OWN_SIGNALS),
    ATTACK("tkill", "signalling a thread by the old call", kills_thread_old, OWN_SIGNALS),
    ATTACK("sigqueue", "signalling with a value", queues, OWN_SIGNALS),
    ATTACK("tgsigqueue", "signalling a thread with a value", queues_to_thread, OWN_SIGNALS),
    ATTACK("pidfd-signal", "signalling through a process descriptor", signals_descriptor, OWN_SIGNALS),
    ATTACK("proc-signal", "signalling through a folder of /proc", signals_proc, OWN_SIGNALS),
    ATTACK("sigio", "signalling as a socket's owner", by_owner, OWN_SIGNALS),
    ATTACK("sigio-later", "the same, the owner named last", by_owner_later, OWN_SIGNALS),
    ATTACK("sigio-ioctl", "the same by ioctl", by_owner_of_ioctl, OWN_SIGNALS),
};
const struct theme SIGNALS = THEME(SIGNALLING, "Signals");

static const struct attack LOOKING_IN[] = {
    ATTACK("ptrace", "tracing another program", traces, CLOSED(LANDLOCK, 1)),
    ATTACK("ptrace-seize", "tracing it without stopping it", seizes, CLOSED(LANDLOCK, 1)),
    ATTACK("vm-read", "reading its memory", reads_memory, CLOSED(LANDLOCK, 1)),
    ATTACK("vm-write", "changing its memory", writes_memory, CLOSED(LANDLOCK, 1)),
    ATTACK("mem-read", "reading its memory by /proc", reads_memory_file, CLOSED(LANDLOCK, 1)),
    ATTACK("mem-write", "changing its memory by /proc", writes_memory_file, CLOSED(LANDLOCK, 1)),
    ATTACK("environ", "reading its environment", reads_environment, CLOSED(LANDLOCK, 1)),
    ATTACK("take-descriptor", "taking one of its open files", takes_descriptor, CLOSED(LANDLOCK, 1)),
    ATTACK("cmdline", "reading its command line", reads_command,
           OPEN("an app that may read /proc sees what every user of the machine sees")),
    ATTACK("limits", "lowering its limits", sets_limit, CLOSED(FILTER, 0)),
    ATTACK("priority", "lowering its priority", sets_priority, CLOSED(SUPERVISOR, 0)),
    ATTACK("priority-group", "lowering the priority of a group", sets_priority_of_group, CLOSED(FILTER, 0)),
    ATTACK("scheduler", "letting it run when nobody else does", sets_scheduler, CLOSED(SUPERVISOR, 0)),
    ATTACK("scheduler-new", "the same by the newer call", sets_attributes, CLOSED(SUPERVISOR, 0)),
    ATTACK("processors", "taking processors from it", sets_processors, CLOSED(SUPERVISOR, 0)),
    ATTACK("disk-priority", "lowering its disk priority", sets_disk_priority, CLOSED(SUPERVISOR, 0)),
    ATTACK("oom", "choosing it to die when memory is short", sets_victim_first, CLOSED(SUPERVISOR, 0)),
    ATTACK("dump-filter", "changing what its dumps hold", sets_dump_filter, CLOSED(SUPERVISOR, 0)),
    ATTACK("not-dumpable", "hiding from the supervisor, then asking", looks_dead, CLOSED(SUPERVISOR, 0)),
};
const struct theme PROCESSES = THEME(LOOKING_IN, "Other processes");
