/* Files that a confined app hands on: what a descriptor really is, and copies of it. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "kernel.h"
#include "links.h"
#include "places.h"

enum { CHUNK_BYTES = 65536 };

/* File systems whose files answer by themselves: what they say depends on who asks (linux/magic.h). */
static bool is_answered(int fd) {
    static const long MAGICS[] = {0x9fa0 /* proc */,
                                  0x62656572 /* sysfs */,
                                  0x64626720 /* debugfs */,
                                  0x74726163 /* tracefs */,
                                  0x63677270 /* cgroup 2 */,
                                  0x73636673 /* securityfs */,
                                  0x62656570 /* configfs */};
    struct statfs system;
    if (fstatfs(fd, &system) != 0) {
        return true;
    }
    for (size_t i = 0; i < sizeof MAGICS / sizeof MAGICS[0]; i++) {
        if ((long)system.f_type == MAGICS[i]) {
            return true;
        }
    }
    return false;
}

/* Whether that path, without any symbolic link, leads to the very file. */
static bool lies_at(const char *path, const struct stat *file) {
    struct how how = {.flags = O_PATH | O_NOFOLLOW | O_CLOEXEC, .resolve = RESOLVE_WITHOUT_LINKS};
    CLOSES int there = (int)syscall(NR_OPENAT2, AT_FDCWD, path, &how, sizeof how);
    if (there < 0 && errno == ENOSYS) {
        there = open(path, O_PATH | O_NOFOLLOW | O_CLOEXEC);
    }
    struct stat status;
    char again[PATH_BYTES];
    return there >= 0 && fstat(there, &status) == 0 && status.st_dev == file->st_dev &&
           status.st_ino == file->st_ino && path_of_fd(there, again) && strcmp(again, path) == 0;
}

bool links_file(int fd, char path[PATH_BYTES], const char **reason) {
    struct stat status;
    int flags = fcntl(fd, F_GETFL);
    *reason = NULL;
    if (flags < 0 || fstat(fd, &status) != 0 || !S_ISREG(status.st_mode) || is_answered(fd)) {
        *reason = "only links and ordinary files are opened in another app";
    } else if ((flags & O_PATH) != 0 || (flags & O_ACCMODE) == O_WRONLY) {
        *reason = "the app did not open that file for reading";
    } else if (status.st_nlink == 0 || !path_of_fd(fd, path) || !is_plain_path(path) ||
               !lies_at(path, &status)) {
        *reason = "the file does not lie where it was opened any more";
    }
    return *reason == NULL;
}

int64_t links_copy(int fd, int folder, const char *name, int64_t most) {
    static char bytes[CHUNK_BYTES]; /* the thread's */
    struct stat status;
    CLOSES int to = fstat(fd, &status) == 0 && status.st_size <= most
                        ? openat(folder, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0400)
                        : -1;
    int64_t at = 0;
    while (to >= 0) {
        /* By its place: the app shares where it reads. */
        ssize_t got = pread(fd, bytes, sizeof bytes, at);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got == 0) {
            return at;
        }
        if (got < 0 || at + got > most || !write_everything(to, bytes, (size_t)got)) {
            break;
        }
        at += got;
    }
    if (to >= 0) {
        (void)unlinkat(folder, name, 0);
    }
    return -1;
}
