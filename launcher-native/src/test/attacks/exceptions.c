/* What is denied inside a granted folder, and watching what is only denied. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/fanotify.h>
#include <sys/file.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

#include "themes.h"

static enum result excepted(void) {
    return loot_from(open(in_world("home/wide/deep/secret/key"), O_RDONLY));
}

static enum result excepted_with_dots(void) {
    return loot_from(open(in_world("home/wide/other/../deep/./secret//key"), O_RDONLY));
}

static enum result excepted_through_link(void) {
    const char *link = in_world("home/wide/link");
    (void)!symlink("deep/secret", link);
    return loot_from(open(text("%s/key", link), O_RDONLY));
}

static enum result excepted_after_moving(void) {
    (void)!rename(in_world("home/wide/deep"), in_world("home/wide/moved"));
    return loot_from(open(in_world("home/wide/moved/secret/key"), O_RDONLY));
}

static enum result excepted_after_exchange(void) {
    (void)!renameat2(AT_FDCWD, in_world("home/wide/deep"), AT_FDCWD, in_world("home/wide/other"),
                     RENAME_EXCHANGE);
    return loot_from(open(in_world("home/wide/other/secret/key"), O_RDONLY));
}

static enum result excepted_moved_itself(void) {
    (void)!rename(in_world("home/wide/deep/secret"), in_world("home/wide/taken"));
    return loot_from(open(in_world("home/wide/taken/key"), O_RDONLY));
}

static enum result excepted_hard_link(void) {
    (void)!link(in_world("home/wide/deep/secret/key"), in_world("home/wide/hard"));
    return loot_from(open(in_world("home/wide/hard"), O_RDONLY));
}

static enum result excepted_from_descriptor(void) {
    int folder = open(in_world("home/wide/deep"), O_RDONLY | O_DIRECTORY);
    int inner = openat(folder, "secret", O_PATH | O_DIRECTORY);
    return loot_from(openat(inner, "key", O_RDONLY));
}

/* A descriptor from before the folder's way was changed. */
static enum result excepted_from_old_descriptor(void) {
    int inner = open(in_world("home/wide/deep/secret"), O_PATH | O_DIRECTORY);
    (void)!rename(in_world("home/wide/deep"), in_world("home/wide/moved"));
    mkdir(in_world("home/wide/deep"), 0700);
    return loot_from(openat(inner, "key", O_RDONLY));
}

static enum result excepted_replaced(void) {
    (void)!rename(in_world("home/wide/deep"), in_world("home/wide/moved"));
    (void)!mkdir(in_world("home/wide/deep"), 0700);
    (void)!symlink("../moved/secret", in_world("home/wide/deep/secret"));
    return loot_from(open(in_world("home/wide/deep/secret/key"), O_RDONLY));
}

static enum result excepted_listed(void) {
    return in_child(excepted) == SUCCEEDED ? SUCCEEDED
                                           : loot_from(open(in_world("home/wide/deep/secret/../secret/key"),
                                                            O_RDONLY | O_NOFOLLOW | O_NOATIME));
}

static enum result excepted_mode(void) {
    return verdict(chmod(in_world("home/wide/deep/secret/key"), 0777));
}

static enum result excepted_creates(void) {
    return verdict(write_file(in_world("home/wide/deep/secret/new"), "new") ? 0 : -1);
}

static enum result excepted_removes(void) {
    return verdict(unlink(in_world("home/wide/deep/secret/key")));
}

static enum result watches(void) {
    char event[512];
    int watch = inotify_init();
    if (inotify_add_watch(watch, in_world("busy"), IN_ALL_EVENTS) < 0) {
        return FAILED;
    }
    ssize_t got = read(watch, event, sizeof event);
    loot(event, got > 0 ? (size_t)got : 0);
    return verdict(got);
}

static enum result watches_more(void) {
    char event[512];
    int watch = fanotify_init(FAN_CLASS_NOTIF | 0xC00, 0); /* FAN_REPORT_DFID_NAME, since 5.9 */
    if (watch < 0) {
        return errno == EPERM ? cannot("such watching is for root here") : FAILED;
    }
    uint64_t changes = FAN_ATTRIB | FAN_MODIFY | FAN_EVENT_ON_CHILD;
    if (fanotify_mark(watch, FAN_MARK_ADD, changes, AT_FDCWD, in_world("busy")) != 0) {
        return FAILED;
    }
    ssize_t got = read(watch, event, sizeof event);
    loot(event, got > 0 ? (size_t)got : 0);
    return verdict(got);
}

