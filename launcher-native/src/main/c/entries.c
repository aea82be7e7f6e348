/* Names made in, taken from and moved between folders. A name is judged by the folder it lies in. */
#include <errno.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "files.h"

static bool kernel_may(struct judge *judge, const struct place *place) {
    return (reach_kernel_entry(judge->reach, place->path) & RIGHT_WRITE) != 0;
}

/* Whether the name may be changed; else the verdict says what is missing. */
static bool may_change(struct judge *judge, struct place *place) {
    if ((reach_all_entry(judge->reach, place->path) & RIGHT_WRITE) == 0) {
        wants(judge, RIGHT_WRITE, place, true);
        return false;
    }
    place_look(place);
    if (!place->no_proc || is_alias(judge, place)) {
        refuse_silently(judge, 'w', place, true);
        return false;
    }
    return true;
}

/* Whether the caller and the kernel still let us do it. */
static bool may_do(struct judge *judge, const struct place *place) {
    if (!may_perform(judge)) {
        refuse_silently(judge, 'w', place, true);
        return false;
    }
    return !is_for_later(judge) && request_is_alive(judge->request);
}

static void say_result(struct judge *judge, int result) {
    verdict_error(judge->verdict, result == 0 ? 0 : errno);
}

static mode_t mode_argument(const struct judge *judge) {
    return (mode_t)judge->request->arguments[judge->request->row->mode];
}

void judge_make(struct judge *judge) {
    enum call call = judge->request->row->call;
    struct way way = first_way(judge);
    PLACE place = NO_PLACE;
    if (!resolve_entry(&way, &place) || place.fd >= 0 || (place.slash && call != CALL_MKDIR) ||
        kernel_may(judge, &place) || !permits(&place, place.parent, W_OK | X_OK)) {
        return;
    }
    mode_t type = call == CALL_MKNOD ? mode_argument(judge) & S_IFMT : 0;
    if (S_ISCHR(type) || S_ISBLK(type)) {
        refuse_silently(judge, 'w', &place, true); /* no policy gives these */
        return;
    }
    /* A new folder is empty, and what comes into it is judged. Anything else would stand for what lies below.
     */
    if (!may_change(judge, &place) || (call != CALL_MKDIR && is_pinned(judge, &place)) ||
        !may_do(judge, &place) || !take_umask(judge)) {
        return;
    }
    if (call == CALL_MKDIR) {
        say_result(judge, mkdirat(place.parent, place.name, mode_argument(judge)));
    } else if (call == CALL_MKNOD) {
        say_result(judge, mknodat(place.parent, place.name, mode_argument(judge), 0));
    } else {
        say_result(judge, symlinkat(judge->request->second, place.parent, place.name));
    }
}

void judge_remove(struct judge *judge) {
    const struct request *request = judge->request;
    uint64_t flags =
        request->row->flags == ARGUMENT_NONE ? 0 : (uint32_t)request->arguments[request->row->flags];
    bool folder = request->row->call == CALL_RMDIR || flags == AT_REMOVEDIR;
    struct way way = first_way(judge);
    PLACE place = NO_PLACE;
    if ((flags & ~(uint64_t)AT_REMOVEDIR) != 0 || !resolve_entry(&way, &place) || place.fd < 0 ||
        (place.slash && !folder) || kernel_may(judge, &place) ||
        !permits(&place, place.parent, W_OK | X_OK)) {
        return;
    }
    if (may_change(judge, &place) && !is_pinned(judge, &place) && may_do(judge, &place)) {
        say_result(judge, unlinkat(place.parent, place.name, folder ? AT_REMOVEDIR : 0));
    }
}

/* What the kernel's rules give in a folder by what it and those above it are, not by what they are called:
 * the session may have moved one of them. All rights when it cannot be told. */
static unsigned carried_into(struct judge *judge, int folder) {
    struct stat below = {0}, status;
    unsigned rights = 0;
    CLOSES int at = fcntl(folder, F_DUPFD_CLOEXEC, 3);
    while (at >= 0 && fstat(at, &status) == 0) {
        if (status.st_ino == below.st_ino && status.st_dev == below.st_dev) {
            return rights; /* the root */
        }
        rights |= reach_carried(judge->reach, &status);
        below = status;
        int above = openat(at, "..", O_PATH | O_DIRECTORY | O_CLOEXEC);
        close_later(&at);
        at = above;
    }
    return ~0u;
}

/*
 * Whether a file or folder would be reached with more rights under its new name, or for longer; the kernel
 * refuses that with EXDEV within its own rules, so programs copy instead.
 */
