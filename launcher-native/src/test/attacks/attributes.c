/* Mode, owner, times and extended attributes, by path and by descriptor. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/xattr.h>
#include <unistd.h>
#include <utime.h>

#include "numbers.h"
#include "themes.h"

static const char *key(void) {
    return in_world("home/secret/key");
}

static int path_descriptor(void) {
    return open(key(), O_PATH);
}

static int readable(void) {
    return open(in_world("readable/note"), O_RDONLY);
}

static enum result mode(void) {
    return verdict(chmod(key(), 0777));
}

static enum result mode_at(void) {
    int folder = open(in_world("home/secret"), O_PATH | O_DIRECTORY);
    return verdict(syscall(SYS_fchmodat, folder, "key", 0777));
}

static enum result mode_newest(void) {
    int fd = path_descriptor();
    long done = syscall(NR_FCHMODAT2, fd, "", 0777, AT_EMPTY_PATH);
    return done != 0 && errno == ENOSYS ? cannot("the kernel has no such call yet") : verdict(done);
}

static enum result mode_of_descriptor(void) {
    return verdict(fchmod(readable(), 0777));
}

static enum result mode_through_proc(void) {
    return verdict(chmod(text("/proc/self/fd/%d", path_descriptor()), 0777));
}

static enum result mode_through_link(void) {
    const char *link = in_world("home/granted/link");
    (void)!symlink(key(), link);
    return verdict(chmod(link, 0777));
}

static enum result mode_of_folder(void) {
    return verdict(chmod(in_world("home/secret"), 0777));
}

static enum result mode_of_victims_folder(void) {
    return verdict(chmod(text("/proc/%d/cwd", world.victim), 0777));
}

/* An owner changed to the same one takes set-uid bits away. */
static enum result owner(void) {
    return verdict(chown(in_world("home/secret/odd"), getuid(), (gid_t)-1));
}

static enum result owner_of_link(void) {
    return verdict(lchown(in_world("home/secret/link"), getuid(), (gid_t)-1));
}

static enum result owner_at(void) {
    int fd = open(in_world("home/secret/odd"), O_PATH);
    return verdict(fchownat(fd, "", getuid(), (gid_t)-1, AT_EMPTY_PATH));
}

static enum result owner_of_descriptor(void) {
    return verdict(fchown(readable(), getuid(), (gid_t)-1));
}

static enum result times(void) {
    struct timespec when[2] = {{1, 1}, {1, 1}};
    return verdict(utimensat(AT_FDCWD, key(), when, 0));
}

static enum result times_of_link(void) {
    struct timespec when[2] = {{1, 1}, {1, 1}};
    return verdict(utimensat(AT_FDCWD, in_world("home/secret/link"), when, AT_SYMLINK_NOFOLLOW));
}

static enum result times_old(void) {
#ifdef SYS_utime
    struct utimbuf when = {1, 1};
    struct timeval same[2] = {{1, 0}, {1, 0}};
    long done = syscall(SYS_utime, key(), &when), other = syscall(SYS_utimes, key(), same);
    long third = syscall(SYS_futimesat, AT_FDCWD, key(), same);
    return done == 0 || other == 0 || third == 0 ? SUCCEEDED : FAILED;
#else
    return cannot("no such call on this processor");
#endif
}

static enum result times_of_descriptor(void) {
    struct timespec when[2] = {{1, 1}, {1, 1}};
    return verdict(futimens(readable(), when));
}

static enum result attribute_result(long done) {
    return done != 0 && errno == EOPNOTSUPP ? cannot("the file system has no extended attributes")
                                            : verdict(done);
}

static enum result attribute(void) {
    return attribute_result(setxattr(key(), "user.mine", "x", 1, 0));
}

static enum result attribute_of_link(void) {
    return attribute_result(lsetxattr(in_world("home/secret"), "user.mine", "x", 1, 0));
}

static enum result attribute_of_descriptor(void) {
    return attribute_result(fsetxattr(readable(), "user.mine", "x", 1, 0));
}

static enum result attribute_removed(void) {
    return attribute_result(removexattr(key(), "user.secret"));
}

static enum result attribute_newest(void) {
    struct {
        uint64_t value;
        uint32_t size, flags;
    } what = {(uint64_t)(uintptr_t) "x", 1, 0};
    long done = syscall(NR_SETXATTRAT, AT_FDCWD, key(), 0, "user.mine", &what, sizeof what);
    return done != 0 && errno == ENOSYS ? cannot("the kernel has no such call yet") : attribute_result(done);
}

static enum result access_list(void) {
    /* Version 2: owner rw, a named user rw, group none, mask rw, others none. */
    struct {
        uint32_t version;
        struct {
            uint16_t tag, rights;
            uint32_t who;
        } entries[5];
    } list = {2, {{1, 6, ~0u}, {2, 6, 1}, {4, 0, ~0u}, {16, 6, ~0u}, {32, 0, ~0u}}};
    return attribute_result(setxattr(key(), "system.posix_acl_access", &list, sizeof list, 0));
}

