/*
 * A tree can be deeper than any stack, any number of descriptors and any path. So nobody walks down: a folder
 * that is found in a folder of the top is lifted to the top by a rename and waits there for its turn. Nobody
 * goes up again by "..", which whoever moves folders meanwhile would lead elsewhere.
 */
#include "clear.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "kernel.h"
#include "util.h"

enum { LIFTS = 64 };

struct clearing {
    int top;
    uint64_t lifted; /* names of lifted folders */
    int64_t deadline;
};

/* A folder in a folder, which may be closed to its own user. */
static int open_inner(int folder, const char *name) {
    struct how how = {.flags = O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC,
                      .resolve = RESOLVE_BELOW | RESOLVE_WITHOUT_LINKS | RESOLVE_SAME_MOUNT};
    CLOSES int inner = (int)syscall(NR_OPENAT2, folder, name, &how, sizeof how);
    struct stat status;
    if (inner < 0 || fstat(inner, &status) != 0) {
        return -1;
    }
    if ((status.st_mode & 0700) != 0700) {
        char path[32];
        snprintf(path, sizeof path, "/proc/self/fd/%d", inner);
        (void)chmod(path, 0700); /* else opening it tells */
    }
    return openat(inner, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

/* A stream of the folder's names, from its beginning; the folder stays open. */
static DIR *names_of(int folder) {
    int again = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *names = again >= 0 ? fdopendir(again) : NULL;
    if (names == NULL) {
        close_later(&again);
    }
    return names;
}

static const char *next_name(DIR *names) {
    struct dirent *entry;
    do {
        entry = readdir(names);
    } while (entry != NULL && (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0));
    return entry != NULL ? entry->d_name : NULL;
}

static bool lift(struct clearing *clearing, int folder, const char *name) {
    /* A folder that moves gets a new "..", so it must be writable itself. */
    int inner = open_inner(folder, name);
    if (inner < 0) {
        return false;
    }
    close(inner);
    for (int i = 0; i < LIFTS; i++) {
        char lifted[24];
        snprintf(lifted, sizeof lifted, "%llu", (unsigned long long)clearing->lifted++);
        if (renameat(folder, name, clearing->top, lifted) == 0) {
            return true;
        }
        if (errno != EEXIST && errno != ENOTEMPTY && errno != ENOTDIR) {
            return false;
        }
    }
    return false;
}

/* Takes one name out of a folder. False when that cannot be. */
static bool take_out(struct clearing *clearing, int folder, const char *name) {
    if (unlinkat(folder, name, 0) == 0 || errno == ENOENT) {
        return true;
    }
    if (errno != EISDIR) {
        return false;
    }
    if (unlinkat(folder, name, AT_REMOVEDIR) == 0) {
        return true;
    }
    return (errno == ENOTEMPTY || errno == EEXIST) && folder != clearing->top && lift(clearing, folder, name);
}

/* Empties a folder of the top and takes it out. True when anything changed. */
static bool take_out_folder(struct clearing *clearing, const char *name) {
    CLOSES int folder = open_inner(clearing->top, name);
    DIR *names = folder >= 0 ? names_of(folder) : NULL;
    if (names == NULL) {
        return false;
    }
    bool changed = false;
    for (const char *inner = NULL; now_ms() < clearing->deadline && (inner = next_name(names)) != NULL;) {
        changed = take_out(clearing, folder, inner) || changed;
    }
    closedir(names);
    return unlinkat(clearing->top, name, AT_REMOVEDIR) == 0 || changed;
}

bool clear_folder(int folder, int64_t deadline) {
    struct clearing clearing = {.top = folder, .deadline = deadline};
    bool empty = false, changed = true;
    /* What is lifted while the names are read may not be among them: looked at again. */
    while (!empty && changed) {
        DIR *names = names_of(folder);
        if (names == NULL) {
            return false;
        }
        empty = true;
        changed = false;
        for (const char *name = NULL; (name = next_name(names)) != NULL;) {
            empty = false;
            changed = take_out(&clearing, folder, name) || take_out_folder(&clearing, name) || changed;
            if (now_ms() >= deadline) {
                changed = false;
                break;
            }
        }
        closedir(names);
    }
    return empty;
}
