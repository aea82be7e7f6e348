#include "answers.h"

#include <errno.h>
#include <linux/seccomp.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "kernel.h"

enum { RESPONSE_ROOM = 256 };
static size_t request_bytes = sizeof(struct seccomp_notif);

bool answers_prepare(void) {
    struct seccomp_notif_sizes sizes = {0};
    if (syscall(SYS_seccomp, SECCOMP_GET_NOTIF_SIZES, 0, &sizes) != 0) {
        return false;
    }
    if (sizes.seccomp_notif > request_bytes) {
        request_bytes = sizes.seccomp_notif;
    }
    errno = E2BIG;
    return sizes.seccomp_notif_resp <= RESPONSE_ROOM;
}

size_t answers_request_bytes(void) {
    return request_bytes;
}

/* ENOENT: the caller was killed meanwhile. */
static void send_answer(const struct request *request, int64_t value, int error, uint32_t flags) {
    union {
        struct seccomp_notif_resp response;
        uint8_t room[RESPONSE_ROOM];
    } whole;
    memset(&whole, 0, sizeof whole);
    whole.response.id = request->id;
    whole.response.val = value;
    whole.response.error = -error;
    whole.response.flags = flags;
    (void)ioctl(request->listener, SECCOMP_IOCTL_NOTIF_SEND, &whole.response);
}

/* The descriptor and the answer in one step (Linux 5.14), else in two. Any error on the way is the answer. */
static void inject(const struct request *request, const struct verdict *verdict) {
    struct seccomp_notif_addfd added = {.id = request->id,
                                        .flags = SC_ADDFD_FLAG_SEND,
                                        .srcfd = (uint32_t)verdict->fd,
                                        .newfd_flags = verdict->fd_flags};
    int number;
    do {
        number = ioctl(request->listener, SECCOMP_IOCTL_NOTIF_ADDFD, &added);
    } while (number < 0 && errno == EINTR);
    if (number >= 0) {
        return;
    }
    if (errno == EINVAL) {
        added.flags = 0;
        do {
            number = ioctl(request->listener, SECCOMP_IOCTL_NOTIF_ADDFD, &added);
        } while (number < 0 && errno == EINTR);
    }
    send_answer(request, number < 0 ? 0 : number, number < 0 ? errno : 0, 0);
}

void answer(const struct request *request, struct verdict *verdict) {
    switch (verdict->outcome) {
    case OUTCOME_CONTINUE:
        send_answer(request, 0, 0, SC_NOTIF_FLAG_CONTINUE);
        break;
    case OUTCOME_ANSWER:
        send_answer(request, verdict->value, verdict->error, 0);
        break;
    case OUTCOME_INJECT:
        inject(request, verdict);
        close(verdict->fd);
        verdict->fd = -1;
        break;
    case OUTCOME_WANTS:
        answer_refused(request, verdict->refusal);
        break;
    }
}

void answer_refused(const struct request *request, int refusal) {
    send_answer(request, 0, refusal, refusal == 0 ? SC_NOTIF_FLAG_CONTINUE : 0);
}
