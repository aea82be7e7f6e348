/* What happens to files is compared with what the kernel does by itself. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "check.h"
#include "kernel.h"
#include "trapped.h"

static void bytes(struct trapped *trapped, const struct stat *status) {
    errno = (int)(status->st_mode & 07777) + 100000;
    note(trapped, -1);
    errno = (int)(status->st_mtim.tv_sec % 100000) + 200000;
    note(trapped, -1);
    errno = (int)(status->st_mtim.tv_nsec % 100000) + 300000;
    note(trapped, -1);
}

/* Every call on a file that may be written, well and badly asked for. */
static void change(struct trapped *trapped) {
    char value[70000], long_name[300];
    struct stat status;
    struct timespec times[2] = {{.tv_sec = 5, .tv_nsec = 6}, {.tv_sec = 7, .tv_nsec = 8}};
    struct timeval parts[2] = {{.tv_sec = 9, .tv_usec = 10}, {.tv_sec = 11, .tv_usec = 12}};
    memset(value, 'v', sizeof value);
    memset(long_name, 'n', sizeof long_name);
    memcpy(long_name, "user.", 5);
    long_name[299] = '\0';
    note(trapped, chdir(trapped->folder));
    int folder = open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int reading = open("file", O_RDONLY | O_CLOEXEC), path = open("file", O_PATH | O_CLOEXEC);

    note(trapped, chmod("file", 0640));
    note(trapped, chmod("missing", 0640));
    note(trapped, chmod("", 0640));
    note(trapped, chmod("file/", 0640));
    note(trapped, chmod("loop", 0640));
    note(trapped, syscall(SYS_fchmodat, folder, "file", 0604));
    note(trapped, syscall(SYS_fchmodat, 999, "file", 0604));
    note(trapped, syscall(SYS_fchmodat, AT_FDCWD, (char *)8, 0604));
    note(trapped, fchmod(reading, 0620));
    note(trapped, fchmod(path, 0600));
    note(trapped, fchmod(999, 0600));
    note(trapped, syscall(NR_FCHMODAT2, folder, "link", 0600, AT_SYMLINK_NOFOLLOW));
    note(trapped, syscall(NR_FCHMODAT2, path, "", 0611, AT_EMPTY_PATH));
    note(trapped, syscall(NR_FCHMODAT2, path, "", 0611, 0));
    note(trapped, syscall(NR_FCHMODAT2, path, "file", 0611, 0x4000000));
    fstat(path, &status);
    bytes(trapped, &status);

    note(trapped, chown("link", (uid_t)-1, (gid_t)-1));
    note(trapped, lchown("link", (uid_t)-1, (gid_t)-1));
    note(trapped, fchown(reading, (uid_t)-1, (gid_t)-1));
    note(trapped, fchown(path, (uid_t)-1, (gid_t)-1));
    note(trapped, fchownat(path, "", (uid_t)-1, (gid_t)-1, AT_EMPTY_PATH));
    note(trapped, fchownat(folder, "file", (uid_t)-1, (gid_t)-1, 0x8));

    note(trapped, syscall(SYS_utimensat, folder, "file", times, 0));
    fstat(path, &status);
    bytes(trapped, &status);
    note(trapped, syscall(SYS_utimensat, reading, NULL, times, 0));
    note(trapped, syscall(SYS_utimensat, AT_FDCWD, NULL, times, 0));
    note(trapped, syscall(SYS_utimensat, reading, NULL, times, AT_SYMLINK_NOFOLLOW));
    note(trapped, syscall(SYS_utimensat, folder, "link", times, AT_SYMLINK_NOFOLLOW));
    note(trapped, syscall(SYS_utimensat, folder, "file", 8, 0));
    times[0].tv_nsec = 1000000000;
    note(trapped, syscall(SYS_utimensat, folder, "file", times, 0));
    times[0].tv_nsec = times[1].tv_nsec = UTIME_OMIT;
    note(trapped, syscall(SYS_utimensat, folder, "missing", times, 0));
    times[1] = (struct timespec){.tv_sec = 3};
    note(trapped, syscall(SYS_utimensat, folder, "file", times, 0));
    fstat(path, &status);
    bytes(trapped, &status);
#if defined(__x86_64__)
    note(trapped, syscall(SYS_utimes, "file", parts));
    note(trapped, syscall(SYS_futimesat, folder, "file", parts));
    note(trapped, syscall(SYS_futimesat, reading, NULL, parts));
    note(trapped, syscall(SYS_utimes, NULL, parts));
    fstat(path, &status);
    bytes(trapped, &status);
    parts[1].tv_usec = 1000000;
    note(trapped, syscall(SYS_utimes, "file", parts));
    note(trapped, syscall(SYS_utime, "file", (time_t[]){77, 78}));
    note(trapped, syscall(SYS_utime, "file", NULL));
#endif

    note(trapped, setxattr("file", "user.one", value, 100, 0));
    note(trapped, setxattr("file", "user.one", value, 100, XATTR_CREATE));
    note(trapped, setxattr("file", "user.two", value, 100, XATTR_REPLACE));
    note(trapped, setxattr("file", "user.two", value, 100, 8));
    note(trapped, setxattr("file", "user.two", value, 65537, 0));
    note(trapped, syscall(SYS_setxattr, "file", "user.two", 8, 10, 0));
    note(trapped, setxattr("file", "user.empty", NULL, 0, 0));
    note(trapped, setxattr("file", "", value, 10, 0));
    note(trapped, setxattr("file", long_name, value, 10, 0));
    note(trapped, setxattr("file", "nonsense", value, 10, 0));
    note(trapped, lsetxattr("link", "user.one", value, 10, 0));
    note(trapped, fsetxattr(reading, "user.three", value, 10, 0));
    note(trapped, fsetxattr(path, "user.three", value, 10, 0));
    note(trapped, removexattr("link", "user.three"));
    note(trapped, lremovexattr("file", "user.three"));
    note(trapped, fremovexattr(reading, "user.one"));
    note(trapped, syscall(NR_SETXATTRAT, folder, "file", 0, "user.at",
                          (uint64_t[]){(uint64_t)(uintptr_t)value, 5}, 16));
    note(trapped, syscall(NR_SETXATTRAT, path, "", AT_EMPTY_PATH, "user.at",
                          (uint64_t[]){(uint64_t)(uintptr_t)value, 5, 0}, 24));
    note(trapped, syscall(NR_SETXATTRAT, folder, "file", 0, "user.at", value, 8));
    note(trapped, syscall(NR_REMOVEXATTRAT, folder, "file", 0, "user.at"));
    ssize_t length = listxattr("file", value, sizeof value);
    errno = (int)length + 400000;
    note(trapped, -1);

    int memory = memfd_create("memory", MFD_CLOEXEC);
    note(trapped, fchmod(memory, 0600));
    note(trapped, chmod("/proc/self/fd/999", 0600));
}

