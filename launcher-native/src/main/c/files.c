/*
 * Not told, because Landlock did not refuse it: a file that does not exist and would not be created; what
 * ordinary permissions, a read-only file system or the kind of file refuse anyway; files without a name.
 */

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "broker.h"
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
    struct request *request;
    struct reach *reach;
    struct verdict *verdict;
    uint64_t flags;
};

static unsigned missing_at(const struct judge *judge, const char *path, unsigned wanted) {
    return wanted & ~reach_kernel(judge->reach, path);
}

static void refuse(const struct judge *judge, char access, const char *path, bool needs_folder) {
    verdict_wants(judge->verdict, DENIED_FILE, access, path, needs_folder, 0);
}

/* A change of the folder that holds `path`: something made (wants_existing false), removed or replaced there.
 */
static bool judge_entry(const struct judge *judge, const char *path, bool wants_existing) {
    char folder[PEEK_PATH_BYTES], name[NAME_MAX + 1];
    TARGET parent = {.fd = -1};
    struct stat status;
    if (!split(path, folder, name) || !find(folder, judge->request->thread, true, &parent) ||
        !S_ISDIR(parent.status.st_mode) || !permits(&parent, W_OK | X_OK)) {
        return false;
    }
    bool exists = fstatat(parent.fd, name, &status, AT_SYMLINK_NOFOLLOW) == 0;
    if (exists != wants_existing || missing_at(judge, parent.path, RIGHT_WRITE) == 0) {
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
        unsigned missing = missing_at(judge, target->path, wanted);
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
    if (!find(path, judge->request->thread, follows, &target)) {
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
    if (!find(from, judge->request->thread, false, &source)) {
        return;
    }
    /* The folder it leaves, then the one it enters, whether or not something is replaced there. */
    if (!judge_entry(judge, from, true) && !judge_entry(judge, to, false)) {
        judge_entry(judge, to, true);
    }
}

static void judge_existing(const struct judge *judge, const char *path, unsigned wanted, int mode) {
    TARGET target = {.fd = -1};
    if (find(path, judge->request->thread, true, &target) && S_ISREG(target.status.st_mode)) {
        judge_file(judge, &target, wanted, mode);
    }
}

/* What a call names, copied once. False when there is nothing to judge. */
static bool copy_paths(struct request *request, uint64_t *flags) {
    const struct trapped_call *row = request->row;
    char path[PEEK_PATH_BYTES];
    *flags = row->flags != ARGUMENT_NONE ? request->arguments[row->flags] : 0;
    if (row->call == CALL_OPENAT2) {
        struct how how;
        if (!peek_bytes(request->thread, *flags, &how, sizeof how) || how.resolve != 0) {
            return false; /* its own restrictions may refuse it first */
        }
        *flags = how.flags;
    }
    if ((row->call == CALL_OPEN || row->call == CALL_OPENAT2) && (*flags & O_PATH) != 0) {
        return false;
    }
    int folder = row->folder == ARGUMENT_NONE ? AT_FDCWD : (int)request->arguments[row->folder];
    if (peek_path(request->thread, folder, request->arguments[row->path], path) == 0) {
        return false;
    }
    request->first = copy_text(path);
    if (row->call == CALL_RENAME || row->call == CALL_LINK) {
        folder = row->second_folder == ARGUMENT_NONE ? AT_FDCWD : (int)request->arguments[row->second_folder];
        if (peek_path(request->thread, folder, request->arguments[row->second_path], path) == 0) {
            return false;
        }
        request->second = copy_text(path);
    }
    return peek_same_root(request->thread);
}

static void judge_call(struct judge *judge) {
    const char *first = judge->request->first, *second = judge->request->second;
    pid_t thread = judge->request->thread;
    TARGET source = {.fd = -1};
    switch (judge->request->row->call) {
    case CALL_OPEN:
    case CALL_OPENAT2:
        judge_open(judge, first, judge->flags);
        break;
    case CALL_CREAT:
        judge_open(judge, first, O_CREAT | O_WRONLY | O_TRUNC);
        break;
    case CALL_MKDIR:
    case CALL_MKNOD:
    case CALL_SYMLINK:
        judge_entry(judge, first, false);
        break;
    case CALL_UNLINK:
    case CALL_RMDIR:
        judge_entry(judge, first, true);
        break;
    case CALL_RENAME:
        judge_rename(judge, first, second);
        break;
    case CALL_LINK:
        if (find(first, thread, (judge->flags & AT_SYMLINK_FOLLOW) != 0, &source)) {
            judge_entry(judge, second, false);
        }
        break;
    case CALL_TRUNCATE:
        judge_existing(judge, first, RIGHT_WRITE, W_OK);
        break;
    case CALL_EXEC:
        judge_existing(judge, first, RIGHT_EXECUTE, X_OK);
        break;
    default:
        break;
    }
}

void files_handle(struct request *request, struct reach *reach, struct verdict *verdict) {
    struct judge judge = {.request = request, .reach = reach, .verdict = verdict};
    if (copy_paths(request, &judge.flags)) {
        judge_call(&judge);
    }
}

void exec_handle(struct request *request, struct reach *reach, struct verdict *verdict) {
    files_handle(request, reach, verdict);
}
