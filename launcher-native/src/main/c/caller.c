#include "caller.h"

#include <dirent.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "peek.h"
#include "util.h"

enum { STATUS_BYTES = 8192 };

/* The file of a thread in /proc, NUL-terminated; "" when it cannot be read. Ours with thread 0. */
static void read_proc(pid_t thread, const char *file, char *text, size_t bytes) {
    char path[64];
    if (thread == 0) {
        snprintf(path, sizeof path, "/proc/thread-self/%s", file);
    } else {
        snprintf(path, sizeof path, "/proc/%d/%s", thread, file);
    }
    CLOSES int fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t got = fd >= 0 ? read(fd, text, bytes - 1) : 0;
    text[got > 0 ? got : 0] = '\0';
}

/* The value of "Key:" in a status file up to its line's end; "" when there is none. */
static const char *value_of(const char *status, const char *key, size_t *length) {
    char start[32];
    int size = snprintf(start, sizeof start, "\n%s:", key);
    const char *line = strstr(status, start);
    const char *value = line != NULL ? line + size : "";
    *length = strcspn(value, "\n");
    return value;
}

static bool same_value(const char *one, const char *other, const char *key) {
    size_t length, other_length;
    const char *value = value_of(one, key, &length), *other_value = value_of(other, key, &other_length);
    return length == other_length && memcmp(value, other_value, length) == 0;
}

/* One filter more than we have: the one we put on it. Kernels before 5.10 do not tell. */
static bool has_our_filter_only(const char *theirs, const char *ours) {
    size_t length;
    const char *value = value_of(theirs, "Seccomp_filters", &length);
    return length == 0 ||
           strtol(value, NULL, 10) == strtol(value_of(ours, "Seccomp_filters", &length), NULL, 10) + 1;
}

/* The number of a namespace, ours with thread 0; 0 when it cannot be told. */
static ino_t space_of(pid_t thread, const char *space) {
    char path[48];
    struct stat status;
    if (thread == 0) {
        snprintf(path, sizeof path, "/proc/self/ns/%s", space);
    } else {
        snprintf(path, sizeof path, "/proc/%d/ns/%s", thread, space);
    }
    return stat(path, &status) == 0 ? status.st_ino : 0;
}

/* Nothing of this changes while a session runs. */
static struct {
    char status[STATUS_BYTES], label[STATUS_BYTES];
    ino_t mounts, users;
} us;
static pthread_once_t looked = PTHREAD_ONCE_INIT;

static void look_at_us(void) {
    read_proc(0, "status", us.status, sizeof us.status);
    read_proc(0, "attr/current", us.label, sizeof us.label);
    us.mounts = space_of(0, "mnt");
    us.users = space_of(0, "user");
}

bool caller_is_like_us(pid_t thread) {
    static const char *const SAME[] = {"Uid", "Gid", "Groups", "CapEff"};
    char theirs[STATUS_BYTES];
    pthread_once(&looked, look_at_us);
    read_proc(thread, "status", theirs, sizeof theirs);
    if (theirs[0] == '\0' || us.status[0] == '\0' || us.mounts == 0 || us.users == 0 ||
        strlen(theirs) == sizeof theirs - 1) {
        return false;
    }
    for (size_t i = 0; i < sizeof SAME / sizeof SAME[0]; i++) {
        if (!same_value(theirs, us.status, SAME[i])) {
            return false;
        }
    }
    if (!has_our_filter_only(theirs, us.status) || !peek_same_root(thread) ||
        space_of(thread, "mnt") != us.mounts || space_of(thread, "user") != us.users) {
        return false;
    }
    if (us.label[0] == '\0') {
        return true; /* no such module here */
    }
    read_proc(thread, "attr/current", theirs, sizeof theirs);
    return strcmp(theirs, us.label) == 0;
}

bool caller_is_walled_by_us_only(pid_t thread) {
    char theirs[STATUS_BYTES], ours[STATUS_BYTES];
    read_proc(thread, "status", theirs, sizeof theirs);
    read_proc(0, "status", ours, sizeof ours);
    return theirs[0] != '\0' && ours[0] != '\0' && has_our_filter_only(theirs, ours);
}

bool caller_has_room(pid_t thread) {
    char status[STATUS_BYTES], path[48];
    size_t length;
    struct rlimit limit;
    read_proc(thread, "status", status, sizeof status);
    uint64_t table = strtoull(value_of(status, "FDSize", &length), NULL, 10);
    if (length == 0 || prlimit(thread, RLIMIT_NOFILE, NULL, &limit) != 0 || table < limit.rlim_cur) {
        return true; /* the table of its descriptors can still grow */
    }
    snprintf(path, sizeof path, "/proc/%d/fd", thread);
    DIR *all = opendir(path);
    uint64_t used = 0, number;
    for (struct dirent *entry; all != NULL && (entry = readdir(all)) != NULL;) {
        used += parse_number(entry->d_name, INT32_MAX, &number) && number < limit.rlim_cur;
    }
    if (all != NULL) {
        closedir(all);
    }
    return all == NULL || used < limit.rlim_cur;
}

bool caller_umask(pid_t thread, mode_t *mask) {
    char status[STATUS_BYTES];
    size_t length;
    read_proc(thread, "status", status, sizeof status);
    const char *value = value_of(status, "Umask", &length);
    *mask = (mode_t)strtoul(value, NULL, 8) & 0777;
    return length > 0;
}