static void refuse(struct trapped *trapped) {
    char path[PATH_BYTES];
    note(trapped, chdir(trapped->folder));
    int reading = open("file", O_RDONLY | O_CLOEXEC);
    note(trapped, chmod("file", 0777));
    note(trapped, chmod("inner/../file", 0777));
    note(trapped, chmod("link", 0777));
    note(trapped, fchmod(reading, 0777));
    snprintf(path, sizeof path, "/proc/self/fd/%d", reading);
    note(trapped, chmod(path, 0777));
    note(trapped, utimensat(AT_FDCWD, "file", NULL, 0));
    note(trapped, setxattr("file", "user.one", "1", 1, 0));
    note(trapped, lchown("file", (uid_t)-1, (gid_t)-1));
    note(trapped, chmod("given", 0700));
    int gone = open("gone", O_RDONLY | O_CREAT | O_CLOEXEC, 0600);
    unlink("gone");
    note(trapped, fchmod(gone, 0777));
}

static void fill(const char *folder) {
    char path[PATH_BYTES], link[PATH_BYTES];
    for (int i = 0; i < 2; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, i == 0 ? "file" : "given");
        close(open(path, O_CREAT | O_WRONLY | O_CLOEXEC, 0600));
    }
    /* Of the same time in both folders. */
    snprintf(path, sizeof path, "%s/file", folder);
    CHECK(utimensat(AT_FDCWD, path, (struct timespec[2]){{.tv_sec = 1}, {.tv_sec = 2}}, 0) == 0);
    snprintf(path, sizeof path, "%s/inner", folder);
    mkdir(path, 0700);
    snprintf(link, sizeof link, "%s/link", folder);
    (void)!symlink("file", link);
    snprintf(link, sizeof link, "%s/loop", folder);
    (void)!symlink("loop", link);
}

