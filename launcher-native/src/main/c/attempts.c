/*
 * Not told, because Landlock did not refuse it: a file that does not exist and would not be created; what
 * ordinary permissions, a read-only file system or the kind of file refuse anyway; files without a name.
 */
#include "attempts.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "kernel.h"
#include "peek.h"
#include "places.h"
#include "util.h"

/* A path led to its end. */
struct target {
    int fd; /* O_PATH, -1 when it does not exist */
    struct stat status;
    char path[PATH_BYTES];
};

static void target_close(struct target *target) {
    close_later(&target->fd);
}
#define TARGET __attribute__((cleanup(target_close))) struct target

/* /proc/self means the app's process, not ours, also when a symbolic link like /dev/stdin led there. */
static void own_process(pid_t thread, const char *from, char *to, size_t bytes) {
    static const struct {
        const char *prefix, *rest;
    } OWN[] = {{"/proc/self", ""},      {"/proc/thread-self", ""}, {"/dev/fd", "/fd"},
               {"/dev/stdin", "/fd/0"}, {"/dev/stdout", "/fd/1"},  {"/dev/stderr", "/fd/2"}};
    for (size_t i = 0; i < sizeof OWN / sizeof OWN[0]; i++) {
        if (is_below(from, OWN[i].prefix)) {
            snprintf(to, bytes, "/proc/%d%s%s", thread, OWN[i].rest, from + strlen(OWN[i].prefix));
            return;
        }
    }
    snprintf(to, bytes, "%s", from);
}

/* False when there is no such file, or none that Landlock restricts. */
static bool find(const char *path, pid_t thread, bool follow, struct target *target) {
    char mapped[PEEK_PATH_BYTES + 32], own[32];
    own_process(thread, path, mapped, sizeof mapped);
    target->fd = open(mapped, O_PATH | O_CLOEXEC | (follow ? 0 : O_NOFOLLOW));
    if (target->fd < 0 || fstat(target->fd, &target->status) != 0 || !path_of_fd(target->fd, target->path)) {
        return false;
    }
    if (target->status.st_nlink == 0 && !S_ISDIR(target->status.st_mode)) {
        return false; /* deleted, or a memfd */
    }
    snprintf(own, sizeof own, "/proc/%d", getpid());
    if (is_below(target->path, own)) {
        FREES char *theirs = text_of("/proc/%d%s", thread, target->path + strlen(own));
        if (strlen(theirs) >= sizeof target->path) {
            return false;
        }
        strcpy(target->path, theirs);
    }
    return true;
}

static bool permits(const struct target *target, int mode) {
    return syscall(NR_FACCESSAT2, target->fd, "", mode, AT_EMPTY_PATH | AT_EACCESS) == 0;
}

/* Cuts "a/b/" into "a" and "b"; false for "/" and for names that are no names. */
static bool split(const char *path, char folder[PEEK_PATH_BYTES], char name[NAME_MAX + 1]) {
    size_t length = strlen(path);
    while (length > 1 && path[length - 1] == '/') {
        length--;
    }
    size_t start = length;
    while (start > 0 && path[start - 1] != '/') {
        start--;
    }
    size_t size = length - start;
    if (start == 0 || size == 0 || size > NAME_MAX) {
        return false;
    }
    memcpy(name, path + start, size);
    name[size] = '\0';
    memcpy(folder, path, start);
    folder[start] = '\0';
    return strcmp(name, ".") != 0 && strcmp(name, "..") != 0;
}

struct judge {
    const struct attempt *attempt;
    const struct mirror *mirror;
    struct denials *denials;
    int64_t when;
};

static void refuse(const struct judge *judge, char access, const char *path, bool needs_folder) {
    char program[PROGRAM_BYTES];
    memcpy(program, judge->attempt->program, sizeof program);
    if (program[0] == '\0') {
        peek_program(judge->attempt->thread, program, sizeof program);
    }
    denials_add(judge->denials, DENIED_FILE, access, path, needs_folder, program, judge->when);
}

/* A change of the folder that holds `path`: something made (wants_existing false), removed or replaced there.
 */
static bool judge_entry(const struct judge *judge, const char *path, bool wants_existing) {
    char folder[PEEK_PATH_BYTES], name[NAME_MAX + 1];
    TARGET parent = {.fd = -1};
    struct stat status;
    if (!split(path, folder, name) || !find(folder, judge->attempt->thread, true, &parent) ||
        !S_ISDIR(parent.status.st_mode) || !permits(&parent, W_OK | X_OK)) {
        return false;
    }
    bool exists = fstatat(parent.fd, name, &status, AT_SYMLINK_NOFOLLOW) == 0;
    if (exists != wants_existing || mirror_missing(judge->mirror, parent.path, RIGHT_WRITE) == 0) {
        return false;
    }
    FREES char *whole = text_of("%s/%s", strcmp(parent.path, "/") == 0 ? "" : parent.path, name);
    if (strlen(whole) < PATH_BYTES) {
        refuse(judge, 'w', whole, true);
    }
    return true;
}

