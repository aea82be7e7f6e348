/* Opening and truncating: what is there is opened through our own descriptor of it, what is new is made in
 * the folder we hold, never over something that came meanwhile. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "caller.h"
#include "files.h"
#include "kernel.h"

/* How often a name may come and go under our hands before the call is left to the kernel. */
enum { RACES_MOST = 8 };

/* Never in the way of the app: what we hold ends with us, and no terminal becomes ours. */
#define OURS (O_CLOEXEC | O_NOCTTY)

static void inject(struct judge *judge, int fd) {
    if (fd < 0) {
        verdict_error(judge->verdict, errno);
    } else {
        verdict_inject(judge->verdict, fd, judge->how.flags & O_CLOEXEC ? O_CLOEXEC : 0);
    }
}

static bool is_device(mode_t mode) {
    return S_ISCHR(mode) || S_ISBLK(mode);
}

/* Before what cannot be undone: without a free descriptor the kernel would not even have begun. */
static bool has_room(struct judge *judge) {
    if (!caller_has_room(judge->request->thread)) {
        verdict_error(judge->verdict, EMFILE);
        return false;
    }
    return true;
}

/* Opens what the place holds, with the flags that mean something on what is there already. */
static void perform_open(struct judge *judge, const struct place *place) {
    char link[32];
    snprintf(link, sizeof link, "/proc/self/fd/%d", place->fd);
    int flags = (int)judge->how.flags & ~(O_NOFOLLOW | (judge->how.flags & O_CREAT ? O_CREAT | O_EXCL : 0));
    bool waits =
        (S_ISFIFO(place->status.st_mode) || is_device(place->status.st_mode)) && (flags & O_NONBLOCK) == 0;
    /* Somebody may hold a lease on the file; then opening it waits, unless it is told not to. */
    bool tries = place->prompt && (S_ISREG(place->status.st_mode) || S_ISDIR(place->status.st_mode));
    bool prompt = judge->request->prompt && tries && (flags & O_TRUNC) == 0;
    if ((!prompt && is_for_later(judge)) || !request_is_alive(judge->request)) {
        return;
    }
    bool undoable = S_ISREG(place->status.st_mode) ? (flags & O_TRUNC) == 0 : S_ISDIR(place->status.st_mode);
    if (!undoable && !has_room(judge)) {
        return;
    }
    int fd = -1;
    if (tries) {
        fd = open(link, flags | OURS | O_NONBLOCK);
        waits = fd < 0 && errno == EAGAIN && (flags & O_NONBLOCK) == 0;
        if (waits && is_for_later(judge)) {
            return;
        }
        if (fd >= 0 && (flags & O_NONBLOCK) == 0) {
            (void)fcntl(fd, F_SETFL, flags);
        }
    }
    if (waits && !request_may_block(judge->request)) {
        verdict_error(judge->verdict, EAGAIN);
        return;
    }
    if (waits || !tries) {
        fd = open(link, flags | OURS);
    }
    if (waits) {
        int error = errno;
        request_has_blocked(judge->request);
        errno = error;
    }
    inject(judge, fd);
}

static int permission_of(unsigned wanted) {
    return (wanted & (RIGHT_READ | RIGHT_LIST) ? R_OK : 0) | (wanted & RIGHT_WRITE ? W_OK : 0);
}

/* A file without a name in a folder. */
static void perform_nameless(struct judge *judge, const struct place *place) {
    if (take_umask(judge)) {
        inject(judge, openat(place->fd, ".", (int)judge->how.flags | OURS, (mode_t)judge->how.mode));
    }
}

/* Why the kernel fails such an open whatever the rules say. */
static int error_of(uint64_t flags, const struct stat *status) {
    mode_t type = status->st_mode;
    return (flags & (O_CREAT | O_EXCL)) == (O_CREAT | O_EXCL) ? EEXIST
           : S_ISLNK(type)                                    ? ELOOP
           : S_ISDIR(type)                                    ? EISDIR
           : (flags & O_DIRECTORY) != 0                       ? ENOTDIR
                                                              : EACCES;
}

static void judge_object(struct judge *judge, struct place *place) {
    bool nameless = S_ISDIR(place->status.st_mode) && (judge->how.flags & O_TMPFILE) == O_TMPFILE;
    unsigned wanted = wanted_on(judge->how.flags, &place->status);
    judge->error = judge->alone ? error_of(judge->how.flags, &place->status) : 0;
    if (wanted == 0 || (!judge->alone && (wanted & ~reach_kernel(judge->reach, place->path)) == 0) ||
        !permits(place, place->fd, nameless ? W_OK | X_OK : permission_of(wanted))) {
        return;
    }
    unsigned all = reach_all(judge->reach, place->path), missing = wanted & ~all;
    if (S_ISSOCK(place->status.st_mode)) {
        if (missing == 0) {
            verdict_error(judge->verdict, ENXIO); /* what the kernel says when Landlock lets it */
        }
        return;
    }
    if (missing != 0) {
        wants(judge, missing, place, false);
        return;
    }
    if (strncmp(place->path, "/proc/", 6) == 0 && !place->no_proc && (wanted & RIGHT_WRITE) != 0) {
        judge_process_file(judge, place);
        return;
    }
    char access = wanted & RIGHT_WRITE ? 'w' : 'r';
    /* A device opened by us could be commanded whatever the rules say. */
    if (is_device(place->status.st_mode) && (all & RIGHT_DEVICE) == 0) {
        refuse_silently(judge, access, place, false);
        return;
    }
    if (!may_perform_at(judge, access, place, false)) {
        return;
    }
    if (nameless) {
        perform_nameless(judge, place);
    } else {
        perform_open(judge, place);
    }
}