static void clear(const char *folder) {
    static const char *const NAMES[] = {"file", "given", "link", "loop"};
    char path[PATH_BYTES];
    for (size_t i = 0; i < 4; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, NAMES[i]);
        unlink(path);
    }
    snprintf(path, sizeof path, "%s/inner", folder);
    rmdir(path);
    rmdir(folder);
}

void test_attributes(void) {
    char free_folder[] = "/tmp/landgrant-free-XXXXXX", folder[] = "/tmp/landgrant-held-XXXXXX";
    char given[64], file[64];
    CHECK(mkdtemp(free_folder) != NULL && mkdtemp(folder) != NULL);
    fill(free_folder);
    fill(folder);
    snprintf(given, sizeof given, "%s/given", folder);
    snprintf(file, sizeof file, "%s/file", folder);
    struct rule whole[] = {{.fd = -1, .mode = S_IFDIR, .rights = RIGHT_READ | RIGHT_WRITE, .path = folder}};
    struct rule one[] = {{.fd = -1, .mode = S_IFDIR, .rights = RIGHT_READ, .path = folder},
                         {.fd = -1, .mode = S_IFREG, .rights = RIGHT_WRITE, .path = given}};
    struct rules may = {.list = whole, .count = 1}, may_not = {.list = one, .count = 2};
    struct reach *reach = reach_make(&may, NULL, true, true),
                 *little = reach_make(&may_not, NULL, true, true);

    struct trapped *by_kernel = run_trapped(change, free_folder, NULL);
    struct trapped *by_us = run_trapped(change, folder, reach);
    CHECK(by_kernel->count == by_us->count && by_us->count > 60 && by_us->wish_count == 0);
    for (size_t i = 0; i < by_us->count; i++) {
        if (by_kernel->answers[i] != by_us->answers[i]) {
            fprintf(stderr, "answer %zu: the kernel %d, we %d\n", i, by_kernel->answers[i],
                    by_us->answers[i]);
        }
        CHECK(by_kernel->answers[i] == by_us->answers[i]);
    }
    trapped_free(by_kernel);
    trapped_free(by_us);

    CHECK(chmod(file, 0600) == 0);
    struct trapped *refused = run_trapped(refuse, folder, little);
    static const int WANTED[] = {0,      EACCES, EACCES, EACCES, EACCES, EACCES,
                                 EACCES, EACCES, EACCES, 0,      EACCES};
    CHECK(refused->count == sizeof WANTED / sizeof WANTED[0]);
    for (size_t i = 0; i < refused->count; i++) {
        CHECK(refused->answers[i] == WANTED[i]);
    }
    struct stat status;
    CHECK(stat(file, &status) == 0 && (status.st_mode & 07777) == 0600);
    CHECK(refused->wish_count == 8 && refused->wishes[2].access == 'w' && !refused->wishes[2].needs_folder);
    SAME(file, refused->wishes[2].what);
    trapped_free(refused);
    reach_free(reach);
    reach_free(little);
    clear(free_folder);
    clear(folder);
}
