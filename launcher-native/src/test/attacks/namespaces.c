/* Namespaces, mounts, other roots: making the same file lie somewhere else. */
#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <sys/wait.h>
#include <unistd.h>

#include "numbers.h"
#include "themes.h"

static const char *here(void) {
    return in_world("home/granted/here");
}

static enum result no_namespaces(void) {
    return errno == ENOSPC || errno == ENOSYS ? cannot("users may make no namespaces here") : FAILED;
}

static enum result key_here(void) {
    return loot_from(open(text("%s/key", here()), O_RDONLY));
}

static enum result binds(void) {
    mkdir(here(), 0700);
    if (!own_namespaces(CLONE_NEWNS)) {
        return no_namespaces();
    }
    return mount(in_world("home/secret"), here(), NULL, MS_BIND, NULL) == 0 ? key_here() : FAILED;
}

/* First the user namespace, then the mounts: two steps may be judged differently from one. */
static enum result binds_in_steps(void) {
    mkdir(here(), 0700);
    if (!own_namespaces(0) || unshare(CLONE_NEWNS) != 0) {
        return no_namespaces();
    }
    return mount(in_world("home/secret"), here(), NULL, MS_BIND, NULL) == 0 ? key_here() : FAILED;
}

struct clone3_arguments {
    uint64_t flags, pidfd, child_tid, parent_tid, exit_signal, stack, stack_size, tls, set_tid, set_tid_size,
        cgroup;
};

static enum result binds_after(pid_t (*clone_like_that)(void)) {
    mkdir(here(), 0700);
    int out[2];
    (void)!pipe(out);
    pid_t child = clone_like_that();
    if (child == 0) {
        close(out[0]);
        char done =
            mount(in_world("home/secret"), here(), NULL, MS_BIND, NULL) == 0 && key_here() == SUCCEEDED;
        (void)!write(out[1], &done, 1);
        _exit(0);
    }
    if (child < 0) {
        return no_namespaces();
    }
    char done = 0;
    close(out[1]);
    (void)!read(out[0], &done, 1);
    waitpid(child, NULL, __WALL);
    return done ? SUCCEEDED : FAILED;
}

static pid_t by_clone3(void) {
    struct clone3_arguments how = {.flags = CLONE_NEWUSER | CLONE_NEWNS, .exit_signal = SIGCHLD};
    return (pid_t)syscall(NR_CLONE3, &how, sizeof how);
}

static pid_t by_odd_clone3(void) {
    /* Handlers cleared, a parent shared with the supervisor's other children, a size from the future. */
    struct {
        struct clone3_arguments how;
        uint64_t zero[8];
    } large = {.how = {.flags = CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWIPC | 0x100000000ull,
                       .exit_signal = SIGCHLD}};
    return (pid_t)syscall(NR_CLONE3, &large, sizeof large);
}

static pid_t by_clone(void) {
    return (pid_t)syscall(SYS_clone, CLONE_NEWUSER | CLONE_NEWNS | SIGCHLD, 0, 0, 0, 0);
}

/* The kernel looks at the low half of clone's flags only. */
static pid_t by_long_clone(void) {
    return (pid_t)syscall(SYS_clone, 0xffffffff00000000ul | CLONE_NEWUSER | CLONE_NEWNS | SIGCHLD, 0, 0, 0,
                          0);
}

static enum result binds_after_clone3(void) {
    return binds_after(by_clone3);
}

static enum result binds_after_odd_clone3(void) {
    return binds_after(by_odd_clone3);
}

static enum result binds_after_clone(void) {
    return binds_after(by_clone);
}

static enum result binds_after_long_clone(void) {
    return binds_after(by_long_clone);
}

static enum result detached_mount(void) {
    if (!own_namespaces(CLONE_NEWNS) && !own_namespaces(0)) {
        return no_namespaces();
    }
    int tree = (int)syscall(NR_OPEN_TREE, AT_FDCWD, in_world("home/secret"), 1 | O_CLOEXEC); /* CLONE */
    return tree < 0 && errno == ENOSYS ? cannot("the kernel has no such call")
                                       : loot_from(openat(tree, "key", O_RDONLY));
}

static enum result moved_mount(void) {
    mkdir(here(), 0700);
    if (!own_namespaces(CLONE_NEWNS)) {
        return no_namespaces();
    }
    int tree = (int)syscall(NR_OPEN_TREE, AT_FDCWD, in_world("home/secret"), 1);
    return syscall(NR_MOVE_MOUNT, tree, "", AT_FDCWD, here(), 4) == 0 ? key_here() : FAILED;
}

/* A file system of one's own, over a place others trust. */
static enum result new_file_system(void) {
    if (!own_namespaces(CLONE_NEWNS)) {
        return no_namespaces();
    }
    int context = (int)syscall(NR_FSOPEN, "tmpfs", 0);
    if (syscall(NR_FSCONFIG, context, 6, NULL, NULL, 0) != 0) { /* CREATE */
        return FAILED;
    }
    int tree = (int)syscall(NR_FSMOUNT, context, 0, 0);
    return verdict(syscall(NR_MOVE_MOUNT, tree, "", AT_FDCWD, in_world("home/secret"), 4));
}

