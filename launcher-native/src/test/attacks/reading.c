/* Reading what was not granted, by path. */
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "numbers.h"
#include "themes.h"

enum { SWAPS = 300, HANDLE_BYTES = 128 };

static enum result by_path(void) {
    return loot_from(open(in_world("home/secret/key"), O_RDONLY));
}

static enum result by_old_open(void) {
#ifdef SYS_open
    return loot_from((int)syscall(SYS_open, in_world("home/secret/key"), O_RDONLY, 0));
#else
    return cannot("no such call on this processor");
#endif
}

static enum result by_dots(void) {
    return loot_from(open(in_world("home/granted/../secret/key"), O_RDONLY));
}

static enum result by_dots_of_descriptor(void) {
    int folder = open(in_world("home/granted"), O_RDONLY | O_DIRECTORY);
    return loot_from(openat(folder, "../secret/key", O_RDONLY));
}

static enum result by_symlink(void) {
    const char *link = in_world("home/granted/link");
    (void)!symlink(in_world("home/secret"), link);
    return loot_from(open(text("%s/key", link), O_RDONLY));
}

/* The name is an honest file and a link to the secret in turns. */
static enum result by_swapped_symlink(void) {
    const char *honest = in_world("home/granted/honest"), *link = in_world("home/granted/sly");
    if (!write_file(honest, "") || symlink(in_world("home/secret/key"), link) != 0) {
        return FAILED;
    }
    pid_t swapper = fork();
    if (swapper == 0) {
        for (;;) {
            renameat2(AT_FDCWD, honest, AT_FDCWD, link, RENAME_EXCHANGE);
        }
    }
    enum result all = FAILED;
    for (int i = 0; i < SWAPS; i++) {
        if (loot_from(open(honest, O_RDONLY)) == SUCCEEDED) {
            all = SUCCEEDED;
        }
    }
    kill(swapper, 9);
    return all;
}

/* A folder moves away while ".." is walked. */
static enum result by_moved_folder(void) {
    const char *one = in_world("home/granted/one"), *deep = in_world("home/granted/deep");
    mkdir(one, 0700);
    mkdir(deep, 0700);
    mkdir(text("%s/down", deep), 0700);
    pid_t mover = fork();
    if (mover == 0) {
        for (;;) {
            rename(text("%s/down", deep), text("%s/down", one));
            rename(text("%s/down", one), text("%s/down", deep));
        }
    }
    enum result all = FAILED;
    for (int i = 0; i < SWAPS; i++) {
        if (loot_from(open(text("%s/down/../../../secret/key", deep), O_RDONLY)) == SUCCEEDED) {
            all = SUCCEEDED;
        }
    }
    kill(mover, 9);
    return all;
}

static enum result by_hard_link(void) {
    const char *link = in_world("home/granted/hard");
    if (link[0] != '/' || linkat(AT_FDCWD, in_world("home/secret/key"), AT_FDCWD, link, 0) != 0) {
        return FAILED;
    }
    return loot_from(open(link, O_RDONLY));
}

static enum result by_link_of_descriptor(void) {
    int file = open(in_world("home/secret/key"), O_PATH);
    const char *link = in_world("home/granted/hard");
    if (linkat(AT_FDCWD, text("/proc/self/fd/%d", file), AT_FDCWD, link, AT_SYMLINK_FOLLOW) != 0) {
        return FAILED;
    }
    return loot_from(open(link, O_RDONLY));
}

static enum result by_moving_here(void) {
    const char *here = in_world("home/granted/moved");
    if (rename(in_world("home/secret/key"), here) != 0) {
        return FAILED;
    }
    return loot_from(open(here, O_RDONLY));
}

static enum result by_exchange(void) {
    const char *here = in_world("home/granted/exchanged");
    if (!write_file(here, "") ||
        renameat2(AT_FDCWD, in_world("home/secret/key"), AT_FDCWD, here, RENAME_EXCHANGE) != 0) {
        return FAILED;
    }
    return loot_from(open(here, O_RDONLY));
}

