#include <errno.h>
#include <linux/seccomp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>

#include "broker.h"

void verdict_continue(struct verdict *verdict) {
    verdict->outcome = OUTCOME_CONTINUE;
}

void verdict_answer(struct verdict *verdict, int64_t value) {
    verdict->outcome = OUTCOME_ANSWER;
    verdict->value = value;
    verdict->error = 0;
}

void verdict_error(struct verdict *verdict, int error) {
    verdict->outcome = OUTCOME_ANSWER;
    verdict->value = 0;
    verdict->error = error;
}

void verdict_inject(struct verdict *verdict, int fd, unsigned fd_flags) {
    verdict->outcome = OUTCOME_INJECT;
    verdict->fd = fd;
    verdict->fd_flags = fd_flags;
}

void verdict_wants(struct verdict *verdict, enum denial_kind kind, char access, const char *what,
                   bool needs_folder, int refusal) {
    verdict->outcome = OUTCOME_WANTS;
    verdict->wish.kind = kind;
    verdict->wish.access = access;
    verdict->wish.needs_folder = needs_folder;
    snprintf(verdict->wish.what, sizeof verdict->wish.what, "%s", what);
    verdict->refusal = refusal;
}

bool request_is_alive(const struct request *request) {
    uint64_t id = request->id;
    return ioctl(request->listener, SECCOMP_IOCTL_NOTIF_ID_VALID, &id) == 0;
}

void request_free(struct request *request) {
    free(request->first);
    free(request->second);
    free(request->bytes);
    free(request->asked_for);
    free(request);
}