static enum result attribute_read(void) {
    char value[128];
    ssize_t got = getxattr(key(), "user.secret", value, sizeof value);
    loot(value, got > 0 ? (size_t)got : 0);
    return attribute_result(got > 0 ? 0 : -1);
}

static enum result attribute_names(void) {
    char value[256];
    ssize_t got = listxattr(key(), value, sizeof value);
    if (got == 0) {
        return cannot("the file system has no such attributes");
    }
    loot(value, got > 0 ? (size_t)got : 0);
    return attribute_result(got > 0 ? 0 : -1);
}

static enum result link_read(void) {
    char target[256];
    ssize_t got = readlink(in_world("home/secret/link"), target, sizeof target);
    loot(target, got > 0 ? (size_t)got : 0);
    return verdict(got);
}

static enum result status_read(void) {
    struct stat status;
    int done = stat(key(), &status);
    const char *time = text("%lx", (unsigned long)status.st_mtime);
    loot(time, done == 0 ? strlen(time) : 0);
    return verdict(done);
}

#define SEEN_BUT_NOT_HELD "the kernel has no right for looking; only content, listing and changes are guarded"

static const struct attack ROWS[] = {
    ATTACK("chmod", "changing the mode", mode, CLOSED(SUPERVISOR, 0)),
    ATTACK("fchmodat", "changing the mode from a folder's descriptor", mode_at, CLOSED(SUPERVISOR, 0)),
    ATTACK("fchmodat2", "changing the mode of a path descriptor", mode_newest, CLOSED(SUPERVISOR, 0)),
    ATTACK("fchmod", "changing the mode of a file that may only be read", mode_of_descriptor,
           CLOSED(SUPERVISOR, 0)),
    ATTACK("chmod-proc", "changing the mode through /proc/self/fd", mode_through_proc, CLOSED(SUPERVISOR, 0)),
    ATTACK("chmod-link", "changing the mode through a link in a granted folder", mode_through_link,
           CLOSED(SUPERVISOR, 0)),
    ATTACK("chmod-folder", "changing the mode of a folder", mode_of_folder, CLOSED(SUPERVISOR, 0)),
    ATTACK("chmod-cwd-of-another", "changing the mode of another process's cwd", mode_of_victims_folder,
           CLOSED(SUPERVISOR, 0)),
    ATTACK("chown", "changing the owner", owner, CLOSED(SUPERVISOR, 0)),
    ATTACK("lchown", "changing the owner of a link", owner_of_link, CLOSED(SUPERVISOR, 0)),
    ATTACK("fchownat", "changing the owner of a path descriptor", owner_at, CLOSED(SUPERVISOR, 0)),
    ATTACK("fchown", "changing the owner of a file that may only be read", owner_of_descriptor,
           CLOSED(SUPERVISOR, 0)),
    ATTACK("utimensat", "changing the times", times, CLOSED(SUPERVISOR, 0)),
    ATTACK("utimensat-link", "changing the times of a link", times_of_link, CLOSED(SUPERVISOR, 0)),
    ATTACK("utime", "changing the times by the three old calls", times_old, CLOSED(SUPERVISOR, 0)),
    ATTACK("futimens", "changing the times of a file that may only be read", times_of_descriptor,
           CLOSED(SUPERVISOR, 0)),
    ATTACK("setxattr", "setting an extended attribute", attribute, CLOSED(SUPERVISOR, 0)),
    ATTACK("lsetxattr", "setting an extended attribute of a folder", attribute_of_link,
           CLOSED(SUPERVISOR, 0)),
    ATTACK("fsetxattr", "setting an extended attribute of a file that may only be read",
           attribute_of_descriptor, CLOSED(SUPERVISOR, 0)),
    ATTACK("removexattr", "removing an extended attribute", attribute_removed, CLOSED(SUPERVISOR, 0)),
    ATTACK("setxattrat", "setting an extended attribute by the newest call", attribute_newest,
           CLOSED(SUPERVISOR, 0)),
    ATTACK("access-list", "letting another user in by an access list", access_list, CLOSED(SUPERVISOR, 0)),
    ATTACK("getxattr", "reading an extended attribute", attribute_read, OPEN(SEEN_BUT_NOT_HELD)),
    ATTACK("listxattr", "reading the names of extended attributes", attribute_names, OPEN(SEEN_BUT_NOT_HELD)),
    ATTACK("readlink", "reading where a symbolic link leads", link_read, OPEN(SEEN_BUT_NOT_HELD)),
    ATTACK("stat", "reading size, mode and times", status_read, OPEN(SEEN_BUT_NOT_HELD)),
};
const struct theme ATTRIBUTES = THEME(ROWS, "Mode, owner, times, attributes");
