#include "helpers.h"

#include <dirent.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "outside.h"

enum { WAIT_MS = 5000 };

static int shared = -1;

int outside_descriptor(void) {
    return shared;
}

struct outside *outside_make(void) {
    shared = memfd_create("outside", MFD_CLOEXEC);
    if (shared < 0 || ftruncate(shared, sizeof(struct outside)) != 0) {
        perror("attacks: shared memory");
        return NULL;
    }
    struct outside *page = mmap(NULL, sizeof *page, PROT_READ | PROT_WRITE, MAP_SHARED, shared, 0);
    return page == MAP_FAILED ? NULL : page;
}

/* Starts a program whose first line on descriptor 1 says that it is ready. */
static pid_t start(const char *const *words, char *line, size_t room) {
    int out[2];
    if (pipe2(out, O_CLOEXEC) != 0) {
        return 0;
    }
    pid_t child = fork();
    if (child == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
        dup2(open("/dev/null", O_WRONLY), STDERR_FILENO);
        dup2(out[1], STDOUT_FILENO);
        execv(words[0], (char **)(uintptr_t)words);
        _exit(127);
    }
    close(out[1]);
    struct pollfd ready = {.fd = out[0], .events = POLLIN};
    ssize_t got = poll(&ready, 1, WAIT_MS) == 1 ? read(out[0], line, room - 1) : -1;
    line[got > 0 ? got : 0] = '\0';
    if (got > 0) {
        return child; /* the pipe stays: it may have more to say */
    }
    close(out[0]);
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
    return 0;
}

static pid_t start_bus(const struct world *where, const char *token) {
    /* One has the secret for its name: who learns it could list what there is on the bus. */
    const char *const names[] = {"org.freedesktop.systemd1",       "org.landgrant.Stand",
                                 "org.freedesktop.portal.Desktop", "org.freedesktop.secrets",
                                 "org.landgrant.Granted",          text("org.landgrant.T%s", token)};
    mkdir(text("%s/outside/services", where->folder), 0700);
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        write_file(text("%s/outside/services/%s.service", where->folder, names[i]),
                   text("[D-BUS Service]\nName=%s\nExec=%s/bin/attacks started %s/outside/started\n",
                        names[i], where->folder, where->folder));
    }
    const char *configuration = text("%s/outside/bus.conf", where->folder);
    write_file(configuration,
               text("<busconfig><type>session</type><listen>unix:path=%s/runtime/real-bus</listen>"
                    "<servicedir>%s/outside/services</servicedir><policy context=\"default\">"
                    "<allow send_destination=\"*\" eavesdrop=\"true\"/><allow eavesdrop=\"true\"/>"
                    "<allow own=\"*\"/></policy></busconfig>",
                    where->folder, where->folder));
    char line[512];
    return start((const char *const[]){"/usr/bin/dbus-daemon", text("--config-file=%s", configuration),
                                       "--nofork", "--print-address=1", NULL},
                 line, sizeof line);
}

static pid_t start_display(struct world *where) {
    char line[64];
    pid_t server = start((const char *const[]){"/usr/bin/Xvfb", "-displayfd", "1", "-ac", "-nolisten", "tcp",
                                               "-screen", "0", "64x64x8", NULL},
                         line, sizeof line);
    where->display = server > 0 ? atoi(line) : -1;
    return server;
}

const char *helpers_start(struct helpers *helpers, unsigned needs, struct world *where, const char *token) {
    *helpers = (struct helpers){0};
    where->display = -1;
    if ((needs & NEEDS_SETUID) != 0 && access(text("%s/bin/set-uid", where->folder), X_OK) != 0) {
        return "only root can make such a program";
    }
    if ((needs & (NEEDS_BUS | NEEDS_PROXY)) != 0 && (helpers->bus = start_bus(where, token)) <= 0) {
        return "there is no dbus-daemon here";
    }
    if ((needs & NEEDS_DISPLAY) != 0 && (helpers->display = start_display(where)) <= 0) {
        return "there is no Xvfb here";
    }
    return NULL;
}

void helpers_stop(struct helpers *helpers) {
    const pid_t all[] = {helpers->bus, helpers->display};
    for (size_t i = 0; i < COUNT_OF(all); i++) {
        if (all[i] > 0) {
            kill(all[i], SIGTERM);
            waitpid(all[i], NULL, 0);
        }
    }
}

int characters_waiting(int master) {
    char name[64];
    int count = 0;
    if (ptsname_r(master, name, sizeof name) == 0) {
        int slave = open(name, O_RDONLY | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
        (void)!ioctl(slave, FIONREAD, &count);
        close(slave);
    }
    return count;
}

void clear_carelessly(const char *folder) {
    DIR *entries = opendir(folder);
    for (struct dirent *entry; entries != NULL && (entry = readdir(entries)) != NULL;) {
        if (entry->d_name[0] == '.') {
            continue;
        }
        char path[1024];
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        if (entry->d_type == DT_DIR || entry->d_type == DT_LNK) {
            clear_carelessly(path);
        }
        unlink(path);
    }
    if (entries != NULL) {
        closedir(entries);
    }
    rmdir(folder);
}
