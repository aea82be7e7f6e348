/* What is denied inside a granted folder, and watching what is only denied. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/fanotify.h>
#include <sys/file.h>
#include <sys/inotify.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
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

/* Folders above an exception are opened by the supervisor: what its descriptors lead to. */
static int given_folder(const char *rest) {
    return open(in_world(rest), O_RDONLY | O_DIRECTORY);
}

static enum result excepted_from_given(void) {
    return loot_from(openat(given_folder("home/wide"), "deep/secret/key", O_RDONLY));
}

static enum result excepted_dots_of_given(void) {
    return loot_from(openat(given_folder("home/wide/deep"), "../../secret/key", O_RDONLY));
}

static enum result excepted_through_proc(void) {
    return loot_from(open(text("/proc/self/fd/%d/secret/key", given_folder("home/wide/deep")), O_RDONLY));
}

static enum result excepted_dots_through_proc(void) {
    return loot_from(
        open(text("/proc/self/fd/%d/../deep/secret/key", given_folder("home/wide/other")), O_RDONLY));
}

static enum result excepted_from_there(void) {
    return fchdir(given_folder("home/wide/deep")) == 0 ? loot_from(open("secret/key", O_RDONLY)) : FAILED;
}

static enum result excepted_reopened(void) {
    int file = openat(given_folder("home/wide/deep"), "secret/key", O_PATH);
    return loot_from(open(text("/proc/self/fd/%d", file), O_RDONLY));
}

static enum result excepted_writes(void) {
    return verdict(openat(given_folder("home/wide/deep"), "secret/key", O_WRONLY | O_TRUNC));
}

static enum result excepted_cuts(void) {
    return verdict(truncate(in_world("home/wide/deep/secret/key"), 1));
}

/* Into it, by every call that gives a file a name. */
static enum result excepted_plants(void) {
    const char *own = in_world("home/granted/own"), *there = in_world("home/wide/deep/secret/planted");
    int folder = open(in_world("home/wide/deep/secret"), O_PATH | O_DIRECTORY);
    int file = open(own, O_RDONLY);
    bool done = link(own, there) == 0 || symlink(own, there) == 0 || mkdir(there, 0700) == 0 ||
                linkat(AT_FDCWD, text("/proc/self/fd/%d", file), folder, "planted", AT_SYMLINK_FOLLOW) == 0 ||
                mkfifo(there, 0600) == 0 || mknodat(folder, "planted", S_IFREG | 0600, 0) == 0 ||
                rename(own, there) == 0;
    return verdict(done ? 0 : -1);
}

/* The excepted folder itself changes places with one that is granted. */
static enum result excepted_changes_places(void) {
    (void)!renameat2(AT_FDCWD, in_world("home/wide/deep/secret"), AT_FDCWD,
                     in_world("home/wide/other/secret"), RENAME_EXCHANGE);
    return loot_from(open(in_world("home/wide/other/secret/key"), O_RDONLY));
}

/* Moved out of the granted folder that it is excepted from, with what lies above. */
static enum result excepted_moved_out(void) {
    (void)!rename(in_world("home/wide/deep"), in_world("home/granted/deep"));
    return loot_from(open(in_world("home/granted/deep/secret/key"), O_RDONLY));
}

static enum result excepted_mounted(void) {
    const char *here = in_world("home/wide/other/secret");
    if (!own_namespaces(CLONE_NEWNS)) {
        return errno == ENOSPC ? cannot("users may make no namespaces here") : FAILED;
    }
    return mount(in_world("home/wide/deep/secret"), here, NULL, MS_BIND, NULL) == 0
               ? loot_from(open(text("%s/key", here), O_RDONLY))
               : FAILED;
}

/* A folder with something in it, where any app may make one; `place` stands in it as in what is excepted. */
static const char *filled_folder(void) {
    const char *folder = in_world("home/granted/filled");
    mkdir(folder, 0700);
    mkdir(text("%s/place", folder), 0700);
    (void)!write_file(text("%s/place/planted", folder), "planted");
    return folder;
}

/* The folder that an excepted place would lie in is not there yet. */
static enum result to_come_renamed(void) {
    return verdict(rename(filled_folder(), in_world("home/wide/to-come")));
}

static enum result to_come_exchanged(void) {
    const char *folder = filled_folder(), *there = in_world("home/wide/to-come");
    return verdict(mkdir(there, 0700) == 0 ? renameat2(AT_FDCWD, folder, AT_FDCWD, there, RENAME_EXCHANGE)
                                           : -1);
}

static enum result to_come_linked(void) {
    return verdict(symlink(filled_folder(), in_world("home/wide/to-come")));
}

static enum result to_come_link_named(void) {
    const char *other = in_world("home/granted/link");
    (void)!symlink(filled_folder(), other);
    return verdict(link(other, in_world("home/wide/to-come")));
}

