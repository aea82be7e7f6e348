#include "caller.h"

#include <dirent.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "peek.h"
#include "util.h"
#include "walls.h"

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
    ino_t mounts, users, memory;
    bool powerless;
} us;
static pthread_once_t looked = PTHREAD_ONCE_INIT;

bool we_are_powerless(void) {
    struct __user_cap_header_struct head = {.version = _LINUX_CAPABILITY_VERSION_3};
    struct __user_cap_data_struct sets[_LINUX_CAPABILITY_U32S_3] = {0};
    uid_t user, user_now, user_kept;
    gid_t group, group_now, group_kept;
    if (syscall(SYS_capget, &head, sets) != 0 || getresuid(&user, &user_now, &user_kept) != 0 ||
        getresgid(&group, &group_now, &group_kept) != 0) {
        return false;
    }
    uint32_t any = 0;
    for (size_t i = 0; i < _LINUX_CAPABILITY_U32S_3; i++) {
        any |= sets[i].effective | sets[i].permitted | sets[i].inheritable;
    }
    return any == 0 && user == user_now && user == user_kept && group == group_now && group == group_kept;
}

static void look_at_us(void) {
    read_proc(0, "status", us.status, sizeof us.status);
    read_proc(0, "attr/current", us.label, sizeof us.label);
    us.mounts = space_of(0, "mnt");
    us.users = space_of(0, "user");
    us.memory = space_of(0, "ipc");
    us.powerless = we_are_powerless();
}

/*
 * Whether a security module treats it as it treats us: by the same label, or by one that only carries a name.
 */
static bool is_labelled_like_us(pid_t thread) {
    static const char FREE[] = "unconfined", NAME_ONLY[] = " (unconfined)\n";
    char theirs[STATUS_BYTES];
    if (us.label[0] == '\0') {
        return true; /* no such module here */
    }
    read_proc(thread, "attr/current", theirs, sizeof theirs);
    size_t length = strlen(theirs), end = strlen(NAME_ONLY);
    return strcmp(theirs, us.label) == 0 || (strncmp(us.label, FREE, strlen(FREE)) == 0 && length > end &&
                                             strcmp(theirs + length - end, NAME_ONLY) == 0);
}

static bool has_our_powers(pid_t thread, bool capabilities) {
    static const char *const SAME[] = {"Uid", "Gid", "Groups", "CapEff"};
    char theirs[STATUS_BYTES];
    read_proc(thread, "status", theirs, sizeof theirs);
    if (theirs[0] == '\0' || us.status[0] == '\0' || strlen(theirs) == sizeof theirs - 1) {
        return false;
    }
    size_t count = sizeof SAME / sizeof SAME[0] - !capabilities;
    for (size_t i = 0; i < count; i++) {
        if (!same_value(theirs, us.status, SAME[i])) {
            return false;
        }
    }
    return true;
}

/* With `inner` also one in a user namespace that it made, where its capabilities mean nothing to us. */
static bool is_alike(pid_t thread, bool inner) {
    pthread_once(&looked, look_at_us);
    ino_t users = space_of(thread, "user");
    bool same_users = users == us.users;
    if (us.mounts == 0 || us.users == 0 || users == 0 || !(same_users || inner) || !walls_are_ours(thread)) {
        return false;
    }
    /* Who began with one user, one group and no capabilities, and can gain none by a program it runs, still
     * has these in this user namespace, and could not change its root folder and mounts. */
    if (!(us.powerless && same_users) && (!peek_same_root(thread) || space_of(thread, "mnt") != us.mounts ||
                                          !has_our_powers(thread, same_users))) {
        return false;
    }
    return is_labelled_like_us(thread);
}

bool caller_is_like_us(pid_t thread) {
    return is_alike(thread, false);
}

bool caller_is_like_us_inside(pid_t thread) {
    return is_alike(thread, true);
}

bool caller_has_our_powers(pid_t thread) {
    pthread_once(&looked, look_at_us);
    ino_t users = space_of(thread, "user");
    bool same_users = users == us.users;
    return us.users != 0 && users != 0 &&
           ((us.powerless && same_users) || has_our_powers(thread, same_users)) &&
           is_labelled_like_us(thread);
}

enum memory_space caller_memory_space(pid_t thread) {
    char theirs[STATUS_BYTES];
    pthread_once(&looked, look_at_us);
    read_proc(thread, "status", theirs, sizeof theirs);
    ino_t space = space_of(thread, "ipc");
    if (theirs[0] == '\0' || space == 0 || us.memory == 0) {
        return MEMORY_UNKNOWN;
    }
    if (space != us.memory) {
        return MEMORY_APART;
    }
    return same_value(theirs, us.status, "Uid") && same_value(theirs, us.status, "Gid") ? MEMORY_OURS
                                                                                        : MEMORY_UNKNOWN;
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
