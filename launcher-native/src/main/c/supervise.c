#include "supervise.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "files.h"
#include "memory.h"
#include "tree.h"
#include "walls.h"
#include "workers.h"

enum { LOOK_MS = 20, HUNT_MS = 100, KILL_MS = 50, KILL_REST_MS = 5, FAREWELL_MS = 300 };

/* How the session is being ended; each step is further than the one before. */
enum ending { RUNNING, ENDING, KILLING };

struct supervisor {
    struct session *session;
    struct reach *reach;
    struct workers *workers; /* NULL: silent */
    struct questions *questions;
    int signals;
    pid_t first;    /* the app's first process, 0 when it has ended */
    int last_words; /* a terminating signal that was forwarded */
    enum ending ending;
    struct tree told; /* who already got SIGTERM */
    int64_t hunt_at, look_at;
    bool over;
};

/* Receives the listener. -1 when the child failed first, -2 when it runs without one. */
static int take_listener(int socket) {
    char kind = 0;
    struct iovec byte = {.iov_base = &kind, .iov_len = 1};
    union {
        struct cmsghdr header;
        char room[CMSG_SPACE(sizeof(int))];
    } control;
    struct msghdr message = {.msg_iov = &byte,
                             .msg_iovlen = 1,
                             .msg_control = control.room,
                             .msg_controllen = sizeof control.room};
    ssize_t got;
    do {
        got = recvmsg(socket, &message, MSG_CMSG_CLOEXEC);
    } while (got < 0 && errno == EINTR);
    if (got != 1) {
        return -1;
    }
    if (kind == HANDOVER_SILENT) {
        return -2;
    }
    struct cmsghdr *header = CMSG_FIRSTHDR(&message);
    int listener = -1;
    if (header != NULL && header->cmsg_type == SCM_RIGHTS && header->cmsg_len == CMSG_LEN(sizeof(int))) {
        memcpy(&listener, CMSG_DATA(header), sizeof listener);
    }
    return listener;
}

/* True when the app runs; else says the child's sentence and gives its status. */
static bool has_started(int status_pipe, int *status) {
    struct failure failure;
    size_t have = 0;
    for (;;) {
        ssize_t got = read(status_pipe, (char *)&failure + have, sizeof failure - have);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got <= 0) {
            break;
        }
        have += (size_t)got;
    }
    if (have == 0) {
        return true;
    }
    failure.sentence[sizeof failure.sentence - 1] = '\0';
    say("%s", failure.sentence);
    *status = failure.status;
    return false;
}

static void reap(struct supervisor *supervisor) {
    for (;;) {
        int status = 0;
        pid_t pid = waitpid(-1, &status, WNOHANG);
        if (pid < 0 && errno == ECHILD) {
            supervisor->over = true;
        }
        if (pid <= 0) {
            return;
        }
        if (pid == supervisor->first) {
            supervisor->first = 0;
            supervisor->session->wait_status = status;
            if (supervisor->last_words != 0) {
                tree_signal(supervisor->last_words, NULL);
            }
        }
    }
}

static void forward(struct supervisor *supervisor, const struct signalfd_siginfo *signal) {
    int number = (int)signal->ssi_signo;
    /* What the kernel sends (Ctrl-C, a resized or lost terminal), the whole foreground group already has. */
    bool ends = number == SIGTERM || number == SIGINT || number == SIGHUP || number == SIGQUIT;
    if (ends && supervisor->session->console != NULL) {
        console_give_up(supervisor->session->console);
    }
    /* But of a terminal that is lost it tells only the leader, as we are in "ssh -t HOST landgrant run …". */
    bool alone = number == SIGHUP && getsid(0) == getpid();
    if (number == SIGCHLD || number == SIGPIPE || (signal->ssi_code > 0 && !alone)) {
        return;
    }
    if (ends) {
        supervisor->last_words = number;
    }
    if (supervisor->first > 0) {
        kill(supervisor->first, number); /* our own child: the number cannot be somebody else's */
    } else {
        tree_signal(number, NULL);
    }
}

static void take_signals(struct supervisor *supervisor) {
    struct signalfd_siginfo signal;
    while (read(supervisor->signals, &signal, sizeof signal) == (ssize_t)sizeof signal) {
        forward(supervisor, &signal);
    }
    reap(supervisor);
}

static void obey(struct supervisor *supervisor, enum order order) {
    supervisor->session->reopen = supervisor->session->reopen || order == ORDER_REOPEN;
    enum ending wanted = order == ORDER_KILL ? KILLING : order == ORDER_NOTHING ? RUNNING : ENDING;
    if (wanted > supervisor->ending) {
        supervisor->ending = wanted;
        supervisor->hunt_at = 0;
    }
}

/*
 * Kills until nobody is left or KILL_MS have passed. A process that only starts its successor and ends is
 * gone before a look at the whole tree is over; but its successor is then our own child, and those are quick
 * to find and to kill.
 */