static bool gains(struct judge *judge, const struct place *from, const struct place *to, enum renaming how) {
    how = how != LINKS && S_ISDIR(from->status.st_mode) ? MOVES_FOLDER : how;
    return reach_gains(judge->reach, from->path, to->path, how, carried_into(judge, to->parent));
}

/* Whether the kernel's own rules are all there is at both ends: then it judges by itself. */
static bool is_the_kernels(struct judge *judge, const struct place *from, const struct place *to) {
    return !judge->alone && kernel_may(judge, from) && kernel_may(judge, to) &&
           reach_all(judge->reach, to->path) == reach_kernel(judge->reach, to->path) &&
           reach_all(judge->reach, from->path) == reach_kernel(judge->reach, from->path);
}

/* Finds both ends. False when the kernel is to say what is wrong. */
static bool find_ends(struct judge *judge, unsigned flags, struct place *from, struct place *to) {
    struct way way = first_way(judge), other = second_way(judge);
    if (!resolve_entry(&way, from) || (from->fd >= 0 && !resolve_entry(&other, to))) {
        judge->error = error_of_way(errno);
        return false;
    }
    if (from->fd < 0 || (flags == RENAME_EXCHANGE && to->fd < 0)) {
        judge->error = ENOENT;
        return false;
    }
    judge->error = flags == RENAME_NOREPLACE && to->fd >= 0 ? EEXIST : judge->error;
    return flags != RENAME_NOREPLACE || to->fd < 0;
}

void judge_rename(struct judge *judge) {
    const struct request *request = judge->request;
    unsigned flags =
        request->row->flags == ARGUMENT_NONE ? 0 : (unsigned)request->arguments[request->row->flags];
    PLACE from = NO_PLACE;
    PLACE to = NO_PLACE;
    bool exchange = flags == RENAME_EXCHANGE;
    if ((flags != 0 && flags != RENAME_NOREPLACE && !exchange) || !find_ends(judge, flags, &from, &to)) {
        return;
    }
    bool folder = S_ISDIR(from.status.st_mode);
    if ((from.slash && !folder) || (to.slash && !folder) || is_the_kernels(judge, &from, &to) ||
        !permits(&from, from.parent, W_OK | X_OK) || !permits(&to, to.parent, W_OK | X_OK)) {
        return;
    }
    if (!may_change(judge, &from) || !may_change(judge, &to) || is_pinned(judge, &from) ||
        is_pinned(judge, &to)) {
        return;
    }
    if (is_for_later(judge)) {
        return;
    }
    if (gains(judge, &from, &to, MOVES_FILE) || (exchange && gains(judge, &to, &from, MOVES_FILE))) {
        verdict_error(judge->verdict, EXDEV);
    } else if (may_do(judge, &from)) {
        say_result(judge, (int)syscall(SYS_renameat2, from.parent, from.name, to.parent, to.name, flags));
    }
}

void judge_link(struct judge *judge) {
    const struct request *request = judge->request;
    unsigned flags =
        request->row->flags == ARGUMENT_NONE ? 0 : (unsigned)request->arguments[request->row->flags];
    struct way way = first_way(judge), other = second_way(judge);
    PLACE from = NO_PLACE;
    PLACE to = NO_PLACE;
    bool follow = (flags & AT_SYMLINK_FOLLOW) != 0;
    if ((flags & ~(unsigned)(AT_SYMLINK_FOLLOW | AT_EMPTY_PATH)) != 0 ||
        !resolve_existing(&way, follow, &from) || !resolve_entry(&other, &to) || to.fd >= 0 || to.slash ||
        is_the_kernels(judge, &from, &to) || !permits(&to, to.parent, W_OK | X_OK)) {
        return;
    }
    /* Folders have no further names: nobody is asked, but who might make one hears so. */
    if (S_ISDIR(from.status.st_mode) && (reach_all_entry(judge->reach, to.path) & RIGHT_WRITE) == 0) {
        return;
    }
    place_look(&from);
    if (!from.no_proc || is_alias(judge, &from) || !may_change(judge, &to) || is_pinned(judge, &to)) {
        return;
    }
    char link[32];
    snprintf(link, sizeof link, "/proc/self/fd/%d", from.fd);
    if (reach_all(judge->reach, from.path) == 0 || reach_is_protected(judge->reach, from.path)) {
        refuse_silently(judge, 'r', &from, false);
        judge->verdict->refusal = EACCES;
    } else if (is_for_later(judge)) {
        return;
    } else if (gains(judge, &from, &to, LINKS)) {
        verdict_error(judge->verdict, EXDEV);
    } else if (may_do(judge, &to)) {
        say_result(judge, linkat(AT_FDCWD, link, to.parent, to.name, AT_SYMLINK_FOLLOW));
    }
}
