/* What can be seen from outside after an attempt. */
#include <ctype.h>
#include <dirent.h>
#include <fcntl.h>
#include <mqueue.h>
#include <netinet/in.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include "numbers.h"
#include "outside.h"
#include "themes.h"

enum { DESCRIPTORS_MOST = 256, FAMILY_MOST = 512, BEAT_WAIT_MS = 300 };

static char well[512];

/* What Linux tells of a process that others could have changed. */
static void describe(pid_t process, char *into, size_t room) {
    cpu_set_t processors;
    CPU_ZERO(&processors);
    sched_getaffinity(process, sizeof processors, &processors);
    struct rlimit files = {0}, time = {0};
    prlimit(process, RLIMIT_NOFILE, NULL, &files);
    prlimit(process, RLIMIT_CPU, NULL, &time);
    char score[16] = "", filter[16] = "";
    int fd = open(text("/proc/%d/oom_score_adj", process), O_RDONLY | O_CLOEXEC);
    (void)!read(fd, score, sizeof score - 1);
    close(fd);
    fd = open(text("/proc/%d/coredump_filter", process), O_RDONLY | O_CLOEXEC);
    (void)!read(fd, filter, sizeof filter - 1);
    close(fd);
    snprintf(into, room, "%d %d %d %ld %lu %lu %s %s", getpriority(PRIO_PROCESS, (id_t)process),
             sched_getscheduler(process), CPU_COUNT(&processors), syscall(SYS_ioprio_get, 1, process),
             (unsigned long)files.rlim_cur, (unsigned long)time.rlim_cur, score, filter);
}

void evidence_begin(const struct world *where) {
    describe(where->victim, well, sizeof well);
}

/* The letter of a process's state, its parent; false when it is gone. */
static bool state_of(pid_t process, char *state, pid_t *parent) {
    FILE *file = fopen(text("/proc/%d/stat", process), "re");
    char line[512] = "";
    bool read = file != NULL && fgets(line, sizeof line, file) != NULL;
    const char *end = read ? strrchr(line, ')') : NULL;
    if (file != NULL) {
        fclose(file);
    }
    return end != NULL && sscanf(end + 1, " %c %d", state, parent) == 2;
}

static bool is_traced(pid_t process) {
    FILE *file = fopen(text("/proc/%d/status", process), "re");
    char line[256];
    int tracer = 0;
    while (file != NULL && fgets(line, sizeof line, file) != NULL) {
        sscanf(line, "TracerPid: %d", &tracer);
    }
    if (file != NULL) {
        fclose(file);
    }
    return tracer != 0;
}

static const char *victim_touched(const struct world *where, const struct outside *outside) {
    int beats = atomic_load(&outside->beats);
    for (int i = 0; i < BEAT_WAIT_MS && atomic_load(&outside->beats) < beats + 2; i++) {
        poll(NULL, 0, 1);
    }
    char now[sizeof well];
    describe(where->victim, now, sizeof now);
    return atomic_load(&outside->signals) > 0         ? "the victim was signalled or changed"
           : atomic_load(&outside->beats) < beats + 2 ? "the victim stands still"
           : is_traced(where->victim)                 ? "the victim is traced"
           : strcmp(well, now) != 0                   ? "the victim's limits or priority changed"
                                                      : NULL;
}

static const char *holder_touched(pid_t holder) {
    char state = '?';
    pid_t parent = 0;
    struct rlimit time = {0};
    if (!state_of(holder, &state, &parent) || strchr("ZXTt", state) != NULL) {
        return "whoever held the app is gone or stopped";
    }
    prlimit(holder, RLIMIT_CPU, NULL, &time);
    return is_traced(holder)                                                         ? "the holder is traced"
           : time.rlim_cur != RLIM_INFINITY                                          ? "the holder is limited"
           : getpriority(PRIO_PROCESS, (id_t)holder) != getpriority(PRIO_PROCESS, 0) ? "the holder is slowed"
                                                                                     : NULL;
}

