/* Changing what was not granted: content, names, and what lies below a folder. */
#include <errno.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "numbers.h"
#include "themes.h"

static enum result writes(void) {
    return verdict(write_file(in_world("home/secret/key"), "changed") ? 0 : -1);
}

static enum result appends(void) {
    int fd = open(in_world("home/secret/key"), O_WRONLY | O_APPEND);
    return verdict(write(fd, "more", 4));
}

static enum result creates(void) {
    return verdict(write_file(in_world("home/secret/new"), "new") ? 0 : -1);
}

static enum result creates_by_creat(void) {
    return verdict(creat(in_world("home/secret/new"), 0600));
}

static enum result creates_nameless(void) {
    int fd = open(in_world("home/secret"), O_TMPFILE | O_WRONLY, 0600);
    if (fd < 0) {
        return errno == EOPNOTSUPP ? cannot("the file system has no nameless files") : FAILED;
    }
    const char *name = in_world("home/secret/named");
    return verdict(linkat(AT_FDCWD, text("/proc/self/fd/%d", fd), AT_FDCWD, name, AT_SYMLINK_FOLLOW));
}

static enum result truncates(void) {
    return verdict(truncate(in_world("home/secret/key"), 1));
}

static enum result truncates_by_open(void) {
    return verdict(open(in_world("home/secret/key"), O_WRONLY | O_TRUNC));
}

static enum result truncates_reading(void) {
    return verdict(open(in_world("readable/note"), O_RDONLY | O_TRUNC));
}

static enum result makes_folder(void) {
    return verdict(mkdir(in_world("home/secret/folder"), 0700));
}

static enum result makes_fifo(void) {
    return verdict(mkfifo(in_world("home/secret/fifo"), 0600));
}

static enum result makes_socket(void) {
    return verdict(mknod(in_world("home/secret/made"), S_IFSOCK | 0600, 0));
}

static enum result makes_link(void) {
    return verdict(symlink("/", in_world("home/secret/planted")));
}

static enum result makes_hard_link(void) {
    return verdict(link(in_world("home/granted/own"), in_world("home/secret/planted")));
}

static enum result removes(void) {
    return verdict(unlink(in_world("home/secret/key")));
}

static enum result removes_folder(void) {
    return verdict(rmdir(in_world("home/secret/empty")));
}

static enum result renames(void) {
    return verdict(rename(in_world("home/secret/key"), in_world("home/secret/renamed")));
}

static enum result moves_there(void) {
    return verdict(rename(in_world("home/granted/own"), in_world("home/secret/key")));
}

static enum result leaves_whiteout(void) {
    return verdict(renameat2(AT_FDCWD, in_world("home/secret/key"), AT_FDCWD, in_world("home/secret/gone"),
                             RENAME_NOREPLACE));
}

static enum result through_link_of_own(void) {
    const char *link = in_world("home/granted/link");
    (void)!symlink(in_world("home/secret/key"), link);
    return verdict(write_file(link, "changed") ? 0 : -1);
}

static enum result through_folder_of_victim(void) {
    return verdict(write_file(text("/proc/%d/cwd/new", world.victim), "new") ? 0 : -1);
}

static enum result through_file_of_victim(void) {
    return verdict(write_file(text("/proc/%d/fd/%d", world.victim, VICTIM_CHANGES), "changed") ? 0 : -1);
}

static enum result dies_badly(void) {
    struct rlimit much = {RLIM_INFINITY, RLIM_INFINITY};
    if (getrlimit(RLIMIT_CORE, &much) != 0 || much.rlim_max == 0) {
        return cannot("dumps are forbidden here");
    }
    much.rlim_cur = much.rlim_max;
    char pattern[8] = "";
    int fd = open("/proc/sys/kernel/core_pattern", O_RDONLY);
    (void)!read(fd, pattern, sizeof pattern - 1);
    if (fd >= 0 && (pattern[0] == '|' || pattern[0] == '/')) {
        return cannot("dumps go to a place of the system's choice");
    }
    pid_t child = fork();
    if (child == 0) {
        setrlimit(RLIMIT_CORE, &much);
        (void)!chdir(in_world("home/secret"));
        signal(SIGABRT, SIG_DFL);
        kill(getpid(), SIGABRT);
        _exit(0);
    }
    int status = 0;
    waitpid(child, &status, 0);
    return WCOREDUMP(status) ? SUCCEEDED : FAILED;
}

/* The launcher removes the session's own temporary folder at its end. */
static enum result swaps_tmp(void) {
    const char *folder = getenv("TMPDIR");
    if (folder == NULL) {
        return FAILED;
    }
    const char *aside = in_world("home/granted/aside");
    if (rmdir(folder) != 0 && rename(folder, aside) != 0) {
        return FAILED;
    }
    return verdict(symlink(in_world("home/secret"), folder));
}

static enum result links_in_tmp(void) {
    const char *folder = getenv("TMPDIR");
    if (folder == NULL) {
        return FAILED;
    }
    return verdict(symlink(in_world("home/secret"), text("%s/inside", folder)));
}

/* A folder and a link to the secret change places while it is being removed, long after the app is gone. */
static enum result swaps_in_tmp(void) {
    const char *folder = getenv("TMPDIR");
    if (folder == NULL) {
        return FAILED;
    }
    const char *honest = text("%s/honest", folder), *sly = text("%s/sly", folder);
    mkdir(honest, 0700);
    for (int i = 0; i < 200; i++) {
        write_file(text("%s/%d", honest, i), "");
    }
    return verdict(symlink(in_world("home/secret"), sly));
}

