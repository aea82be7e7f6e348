/*
 * Mode, owner, times and extended attributes. Landlock does not see these calls, so none of them goes on:
 * each is done here, on our own descriptor of the file, when the file may be written, else refused.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/xattr.h>
#include <unistd.h>
#include <utime.h>

#include "borrow.h"
#include "caller.h"
#include "kernel.h"
#include "places.h"

enum { XATTR_NAME_BYTES = 256, XATTR_VALUE_MOST = 65536 };

/* Both fit into one struct: the arguments behind a pointer, copied once. */
struct xattr_arguments {
    uint64_t value; /* an address */
    uint32_t size;
    uint32_t flags;
};

/* What is to be changed, on a file. */
struct change {
    const struct request *request;
    enum call call;
    uint64_t first, second; /* mode; or user and group */
    bool has_times;
    struct timespec times[2];
    char *name; /* of an extended attribute */
    uint8_t *value;
    size_t value_bytes;
    uint32_t value_flags;
    bool newer_call; /* one that older kernels do not have */
};

static void change_free(struct change *change) {
    free(change->name);
    free(change->value);
}
#define CHANGE __attribute__((cleanup(change_free))) struct change

/* How the caller names the file. By path, our descriptor of it is O_PATH, else a copy of the caller's own. */
enum naming { BY_PATH, BY_DESCRIPTOR, BY_EMPTY_PATH };

/* Which file; its path is "" when it has no place. */
struct target {
    struct place place;
    enum naming named;
};

static void target_close(struct target *target) {
    place_close(&target->place);
}
#define TARGET __attribute__((cleanup(target_close))) struct target

static int copy_times(struct change *change, uint64_t address) {
    struct utimbuf seconds;
    struct timeval parts[2];
    if (address == 0) {
        return 0;
    }
    change->has_times = true;
    int error = 0;
    if (change->call == CALL_UTIME) {
        error = borrow_bytes(change->request, address, &seconds, sizeof seconds);
        change->times[0].tv_sec = error == 0 ? seconds.actime : 0;
        change->times[1].tv_sec = error == 0 ? seconds.modtime : 0;
    } else if (change->call == CALL_UTIMES) {
        error = borrow_bytes(change->request, address, parts, sizeof parts);
        for (unsigned i = 0; error == 0 && i < 2; i++) {
            if (parts[i].tv_usec < 0 || parts[i].tv_usec >= 1000000) {
                return EINVAL;
            }
            change->times[i] =
                (struct timespec){.tv_sec = parts[i].tv_sec, .tv_nsec = parts[i].tv_usec * 1000};
        }
    } else {
        error = borrow_bytes(change->request, address, change->times, sizeof change->times);
    }
    return error;
}

static int copy_value(struct change *change, uint64_t address, uint64_t size, uint64_t flags) {
    if (size > XATTR_VALUE_MOST) {
        return E2BIG;
    }
    change->value = grow(NULL, size + 1, 1);
    change->value_bytes = size;
    change->value_flags = (uint32_t)flags;
    return borrow_bytes(change->request, address, change->value, size);
}

static int copy_name(struct change *change, uint64_t address) {
    int error = borrow_text(change->request, address, XATTR_NAME_BYTES, ERANGE, &change->name);
    return error == 0 && change->name[0] == '\0' ? ERANGE : error;
}

/* The arguments of setxattrat() behind their pointer; a longer struct of a newer kernel has zeros there. */
static int copy_arguments(const struct change *change, uint64_t address, uint64_t size,
                          struct xattr_arguments *arguments) {
    uint8_t rest[4096];
    if (size < sizeof *arguments) {
        return EINVAL;
    }
    if (size > sizeof rest) {
        return E2BIG;
    }
    int error = borrow_bytes(change->request, address, rest, size);
    for (size_t i = sizeof *arguments; error == 0 && i < size; i++) {
        error = rest[i] != 0 ? E2BIG : 0;
    }
    memcpy(arguments, rest, sizeof *arguments);
    return error;
}

/* In the kernel's order: which of two errors is told is part of the answer. */
static int copy_attribute(struct change *change, const uint64_t *values) {
    struct xattr_arguments arguments = {0};
    uint64_t size = values[2];
    if (change->newer_call) {
        int error = copy_arguments(change, values[1], values[2], &arguments);
        if (error != 0) {
            return error;
        }
        size = arguments.size;
    } else {
        arguments.value = values[1];
        arguments.flags = (uint32_t)values[3];
    }
    if ((arguments.flags & ~(uint32_t)(XATTR_CREATE | XATTR_REPLACE)) != 0) {
        return EINVAL;
    }
    int error = copy_name(change, values[0]);
    return error != 0 ? error : copy_value(change, arguments.value, size, arguments.flags);
}