static void kill_all(struct supervisor *supervisor) {
    tree_signal(SIGKILL, NULL);
    int64_t until_ms = now_ms() + KILL_MS;
    do {
        reap(supervisor);
    } while (tree_kill_children() > 0 && now_ms() < until_ms);
    reap(supervisor);
}

/* Signals everybody who has not been, again and again, because processes start others meanwhile. */
static void hunt(struct supervisor *supervisor) {
    if (supervisor->ending == KILLING) {
        kill_all(supervisor);
        supervisor->hunt_at = now_ms() + KILL_REST_MS;
    } else {
        tree_signal(SIGTERM, &supervisor->told);
        supervisor->hunt_at = now_ms() + HUNT_MS;
    }
}

static int sooner(int one, int other) {
    return one < 0 ? other : other < 0 ? one : one < other ? one : other;
}

static int until(int64_t at) {
    int64_t left = at - now_ms();
    return left > 0 ? (int)left : 0;
}

/* Callers that died while they waited for us. */
static bool looks_after_callers(struct supervisor *supervisor) {
    return supervisor->workers != NULL &&
           (questions_are_open(supervisor->questions) || workers_are_blocked(supervisor->workers));
}

/* Milliseconds until something is due by itself; -1: nothing. */
static int patience_of(struct supervisor *supervisor, bool rests) {
    struct session *session = supervisor->session;
    int patience = session->agent != NULL ? agent_due(session->agent, &session->denials) : -1;
    if (rests) {
        patience = sooner(patience, until(supervisor->look_at));
    }
    if (looks_after_callers(supervisor)) {
        patience = sooner(patience, LOOK_AGAIN_MS);
    }
    if (supervisor->ending != RUNNING) {
        patience = sooner(patience, until(supervisor->hunt_at));
    }
    return patience;
}

static void serve(struct supervisor *supervisor) {
    struct session *session = supervisor->session;
    int64_t callers_at = 0;
    while (!supervisor->over) {
        /* After a look the doorbell rests a moment, so that a storm of refusals is gathered, not chased. */
        bool rests = supervisor->workers != NULL && now_ms() < supervisor->look_at;
        struct pollfd watched[] = {
            {.fd = supervisor->signals, .events = POLLIN},
            {.fd = supervisor->workers != NULL && !rests ? questions_fd(supervisor->questions) : -1,
             .events = POLLIN},
            {.fd = session->agent != NULL ? session->agent->fd : -1,
             .events = session->agent != NULL ? agent_events(session->agent) : (short)0},
            {.fd = session->agent != NULL && session->agent->links != NULL ? links_fd(session->agent->links)
                                                                           : -1,
             .events = POLLIN},
            {.fd = session->bus.fd, .events = POLLIN},
            {.fd = session->console != NULL ? console_fd(session->console) : -1, .events = POLLIN},
        };
        if (poll(watched, 6, patience_of(supervisor, rests)) < 0 && errno != EINTR) {
            die("waiting failed: %s", strerror(errno));
        }
        take_signals(supervisor);
        if (watched[1].revents != 0) {
            questions_heard(supervisor->questions);
            supervisor->look_at = now_ms() + LOOK_MS;
        }
        if (watched[4].revents != 0) {
            bus_log_read(&session->bus, &session->denials);
        }
        if (looks_after_callers(supervisor) && now_ms() >= callers_at) {
            questions_look(supervisor->questions);
            workers_look(supervisor->workers);
            callers_at = now_ms() + LOOK_AGAIN_MS;
        }
        if (session->agent != NULL) {
            obey(supervisor, agent_serve(session->agent, &session->denials));
        }
        if (session->console != NULL) {
            console_serve(session->console);
            if (watched[5].revents != 0 && console_fd(session->console) == watched[5].fd) {
                console_hear(session->console);
            }
        }
        if (supervisor->ending != RUNNING && now_ms() >= supervisor->hunt_at) {
            hunt(supervisor);
        }
    }
}

static void finish(struct supervisor *supervisor) {
    struct session *session = supervisor->session;
    memory_end();
    if (session->bus.fd >= 0) {
        bus_log_read(&session->bus, &session->denials);
    }
    if (session->console != NULL) {
        console_end(session->console);
    }
    if (session->agent != NULL) {
        bool signaled = WIFSIGNALED(session->wait_status);
        agent_farewell(session->agent, &session->denials, signaled ? "signal" : "exit",
                       signaled ? WTERMSIG(session->wait_status) : WEXITSTATUS(session->wait_status),
                       FAREWELL_MS);
    }
}

static void serve_links(struct session *session, struct reach *reach) {
    const struct surroundings *around = session->surroundings;
    if (session->agent == NULL || around == NULL || around->links == NULL) {
        return;
    }
    /* On the disk where there is a choice: the other one is memory. */
    const struct scratch *room =
        around->tmp_scratch.folder >= 0 ? &around->tmp_scratch : &around->links_scratch;
    session->agent->links = links_make(around->links_socket, room->folder, room->path, reach);
    if (session->agent->links == NULL) {
        say("the app opens no links in other apps: %s", strerror(errno));
    }
}

