/* Running what may not be run, gaining rights by it, and queues that are not files. */
#include <errno.h>
#include <fcntl.h>
#include <mqueue.h>
#include <stdio.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/sendfile.h>
#include <sys/shm.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "themes.h"

extern char **environ;

/* The program says that it was attempted, as the runner waits for that, and stays to be looked at. */
static char *const STAYS[] = {"program", "stay", NULL};

static enum result runs(void) {
    execv(in_world("home/secret/program"), STAYS);
    return FAILED;
}

static enum result runs_descriptor(void) {
    int file = open(in_world("home/secret/program"), O_PATH);
    syscall(SYS_execveat, file, "", STAYS, environ, AT_EMPTY_PATH);
    return FAILED;
}

static enum result runs_own(void) {
    execv(in_world("home/granted/program"), STAYS);
    return FAILED;
}

static enum result runs_script(void) {
    execv(in_world("home/secret/script"), (char *[]){"script", NULL});
    return FAILED;
}

static enum result runs_memory(void) {
    int from = open(in_world("bin/attacks"), O_RDONLY), to = memfd_create("program", 0);
    struct stat about;
    if (fstat(from, &about) != 0 || to < 0) {
        return FAILED;
    }
    for (off_t left = about.st_size; left > 0;) {
        ssize_t done = sendfile(to, from, NULL, (size_t)left);
        if (done <= 0) {
            return FAILED;
        }
        left -= done;
    }
    fexecve(to, STAYS, environ);
    return FAILED;
}

static enum result runs_by_loader(void) {
    static const char *const LOADERS[] = {"/lib64/ld-linux-x86-64.so.2", "/lib/ld-linux-aarch64.so.1",
                                          "/lib/ld-musl-x86_64.so.1"};
    bool any = access(in_world("readable/cat"), R_OK) == 0;
    for (size_t i = 0; any && i < COUNT_OF(LOADERS); i++) {
        if (access(LOADERS[i], X_OK) == 0) {
            loot("\nattempted 0 0\n", 15); /* cat says nothing of itself */
            execl(LOADERS[i], LOADERS[i], in_world("readable/cat"), (char *)NULL);
        }
    }
    return cannot("there is no program that needs a loader here");
}

static enum result gains_rights(void) {
    execv(in_world("bin/set-uid"), STAYS);
    return FAILED;
}

static enum result gains_group(void) {
    execv(in_world("bin/set-gid"), STAYS);
    return FAILED;
}

static const struct attack RUNNING[] = {
    ATTACK("execute", "running a program", runs, CLOSED(LANDLOCK, 1), .seen = other_program_seen),
    ATTACK("execute-descriptor", "running a path descriptor", runs_descriptor, CLOSED(LANDLOCK, 1),
           .seen = other_program_seen),
    ATTACK("execute-own", "running what the app wrote into a granted folder", runs_own, CLOSED(LANDLOCK, 1),
           .seen = other_program_seen),
    ATTACK("execute-script", "running a script", runs_script, CLOSED(LANDLOCK, 1),
           .seen = other_program_seen),
    ATTACK("execute-memory", "running a file in memory", runs_memory,
           OPEN("\"execute\" is advice: it runs with the app's own limits, no more"),
           .seen = other_program_seen),
    ATTACK("execute-loader", "having the loader run what may only be read", runs_by_loader,
           OPEN("\"execute\" is advice: it runs with the app's own limits, no more"),
           .seen = other_program_seen),
    ATTACK("set-uid", "a set-uid program", gains_rights, CLOSED(LINUX, 0), .needs = NEEDS_SETUID,
           .seen = more_privileges_seen),
    ATTACK("set-gid", "a set-gid program", gains_group, CLOSED(LINUX, 0), .needs = NEEDS_SETUID,
           .seen = more_privileges_seen),
};
const struct theme PROGRAMS = THEME(RUNNING, "Running programs");

static enum result memory(void) {
    int segment = shmget(world.id, 0, 0);
    const char *at = segment >= 0 ? shmat(segment, NULL, SHM_RDONLY) : (void *)-1;
    if (segment < 0 && errno == ENOSYS) {
        return cannot("the kernel has no such memory");
    }
    if (at == (void *)-1) {
        return FAILED;
    }
    loot(at, 64);
    return SUCCEEDED;
}