/* Copies what is to be changed; its place among the arguments is the row's `mode`. */
static int copy_change(struct change *change) {
    const struct request *request = change->request;
    const uint64_t *values = request->arguments + request->row->mode;
    switch (change->call) {
    case CALL_CHMOD:
        change->first = values[0];
        return 0;
    case CALL_CHOWN:
        change->first = values[0];
        change->second = values[1];
        return 0;
    case CALL_UTIME:
    case CALL_UTIMES:
    case CALL_UTIMENS:
        return copy_times(change, values[0]);
    case CALL_SETXATTR:
        return copy_attribute(change, values);
    default:
        return copy_name(change, values[0]);
    }
}

static bool is_newer_xattr(const struct trapped_call *row) {
    return call_number(row) == NR_SETXATTRAT || call_number(row) == NR_REMOVEXATTRAT;
}

/* Finds the file. Flags are the caller's AT_ flags. */
static int find_target(struct request *request, struct target *target) {
    const struct trapped_call *row = request->row;
    int folder = row->folder == ARGUMENT_NONE ? AT_FDCWD : (int)request->arguments[row->folder];
    bool follow = row->flags != ARGUMENT_NO_FOLLOW, may_be_empty = false;
    if (row->flags >= 0) {
        unsigned flags = (unsigned)request->arguments[row->flags];
        if ((flags & ~(unsigned)(AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH)) != 0) {
            return EINVAL;
        }
        follow = (flags & AT_SYMLINK_NOFOLLOW) == 0;
        may_be_empty = (flags & AT_EMPTY_PATH) != 0;
    }
    FREES char *path = NULL;
    int error = 0;
    uint64_t address = row->path == ARGUMENT_NONE ? 0 : request->arguments[row->path];
    bool times = row->call == CALL_UTIMES || row->call == CALL_UTIMENS;
    if (row->path == ARGUMENT_NONE || (address == 0 && times && folder != AT_FDCWD)) {
        target->named = BY_DESCRIPTOR;
        error = row->flags >= 0 && request->arguments[row->flags] != 0
                    ? EINVAL
                    : borrow_descriptor(request, folder, &target->place.fd);
    } else if (address == 0 && may_be_empty && is_newer_xattr(row)) {
        target->named = folder == AT_FDCWD ? BY_PATH : BY_EMPTY_PATH; /* no path means an empty one */
        error = folder == AT_FDCWD ? borrow_file(request, folder, ".", true, &target->place)
                                   : borrow_descriptor(request, folder, &target->place.fd);
    } else if ((error = borrow_text(request, address, PATH_BYTES, ENAMETOOLONG, &path)) == 0) {
        if (path[0] != '\0') {
            error = borrow_file(request, folder, path, follow, &target->place);
        } else if (!may_be_empty) {
            error = ENOENT;
        } else {
            target->named = folder == AT_FDCWD ? BY_PATH : BY_EMPTY_PATH;
            error = folder == AT_FDCWD ? borrow_file(request, folder, ".", true, &target->place)
                                       : borrow_descriptor(request, folder, &target->place.fd);
        }
    }
    if (error != 0) {
        return error;
    }
    if (fstat(target->place.fd, &target->place.status) != 0) {
        return errno;
    }
    bool placed = path_of_fd(target->place.fd, target->place.path) &&
                  (target->place.status.st_nlink > 0 || S_ISDIR(target->place.status.st_mode));
    if (!placed) {
        target->place.path[0] = '\0';
    }
    return 0;
}

static int change_xattr(const struct change *change, const struct target *target) {
    bool sets = change->call == CALL_SETXATTR;
    int fd = target->place.fd;
    char self[48];
    snprintf(self, sizeof self, "/proc/self/fd/%d", fd);
    if (S_ISLNK(target->place.status.st_mode)) {
        /* Symbolic links have none of those that programs set. */
        errno = strncmp(change->name, "user.", 5) == 0 || strncmp(change->name, "trusted.", 8) == 0
                    ? EPERM
                    : EOPNOTSUPP;
        return -1;
    }
    if (change->newer_call) {
        struct xattr_arguments arguments = {.value = (uint64_t)(uintptr_t)change->value,
                                            .size = (uint32_t)change->value_bytes,
                                            .flags = change->value_flags};
        bool empty = target->named == BY_EMPTY_PATH;
        const char *path = empty ? "" : self;
        int flags = empty ? AT_EMPTY_PATH : 0;
        return (int)(sets
                         ? syscall(NR_SETXATTRAT, fd, path, flags, change->name, &arguments, sizeof arguments)
                         : syscall(NR_REMOVEXATTRAT, fd, path, flags, change->name));
    }
    if (target->named == BY_DESCRIPTOR) {
        return sets
                   ? fsetxattr(fd, change->name, change->value, change->value_bytes, (int)change->value_flags)
                   : fremovexattr(fd, change->name);
    }
    return sets ? setxattr(self, change->name, change->value, change->value_bytes, (int)change->value_flags)
                : removexattr(self, change->name);
}

