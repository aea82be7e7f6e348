#include "scratch.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include "clear.h"
#include "places.h"

/* How long clearing may hold up a start or an end; the rest is left to the next launch. */
enum { CLEAR_MS = 10000, TRIES = 16 };

static int open_locked(int base, const char *name) {
    int folder = openat(base, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (folder >= 0 && flock(folder, LOCK_EX | LOCK_NB) != 0) {
        int error = errno;
        close(folder);
        errno = error;
        return -1;
    }
    return folder;
}

static bool is_scratch_name(const char *name) {
    return strlen(name) == SCRATCH_NAME_BYTES - 1 &&
           strspn(name, "0123456789abcdef") == SCRATCH_NAME_BYTES - 1;
}

/* Removes the folders nobody holds a lock on. */
static void sweep(int base) {
    int again = openat(base, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *names = again >= 0 ? fdopendir(again) : NULL;
    int64_t deadline = now_ms() + CLEAR_MS;
    for (struct dirent *entry = NULL; names != NULL && (entry = readdir(names)) != NULL;) {
        CLOSES int folder = is_scratch_name(entry->d_name) ? open_locked(base, entry->d_name) : -1;
        if (folder >= 0 && clear_folder(folder, deadline)) {
            (void)unlinkat(base, entry->d_name, AT_REMOVEDIR);
        }
    }
    if (names != NULL) {
        closedir(names);
    } else {
        close_later(&again);
    }
}

/* One try. False with errno EAGAIN when a sweeper took the folder away before it was locked. */
static bool make(struct scratch *scratch) {
    unsigned char bytes[(SCRATCH_NAME_BYTES - 1) / 2];
    if (getrandom(bytes, sizeof bytes, 0) != (ssize_t)sizeof bytes) {
        return false;
    }
    for (size_t i = 0; i < sizeof bytes; i++) {
        snprintf(scratch->name + 2 * i, 3, "%02x", bytes[i]);
    }
    if (mkdirat(scratch->base, scratch->name, 0700) != 0) {
        errno = errno == EEXIST ? EAGAIN : errno;
        return false;
    }
    CLOSES int folder = open_locked(scratch->base, scratch->name);
    struct stat status;
    if (folder < 0 || fstat(folder, &status) != 0) {
        errno = errno == ENOENT || errno == EWOULDBLOCK ? EAGAIN : errno;
        return false;
    }
    if (status.st_nlink == 0) {
        errno = EAGAIN;
        return false;
    }
    if (!path_of_fd(folder, scratch->path)) {
        errno = ENOENT;
        return false;
    }
    scratch->folder = folder;
    folder = -1;
    return true;
}

bool scratch_make(const char *base, struct scratch *scratch) {
    *scratch = (struct scratch){.base = -1, .folder = -1};
    CLOSES int checked = open_own_folder(base);
    if (checked < 0) {
        return false;
    }
    scratch->base = openat(checked, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (scratch->base >= 0) {
        sweep(scratch->base);
        bool made = false;
        for (int i = 0; i < TRIES && !(made = make(scratch)) && errno == EAGAIN; i++) {
        }
        if (made) {
            return true;
        }
    }
    close_later(&scratch->base);
    scratch->base = -1;
    return false;
}

/* Removes one entry of the folder. */
static void clear_entry(int folder, const char *name) {
    CLOSES int inside = openat(folder, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (inside < 0) {
        (void)unlinkat(folder, name, 0);
    } else if (clear_folder(inside, now_ms() + CLEAR_MS)) {
        (void)unlinkat(folder, name, AT_REMOVEDIR);
    }
}

void scratch_leave(struct scratch *scratch, const char *kept) {
    int again = scratch->folder >= 0 ? openat(scratch->folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
    DIR *names = again >= 0 ? fdopendir(again) : NULL;
    bool any = false;
    for (struct dirent *entry = NULL; names != NULL && (entry = readdir(names)) != NULL;) {
        if (strncmp(entry->d_name, kept, strlen(kept)) == 0) {
            any = true;
        } else if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0) {
            clear_entry(scratch->folder, entry->d_name);
        }
    }
    if (names != NULL) {
        closedir(names);
    } else {
        close_later(&again);
    }
    if (!any) {
        scratch_remove(scratch);
    } else {
        close(scratch->folder);
        close(scratch->base);
        scratch->base = scratch->folder = -1;
    }
}

void scratch_remove(struct scratch *scratch) {
    if (scratch->folder >= 0) {
        if (clear_folder(scratch->folder, now_ms() + CLEAR_MS)) {
            (void)unlinkat(scratch->base, scratch->name, AT_REMOVEDIR);
        }
        close(scratch->folder);
        close(scratch->base);
    }
    scratch->base = scratch->folder = -1;
}
