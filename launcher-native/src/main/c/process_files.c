/*
 * Files in /proc that programs write. Landlock cannot tell the processes of a session from those of others,
 * so its rules never give writing there; what belongs to the session is opened here, in the caller's place.
 *
 * A file of /proc belongs to one process for ever: when that has ended, nothing comes of it, whoever has its
 * number by then. So a file is opened first, then its process is looked at, and what came of both is one.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "caller.h"
#include "files.h"
#include "members.h"
#include "open_inside.h"
#include "peek.h"

enum { PROC_SYSTEM = 0x9fa0, FILE_NAME_BYTES = 32 };

/*
 * Where the kernel looks at who writes, it looks at the app; where it looks at who opened (the maps of user
 * namespaces), at us in the app's namespace. Not here: what reaches
 * further than one process (autogroup), and what asks who opened it for more than this (attr).
 */
static const struct {
    const char *name;
    bool own; /* only of the caller's own process */
} FILES[] = {
    {"uid_map", false},       {"gid_map", false}, {"projid_map", false},      {"setgroups", false},
    {"oom_score_adj", false}, {"oom_adj", false}, {"coredump_filter", false}, {"timerslack_ns", false},
    {"comm", false},          {"mem", true},
};

/* The process or thread a file of /proc tells of, and the file's name; false for all other paths. */
static bool split(const char *path, pid_t *process, char name[FILE_NAME_BYTES]) {
    int number, thread, end = 0;
    const char *rest = path;
    if (sscanf(rest, "/proc/%d/%n", &number, &end) != 1 || end == 0) {
        return false;
    }
    rest += end;
    end = 0;
    if (sscanf(rest, "task/%d/%n", &thread, &end) == 1 && end > 0) {
        rest += end;
        number = thread;
    }
    *process = number;
    return number > 0 && snprintf(name, FILE_NAME_BYTES, "%s", rest) < FILE_NAME_BYTES;
}

static bool may_write(const struct judge *judge, pid_t process, const char *name) {
    for (size_t i = 0; i < sizeof FILES / sizeof FILES[0]; i++) {
        if (strcmp(FILES[i].name, name) == 0) {
            pid_t caller = judge->request->thread;
            return is_of_session(process) && caller_is_like_us_inside(caller) &&
                   (!FILES[i].own || peek_process(process) == peek_process(caller));
        }
    }
    return false;
}

/* The path is canonical, and no link of /proc is followed: the file of exactly that process, or none. */
static int open_exactly(const char *path) {
    struct how how = {.flags = O_PATH | O_CLOEXEC, .resolve = RESOLVE_WITHOUT_LINKS};
    int fd = (int)syscall(NR_OPENAT2, AT_FDCWD, path, &how, sizeof how);
    struct statfs system;
    if (fd >= 0 && (fstatfs(fd, &system) != 0 || system.f_type != PROC_SYSTEM)) {
        close(fd);
        return -1;
    }
    return fd;
}

/* By us, or by one of us in the user namespace of the caller. */
static int open_like(const struct judge *judge, int file, int flags) {
    char link[48];
    snprintf(link, sizeof link, "/proc/%d/ns/user", judge->request->thread);
    CLOSES int users = open(link, O_RDONLY | O_CLOEXEC);
    struct stat theirs, ours;
    if (users < 0 || fstat(users, &theirs) != 0 || stat("/proc/self/ns/user", &ours) != 0 ||
        !request_is_alive(judge->request)) {
        errno = EACCES;
        return -1;
    }
    if (theirs.st_ino != ours.st_ino) {
        return open_inside(users, file, flags);
    }
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    return open(link, flags | O_CLOEXEC | O_NOCTTY);
}

void judge_process_file(struct judge *judge, const struct place *place) {
    char name[FILE_NAME_BYTES];
    pid_t process;
    if (is_for_later(judge)) {
        return;
    }
    CLOSES int file = !place->ours && split(place->path, &process, name) ? open_exactly(place->path) : -1;
    if (file < 0 || !may_write(judge, process, name) || !request_is_alive(judge->request)) {
        refuse_silently(judge, 'w', place, false);
        return;
    }
    int flags = (int)judge->how.flags & ~(O_NOFOLLOW | O_CREAT | O_EXCL | O_TRUNC);
    int fd = open_like(judge, file, flags);
    if (fd < 0) {
        verdict_error(judge->verdict, errno);
    } else {
        verdict_inject(judge->verdict, fd, judge->how.flags & O_CLOEXEC ? O_CLOEXEC : 0);
    }
}
