#include "receive.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/seccomp.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "kernel.h"
#include "peek.h"

struct doorbell {
    int listener, wake;
    const struct mirror *mirror;
    pthread_mutex_t lock;
    /* Under the lock: records are an attempt and its two paths with their NULs, one after the other. */
    uint8_t *ring;
    size_t used;
    uint64_t lost;
    bool awake; /* `wake` has been written since the last take */
    /* The thread's own. */
    struct seccomp_notif *request;
    struct seccomp_notif_resp *response;
    size_t request_bytes, response_bytes;
};

/* What one notification left behind, in the thread's own memory. */
struct copy {
    struct attempt attempt;
    char first[PEEK_PATH_BYTES], second[PEEK_PATH_BYTES];
};

/* Whether the words alone look refused; then the name of the program is worth a look while it stands still.
 */
static bool looks_refused(const struct doorbell *doorbell, const struct copy *copy) {
    unsigned wanted = RIGHT_WRITE;
    if (copy->attempt.call == CALL_EXEC) {
        wanted = RIGHT_EXECUTE;
    } else if (copy->attempt.call == CALL_OPEN || copy->attempt.call == CALL_OPENAT2) {
        uint64_t flags = copy->attempt.flags;
        wanted =
            (flags & O_ACCMODE) == O_RDONLY && (flags & (O_TRUNC | O_CREAT)) == 0 ? RIGHT_READ : RIGHT_WRITE;
    }
    return mirror_missing(doorbell->mirror, copy->first, wanted) != 0 ||
           (copy->attempt.second_bytes > 0 && mirror_missing(doorbell->mirror, copy->second, wanted) != 0);
}

static bool copy_address(const struct doorbell *doorbell, const struct seccomp_notif *request,
                         struct copy *copy) {
    union {
        struct sockaddr any;
        struct sockaddr_in ip4;
        struct sockaddr_in6 ip6;
    } address;
    bool listening = copy->attempt.call == CALL_BIND;
    pid_t thread = copy->attempt.thread;
    uint64_t length = request->data.args[2];
    memset(&address, 0, sizeof address);
    if (length < sizeof address.ip4 ||
        !peek_bytes(thread, request->data.args[1], &address,
                    length < sizeof address ? length : sizeof address) ||
        (address.any.sa_family != AF_INET && address.any.sa_family != AF_INET6)) {
        return false;
    }
    copy->attempt.port = ntohs(address.ip4.sin_port); /* at the same place in both */
    return mirror_refuses_port(doorbell->mirror, listening, copy->attempt.port) &&
           peek_is_tcp(thread, (int)request->data.args[0]);
}

static int folder_argument(const struct seccomp_notif *request, int argument) {
    return argument == ARGUMENT_NONE ? AT_FDCWD : (int)request->data.args[argument];
}

/* False when there is nothing to tell. */
static bool copy_call(const struct doorbell *doorbell, const struct seccomp_notif *request,
                      struct copy *copy) {
    const struct trapped_call *row = call_of(request->data.nr);
    if (row == NULL || request->pid == 0) {
        return false;
    }
    pid_t thread = (pid_t)request->pid;
    copy->attempt = (struct attempt){.call = row->call, .thread = thread};
    copy->first[0] = copy->second[0] = '\0';
    if (row->call == CALL_CONNECT || row->call == CALL_BIND) {
        if (!copy_address(doorbell, request, copy)) {
            return false;
        }
        peek_program(thread, copy->attempt.program, sizeof copy->attempt.program);
        return true;
    }
    if (row->flags != ARGUMENT_NONE) {
        copy->attempt.flags = request->data.args[row->flags];
    }
    if (row->call == CALL_OPENAT2) {
        struct how how;
        if (!peek_bytes(thread, copy->attempt.flags, &how, sizeof how) || how.resolve != 0) {
            return false; /* its own restrictions may refuse it first */
        }
        copy->attempt.flags = how.flags;
    }
    bool opens = row->call == CALL_OPEN || row->call == CALL_OPENAT2;
    if (opens && (copy->attempt.flags & O_PATH) != 0) {
        return false;
    }
    size_t first =
        peek_path(thread, folder_argument(request, row->folder), request->data.args[row->path], copy->first);
    size_t second = 0;
    if (row->second_path != ARGUMENT_NONE) {
        second = peek_path(thread, folder_argument(request, row->second_folder),
                           request->data.args[row->second_path], copy->second);
    }
    if (first == 0 || (row->second_path != ARGUMENT_NONE && second == 0) || !peek_same_root(thread)) {
        return false;
    }
    copy->attempt.first_bytes = (uint16_t)(first + 1);
    copy->attempt.second_bytes = (uint16_t)(second > 0 ? second + 1 : 0);
    if (looks_refused(doorbell, copy)) {
        peek_program(thread, copy->attempt.program, sizeof copy->attempt.program);
    }
    return true;
}

