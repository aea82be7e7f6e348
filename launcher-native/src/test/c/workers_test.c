/* A caller that the supervisor cannot see is refused. */
#include "workers.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"
#include "filter.h"
#include "kernel.h"

static void ignore(void *context, struct request *request) {
    (void)context;
    (void)request;
}

/* The process whose number is 0 for who runs in a process namespace of its own. */
static pid_t start_app(int *listener) {
    int ready[2];
    CHECK(pipe(ready) == 0);
    pid_t app = fork();
    if (app == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
        int number = filter_enter(&(struct closing){.doorbell = true});
        (void)!write(ready[1], &number, sizeof number);
        _exit(open("/", O_RDONLY | O_CLOEXEC) < 0 ? errno : 0);
    }
    int number = -1;
    CHECK(read(ready[0], &number, sizeof number) == (ssize_t)sizeof number);
    close(ready[0]);
    close(ready[1]);
    CLOSES int pidfd = (int)syscall(NR_PIDFD_OPEN, app, 0);
    *listener = (int)syscall(NR_PIDFD_GETFD, pidfd, number, 0);
    return app;
}

/* The first process of a namespace of its own, which answers until it is killed; -1 when it may not. */
static pid_t start_supervisor(int listener) {
    int before = open("/proc/self/ns/pid", O_RDONLY | O_CLOEXEC);
    if (unshare(CLONE_NEWPID) != 0) {
        close(before);
        return -1;
    }
    pid_t supervisor = fork();
    if (supervisor == 0) {
        static struct rules nothing;
        static struct denials denials;
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        struct reach *reach = reach_make(&nothing, NULL, true, true);
        struct workers *workers = workers_make(reach);
        if (!workers_start(workers, listener, questions_make(reach, &denials, ignore, NULL))) {
            _exit(1);
        }
        for (;;) {
            pause();
        }
    }
    CHECK(setns(before, CLONE_NEWPID) == 0);
    close(before);
    return supervisor;
}

void test_workers(void) {
    CLOSES int listener = -1;
    int status = -1;
    pid_t app = start_app(&listener), supervisor = start_supervisor(listener);
    if (supervisor < 0) {
        kill(app, SIGKILL); /* only root may */
        waitpid(app, NULL, 0);
        return;
    }
    CHECK(waitpid(app, &status, 0) == app && WIFEXITED(status) && WEXITSTATUS(status) == EPERM);
    kill(supervisor, SIGKILL);
    waitpid(supervisor, NULL, 0);
}