/* A new file. False when something came there meanwhile, so that all has to be looked at again. */
static bool judge_new(struct judge *judge, struct place *place) {
    unsigned wanted = wanted_by(judge->how.flags) | RIGHT_WRITE;
    if (place->slash || (judge->how.flags & O_DIRECTORY) != 0 ||
        (!judge->alone && (wanted & ~reach_kernel_entry(judge->reach, place->path)) == 0) ||
        !permits(place, place->parent, W_OK | X_OK)) {
        return true;
    }
    unsigned missing = wanted & ~reach_all_entry(judge->reach, place->path);
    if (missing != 0) {
        wants(judge, missing, place, true);
        return true;
    }
    if (is_pinned(judge, place) || !may_perform_at(judge, 'w', place, true)) {
        return true;
    }
    if (!take_umask(judge) || !has_room(judge)) {
        return true;
    }
    int fd = openat(place->parent, place->name, (int)judge->how.flags | O_CREAT | O_EXCL | O_NOFOLLOW | OURS,
                    (mode_t)judge->how.mode);
    if (fd < 0 && errno == EEXIST && (judge->how.flags & O_EXCL) == 0) {
        return false;
    }
    inject(judge, fd);
    return true;
}

void judge_open(struct judge *judge) {
    bool makes = (judge->how.flags & O_CREAT) != 0;
    bool follow = (judge->how.flags & O_NOFOLLOW) == 0 && !(makes && (judge->how.flags & O_EXCL) != 0);
    struct way way = first_way(judge);
    for (unsigned races = 0; races < RACES_MOST; races++) {
        PLACE place = NO_PLACE;
        if (resolve_existing(&way, follow, &place)) {
            judge_object(judge, &place);
            return;
        }
        if (place.fd >= 0 || errno != ENOENT || !makes) {
            judge->error = error_of_way(errno);
            return;
        }
        PLACE new = NO_PLACE;
        if (follow ? resolve_new(&way, &new) : resolve_entry(&way, &new) && new.fd < 0) {
            if (judge_new(judge, &new)) {
                return;
            }
        } else if (new.fd < 0) {
            return;
        }
    }
}

/* Whether the caller's own limit forbids a file to become so long; ours says nothing about it. */
static bool is_too_long(const struct request *request, const struct stat *status) {
    struct rlimit limit;
    int64_t length = (int64_t)request->arguments[1];
    return length > status->st_size &&
           (prlimit(request->thread, RLIMIT_FSIZE, NULL, &limit) != 0 || (uint64_t)length > limit.rlim_cur);
}

/* 0 or an errno. Where nobody else has to be waited for, it is tried without waiting for a lease first. */
static int perform_truncate(struct request *request, const struct place *place, off_t length) {
    char link[32];
    snprintf(link, sizeof link, "/proc/self/fd/%d", place->fd);
    CLOSES int fd = place->prompt && length >= 0 ? open(link, O_WRONLY | O_NONBLOCK | OURS) : -1;
    bool waits = fd < 0 && place->prompt && length >= 0 && errno == EAGAIN;
    if (fd >= 0) {
        return ftruncate(fd, length) == 0 ? 0 : errno;
    }
    if (waits && !request_may_block(request)) {
        return EAGAIN;
    }
    int error = truncate(link, length) == 0 ? 0 : errno;
    if (waits) {
        request_has_blocked(request);
    }
    return error;
}

void judge_truncate(struct judge *judge) {
    struct way way = first_way(judge);
    PLACE place = NO_PLACE;
    if (!resolve_existing(&way, true, &place)) {
        judge->error = error_of_way(errno);
        return;
    }
    if (!S_ISREG(place.status.st_mode)) {
        judge->error = S_ISDIR(place.status.st_mode) ? EISDIR : EINVAL;
        return;
    }
    if (place.status.st_nlink == 0 ||
        (!judge->alone && (reach_kernel(judge->reach, place.path) & RIGHT_WRITE) != 0) ||
        !permits(&place, place.fd, W_OK)) {
        return;
    }
    if ((reach_all(judge->reach, place.path) & RIGHT_WRITE) == 0) {
        wants(judge, RIGHT_WRITE, &place, false);
        return;
    }
    if (!may_perform_at(judge, 'w', &place, false)) {
        return;
    }
    if (is_too_long(judge->request, &place.status)) {
        verdict_error(judge->verdict, EFBIG);
        return;
    }
    if (!is_for_later(judge) && request_is_alive(judge->request)) {
        verdict_error(judge->verdict,
                      perform_truncate(judge->request, &place, (off_t)judge->request->arguments[1]));
    }
}