static void judge_file(const struct judge *judge, const struct target *target, unsigned wanted, int mode) {
    if (permits(target, mode)) {
        unsigned missing = mirror_missing(judge->mirror, target->path, wanted);
        if (missing != 0) {
            char access = missing & RIGHT_WRITE ? 'w' : missing & RIGHT_EXECUTE ? 'x' : 'r';
            refuse(judge, access, target->path, false);
        }
    }
}

static void judge_open(const struct judge *judge, const char *path, uint64_t flags) {
    bool creates = (flags & O_CREAT) != 0, exclusive = creates && (flags & O_EXCL) != 0;
    bool follows = (flags & O_NOFOLLOW) == 0 && !exclusive;
    uint64_t mode = flags & O_ACCMODE;
    TARGET target = {.fd = -1};
    if (!find(path, judge->attempt->thread, follows, &target)) {
        if (target.fd < 0 && errno == ENOENT && creates && path[strlen(path) - 1] != '/') {
            judge_entry(judge, path, false);
        }
        return;
    }
    mode_t type = target.status.st_mode;
    if (exclusive || S_ISLNK(type) || S_ISSOCK(type)) {
        return; /* EEXIST, ELOOP, ENXIO */
    }
    if (S_ISDIR(type)) {
        if ((flags & O_TMPFILE) == O_TMPFILE) {
            judge_file(judge, &target, RIGHT_WRITE, W_OK | X_OK);
        } else if (mode == O_RDONLY && !creates) {
            judge_file(judge, &target, RIGHT_LIST, R_OK);
        }
        return;
    }
    if ((flags & O_DIRECTORY) != 0 || mode == O_ACCMODE) {
        return;
    }
    bool reads = mode != O_WRONLY, writes = mode != O_RDONLY || (flags & O_TRUNC) != 0;
    judge_file(judge, &target, (reads ? RIGHT_READ : 0u) | (writes ? RIGHT_WRITE : 0u),
               (reads ? R_OK : 0) | (writes ? W_OK : 0));
}

static void judge_rename(const struct judge *judge, const char *from, const char *to) {
    TARGET source = {.fd = -1};
    if (!find(from, judge->attempt->thread, false, &source)) {
        return;
    }
    /* The folder it leaves, then the one it enters, whether or not something is replaced there. */
    if (!judge_entry(judge, from, true) && !judge_entry(judge, to, false)) {
        judge_entry(judge, to, true);
    }
}

static void judge_existing(const struct judge *judge, const char *path, unsigned wanted, int mode) {
    TARGET target = {.fd = -1};
    if (find(path, judge->attempt->thread, true, &target) && S_ISREG(target.status.st_mode)) {
        judge_file(judge, &target, wanted, mode);
    }
}

void attempt_judge(const struct attempt *attempt, const char *first, const char *second,
                   const struct mirror *mirror, struct denials *denials) {
    struct judge judge = {.attempt = attempt, .mirror = mirror, .denials = denials, .when = wall_ms()};
    TARGET source = {.fd = -1};
    char port[8];
    switch (attempt->call) {
    case CALL_OPEN:
    case CALL_OPENAT2:
        judge_open(&judge, first, attempt->flags);
        break;
    case CALL_CREAT:
        judge_open(&judge, first, O_CREAT | O_WRONLY | O_TRUNC);
        break;
    case CALL_MAKE:
        judge_entry(&judge, first, false);
        break;
    case CALL_REMOVE:
        judge_entry(&judge, first, true);
        break;
    case CALL_RENAME:
        judge_rename(&judge, first, second);
        break;
    case CALL_LINK:
        if (find(first, attempt->thread, (attempt->flags & AT_SYMLINK_FOLLOW) != 0, &source)) {
            judge_entry(&judge, second, false);
        }
        break;
    case CALL_TRUNCATE:
        judge_existing(&judge, first, RIGHT_WRITE, W_OK);
        break;
    case CALL_EXEC:
        judge_existing(&judge, first, RIGHT_EXECUTE, X_OK);
        break;
    case CALL_CONNECT:
    case CALL_BIND:
        snprintf(port, sizeof port, "%u", attempt->port);
        /* Ports know no letters; the messages ask for one. */
        denials_add(denials, attempt->call == CALL_BIND ? DENIED_LISTEN : DENIED_CONNECT, 'r', port, false,
                    attempt->program, judge.when);
        break;
    }
}