/* Answers the app's calls from now on. */
static bool listen_to_app(struct supervisor *supervisor, int listener) {
    const struct confinement *confinement = supervisor->session->confinement;
    supervisor->reach =
        reach_make(&confinement->rules, confinement->guards, confinement->enforced[PROTECT_CONNECT_TCP],
                   confinement->enforced[PROTECT_LISTEN_TCP]);
    sockets_begin(&confinement->ways);
    files_begin(confinement->generation->abi);
    walls_begin();
    supervisor->workers = workers_make(supervisor->reach);
    supervisor->questions =
        questions_make(supervisor->reach, &supervisor->session->denials, workers_again, supervisor->workers);
    struct agent *agent = supervisor->session->agent;
    if (agent != NULL && supervisor->questions != NULL) {
        agent->reach = supervisor->reach;
        agent->questions = supervisor->questions;
        /* Who gave us the policy hears what the app wants from its very first call on. */
        questions_agent(supervisor->questions, agent->fd >= 0);
        serve_links(supervisor->session, supervisor->reach);
    }
    struct console *console = supervisor->session->console;
    if (console != NULL && supervisor->questions != NULL) {
        console_begin(console, supervisor->reach, supervisor->questions, &supervisor->session->denials);
    }
    return supervisor->questions != NULL &&
           workers_start(supervisor->workers, listener, supervisor->questions);
}

static void watched_signals(sigset_t *signals) {
    /* Left alone: our own faults, and stopping, which has to stop us together with the app. */
    static const int OTHERS[] = {SIGSEGV, SIGBUS, SIGILL,  SIGFPE,  SIGABRT,
                                 SIGTRAP, SIGSYS, SIGTSTP, SIGTTIN, SIGTTOU};
    sigfillset(signals);
    for (size_t i = 0; i < sizeof OTHERS / sizeof OTHERS[0]; i++) {
        sigdelset(signals, OTHERS[i]);
    }
}

int session_run(struct session *session) {
    const struct confinement *confinement = session->confinement;
    struct supervisor supervisor = {.session = session};
    sigset_t before, watched;
    watched_signals(&watched);
    int handover[2], status[2];
    if (prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) != 0 || sigprocmask(SIG_BLOCK, &watched, &before) != 0 ||
        socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, handover) != 0 || pipe2(status, O_CLOEXEC) != 0 ||
        (supervisor.signals = signalfd(-1, &watched, SFD_CLOEXEC | SFD_NONBLOCK)) < 0) {
        die("the session could not be prepared: %s", strerror(errno));
    }
    /* With SIGCHLD ignored there would be no children to wait for. */
    struct sigaction usual = {.sa_handler = SIG_DFL}, children;
    sigaction(SIGCHLD, &usual, &children);
    pid_t parent = getpid();
    supervisor.first = fork();
    if (supervisor.first < 0) {
        die("the app's process could not be made: %s", strerror(errno));
    }
    if (supervisor.first == 0) {
        sigaction(SIGCHLD, &children, NULL);
        confine_and_execute(confinement, handover[1], status[1], parent, &before);
    }
    close(handover[1]);
    close(status[1]);
    rules_close(&confinement->rules);
    /* Nobody of this user may look into or stop at us; the app could not anyway, Landlock sees to that. */
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
    int listener = take_listener(handover[0]);
    if (listener >= 0 && !listen_to_app(&supervisor, listener)) {
        int error = errno;
        kill(supervisor.first, SIGKILL);
        die("listening to the app failed, so nothing was started: %s", strerror(error));
    }
    if (listener == -2) {
        say("this runs within another session, so refusals are told there");
    }
    int failed = EXIT_OURS;
    bool started = has_started(status[0], &failed);
    close(handover[0]);
    close(status[0]);
    if (started) {
        if (session->agent != NULL) {
            agent_join(session->agent);
        }
        serve(&supervisor);
        finish(&supervisor);
    } else {
        waitpid(supervisor.first, NULL, 0);
        finish(&supervisor);
    }
    sigaction(SIGCHLD, &children, NULL);
    sigprocmask(SIG_SETMASK, &before, NULL);
    return started ? 0 : failed;
}

noreturn void leave_like(int wait_status) {
    if (WIFSIGNALED(wait_status)) {
        int number = WTERMSIG(wait_status);
        struct rlimit none = {0, 0};
        setrlimit(RLIMIT_CORE, &none); /* the app's dump is enough */
        signal(number, SIG_DFL);
        sigset_t only;
        sigemptyset(&only);
        sigaddset(&only, number);
        sigprocmask(SIG_UNBLOCK, &only, NULL);
        kill(getpid(), number);
        exit(128 + number);
    }
    exit(WEXITSTATUS(wait_status));
}
