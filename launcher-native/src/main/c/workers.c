#include "workers.h"

#include <errno.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>

#include "answers.h"
#include "files.h"
#include "kernel.h"

/* Breaks off what a worker waits for. The last one: programs use real-time signals from the first on. */
#define SIGNAL_BREAK SIGRTMAX

enum { STACK_BYTES = 256 * 1024 };

struct worker {
    struct workers *all;
    pthread_t thread;
    /* under the lock */
    const struct request *blocked; /* what it may wait for long for */
    bool slow;                     /* is at a call, and does not lead */
};

struct workers {
    struct reach *reach;
    struct questions *questions;
    int listener;
    pthread_mutex_t lock; /* over what follows */
    pthread_cond_t changed;
    bool led, over;
    unsigned idle, count, blocked, slow;
    struct queue {
        struct request *first, **end;
    } again, waiting; /* to be judged once more; taken, but nobody is free */
    struct worker list[WORKERS_MOST];
};

static _Thread_local struct worker *self;

struct workers *workers_make(struct reach *reach) {
    struct workers *workers = grow(NULL, 1, sizeof *workers);
    memset(workers, 0, sizeof *workers);
    workers->reach = reach;
    workers->again.end = &workers->again.first;
    workers->waiting.end = &workers->waiting.first;
    pthread_mutex_init(&workers->lock, NULL);
    pthread_cond_init(&workers->changed, NULL);
    return workers;
}

static void append(struct queue *queue, struct request *request) {
    request->next = NULL;
    *queue->end = request;
    queue->end = &request->next;
}

static struct request *take_first(struct queue *queue) {
    struct request *request = queue->first;
    queue->first = request->next;
    request->next = NULL;
    if (queue->first == NULL) {
        queue->end = &queue->first;
    }
    return request;
}

static void *work(void *argument);

/* With the lock. 0 or an errno. */
static int add_worker(struct workers *workers) {
    if (workers->count == WORKERS_MOST) {
        return EAGAIN;
    }
    struct worker *worker = &workers->list[workers->count];
    *worker = (struct worker){.all = workers};
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, STACK_BYTES);
    pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
    int error = pthread_create(&worker->thread, &attributes, work, worker);
    pthread_attr_destroy(&attributes);
    workers->count += error == 0;
    return error;
}

/* With the lock: somebody else is to look for work. False when nobody can before one finishes. */
static bool call_another(struct workers *workers) {
    if (workers->idle > 0) {
        pthread_cond_signal(&workers->changed);
        return true;
    }
    return add_worker(workers) == 0;
}

/* The next call; false at the end, when the listener hangs up. */
static bool receive(const struct workers *workers, struct seccomp_notif *call) {
    for (;;) {
        memset(call, 0, answers_request_bytes());
        if (ioctl(workers->listener, SECCOMP_IOCTL_NOTIF_RECV, call) == 0) {
            return true;
        }
        if (errno != ENOENT && errno != EINTR) {
            return false;
        }
        /* The caller died or was interrupted first. Also the end: then the listener hangs up. */
        struct pollfd state = {.fd = workers->listener, .events = POLLIN};
        if (poll(&state, 1, -1) > 0 && (state.revents & (POLLHUP | POLLERR)) != 0) {
            return false;
        }
    }
}

/* Gives a verdict; the request is answered, parked, or (false) left for somebody who may wait. */
static bool handle(struct workers *workers, struct request *request) {
    struct verdict verdict = {.outcome = OUTCOME_CONTINUE, .fd = -1};
    request->judged_at = questions_now(workers->questions);
    request->row->handle(request, workers->reach, &verdict);
    if (request->later) {
        request->prompt = request->later = false;
        return false;
    }
    if (verdict.outcome == OUTCOME_WANTS) {
        questions_take(workers->questions, request, &verdict);
    } else {
        answer(request, &verdict);
        request_free(request);
    }
    return true;
}

/* Takes calls and answers what nothing has to be waited for, until one needs more; NULL at the end. */
static struct request *lead(struct workers *workers, struct seccomp_notif *call) {
    while (receive(workers, call)) {
        const struct trapped_call *row = call_of(call->data.nr);
        struct request bare = {.id = call->id, .listener = workers->listener};
        /* Rings, but nobody says how to answer it; or its caller is where we cannot see it. */
        if (row == NULL || call->pid == 0) {
            answer_refused(&bare, row == NULL ? ENOSYS : EPERM);
            continue;
        }
        bare.thread = (pid_t)call->pid;
        bare.row = row;
        for (unsigned i = 0; i < 6; i++) {
            bare.arguments[i] = call->data.args[i];
        }
        if (is_quick(&bare, workers->reach)) {
            answer_continue(&bare);
            free(bare.first);
            continue;
        }
        struct request *request = grow(NULL, 1, sizeof *request);
        *request = bare;
        request->prompt = row->handle == files_handle || row->handle == exec_handle;
        if (!request->prompt || !handle(workers, request)) {
            return request;
        }
    }
    return NULL;
}

/* With the lock: a call for this worker that was taken before. Who comes when nobody leads does that first,
 * unless there is another to do it. */