/* True when the other side has to be woken. */
static bool hand_over(struct doorbell *doorbell, const struct copy *copy) {
    size_t first = copy->attempt.first_bytes, second = copy->attempt.second_bytes;
    size_t whole = sizeof copy->attempt + first + second;
    pthread_mutex_lock(&doorbell->lock);
    bool fits = whole <= RING_BYTES - doorbell->used;
    if (fits) {
        uint8_t *at = doorbell->ring + doorbell->used;
        memcpy(at, &copy->attempt, sizeof copy->attempt);
        memcpy(at + sizeof copy->attempt, copy->first, first);
        memcpy(at + sizeof copy->attempt + first, copy->second, second);
        doorbell->used += whole;
    } else {
        doorbell->lost++;
    }
    bool wake = fits && !doorbell->awake;
    doorbell->awake = doorbell->awake || wake;
    pthread_mutex_unlock(&doorbell->lock);
    return wake;
}

static void *receive(void *argument) {
    struct doorbell *doorbell = argument;
    struct copy *copy = grow(NULL, 1, sizeof *copy);
    for (;;) {
        memset(doorbell->request, 0, doorbell->request_bytes);
        if (ioctl(doorbell->listener, SECCOMP_IOCTL_NOTIF_RECV, doorbell->request) != 0) {
            if (errno == ENOENT || errno == EINTR) {
                /* The caller died or was interrupted first. Also the end: then the listener hangs up. */
                struct pollfd state = {.fd = doorbell->listener, .events = POLLIN};
                if (poll(&state, 1, -1) > 0 && (state.revents & (POLLHUP | POLLERR)) != 0) {
                    break;
                }
                continue;
            }
            break;
        }
        uint64_t id = doorbell->request->id;
        /* Copied first, then checked to be still the same caller, queued, and let go. */
        bool wake = copy_call(doorbell, doorbell->request, copy) &&
                    ioctl(doorbell->listener, SECCOMP_IOCTL_NOTIF_ID_VALID, &id) == 0 &&
                    hand_over(doorbell, copy);
        memset(doorbell->response, 0, doorbell->response_bytes);
        doorbell->response->id = id;
        doorbell->response->flags = SC_NOTIF_FLAG_CONTINUE;
        /* ENOENT: the caller was killed meanwhile. */
        (void)ioctl(doorbell->listener, SECCOMP_IOCTL_NOTIF_SEND, doorbell->response);
        if (wake) {
            uint64_t one = 1;
            (void)write_everything(doorbell->wake, &one, sizeof one);
        }
    }
    free(copy);
    return NULL;
}

static size_t larger(size_t one, size_t other) {
    return one > other ? one : other;
}

struct doorbell *doorbell_start(int listener, const struct mirror *mirror) {
    struct doorbell *doorbell = grow(NULL, 1, sizeof *doorbell);
    *doorbell = (struct doorbell){.listener = listener, .mirror = mirror};
    struct seccomp_notif_sizes sizes = {0};
    /* The kernel's structures may be longer than those we were built with. */
    if (syscall(SYS_seccomp, SECCOMP_GET_NOTIF_SIZES, 0, &sizes) != 0) {
        free(doorbell);
        return NULL;
    }
    doorbell->request_bytes = larger(sizes.seccomp_notif, sizeof *doorbell->request);
    doorbell->response_bytes = larger(sizes.seccomp_notif_resp, sizeof *doorbell->response);
    doorbell->request = grow(NULL, 1, doorbell->request_bytes);
    doorbell->response = grow(NULL, 1, doorbell->response_bytes);
    doorbell->ring = grow(NULL, 1, RING_BYTES);
    doorbell->wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    pthread_mutex_init(&doorbell->lock, NULL);
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, 128 * 1024);
    /* Caller and receiver share a processor while they pass the call on: twice as fast where the kernel can.
     */
    (void)ioctl(listener, SC_NOTIF_SET_FLAGS, SC_NOTIF_SYNC_WAKE_UP);
    pthread_t thread;
    int error = doorbell->wake < 0 ? errno : pthread_create(&thread, &attributes, receive, doorbell);
    if (error != 0) {
        errno = error;
        return NULL;
    }
    pthread_detach(thread);
    return doorbell;
}

int doorbell_fd(const struct doorbell *doorbell) {
    return doorbell->wake;
}

void doorbell_take(struct doorbell *doorbell,
                   void (*each)(void *context, const struct attempt *attempt, const char *first,
                                const char *second),
                   void *context) {
    uint64_t count;
    (void)!read(doorbell->wake, &count, sizeof count);
    pthread_mutex_lock(&doorbell->lock);
    size_t used = doorbell->used;
    uint8_t *records = grow(NULL, 1, used);
    memcpy(records, doorbell->ring, used);
    doorbell->used = 0;
    doorbell->awake = false;
    pthread_mutex_unlock(&doorbell->lock);
    for (size_t at = 0; at < used;) {
        struct attempt attempt;
        memcpy(&attempt, records + at, sizeof attempt);
        const char *first = (const char *)records + at + sizeof attempt;
        each(context, &attempt, attempt.first_bytes > 0 ? first : "",
             attempt.second_bytes > 0 ? first + attempt.first_bytes : "");
        at += sizeof attempt + attempt.first_bytes + attempt.second_bytes;
    }
    free(records);
}

uint64_t doorbell_lost(struct doorbell *doorbell) {
    pthread_mutex_lock(&doorbell->lock);
    uint64_t lost = doorbell->lost;
    pthread_mutex_unlock(&doorbell->lock);
    return lost;
}
