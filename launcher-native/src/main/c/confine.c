#include "confine.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "descriptors.h"
#include "filter.h"
#include "limits.h"
#include "util.h"

static noreturn void fail(int status_pipe, const struct failure *failure) {
    (void)write_everything(status_pipe, failure, sizeof *failure);
    _exit(failure->status);
}

static noreturn void fail_at(int status_pipe, const char *step) {
    struct failure failure = {.status = EXIT_OURS};
    snprintf(failure.sentence, sizeof failure.sentence, "%s failed, so nothing was started: %s", step,
             strerror(errno));
    fail(status_pipe, &failure);
}

static bool hand_over(int socket, int listener) {
    char kind = listener >= 0 ? HANDOVER_LISTENER : HANDOVER_SILENT;
    return send_with(socket, &kind, 1, listener, 0);
}

static noreturn void execute(const struct confinement *confinement, int status_pipe) {
    const char *program = confinement->program != NULL ? confinement->program : confinement->words[0];
    environ = confinement->environment; /* so that PATH is the app's */
    if (confinement->program != NULL) {
        execv(program, confinement->words);
    } else {
        execvp(program, confinement->words);
    }
    int error = errno;
    struct failure failure = {.status =
                                  error == ENOENT || error == ENOTDIR ? EXIT_NOT_FOUND : EXIT_NOT_EXECUTABLE};
    snprintf(failure.sentence, sizeof failure.sentence, "%.3800s could not be started: %s%s", program,
             strerror(error),
             error == EACCES && confinement->suggests_flags
                 ? " (programs and their loader need --rox; --ldd --add-exec finds them)"
                 : "");
    fail(status_pipe, &failure);
}

noreturn void confine_and_execute(const struct confinement *confinement, int handover, int status,
                                  pid_t parent, const sigset_t *signals) {
    /* The app does not outlive its supervisor, whose death would leave every trapped call failing. */
    if (prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) != 0 || getppid() != parent) {
        fail_at(status, "binding the app to its supervisor");
    }
    /* Ours too: what one of our own open calls forgot must not become the app's. */
    if (!close_from(3, true)) {
        fail_at(status, "closing descriptors");
    }
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) {
        fail_at(status, "giving up new privileges");
    }
    struct failure failure = {.status = EXIT_OURS};
    const struct rules *rules = &confinement->rules;
    int ruleset = ruleset_make(confinement->generation, confinement->enforced, rules->list, rules->count,
                               (struct ports){rules->connect, rules->connects},
                               (struct ports){rules->listen, rules->listens}, failure.sentence,
                               sizeof failure.sentence);
    if (ruleset < 0) {
        fail(status, &failure);
    }
    if (ruleset_enter(ruleset, confinement->log_flags) != 0) {
        if (errno == E2BIG) {
            snprintf(
                failure.sentence, sizeof failure.sentence,
                "this is nested too deeply: the kernel takes 16 layers of rules, so nothing was started");
            fail(status, &failure);
        }
        fail_at(status, "entering the ruleset");
    }
    int listener = filter_enter(&confinement->closing);
    if (listener == -1) {
        fail_at(status, "entering the filter");
    }
    if (listener == FILTER_SILENT && confinement->needs_supervisor) {
        snprintf(
            failure.sentence, sizeof failure.sentence,
            "within another session this kernel cannot restrict all that is to be restricted, so nothing "
            "was started");
        fail(status, &failure);
    }
    if (!hand_over(handover, listener)) {
        fail_at(status, "handing over the listener");
    }
    if (listener >= 0) {
        close(listener);
    }
    limits_restore();
    if (sigprocmask(SIG_SETMASK, signals, NULL) != 0) {
        fail_at(status, "restoring the signals");
    }
    execute(confinement, status);
}
