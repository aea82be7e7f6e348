#include "tree.h"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "kernel.h"
#include "util.h"

static bool holds(const struct tree *tree, pid_t pid) {
    for (size_t i = 0; i < tree->count; i++) {
        if (tree->pids[i] == pid) {
            return true;
        }
    }
    return false;
}

static void add(struct tree *tree, pid_t pid) {
    if (pid > 1 && tree->count < TREE_MOST && !holds(tree, pid)) {
        if ((tree->count & (tree->count - 1)) == 0) {
            tree->pids = grow(tree->pids, tree->count == 0 ? 1 : 2 * tree->count, sizeof(pid_t));
        }
        tree->pids[tree->count++] = pid;
    }
}

/* Adds the children that one thread started. */
static void add_children(struct tree *tree, pid_t process, const char *thread) {
    FREES char *path = text_of("/proc/%d/task/%s/children", process, thread);
    FILE *list = fopen(path, "re");
    for (int pid = 0; list != NULL && tree->count < TREE_MOST && fscanf(list, "%d", &pid) == 1;) {
        add(tree, pid);
    }
    if (list != NULL) {
        fclose(list);
    }
}

static void add_children_of(struct tree *tree, pid_t process) {
    FREES char *path = text_of("/proc/%d/task", process);
    DIR *threads = opendir(path);
    for (struct dirent *entry = NULL; threads != NULL && (entry = readdir(threads)) != NULL;) {
        if (entry->d_name[0] != '.') {
            add_children(tree, process, entry->d_name);
        }
    }
    if (threads != NULL) {
        closedir(threads);
    }
}

void tree_look(struct tree *tree) {
    *tree = (struct tree){0};
    add_children_of(tree, getpid());
    for (size_t i = 0; i < tree->count; i++) {
        add_children_of(tree, tree->pids[i]);
    }
}

/* Whether the process is still a child of us or of one in the tree: its number may have gone to a stranger.
 */
static bool still_belongs(const struct tree *tree, pid_t pid) {
    FREES char *path = text_of("/proc/%d/stat", pid);
    CLOSES int fd = open(path, O_RDONLY | O_CLOEXEC);
    size_t length = 0;
    FREES char *status = fd >= 0 ? read_everything(fd, 4096, &length) : NULL;
    const char *after_name = status != NULL ? strrchr(status, ')') : NULL;
    pid_t parent = 0;
    return after_name != NULL && sscanf(after_name, ") %*c %d", &parent) == 1 &&
           (parent == getpid() || holds(tree, parent));
}

void tree_signal(int signal, struct tree *told) {
    struct tree tree;
    tree_look(&tree);
    for (size_t i = 0; i < tree.count; i++) {
        pid_t pid = tree.pids[i];
        if (told != NULL && holds(told, pid)) {
            continue;
        }
        CLOSES int process = (int)syscall(NR_PIDFD_OPEN, pid, 0);
        if (process >= 0 && still_belongs(&tree, pid) &&
            syscall(SYS_pidfd_send_signal, process, signal, NULL, 0) == 0 && told != NULL) {
            add(told, pid);
        }
    }
    tree_free(&tree);
}

size_t tree_kill_children(void) {
    FREES char *path = text_of("/proc/self/task/%d/children", getpid());
    FILE *list = fopen(path, "re");
    size_t count = 0;
    for (int pid = 0; list != NULL && fscanf(list, "%d", &pid) == 1; count++) {
        kill(pid, SIGKILL);
    }
    if (list != NULL) {
        fclose(list);
    }
    return count;
}

void tree_free(struct tree *tree) {
    free(tree->pids);
    *tree = (struct tree){0};
}