/* Everybody below a process, without itself. */
static size_t family_of(pid_t oldest, pid_t *family) {
    static pid_t all[8192], parents[8192];
    size_t total = 0, count = 0;
    DIR *processes = opendir("/proc");
    for (struct dirent *entry; processes != NULL && (entry = readdir(processes)) != NULL;) {
        char state;
        pid_t process = isdigit((unsigned char)entry->d_name[0]) ? atoi(entry->d_name) : 0;
        if (process > 0 && total < COUNT_OF(all) && state_of(process, &state, &parents[total])) {
            all[total++] = process;
        }
    }
    if (processes != NULL) {
        closedir(processes);
    }
    family[count++] = oldest;
    for (size_t i = 0; i < count; i++) {
        for (size_t k = 0; k < total && count < FAMILY_MOST; k++) {
            if (parents[k] == family[i]) {
                family[count++] = all[k];
            }
        }
    }
    memmove(family, family + 1, (count - 1) * sizeof *family);
    return count - 1;
}

/* A duplicate of one of its sockets, or -1. */
static int take_socket(pid_t process, int number) {
    char link[64] = "";
    if (readlink(text("/proc/%d/fd/%d", process, number), link, sizeof link - 1) <= 0 ||
        strncmp(link, "socket:", 7) != 0) {
        return -1;
    }
    int descriptor = (int)syscall(NR_PIDFD_OPEN, process, 0);
    int fd = (int)syscall(NR_PIDFD_GETFD, descriptor, number, 0);
    close(descriptor);
    return fd;
}

static int option_of(int fd, int option) {
    int value = -1;
    socklen_t size = sizeof value;
    getsockopt(fd, SOL_SOCKET, option, &value, &size);
    return value;
}

/* The other end has a name, other than that of the session's own bus. */
static bool leads_out(int fd) {
    struct {
        struct sockaddr_un address;
        char end;
    } peer = {0};
    socklen_t size = sizeof peer.address;
    return getpeername(fd, (struct sockaddr *)&peer.address, &size) == 0 &&
           size > sizeof peer.address.sun_family &&
           strstr(peer.address.sun_path, "/runtime/landgrant-buses/") == NULL;
}

bool listening_seen(const struct world *where, pid_t app) {
    (void)where;
    bool seen = false;
    for (int i = 0; i < DESCRIPTORS_MOST && !seen; i++) {
        int fd = take_socket(app, i);
        seen = fd >= 0 && option_of(fd, SO_ACCEPTCONN) == 1 && option_of(fd, SO_DOMAIN) != AF_UNIX;
        close(fd);
    }
    return seen;
}

bool bound_udp_seen(const struct world *where, pid_t app) {
    (void)where;
    bool seen = false;
    for (int i = 0; i < DESCRIPTORS_MOST && !seen; i++) {
        int fd = take_socket(app, i);
        struct sockaddr_in address = {0};
        socklen_t size = sizeof address;
        seen = fd >= 0 && option_of(fd, SO_TYPE) == SOCK_DGRAM && option_of(fd, SO_DOMAIN) == AF_INET &&
               getsockname(fd, (struct sockaddr *)&address, &size) == 0 && address.sin_port != 0;
        close(fd);
    }
    return seen;
}

bool other_program_seen(const struct world *where, pid_t app) {
    char program[512] = "", words[512] = "";
    ssize_t length = readlink(text("/proc/%d/exe", app), program, sizeof program - 1);
    int fd = open(text("/proc/%d/cmdline", app), O_RDONLY | O_CLOEXEC);
    ssize_t got = read(fd, words, sizeof words - 1);
    close(fd);
    return (length > 0 && strcmp(program, text("%s/bin/attacks", where->folder)) != 0) ||
           (got > 0 && memmem(words, (size_t)got, "/secret/script", 14) != NULL);
}