static enum result memory_removed(void) {
    int segment = shmget(world.id, 0, 0);
    return segment < 0 && errno == ENOSYS ? cannot("the kernel has no such memory")
                                          : verdict(shmctl(segment, IPC_RMID, NULL));
}

/* The number of the segment, which needs no key: found in the list that every program may read. */
static int number_of_memory(void) {
    char line[512];
    FILE *list = fopen("/proc/sysvipc/shm", "re");
    int key, number, found = -1;
    while (list != NULL && fgets(line, sizeof line, list) != NULL) {
        if (sscanf(line, "%d %d", &key, &number) == 2 && key == world.id) {
            found = number;
        }
    }
    return found;
}

static enum result memory_by_number(void) {
    int segment = number_of_memory();
    if (segment < 0) {
        return cannot("the kernel has no such memory");
    }
    const char *at = shmat(segment, NULL, SHM_RDONLY);
    if (at == (void *)-1) {
        return FAILED;
    }
    loot(at, 64);
    return SUCCEEDED;
}

static enum result memory_removed_by_number(void) {
    int segment = number_of_memory();
    return segment < 0 ? cannot("the kernel has no such memory") : verdict(shmctl(segment, IPC_RMID, NULL));
}

static enum result messages(void) {
    struct {
        long type;
        char bytes[64];
    } message;
    ssize_t got = msgrcv(msgget(world.id, 0), &message, sizeof message.bytes, 0, IPC_NOWAIT);
    if (got < 0 && errno == ENOSYS) {
        return cannot("the kernel has no such queues");
    }
    loot(message.bytes, got > 0 ? (size_t)got : 0);
    return verdict(got);
}

static enum result semaphores(void) {
    struct sembuf up = {0, 1, IPC_NOWAIT};
    int set = semget(world.id, 1, 0);
    return set < 0 && errno == ENOSYS ? cannot("the kernel has no such semaphores")
                                      : verdict(semop(set, &up, 1));
}

static enum result named_messages(void) {
    char bytes[8192];
    mqd_t queue = mq_open(text("/landgrant-attacks-%d", world.id), O_RDONLY | O_NONBLOCK);
    if (queue < 0 && errno == ENOSYS) {
        return cannot("the kernel has no such queues");
    }
    ssize_t got = mq_receive(queue, bytes, sizeof bytes, NULL);
    loot(bytes, got > 0 ? (size_t)got : 0);
    return verdict(got);
}

static enum result named_removed(void) {
    int done = mq_unlink(text("/landgrant-attacks-%d", world.id));
    return done != 0 && errno == ENOSYS ? cannot("the kernel has no such queues") : verdict(done);
}

static enum result named_memory(void) {
    return loot_from(open(text("/dev/shm/landgrant-attacks-%d", world.id), O_RDONLY));
}

static const struct attack SHARED[] = {
    ATTACK("shm", "another's shared memory (System V)", memory, CLOSED(SUPERVISOR, 0)),
    ATTACK("shm-number", "the same, by its number", memory_by_number, CLOSED(SUPERVISOR, 0)),
    ATTACK("shm-remove", "removing another's shared memory", memory_removed, CLOSED(SUPERVISOR, 0)),
    ATTACK("shm-remove-number", "the same, by its number", memory_removed_by_number, CLOSED(SUPERVISOR, 0)),
    ATTACK("msg", "taking another's messages (System V)", messages, CLOSED(FILTER, 0)),
    ATTACK("sem", "another's semaphores (System V)", semaphores, CLOSED(FILTER, 0)),
    ATTACK("mqueue", "taking another's messages (POSIX)", named_messages, CLOSED(FILTER, 0)),
    ATTACK("mqueue-remove", "removing another's queue", named_removed, CLOSED(FILTER, 0)),
    ATTACK("dev-shm", "another's shared memory (/dev/shm)", named_memory, CLOSED(LANDLOCK, 1)),
};
const struct theme QUEUES = THEME(SHARED, "Memory and queues of other programs");