static enum result changes_flags(void) {
    int fd = open(in_world("readable/note"), O_RDONLY), flags = 0;
    if (ioctl(fd, FS_IOC_GETFLAGS, &flags) != 0) {
        return fd < 0 ? FAILED : cannot("the file system has no flags");
    }
    flags |= FS_NODUMP_FL;
    return verdict(ioctl(fd, FS_IOC_SETFLAGS, &flags));
}

static enum result changes_more_flags(void) {
    int fd = open(in_world("readable/note"), O_RDONLY);
    struct fsxattr flags;
    if (ioctl(fd, FS_IOC_FSGETXATTR, &flags) != 0) {
        return fd < 0 ? FAILED : cannot("the file system has no flags");
    }
    flags.fsx_xflags |= FS_XFLAG_NODUMP;
    return verdict(ioctl(fd, FS_IOC_FSSETXATTR, &flags));
}

static enum result changes_flags_by_path(void) {
    struct fsxattr_ours {
        uint64_t flags;
        uint32_t rest[6];
    } flags = {.flags = FS_XFLAG_NODUMP};
    long done = syscall(NR_FILE_SETATTR, AT_FDCWD, in_world("home/secret/key"), &flags, 24, 0);
    return done != 0 && (errno == ENOSYS || errno == EOPNOTSUPP) ? cannot("the kernel has no such call yet")
                                                                 : verdict(done);
}

static enum result makes_subvolume(void) {
    struct statfs about;
    if (statfs(in_world("home"), &about) != 0 || about.f_type != 0x9123683e) {
        return cannot("there is no btrfs here");
    }
    struct {
        int64_t fd;
        char name[4088];
    } volume = {.name = "landgrant-volume"};
    int folder = open(in_world("home/secret"), O_PATH | O_DIRECTORY);
    int listed = open(in_world("readable"), O_RDONLY | O_DIRECTORY);
    close(folder);
    return verdict(ioctl(listed, 0x5000940e, &volume)); /* SUBVOL_CREATE */
}

static const struct attack ROWS[] = {
    ATTACK("write", "writing into a file", writes, CLOSED(LANDLOCK, 1)),
    ATTACK("append", "appending to a file", appends, CLOSED(LANDLOCK, 1)),
    ATTACK("create", "creating a file", creates, CLOSED(LANDLOCK, 1)),
    ATTACK("creat", "creating a file by the old call", creates_by_creat, CLOSED(LANDLOCK, 1)),
    ATTACK("nameless", "a nameless file, named later", creates_nameless, CLOSED(LANDLOCK, 1)),
    ATTACK("truncate", "cutting a file by its path", truncates, UNTIL(SUPERVISOR, 3)),
    ATTACK("open-truncate", "cutting a file by opening it to write", truncates_by_open, CLOSED(LANDLOCK, 1)),
    ATTACK("read-truncate", "cutting a file that may be read", truncates_reading, UNTIL(SUPERVISOR, 3)),
    ATTACK("mkdir", "making a folder", makes_folder, CLOSED(LANDLOCK, 1)),
    ATTACK("mkfifo", "making a FIFO", makes_fifo, CLOSED(LANDLOCK, 1)),
    ATTACK("mknod", "making a socket's file", makes_socket, CLOSED(LANDLOCK, 1)),
    ATTACK("plant-symlink", "planting a symbolic link", makes_link, CLOSED(LANDLOCK, 1)),
    ATTACK("plant-hard-link", "planting a hard link", makes_hard_link, CLOSED(LANDLOCK, 1)),
    ATTACK("unlink", "removing a file", removes, CLOSED(LANDLOCK, 1)),
    ATTACK("rmdir", "removing a folder", removes_folder, CLOSED(LANDLOCK, 1)),
    ATTACK("rename", "renaming a file", renames, CLOSED(LANDLOCK, 1)),
    ATTACK("rename-over", "moving a file over another", moves_there, CLOSED(LANDLOCK, 1)),
    ATTACK("rename-flags", "renaming with flags", leaves_whiteout, CLOSED(LANDLOCK, 1)),
    ATTACK("write-through-link", "writing through a symbolic link in a granted folder", through_link_of_own,
           CLOSED(LANDLOCK, 1)),
    ATTACK("create-through-cwd", "creating through another process's cwd", through_folder_of_victim,
           CLOSED(LANDLOCK, 1)),
    ATTACK("write-through-fd", "writing through another process's open file", through_file_of_victim,
           CLOSED(LANDLOCK, 1)),
    ATTACK("core-dump", "dying with a dump in a folder of one's choice", dies_badly, CLOSED(LANDLOCK, 1)),
    ATTACK("tmp-swapped", "the temporary folder becomes a link before it is removed", swaps_tmp,
           CLOSED(LAUNCHER, 0)),
    ATTACK("tmp-link", "a link in the temporary folder when it is removed", links_in_tmp,
           CLOSED(LAUNCHER, 0)),
    ATTACK("tmp-crowd", "a link among many in the temporary folder", swaps_in_tmp, CLOSED(LAUNCHER, 0)),
    ATTACK("flags", "changing the flags of a file that may be read (chattr)", changes_flags,
           CLOSED(FILTER, 0)),
    ATTACK("flags-new", "the same by the newer ioctl", changes_more_flags, CLOSED(FILTER, 0)),
    ATTACK("flags-by-path", "the same by path, of a file that is refused", changes_flags_by_path,
           CLOSED(FILTER, 0)),
    ATTACK("subvolume", "a btrfs subvolume in a folder that may be read", makes_subvolume, CLOSED(FILTER, 0)),
};
const struct theme CHANGING = THEME(ROWS, "Changing files");
