#include "trapped.h"

#include <errno.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "answers.h"
#include "check.h"
#include "filter.h"
#include "kernel.h"

bool trapped_files;

void note(struct trapped *trapped, long result) {
    if (trapped->count < ANSWERS_MOST) {
        trapped->answers[trapped->count++] = result < 0 ? errno : 0;
    }
}

static void handle(const struct seccomp_notif *call, int listener, struct reach *reach,
                   struct trapped *trapped) {
    struct request *request = grow(NULL, 1, sizeof *request);
    *request = (struct request){
        .id = call->id, .listener = listener, .thread = (pid_t)call->pid, .row = call_of(call->data.nr)};
    for (unsigned i = 0; i < 6; i++) {
        request->arguments[i] = call->data.args[i];
    }
    struct verdict verdict = {.outcome = OUTCOME_CONTINUE, .fd = -1};
    if (trapped_files || (request->row->handle != files_handle && request->row->handle != exec_handle)) {
        request->row->handle(request, reach, &verdict);
    }
    if (verdict.outcome != OUTCOME_WANTS) {
        answer(request, &verdict);
    } else {
        if (trapped->wish_count < WISHES_MOST) {
            trapped->wishes[trapped->wish_count++] = verdict.wish;
        }
        answer_refused(request, verdict.refusal);
    }
    request_free(request);
}

static void serve(int listener, struct reach *reach, struct trapped *trapped) {
    struct seccomp_notif *call = grow(NULL, 1, answers_request_bytes());
    for (;;) {
        struct pollfd state = {.fd = listener, .events = POLLIN};
        if (poll(&state, 1, -1) < 0 || (state.revents & POLLIN) == 0) {
            break;
        }
        memset(call, 0, answers_request_bytes());
        if (ioctl(listener, SECCOMP_IOCTL_NOTIF_RECV, call) == 0) {
            handle(call, listener, reach, trapped);
        }
    }
    free(call);
}

struct trapped *run_trapped(void (*app)(struct trapped *trapped), const char *folder, struct reach *reach) {
    struct trapped *trapped =
        mmap(NULL, sizeof *trapped, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    CHECK(trapped != MAP_FAILED && answers_prepare());
    trapped->folder = folder;
    int ready[2];
    CHECK(pipe(ready) == 0);
    pid_t child = fork();
    if (child == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
        int listener = reach != NULL ? filter_enter(&(struct closing){.doorbell = true}) : -1;
        (void)!write(ready[1], &listener, sizeof listener);
        app(trapped);
        _exit(0);
    }
    int number = -1, status = -1;
    CHECK(read(ready[0], &number, sizeof number) == (ssize_t)sizeof number);
    close(ready[0]);
    close(ready[1]);
    CLOSES int pidfd = (int)syscall(NR_PIDFD_OPEN, child, 0);
    if (reach != NULL) {
        CLOSES int listener = (int)syscall(NR_PIDFD_GETFD, pidfd, number, 0);
        CHECK(listener >= 0);
        serve(listener, reach, trapped);
    }
    CHECK(waitpid(child, &status, 0) == child && status == 0);
    return trapped;
}

void trapped_free(struct trapped *trapped) {
    munmap(trapped, sizeof *trapped);
}
