/* One run: a process that holds the app (the launcher, or its stand-in), and the app's words. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include "outside.h"

enum { LOOT_MOST = 1 << 20, END_SECONDS = 10, REFUSED_MS = 1000, NOTHING_STARTED = 125 };

static int64_t now_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static int open_terminal(char *name, size_t room) {
    int master = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (master < 0 || grantpt(master) != 0 || unlockpt(master) != 0 || ptsname_r(master, name, room) != 0) {
        return -1;
    }
    int slave = open(name, O_RDWR | O_NOCTTY | O_CLOEXEC);
    struct termios how;
    if (tcgetattr(slave, &how) == 0) {
        cfmakeraw(&how); /* so that single characters count as waiting */
        tcsetattr(slave, TCSANOW, &how);
    }
    close(slave);
    return master;
}

static void become_holder(const struct world *where, struct outside *outside, const char *const *words,
                          const char *terminal, int input, int output) {
    setsid();
    if (terminal[0] != '\0') {
        input = open(terminal, O_RDWR);
        ioctl(input, TIOCSCTTY, 0);
    }
    /* Left open on purpose: what a careless starter leaves. */
    int folder = open(text("%s/home/secret", where->folder), O_RDONLY | O_DIRECTORY);
    int file = open(text("%s/home/secret/key", where->folder), O_RDONLY);
    dup2(file, INHERITED);
    dup2(folder, INHERITED + 1);
    dup2(input, STDIN_FILENO);
    dup2(output, STDOUT_FILENO);
    if (outside->quiet) {
        dup2(open("/dev/null", O_WRONLY), STDERR_FILENO);
    }
    for (int fd = 3; fd < INHERITED; fd++) {
        close(fd);
    }
    setenv("HOME", text("%s/home", where->folder), 1);
    setenv("XDG_DATA_HOME", text("%s/data", where->folder), 1);
    setenv("XDG_RUNTIME_DIR", text("%s/runtime", where->folder), 1);
    setenv("TMPDIR", text("%s/tmp", where->folder), 1);
    setenv("AWS_SECRET_ACCESS_KEY", outside->token, 1);
    const char *bus = text("%s/runtime/real-bus", where->folder);
    if (access(bus, F_OK) == 0) {
        setenv("DBUS_SESSION_BUS_ADDRESS", text("unix:path=%s", bus), 1);
    } else {
        unsetenv("DBUS_SESSION_BUS_ADDRESS");
    }
    if (where->display >= 0) {
        setenv("DISPLAY", text(":%d", where->display), 1);
    } else {
        unsetenv("DISPLAY");
    }
    (void)!chdir(text("%s/home", where->folder));
    atomic_store(&outside->launches, 0);
    atomic_store(&outside->launcher, getpid());
    signal(SIGPIPE, SIG_DFL);
    execv(words[0], (char **)(uintptr_t)words);
    fprintf(stderr, "attacks: %s: %s\n", words[0], strerror(errno));
    _exit(127);
}

bool run_start(struct run *run, struct world *where, struct outside *outside, const char *const *words,
               unsigned needs) {
    int input[2], output[2];
    char terminal[64] = "";
    *run = (struct run){.terminal = -1, .said = FAILED, .loot = calloc(1, LOOT_MOST)};
    if (pipe2(input, O_CLOEXEC) != 0 || pipe2(output, O_CLOEXEC) != 0) {
        return false;
    }
    if (needs & NEEDS_TERMINAL) {
        run->terminal = open_terminal(terminal, sizeof terminal);
    }
    run->holder = fork();
    if (run->holder == 0) {
        become_holder(where, outside, words, terminal, input[0], output[1]);
    }
    close(input[0]);
    close(output[1]);
    run->input = input[1];
    run->output = output[0];
    return run->holder > 0;
}

/* "\nattempted RESULT ERRNO REASON\n" */
static bool has_said(struct run *run) {
    const char *mark = memmem(run->loot, run->length, "\nattempted ", 11);
    int said = 0;
    if (mark == NULL || memchr(mark + 1, '\n', run->length - (size_t)(mark + 1 - run->loot)) == NULL) {
        return false;
    }
    run->reason[0] = '\0';
    sscanf(mark, "\nattempted %d %d %127[^\n]", &said, &run->error, run->reason);
    run->said = (enum result)said;
    return true;
}

void run_listen(struct run *run, int seconds) {
    int64_t until = now_ms() + (int64_t)seconds * 1000;
    while (!has_said(run) && run->length < LOOT_MOST - 1) {
        int64_t left = until - now_ms();
        struct pollfd line = {.fd = run->output, .events = POLLIN};
        if (left <= 0 || poll(&line, 1, (int)left) != 1) {
            snprintf(run->reason, sizeof run->reason, "nothing came within %d seconds", seconds);
            return;
        }
        ssize_t got = read(run->output, run->loot + run->length, LOOT_MOST - 1 - run->length);
        if (got <= 0) {
            run->ended = true;
            snprintf(run->reason, sizeof run->reason, "it ended without a word");
            return;
        }
        run->length += (size_t)got;
    }
}

bool run_was_refused(const struct run *run) {
    for (int64_t until = now_ms() + REFUSED_MS; run->ended && now_ms() < until; poll(NULL, 0, 1)) {
        siginfo_t how = {0};
        if (waitid(P_PID, (id_t)run->holder, &how, WEXITED | WNOHANG | WNOWAIT) == 0 && how.si_pid != 0) {
            return how.si_code == CLD_EXITED && how.si_status == NOTHING_STARTED;
        }
    }
    return false;
}

void run_end(struct run *run) {
    close(run->input);
    if (run->terminal >= 0) {
        close(run->terminal); /* hangs up */
    }
    kill(run->holder, SIGCONT);
    int64_t until = now_ms() + END_SECONDS * 1000;
    pid_t ended = 0;
    while ((ended = waitpid(run->holder, &run->status, WNOHANG)) == 0 && now_ms() < until) {
        char bytes[4096];
        struct pollfd line = {.fd = run->output, .events = POLLIN};
        if (poll(&line, 1, 5) == 1 && read(run->output, bytes, sizeof bytes) <= 0) {
            poll(NULL, 0, 2);
        }
    }
    if (ended == 0) {
        kill(run->holder, SIGKILL);
        waitpid(run->holder, &run->status, 0);
    }
    kill(-run->holder, SIGKILL); /* what it left behind would keep our own output open */
    close(run->output);
    free(run->loot);
    run->loot = NULL;
}