bool more_privileges_seen(const struct world *where, pid_t app) {
    (void)where;
    FILE *file = fopen(text("/proc/%d/status", app), "re");
    char line[256];
    unsigned real = 0, effective = 0;
    bool more = false;
    while (file != NULL && fgets(line, sizeof line, file) != NULL) {
        more = more || ((sscanf(line, "Uid: %u %u", &real, &effective) == 2 ||
                         sscanf(line, "Gid: %u %u", &real, &effective) == 2) &&
                        real != effective);
    }
    if (file != NULL) {
        fclose(file);
    }
    return more;
}

static const char *held(const struct attack *attack, const struct world *where, pid_t app) {
    for (int i = 0; i < DESCRIPTORS_MOST; i++) {
        char link[512] = "";
        const char *wanted = attack->holds != NULL && attack->holds[0] == '/'
                                 ? text("%s%s", where->folder, attack->holds)
                                 : attack->holds;
        if (wanted != NULL && readlink(text("/proc/%d/fd/%d", app, i), link, sizeof link - 1) > 0 &&
            strncmp(link, wanted, strlen(wanted)) == 0) {
            return "the app holds what it should not have";
        }
        int fd = take_socket(app, i);
        bool matches = fd >= 0 && attack->domain != 0 && option_of(fd, SO_DOMAIN) == attack->domain &&
                       option_of(fd, SO_PROTOCOL) == attack->protocol;
        bool talks = fd >= 0 && option_of(fd, SO_DOMAIN) == AF_UNIX && leads_out(fd);
        close(fd);
        if (matches || talks) {
            return matches ? "the app holds such a socket" : "the app's socket leads outside";
        }
    }
    return attack->seen != NULL && attack->seen(where, app) ? "its effect was seen" : NULL;
}

static const char *queues_touched(const struct services *services, const struct world *where) {
    struct shmid_ds about;
    struct mq_attr attributes = {0};
    int waiting = 0;
    mqd_t queue = mq_open(text("/landgrant-attacks-%d", where->id), O_RDONLY);
    if (services->shared >= 0 && shmctl(services->shared, IPC_STAT, &about) != 0) {
        return "shared memory is gone";
    }
    if (services->semaphore >= 0 && semctl(services->semaphore, 0, GETVAL) != 0) {
        return "the semaphore changed";
    }
    bool whole =
        !services->named || (queue >= 0 && mq_getattr(queue, &attributes) == 0 && attributes.mq_curmsgs == 1);
    mq_close(queue);
    (void)!ioctl(services->terminal, FIONREAD, &waiting);
    return waiting > 0 ? "the other terminal was written to" : !whole ? "the queue changed" : NULL;
}

const char *evidence(const struct attack *attack, const struct world *where, const struct outside *outside,
                     const char *got, size_t length, uint64_t before, uint64_t now, pid_t holder,
                     const struct services *services) {
    static pid_t family[FAMILY_MOST];
    char time[32];
    snprintf(time, sizeof time, "%lx", (unsigned long)outside->time);
    services_sync(services);
    if (memmem(got, length, outside->token, TOKEN_BYTES - 1) != NULL ||
        memmem(got, length, outside->token, 8) != NULL) {
        return "the secret came out";
    }
    if (memmem(got, length, outside->secret, SECRET_BYTES - 1) != NULL) {
        return "the agent's secret came out";
    }
    if (memmem(got, length, time, strlen(time)) != NULL) {
        return "the secret time came out";
    }
    if (before != now) {
        return "files outside changed";
    }
    if (atomic_load(&outside->heard) > 0) {
        return "somebody outside was spoken to";
    }
    size_t count = family_of(holder, family);
    const char *seen = NULL;
    for (size_t i = 0; i < count && seen == NULL; i++) {
        seen = held(attack, where, family[i]);
    }
    seen = seen != NULL ? seen : victim_touched(where, outside);
    seen = seen != NULL ? seen : holder_touched(holder);
    return seen != NULL ? seen : queues_touched(services, where);
}