static int change_mode(const struct change *change, const struct target *target) {
    mode_t mode = (mode_t)change->first;
    char self[48];
    if (target->named == BY_DESCRIPTOR) {
        return fchmod(target->place.fd, mode);
    }
    if (change->newer_call) {
        return (int)syscall(NR_FCHMODAT2, target->place.fd, "", mode, AT_EMPTY_PATH);
    }
    snprintf(self, sizeof self, "/proc/self/fd/%d", target->place.fd);
    return chmod(self, mode);
}

/* 0 or -1 and errno. */
static int perform(const struct change *change, const struct target *target) {
    uid_t user = (uid_t)change->first;
    gid_t group = (gid_t)change->second;
    const struct timespec *times = change->has_times ? change->times : NULL;
    switch (change->call) {
    case CALL_CHMOD:
        return change_mode(change, target);
    case CALL_CHOWN:
        return target->named == BY_DESCRIPTOR ? fchown(target->place.fd, user, group)
                                              : fchownat(target->place.fd, "", user, group, AT_EMPTY_PATH);
    case CALL_UTIME:
    case CALL_UTIMES:
    case CALL_UTIMENS:
        return (int)(target->named == BY_DESCRIPTOR
                         ? syscall(SYS_utimensat, target->place.fd, NULL, times, 0)
                         : syscall(SYS_utimensat, target->place.fd, "", times, AT_EMPTY_PATH));
    default:
        return change_xattr(change, target);
    }
}

static bool is_writable_descriptor(int fd) {
    int flags = fcntl(fd, F_GETFL);
    return flags >= 0 && (flags & O_PATH) == 0 && (flags & O_ACCMODE) != O_RDONLY;
}

/* Whether asking the user could help at all: the kernel would let this user do it. */
static bool would_be_allowed(const struct target *target) {
    uid_t user = geteuid();
    return user == 0 || target->place.status.st_uid == user ||
           syscall(NR_FACCESSAT2, target->place.fd, "", W_OK, AT_EMPTY_PATH | AT_EACCESS) == 0;
}

static bool is_alias_there(const struct reach *reach, struct place *place) {
    place_look(place);
    return !place->prompt && place->no_proc && reach_is_alias(reach, place->path, place->fd);
}

void attributes_handle(struct request *request, struct reach *reach, struct verdict *verdict) {
    CHANGE change = {.request = request, .call = request->row->call};
    TARGET target = {.place = NO_PLACE};
    int number = call_number(request->row);
    change.newer_call = number == NR_FCHMODAT2 || number == NR_SETXATTRAT || number == NR_REMOVEXATTRAT;
    int error = copy_change(&change);
    if (error == 0 && change.has_times && change.times[0].tv_nsec == UTIME_OMIT &&
        change.times[1].tv_nsec == UTIME_OMIT) {
        verdict_answer(verdict, 0); /* as the kernel: nothing to do, wherever the path leads */
        return;
    }
    error = error != 0 ? error : find_target(request, &target);
    if (error == 0 && !caller_is_like_us(request->thread)) {
        error = EACCES;
    }
    if (error != 0) {
        verdict_error(verdict, error);
        return;
    }
    bool may = target.place.path[0] == '\0' ? is_writable_descriptor(target.place.fd)
                                            : (reach_all(reach, target.place.path) & RIGHT_WRITE) != 0 &&
                                                  !is_alias_there(reach, &target.place);
    if (may) {
        /* What was looked up by the caller's number was the caller's only if it still waits. */
        if (!request_is_alive(request)) {
            verdict_error(verdict, EACCES);
        } else if (perform(&change, &target) == 0) {
            verdict_answer(verdict, 0);
        } else {
            verdict_error(verdict, errno);
        }
    } else if (target.place.path[0] == '\0') {
        verdict_error(verdict, EACCES);
    } else if (!would_be_allowed(&target)) {
        verdict_error(verdict, EPERM);
    } else {
        verdict_wants(verdict, DENIED_FILE, 'w', target.place.path, false, EACCES);
    }
}