static bool mount_seen(const struct world *where, pid_t app) {
    struct stat outside, inside;
    return stat(text("%s/home/secret", where->folder), &outside) == 0 &&
           stat(text("/proc/%d/root%s/home/secret", app, where->folder), &inside) == 0 &&
           outside.st_dev != inside.st_dev;
}

static enum result mounts_over(void) {
    return own_namespaces(CLONE_NEWNS) ? verdict(mount("none", in_world("home/secret"), "tmpfs", 0, NULL))
                                       : no_namespaces();
}

static enum result pivots(void) {
    if (!own_namespaces(CLONE_NEWNS)) {
        return no_namespaces();
    }
    const char *root = in_world("home/secret");
    (void)!mount(root, root, NULL, MS_BIND, NULL);
    if (chdir(root) != 0 || syscall(SYS_pivot_root, ".", "empty") != 0) {
        struct statfs about;
        /* The first file system of all cannot be put away. */
        bool first = errno == EINVAL && statfs("/", &about) == 0 &&
                     (about.f_type == RAMFS_MAGIC || about.f_type == TMPFS_MAGIC);
        return first ? cannot("the root is the kernel's first file system") : FAILED;
    }
    return loot_from(open("/key", O_RDONLY));
}

static enum result other_root(void) {
    if (!own_namespaces(0)) {
        return no_namespaces();
    }
    return chroot(in_world("home/secret")) == 0 ? loot_from(open("/key", O_RDONLY)) : FAILED;
}

/* With another root the same words mean another file: here the granted folder's name leads to the secret. */
static enum result other_root_same_words(void) {
    const char *granted = in_world("home/granted");
    char jail[512], all[1024] = "";
    snprintf(jail, sizeof jail, "%s/jail", granted);
    mkdir(jail, 0700);
    snprintf(all, sizeof all, "%s", jail);
    for (char *at = strdup(granted), *part = strtok(at, "/"); part != NULL; part = strtok(NULL, "/")) {
        strncat(all, "/", sizeof all - strlen(all) - 1);
        strncat(all, part, sizeof all - strlen(all) - 1);
        mkdir(all, 0700);
    }
    if (!own_namespaces(0)) {
        return no_namespaces();
    }
    int secret = open(in_world("home/secret"), O_PATH | O_DIRECTORY);
    if (chroot(jail) != 0) {
        return FAILED;
    }
    int done = fchdir(secret);
    return verdict(done != 0 ? done : chmod("key", 0777));
}

static enum result other_root_mode(void) {
    if (!own_namespaces(0)) {
        return no_namespaces();
    }
    return verdict(chroot(in_world("home")) == 0 ? chmod("/secret/key", 0777) : -1);
}

static enum result own_user_mode(void) {
    return own_namespaces(0) ? verdict(chmod(in_world("home/secret/key"), 0777)) : no_namespaces();
}

static enum result own_user_read(void) {
    return own_namespaces(CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWUTS)
               ? loot_from(open(in_world("home/secret/key"), O_RDONLY))
               : no_namespaces();
}

static enum result enters(void) {
    return verdict(open(text("/proc/%d/ns/user", world.victim), O_RDONLY));
}

/* A mount namespace of one's own is refused; without that Landlock would refuse the mount. */
#define BY_FILTER CLOSED_AS(FILTER, 0, "and Landlock")

static const struct attack ROWS[] = {
    ATTACK("bind-mount", "mounting a refused folder into a granted one", binds, BY_FILTER),
    ATTACK("bind-mount-steps", "the same in two namespaces", binds_in_steps, BY_FILTER),
    ATTACK("bind-mount-clone", "the same after clone", binds_after_clone, BY_FILTER),
    ATTACK("bind-mount-long-clone", "the same after clone with flags of 64 bits", binds_after_long_clone,
           BY_FILTER),
    ATTACK("bind-mount-clone3", "the same after clone3", binds_after_clone3, BY_FILTER),
    ATTACK("clone3-odd", "the same after clone3 with odd flags", binds_after_odd_clone3, BY_FILTER),
    ATTACK("detached-mount", "reading through a mount that is nowhere", detached_mount, CLOSED(FILTER, 0)),
    ATTACK("moved-mount", "the new calls for mounts", moved_mount, BY_FILTER),
    ATTACK("new-file-system", "a new file system over a folder", new_file_system, BY_FILTER,
           .seen = mount_seen),
    ATTACK("mount-over", "mounting over a folder", mounts_over, BY_FILTER, .seen = mount_seen),
    ATTACK("pivot-root", "changing the root by pivot_root", pivots, BY_FILTER),
    ATTACK("chroot", "changing the root by chroot", other_root, CLOSED(LANDLOCK, 1)),
    ATTACK("chroot-chmod", "changing a mode by a path below another root", other_root_mode,
           CLOSED(SUPERVISOR, 0)),
    ATTACK("chroot-outside", "changing a mode from outside one's own root", other_root_same_words,
           CLOSED(SUPERVISOR, 0)),
    ATTACK("own-user-chmod", "changing a mode as root of a user namespace", own_user_mode,
           CLOSED(SUPERVISOR, 0)),
    ATTACK("own-user-read", "reading as root of namespaces of one's own", own_user_read, CLOSED(LANDLOCK, 1)),
    ATTACK("enter", "opening another process's namespaces", enters, CLOSED(LANDLOCK, 1), .holds = "user:["),
};
const struct theme NAMESPACES = THEME(ROWS, "Namespaces, mounts and roots");
