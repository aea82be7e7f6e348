#include "freeze.h"

#include <ctype.h>
#include <dirent.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "util.h"

enum { PACE_MS = 5 };

static char state_in(const char *path) {
    CLOSES int fd = open(path, O_RDONLY | O_CLOEXEC);
    size_t length = 0;
    FREES char *status = fd >= 0 ? read_everything(fd, 4096, &length) : NULL;
    const char *after_name = status != NULL ? strrchr(status, ')') : NULL;
    return after_name != NULL && after_name[1] == ' ' ? after_name[2] : 'X';
}

/* Of a process as a whole: its first thread's. */
static char state_of(pid_t process) {
    FREES char *path = text_of("/proc/%d/stat", process);
    return state_in(path);
}

/*
 * Whether no thread can run code of its own: stopped, ended, or in a call that nothing but its end leads out
 * of (D), from which it comes back to be stopped. There waits who is asked about.
 */
static bool threads_hold(pid_t process) {
    FREES char *path = text_of("/proc/%d/task", process);
    DIR *threads = opendir(path);
    bool hold = true;
    for (struct dirent *entry; hold && threads != NULL && (entry = readdir(threads)) != NULL;) {
        if (isdigit((unsigned char)entry->d_name[0])) {
            FREES char *thread = text_of("%s/%s/stat", path, entry->d_name);
            hold = strchr("TtZXxD", state_in(thread)) != NULL;
        }
    }
    if (threads != NULL) {
        closedir(threads);
    }
    return hold;
}

static bool holds(const struct tree *tree, pid_t pid) {
    for (size_t i = 0; i < tree->count; i++) {
        if (tree->pids[i] == pid) {
            return true;
        }
    }
    return false;
}

/* Whether everybody was told, and holds. */
static bool all_hold(const struct tree *told) {
    struct tree now;
    tree_look(&now);
    bool hold = now.count < TREE_MOST;
    for (size_t i = 0; hold && i < now.count; i++) {
        hold = holds(told, now.pids[i]) && threads_hold(now.pids[i]);
    }
    tree_free(&now);
    return hold;
}

static void note_stopped(struct tree *stopped) {
    struct tree now;
    tree_look(&now);
    *stopped = (struct tree){.pids = grow(NULL, 2 * now.count, sizeof(pid_t))}; /* as tree.c grows it */
    for (size_t i = 0; i < now.count; i++) {
        if (state_of(now.pids[i]) == 'T') {
            stopped->pids[stopped->count++] = now.pids[i];
        }
    }
    tree_free(&now);
}

bool freeze(struct frozen *frozen, int patience) {
    int64_t deadline = now_ms() + patience;
    note_stopped(&frozen->already);
    struct tree told = {0};
    unsigned good = 0;
    while (good < 2 && now_ms() < deadline) {
        tree_signal(SIGSTOP, &told);
        good = all_hold(&told) ? good + 1 : 0;
        if (good < 2) {
            poll(NULL, 0, PACE_MS);
        }
    }
    tree_free(&told);
    frozen->still = true;
    if (good < 2) {
        thaw(frozen);
        return false;
    }
    return true;
}

void thaw(struct frozen *frozen) {
    if (frozen->still) {
        struct tree left = frozen->already; /* it notes whom it told */
        tree_signal(SIGCONT, &left);
        tree_free(&left);
    }
    *frozen = (struct frozen){0};
}