static struct request *take_known(struct workers *workers) {
    if (workers->again.first != NULL && (workers->led || call_another(workers))) {
        return take_first(&workers->again);
    }
    return workers->waiting.first != NULL && workers->led && workers->slow < SLOW_MOST
               ? take_first(&workers->waiting)
               : NULL;
}

/* With the lock: leads until there is a call that this worker is to do, and somebody else to lead. */
static struct request *take_lead(struct workers *workers, struct seccomp_notif *call) {
    struct request *request = NULL;
    workers->led = true;
    for (bool stays = true; stays;) {
        pthread_mutex_unlock(&workers->lock);
        request = lead(workers, call);
        pthread_mutex_lock(&workers->lock);
        stays = request != NULL && (workers->slow >= SLOW_MOST || !call_another(workers));
        if (stays) {
            append(&workers->waiting, request); /* whoever finishes takes it */
        }
    }
    workers->led = false;
    workers->over = request == NULL;
    return request;
}

/* What to do next; NULL at the end. */
static struct request *next_request(struct workers *workers, struct seccomp_notif *call) {
    struct request *request = NULL;
    pthread_mutex_lock(&workers->lock);
    workers->slow -= self->slow;
    while (!workers->over && (request = take_known(workers)) == NULL && workers->led) {
        workers->idle++;
        pthread_cond_wait(&workers->changed, &workers->lock);
        workers->idle--;
    }
    if (request == NULL && !workers->over) {
        request = take_lead(workers, call);
    }
    self->slow = request != NULL;
    workers->slow += self->slow;
    if (workers->over) {
        pthread_cond_broadcast(&workers->changed);
    } else if (workers->again.first != NULL) {
        (void)call_another(workers);
    }
    pthread_mutex_unlock(&workers->lock);
    return request;
}

static void *work(void *argument) {
    self = argument;
    struct workers *workers = self->all;
    /* A working folder and a umask of its own, so that it can take those of a caller for a moment. */
    if (unshare(CLONE_FS) != 0) {
        die("a worker could not get a folder of its own: %s", strerror(errno));
    }
    sigset_t breaks;
    sigemptyset(&breaks);
    sigaddset(&breaks, SIGNAL_BREAK);
    pthread_sigmask(SIG_UNBLOCK, &breaks, NULL);
    struct seccomp_notif *call = grow(NULL, 1, answers_request_bytes());
    for (struct request *request; (request = next_request(workers, call)) != NULL;) {
        request->prompt = false;
        (void)handle(workers, request);
    }
    free(call);
    return NULL;
}

static void break_off(int number) {
    (void)number;
}

bool workers_start(struct workers *workers, int listener, struct questions *questions) {
    workers->listener = listener;
    workers->questions = questions;
    struct sigaction action = {.sa_handler = break_off}; /* no SA_RESTART */
    if (!answers_prepare() || sigaction(SIGNAL_BREAK, &action, NULL) != 0) {
        return false;
    }
    /* Caller and leader share a processor while they pass the call on: twice as fast where the kernel can. */
    (void)ioctl(listener, SC_NOTIF_SET_FLAGS, SC_NOTIF_SYNC_WAKE_UP);
    pthread_mutex_lock(&workers->lock);
    int error = 0;
    for (unsigned i = 0; i < WORKERS_FIRST && error == 0; i++) {
        error = add_worker(workers);
    }
    pthread_mutex_unlock(&workers->lock);
    errno = error;
    return error == 0;
}

void workers_again(void *context, struct request *request) {
    struct workers *workers = context;
    pthread_mutex_lock(&workers->lock);
    append(&workers->again, request);
    (void)call_another(workers);
    pthread_mutex_unlock(&workers->lock);
}

bool request_may_block(struct request *request) {
    if (self == NULL) {
        return true; /* handled by no worker, so that none is missing */
    }
    struct workers *workers = self->all;
    pthread_mutex_lock(&workers->lock);
    /* One that leads and one that finishes what was answered must stay. */
    bool may = workers->blocked < BLOCKED_MOST &&
               (workers->count >= workers->blocked + 3 || add_worker(workers) == 0);
    if (may) {
        workers->blocked++;
        self->blocked = request;
    }
    pthread_mutex_unlock(&workers->lock);
    return may;
}

void request_has_blocked(struct request *request) {
    (void)request;
    if (self == NULL) {
        return;
    }
    pthread_mutex_lock(&self->all->lock);
    self->all->blocked--;
    self->blocked = NULL;
    pthread_mutex_unlock(&self->all->lock);
}

bool workers_are_blocked(struct workers *workers) {
    pthread_mutex_lock(&workers->lock);
    bool are = workers->blocked > 0;
    pthread_mutex_unlock(&workers->lock);
    return are;
}

void workers_look(struct workers *workers) {
    pthread_mutex_lock(&workers->lock);
    for (unsigned i = 0; i < workers->count; i++) {
        const struct worker *worker = &workers->list[i];
        if (worker->blocked != NULL && !request_is_alive(worker->blocked)) {
            /* May come before it has begun to wait; then the next look wakes it. */
            pthread_kill(worker->thread, SIGNAL_BREAK);
        }
    }
    pthread_mutex_unlock(&workers->lock);
}
