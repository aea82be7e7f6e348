/* landgrant agent: becomes the agent, ends it, says whether it runs. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "client.h"
#include "commands.h"
#include "limits.h"
#include "util.h"

enum { END_MS = 30000, ENVIRONMENT_BYTES = 1 << 20 };

/* The agent at the other end, which proved itself; it stays that one as long as the line is open. */
struct found {
    struct agent agent;
    pid_t pid;
    int process;
};

/* False when none runs. */
static bool find(const struct places *places, struct found *found) {
    struct ucred peer;
    socklen_t size = sizeof peer;
    agent_init(&found->agent, places, NULL);
    if (!client_greet(&found->agent)) {
        return false;
    }
    bool known = getsockopt(found->agent.fd, SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0 && peer.pid > 0;
    found->pid = known ? peer.pid : 0;
    found->process = known ? (int)syscall(SYS_pidfd_open, peer.pid, 0) : -1;
    /* Its number could be another's by now only if it had gone, and the line with it. */
    struct pollfd line = {.fd = found->agent.fd, .events = POLLIN | POLLRDHUP};
    if (found->process < 0 || poll(&line, 1, 0) != 0) {
        die("the agent runs, but its process cannot be found from here");
    }
    return true;
}

static int print(const char *text) {
    return write_everything(STDOUT_FILENO, text, strlen(text)) ? 0 : EXIT_OURS;
}

static int stop(const struct places *places) {
    struct found found;
    if (!find(places, &found)) {
        return print("No agent runs.\n");
    }
    if (syscall(SYS_pidfd_send_signal, found.process, SIGTERM, NULL, 0) != 0) {
        die("the agent (process %d) cannot be ended: %s", (int)found.pid, strerror(errno));
    }
    agent_close(&found.agent);
    struct pollfd end = {.fd = found.process, .events = POLLIN};
    int ended;
    do {
        ended = poll(&end, 1, END_MS);
    } while (ended < 0 && errno == EINTR);
    close(found.process);
    if (ended != 1) {
        say("the agent (process %d) has not ended within 30 seconds", (int)found.pid);
        return EXIT_FAILURE;
    }
    return print("The agent has ended. Apps that run go on, confined as before. It starts again by\n"
                 "itself with the next command or launch, or when one of them is refused something.\n");
}

/* Whether its environment names a display; -1 when it cannot be seen. */
static int has_display(pid_t pid) {
    static const char *const NAMES[] = {"DISPLAY=", "WAYLAND_DISPLAY="};
    FREES char *path = text_of("/proc/%d/environ", (int)pid);
    CLOSES int file = open(path, O_RDONLY | O_CLOEXEC);
    size_t length = 0;
    FREES char *all = file >= 0 ? read_everything(file, ENVIRONMENT_BYTES, &length) : NULL;
    int has = all != NULL && length > 0 ? 0 : -1;
    for (size_t at = 0; has == 0 && at < length; at += strlen(all + at) + 1) {
        for (size_t i = 0; i < sizeof NAMES / sizeof NAMES[0]; i++) {
            size_t name = strlen(NAMES[i]);
            has = has == 1 || (strncmp(all + at, NAMES[i], name) == 0 && all[at + name] != '\0');
        }
    }
    return has;
}

static int status(const struct places *places) {
    struct found found;
    if (!find(places, &found)) {
        int printed = print("No agent runs; the next command or launch starts one.\n");
        return printed == 0 ? EXIT_FAILURE : printed;
    }
    int display = has_display(found.pid);
    FREES char *text = text_of("The agent runs (process %d)%s\n", (int)found.pid,
                               display > 0    ? ", with a display for its windows."
                               : display == 0 ? ", without a display, so it shows no windows."
                                              : ".");
    agent_close(&found.agent);
    close(found.process);
    return print(text);
}

int command_agent(char **argv) {
    struct places places = places_find();
    const char *word = argv[2];
    if (word != NULL && word[0] != '-' && argv[3] == NULL) {
        if (strcmp(word, "stop") == 0) {
            return stop(&places);
        }
        if (strcmp(word, "status") == 0) {
            return status(&places);
        }
    }
    if (word != NULL && word[0] != '-') {
        die("agent takes stop or status, or nothing; see landgrant agent --help");
    }
    argv[1] = places.agent;
    limits_restore();
    execv(places.agent, argv + 1);
    die("%s cannot be started: %s", places.agent, strerror(errno));
}
