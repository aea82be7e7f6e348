/*
 * Shared memory of System V, which pictures travel in to the X11 display. The kernel gives it to every
 * program of the user that knows, or guesses, a number. Here a session has only its own: we make it in the
 * app's place, so that we are its creator as long as it exists, also when the program that wanted it has
 * ended. Named by a key, any program could have made it, or could find it: there is only memory without.
 *
 * What is left at the session's end is removed then, and there is a most of it at a time: MADE_MOST pieces
 * and BYTES_MOST bytes, the same again held by us for calls that go on, and HOLDS_MOST of those.
 *
 * A number may get a new meaning when its memory is gone. So a number is judged while we hold the memory; and
 * when the kernel goes on with the call, we hold it until the caller is certainly done: until it calls again,
 * or is gone.
 */
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <sys/ipc.h>
#include <sys/shm.h>
#include <unistd.h>

#include "caller.h"
#include "memory.h"

enum { HOLDS_MOST = 256, MAKES = 0777 | IPC_CREAT | IPC_EXCL | SHM_NORESERVE };

static struct {
    pthread_mutex_t lock;
    bool looked, doubtful;
    struct hold {
        const void *at;
        pid_t thread;
        size_t bytes;
    } holds[HOLDS_MOST];
    size_t count;
    int made[MADE_MOST];
    size_t made_count;
} memory = {.lock = PTHREAD_MUTEX_INITIALIZER};

/* With the lock. */
static void let_go(pid_t caller) {
    size_t kept = 0;
    for (size_t i = 0; i < memory.count; i++) {
        char path[32];
        struct hold hold = memory.holds[i];
        snprintf(path, sizeof path, "/proc/%d", hold.thread);
        if (hold.thread == caller || access(path, F_OK) != 0) {
            shmdt(hold.at);
        } else {
            memory.holds[kept++] = hold;
        }
    }
    memory.count = kept;
}

/* Also how large it is. */
static bool is_made_by_us(int number, size_t *bytes) {
    struct shmid_ds about;
    bool ours = shmctl(number, IPC_STAT, &about) == 0 && about.shm_cpid == getpid() &&
                about.shm_perm.cuid == geteuid();
    *bytes = ours ? about.shm_segsz : 0;
    return ours;
}

/* With the lock: the bytes of what we made and is still there; what is gone is forgotten. */
static size_t bytes_made(void) {
    size_t all = 0, kept = 0, bytes;
    for (size_t i = 0; i < memory.made_count; i++) {
        if (is_made_by_us(memory.made[i], &bytes)) {
            all += bytes;
            memory.made[kept++] = memory.made[i];
        }
    }
    memory.made_count = kept;
    return all;
}

static size_t bytes_held(void) {
    size_t all = 0;
    for (size_t i = 0; i < memory.count; i++) {
        all += memory.holds[i].bytes;
    }
    return all;
}

/* It goes when the last program that has it lets go of it; the app's are gone by now. */
void memory_end(void) {
    size_t bytes;
    pthread_mutex_lock(&memory.lock);
    for (size_t i = 0; i < memory.made_count; i++) {
        if (is_made_by_us(memory.made[i], &bytes)) {
            shmctl(memory.made[i], IPC_RMID, NULL);
        }
    }
    memory.made_count = 0;
    pthread_mutex_unlock(&memory.lock);
}

/*
 * With the lock, before we make any: is there some already whose creator had our number? Then nobody could
 * tell it from ours later, and the session gets none.
 */
static void look_once(void) {
    struct shm_info all;
    struct shmid_ds about;
    int last = memory.looked ? -1 : shmctl(0, SHM_INFO, (struct shmid_ds *)&all);
    for (int i = 0; i <= last; i++) {
        memory.doubtful = memory.doubtful || (shmctl(i, SHM_STAT, &about) >= 0 && about.shm_cpid == getpid());
    }
    memory.looked = true;
}

/* With the lock. Holds the memory; its place here, or NULL and errno when there is none or it is not ours. */
static const void *hold(int number, size_t *bytes) {
    if (memory.doubtful || !memory.looked) {
        errno = EPERM;
        return NULL;
    }
    const void *at = shmat(number, NULL, SHM_RDONLY);
    if (at == (void *)-1) {
        return NULL;
    }
    if (!is_made_by_us(number, bytes)) {
        shmdt(at);
        errno = EPERM;
        return NULL;
    }
    return at;
}

static void make(const struct request *request, struct verdict *verdict) {
    int key = (int)request->arguments[0], flags = (int)request->arguments[2];
    if (!memory.looked) {
        look_once();
    }
    if (key != IPC_PRIVATE || memory.doubtful || (flags & ~MAKES) != 0) {
        verdict_error(verdict, EPERM);
        return;
    }
    size_t bytes = (size_t)request->arguments[1], there = bytes_made();
    if (memory.made_count == MADE_MOST || bytes > BYTES_MOST - there) {
        verdict_error(verdict, ENOSPC); /* as when the whole machine has its most */
        return;
    }
    int number = shmget(IPC_PRIVATE, bytes, flags);
    if (number < 0) {
        verdict_error(verdict, errno);
        return;
    }
    memory.made[memory.made_count++] = number;
    verdict_answer(verdict, number);
}

static void attach(const struct request *request, struct verdict *verdict) {
    if (memory.count == HOLDS_MOST) {
        verdict_error(verdict, ENOMEM);
        return;
    }
    size_t bytes = 0;
    const void *at = hold((int)request->arguments[0], &bytes);
    if (at == NULL) {
        verdict_error(verdict, errno);
        return;
    }
    if (bytes > BYTES_MOST - bytes_held()) {
        shmdt(at);
        verdict_error(verdict, ENOMEM);
        return;
    }
    memory.holds[memory.count++] = (struct hold){at, request->thread, bytes};
    verdict_continue(verdict);
}

/* Removing is done here, at once. Asking goes on: it changes nothing. The owner stays who it is. */
static void control(const struct request *request, struct verdict *verdict) {
    int number = (int)request->arguments[0], what = (int)request->arguments[1];
    if (what == IPC_INFO) {
        verdict_continue(verdict);
        return;
    }
    size_t bytes;
    const void *at = what == IPC_RMID || what == IPC_STAT ? hold(number, &bytes) : NULL;
    if (at == NULL) {
        verdict_error(verdict, what == IPC_RMID || what == IPC_STAT ? errno : EPERM);
        return;
    }
    if (what == IPC_STAT) {
        verdict_continue(verdict);
    } else if (shmctl(number, IPC_RMID, NULL) == 0) {
        verdict_answer(verdict, 0);
    } else {
        verdict_error(verdict, errno);
    }
    shmdt(at);
}

void memory_handle(struct request *request, struct reach *reach, struct verdict *verdict) {
    (void)reach;
    enum memory_space space = caller_memory_space(request->thread);
    if (space != MEMORY_OURS || !request_is_alive(request)) {
        /* What is in a namespace of the session's own is the session's own. */
        if (space == MEMORY_UNKNOWN) {
            verdict_error(verdict, EPERM);
        }
        return;
    }
    pthread_mutex_lock(&memory.lock);
    let_go(request->thread);
    switch (request->row->call) {
    case CALL_MEMORY_MAKE:
        make(request, verdict);
        break;
    case CALL_MEMORY_ATTACH:
        attach(request, verdict);
        break;
    default:
        control(request, verdict);
        break;
    }
    pthread_mutex_unlock(&memory.lock);
}