static enum result to_come_otherwise(void) {
    const char *there = in_world("home/wide/to-come");
    uint32_t length;
    struct sockaddr_un address = unix_address(there, &length);
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);
    return verdict(mkfifo(there, 0600) == 0 || mknod(there, S_IFREG | 0600, 0) == 0 ||
                           bind(fd, (struct sockaddr *)&address, length) == 0
                       ? 0
                       : -1);
}

/* There is something that somebody else would take for what is excepted, or that keeps it from being made. */
static bool to_come_seen(const struct world *where, pid_t app) {
    (void)app;
    struct stat status;
    const char *there = text("%s/home/wide/to-come", where->folder);
    return lstat(there, &status) == 0 &&
           (!S_ISDIR(status.st_mode) || access(text("%s/place/planted", there), F_OK) == 0);
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

/* The kernel's rules leave it out; the supervisor, which acts for the app in the folders above, does too. */
#define EXCEPTED CLOSED_AS(LANDLOCK, 1, "and the supervisor, which acts in the folders above")

static const struct attack DENIED_INSIDE[] = {
    ATTACK("excepted", "reading what is excepted from a granted folder", excepted, EXCEPTED),
    ATTACK("excepted-dots", "the same with \"..\" and \".\" on the way", excepted_with_dots, EXCEPTED),
    ATTACK("excepted-link", "the same through a symbolic link", excepted_through_link, EXCEPTED),
    ATTACK("excepted-moved", "moving a folder above it first", excepted_after_moving, EXCEPTED),
    ATTACK("excepted-exchanged", "exchanging a folder above it first", excepted_after_exchange, EXCEPTED),
    ATTACK("excepted-taken", "moving the excepted folder itself", excepted_moved_itself, EXCEPTED),
    ATTACK("excepted-hard-link", "a hard link of an excepted file", excepted_hard_link, EXCEPTED),
    ATTACK("excepted-descriptor", "opening from path descriptors", excepted_from_descriptor, EXCEPTED),
    ATTACK("excepted-old-descriptor", "a path descriptor from before a move", excepted_from_old_descriptor,
           EXCEPTED),
    ATTACK("excepted-replaced", "a link where the excepted folder was", excepted_replaced, EXCEPTED),
    ATTACK("excepted-child", "a child process asks", excepted_listed, EXCEPTED),
    ATTACK("excepted-chmod", "changing the mode of what is excepted", excepted_mode, CLOSED(SUPERVISOR, 0)),
    ATTACK("excepted-create", "creating in an excepted folder", excepted_creates, EXCEPTED),
    ATTACK("excepted-unlink", "removing an excepted file", excepted_removes, EXCEPTED),
    ATTACK("excepted-given", "from the folder's descriptor that the supervisor gives", excepted_from_given,
           EXCEPTED),
    ATTACK("excepted-given-dots", "out of the granted folder by \"..\" from such a descriptor",
           excepted_dots_of_given, EXCEPTED),
    ATTACK("excepted-given-proc", "from such a descriptor by /proc/self/fd", excepted_through_proc, EXCEPTED),
    ATTACK("excepted-given-proc-dots", "the same with \"..\"", excepted_dots_through_proc, EXCEPTED),
    ATTACK("excepted-given-cwd", "after going to such a descriptor", excepted_from_there, EXCEPTED),
    ATTACK("excepted-reopened", "opening a path descriptor of it again", excepted_reopened, EXCEPTED),
    ATTACK("excepted-write", "writing into an excepted file", excepted_writes, EXCEPTED),
    ATTACK("excepted-plant", "giving a file a name in an excepted folder, by every call", excepted_plants,
           EXCEPTED),
    ATTACK("excepted-places", "exchanging the excepted folder itself", excepted_changes_places, EXCEPTED),
    ATTACK("excepted-moved-out", "moving a folder above it into another granted one", excepted_moved_out,
           EXCEPTED),
    ATTACK("excepted-truncate", "cutting an excepted file by its path", excepted_cuts, UNTIL(SUPERVISOR, 3)),
    ATTACK("to-come-rename",
           "a filled folder gets the name of the missing one that an excepted place lies in", to_come_renamed,
           EXCEPTED, .seen = to_come_seen),
    ATTACK("to-come-exchange", "the same by an exchange with an empty one", to_come_exchanged, EXCEPTED,
           .seen = to_come_seen),
    ATTACK("to-come-symlink", "a symbolic link gets that name", to_come_linked, EXCEPTED,
           .seen = to_come_seen),
    ATTACK("to-come-hard-link", "a hard link of a symbolic link gets that name", to_come_link_named, EXCEPTED,
           .seen = to_come_seen),
    ATTACK("to-come-other", "a FIFO, a file or a socket gets that name", to_come_otherwise, EXCEPTED,
           .seen = to_come_seen),
    ATTACK("excepted-mounted", "mounting it into a granted folder", excepted_mounted,
           CLOSED_AS(FILTER, 0, "and Landlock")),
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