static enum result by_moving_folder(void) {
    const char *here = in_world("home/granted/moved");
    if (rename(in_world("home/secret"), here) != 0) {
        return FAILED;
    }
    return loot_from(open(text("%s/key", here), O_RDONLY));
}

static enum result by_own_descriptor(void) {
    int file = open(in_world("home/secret/key"), O_PATH);
    return loot_from(open(text("/proc/self/fd/%d", file), O_RDONLY));
}

static enum result by_dev_fd(void) {
    int file = open(in_world("home/secret/key"), O_PATH);
    return loot_from(open(text("/dev/fd/%d", file), O_RDONLY));
}

static enum result by_folder_descriptor(void) {
    int folder = open(in_world("home/secret"), O_PATH | O_DIRECTORY);
    return loot_from(openat(folder, "key", O_RDONLY));
}

static enum result by_own_cwd(void) {
    (void)!chdir(in_world("home/secret"));
    return loot_from(open("/proc/self/cwd/key", O_RDONLY));
}

static enum result by_task_cwd(void) {
    (void)!chdir(in_world("home/secret"));
    return loot_from(open(text("/proc/%d/task/%d/cwd/key", getpid(), getpid()), O_RDONLY));
}

static enum result by_openat2_root(void) {
    int root = open(in_world("home"), O_PATH | O_DIRECTORY);
    struct open_how_ours how = {.flags = O_RDONLY, .resolve = 0x10}; /* IN_ROOT */
    return loot_from((int)syscall(NR_OPENAT2, root, "/../secret/key", &how, sizeof how));
}

static enum result by_openat2_beneath(void) {
    int root = open(in_world("home/secret"), O_PATH | O_DIRECTORY);
    struct open_how_ours how = {.flags = O_RDONLY, .resolve = 0x08 | 0x04}; /* BENEATH, NO_SYMLINKS */
    return loot_from((int)syscall(NR_OPENAT2, root, "key", &how, sizeof how));
}

/* A larger struct than this kernel's own, its end zero: allowed, and easily mistaken. */
static enum result by_large_openat2(void) {
    struct {
        struct open_how_ours how;
        char zero[256];
    } large = {.how = {.flags = O_RDONLY}};
    return loot_from((int)syscall(NR_OPENAT2, AT_FDCWD, in_world("home/secret/key"), &large, sizeof large));
}

static enum result through_root_of_victim(void) {
    return loot_from(open(text("/proc/%d/root%s", world.victim, in_world("home/secret/key")), O_RDONLY));
}

static enum result through_cwd_of_victim(void) {
    return loot_from(open(text("/proc/%d/cwd/key", world.victim), O_RDONLY));
}

static enum result through_descriptor_of_victim(void) {
    return loot_from(open(text("/proc/%d/fd/%d", world.victim, VICTIM_READS), O_RDONLY));
}

static enum result through_inherited(void) {
    lseek(INHERITED, 0, SEEK_SET);
    return loot_from(INHERITED);
}

static enum result through_inherited_folder(void) {
    return loot_from(openat(INHERITED + 1, "key", O_RDONLY));
}

static enum result by_handle(void) {
    struct {
        struct file_handle handle;
        char room[HANDLE_BYTES];
    } file = {.handle = {.handle_bytes = HANDLE_BYTES}};
    int mount = 0;
    if (name_to_handle_at(AT_FDCWD, in_world("home/secret/key"), &file.handle, &mount, 0) != 0) {
        return cannot("the file system has no handles");
    }
    int folder = open(in_world("home/granted"), O_RDONLY);
    int opened = open_by_handle_at(folder, &file.handle, O_RDONLY);
    return opened < 0 && errno == EPERM ? cannot("handles are for root") : loot_from(opened);
}

static enum result of_others_in_tmp(void) {
    return loot_from(open(text("/tmp/landgrant-other-%d", world.id), O_RDONLY));
}

static enum result names(void) {
    static char entries[4096];
    int folder = open(in_world("home/secret"), O_RDONLY | O_DIRECTORY);
    long got = syscall(SYS_getdents64, folder, entries, sizeof entries);
    loot(entries, got > 0 ? (size_t)got : 0);
    return verdict(got);
}