static enum result watches_old(void) {
    int folder = open(in_world("busy"), O_RDONLY | O_DIRECTORY);
    return verdict(fcntl(folder, F_NOTIFY, DN_ATTRIB | DN_MODIFY | DN_MULTISHOT));
}

static enum result leases(void) {
    int fd = open(in_world("readable/note"), O_RDONLY);
    signal(SIGIO, SIG_IGN);
    if (fcntl(fd, F_SETLEASE, F_RDLCK) != 0) {
        return errno == EINVAL ? cannot("the file system has no leases") : FAILED;
    }
    return SUCCEEDED;
}

static bool lease_seen(const struct world *where, pid_t app) {
    (void)app;
    int fd = open(text("%s/readable/note", where->folder), O_WRONLY | O_NONBLOCK);
    bool held = fd < 0 && errno == EWOULDBLOCK;
    if (fd >= 0) {
        close(fd);
    }
    return held;
}

static enum result locks(void) {
    return verdict(flock(open(in_world("readable/note"), O_RDONLY), LOCK_EX | LOCK_NB));
}

static bool lock_seen(const struct world *where, pid_t app) {
    (void)app;
    int fd = open(text("%s/readable/note", where->folder), O_RDONLY);
    bool held = flock(fd, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK;
    close(fd);
    return held;
}

static const struct attack DENIED_INSIDE[] = {
    ATTACK("excepted", "reading what is excepted from a granted folder", excepted, CLOSED(SUPERVISOR, 0)),
    ATTACK("excepted-dots", "the same with \"..\" and \".\" on the way", excepted_with_dots,
           CLOSED(SUPERVISOR, 0)),
    ATTACK("excepted-link", "the same through a symbolic link", excepted_through_link, CLOSED(SUPERVISOR, 0)),
    ATTACK("excepted-moved", "moving a folder above it first", excepted_after_moving, CLOSED(SUPERVISOR, 0)),
    ATTACK("excepted-exchanged", "exchanging a folder above it first", excepted_after_exchange,
           CLOSED(SUPERVISOR, 0)),
    ATTACK("excepted-taken", "moving the excepted folder itself", excepted_moved_itself,
           CLOSED(SUPERVISOR, 0)),
    ATTACK("excepted-hard-link", "a hard link of an excepted file", excepted_hard_link,
           CLOSED(SUPERVISOR, 0)),
    ATTACK("excepted-descriptor", "opening from path descriptors", excepted_from_descriptor,
           CLOSED(SUPERVISOR, 0)),
    ATTACK("excepted-old-descriptor", "a path descriptor from before a move", excepted_from_old_descriptor,
           CLOSED(SUPERVISOR, 0)),
    ATTACK("excepted-replaced", "a link where the excepted folder was", excepted_replaced,
           CLOSED(SUPERVISOR, 0)),
    ATTACK("excepted-child", "a child process asks", excepted_listed, CLOSED(SUPERVISOR, 0)),
    ATTACK("excepted-chmod", "changing the mode of what is excepted", excepted_mode, CLOSED(SUPERVISOR, 0)),
    ATTACK("excepted-create", "creating in an excepted folder", excepted_creates, CLOSED(SUPERVISOR, 0)),
    ATTACK("excepted-unlink", "removing an excepted file", excepted_removes, CLOSED(SUPERVISOR, 0)),
};
const struct theme EXCEPTIONS = THEME(DENIED_INSIDE, "What is excepted from a granted folder");

static const struct attack LOOKING_ON[] = {
    ATTACK("inotify", "watching a folder (inotify)", watches,
           OPEN("the kernel has no right for watching; names and times of changes are seen, no content")),
    ATTACK("fanotify", "watching a folder (fanotify)", watches_more, OPEN("as inotify")),
    ATTACK("dnotify", "watching a folder (dnotify)", watches_old, CLOSED(LANDLOCK, 1), .holds = "/busy"),
    ATTACK("lease", "a lease on a file that may be read, so that others wait", leases,
           OPEN("who may open a file may lease it; the kernel breaks a lease after 45 seconds"),
           .seen = lease_seen),
    ATTACK("lock", "locking a file that may be read", locks,
           OPEN("locks are advice among programs that may open the file"), .seen = lock_seen),
};
const struct theme WATCHING = THEME(LOOKING_ON, "Watching and locking");