static const struct attack ROWS[] = {
    ATTACK("read", "reading a file by its path", by_path, CLOSED(LANDLOCK, 1)),
    ATTACK("read-old-open", "reading by the old call open", by_old_open, CLOSED(LANDLOCK, 1)),
    ATTACK("list", "listing a folder", names, CLOSED(LANDLOCK, 1)),
    ATTACK("dots", "\"..\" out of a granted folder", by_dots, CLOSED(LANDLOCK, 1)),
    ATTACK("dots-of-descriptor", "\"..\" from an open granted folder", by_dots_of_descriptor,
           CLOSED(LANDLOCK, 1)),
    ATTACK("symlink", "a symbolic link in a granted folder", by_symlink, CLOSED(LANDLOCK, 1)),
    ATTACK("symlink-swapped", "a name that is a file and a link in turns", by_swapped_symlink,
           CLOSED(LANDLOCK, 1)),
    ATTACK("folder-moved", "a folder moved while \"..\" is walked", by_moved_folder, CLOSED(LANDLOCK, 1)),
    ATTACK("hard-link", "a hard link made in a granted folder", by_hard_link, CLOSED(LANDLOCK, 1)),
    ATTACK("hard-link-of-descriptor", "a hard link made from a path descriptor", by_link_of_descriptor,
           CLOSED(LANDLOCK, 1)),
    ATTACK("move-here", "moving a file into a granted folder", by_moving_here, CLOSED(LANDLOCK, 1)),
    ATTACK("exchange", "exchanging a file with a granted one", by_exchange, CLOSED(LANDLOCK, 1)),
    ATTACK("move-folder-here", "moving a whole folder into a granted one", by_moving_folder,
           CLOSED(LANDLOCK, 1)),
    ATTACK("reopen", "opening a path descriptor again by /proc/self/fd", by_own_descriptor,
           CLOSED(LANDLOCK, 1)),
    ATTACK("reopen-dev-fd", "the same by /dev/fd", by_dev_fd, CLOSED(LANDLOCK, 1)),
    ATTACK("folder-descriptor", "opening from a path descriptor of the folder", by_folder_descriptor,
           CLOSED(LANDLOCK, 1)),
    ATTACK("own-cwd", "opening by /proc/self/cwd after going there", by_own_cwd, CLOSED(LANDLOCK, 1)),
    ATTACK("task-cwd", "opening by a thread's cwd in /proc", by_task_cwd, CLOSED(LANDLOCK, 1)),
    ATTACK("openat2-root", "openat2 with a root of one's own", by_openat2_root, CLOSED(LANDLOCK, 1)),
    ATTACK("openat2-beneath", "openat2 beneath a path descriptor", by_openat2_beneath, CLOSED(LANDLOCK, 1)),
    ATTACK("openat2-large", "openat2 with a structure from the future", by_large_openat2,
           CLOSED(LANDLOCK, 1)),
    ATTACK("root-of-another", "through another process's root in /proc", through_root_of_victim,
           CLOSED(LANDLOCK, 1)),
    ATTACK("cwd-of-another", "through another process's cwd in /proc", through_cwd_of_victim,
           CLOSED(LANDLOCK, 1)),
    ATTACK("descriptor-of-another", "through another process's open file in /proc",
           through_descriptor_of_victim, CLOSED(LANDLOCK, 1)),
    ATTACK("inherited-file", "a file somebody left open", through_inherited, CLOSED(LAUNCHER, 0)),
    ATTACK("inherited-folder", "a folder somebody left open", through_inherited_folder, CLOSED(LAUNCHER, 0)),
    ATTACK("handle", "opening by a file handle", by_handle, CLOSED_AS(LINUX, 0, "only root may")),
    ATTACK("others-in-tmp", "files of others in /tmp", of_others_in_tmp, CLOSED(LANDLOCK, 1)),
};
const struct theme READING = THEME(ROWS, "Reading files");
