/*
 * strange FOLDER: makes every call that names a file, with paths and pointers no sane program would use, and
 * prints what each of them gave. In a folder that the program may simply use and in one where every call is
 * answered by the supervisor, that has to be the same.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/stat.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
    PAGE = 4096,
    CALL_OPENAT2 = 437,
    CALL_FCHMODAT2 = 452,
    CALL_SETXATTRAT = 463,
    CALL_REMOVEXATTRAT = 466
};
#define COUNT_OF(list) (sizeof(list) / sizeof(list)[0])

struct how {
    uint64_t flags, mode, resolve;
};

struct xattr_arguments {
    uint64_t value;
    uint32_t size, flags;
};

static int folder;
static char *edge;   /* the first byte after the last page that is there */
static char *hidden; /* a page nobody may read */

static void say(const char *call, const char *with, long result) {
    printf("%s %s: %s\n", call, with, result < 0 ? strerrorname_np(errno) : "ok");
}

/* The folder as every call finds it. */
static void renew(void) {
    static const char *const MADE[] = {"made", "odd", "sock", "moved", "\xff\xfe", "new\nline", "\x01\x7f"};
    for (size_t i = 0; i < COUNT_OF(MADE); i++) {
        if (unlinkat(folder, MADE[i], 0) != 0 && errno == EISDIR) {
            unlinkat(folder, MADE[i], AT_REMOVEDIR);
        }
    }
    int fd = openat(folder, "file", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    (void)!write(fd, "content", 7);
    fchmod(fd, 0600);
    close(fd);
}

static long descriptor(long fd) {
    if (fd >= 0) {
        close((int)fd);
    }
    return fd;
}

static long do_open(const char *path) {
    return descriptor(syscall(SYS_open, path, O_RDONLY));
}
static long do_open_new(const char *path) {
    return descriptor(syscall(SYS_open, path, O_RDWR | O_CREAT, 0640));
}
static long do_open_only(const char *path) {
    return descriptor(syscall(SYS_openat, folder, path, O_RDWR | O_CREAT | O_EXCL, 0640));
}
static long do_open_folder(const char *path) {
    return descriptor(syscall(SYS_openat, folder, path, O_RDONLY | O_DIRECTORY));
}
static long do_open_nameless(const char *path) {
    return descriptor(syscall(SYS_openat, folder, path, O_TMPFILE | O_RDWR, 0600));
}
static long do_openat2(const char *path) {
    struct how how = {.flags = O_RDONLY};
    return descriptor(syscall(CALL_OPENAT2, folder, path, &how, sizeof how));
}
static long do_creat(const char *path) {
    return descriptor(syscall(SYS_creat, path, 0600));
}
static long do_mkdir(const char *path) {
    return syscall(SYS_mkdir, path, 0700);
}
static long do_rmdir(const char *path) {
    return syscall(SYS_rmdir, path);
}
static long do_unlink(const char *path) {
    return syscall(SYS_unlink, path);
}
static long do_unlinkat(const char *path) {
    return syscall(SYS_unlinkat, folder, path, 0);
}
static long do_unlinkat_strangely(const char *path) {
    return syscall(SYS_unlinkat, folder, path, 1 << 20);
}
static long do_rename_from(const char *path) {
    return syscall(SYS_rename, path, "moved");
}
static long do_rename_to(const char *path) {
    return syscall(SYS_renameat, folder, "file", folder, path);
}
static long do_rename_strangely(const char *path) {
    return syscall(SYS_renameat2, folder, path, folder, "moved", 3);
}
static long do_link_from(const char *path) {
    return syscall(SYS_link, path, "made");
}
static long do_link_to(const char *path) {
    return syscall(SYS_linkat, folder, "file", folder, path, 0);
}
static long do_symlink_of(const char *path) {
    return syscall(SYS_symlink, path, "made");
}
static long do_symlink_at(const char *path) {
    return syscall(SYS_symlinkat, "file", folder, path);
}
static long do_mknod(const char *path) {
    return syscall(SYS_mknod, path, S_IFIFO | 0600, 0);
}
static long do_mknod_strangely(const char *path) {
    return syscall(SYS_mknodat, folder, path, S_IFLNK | 0600, 0);
}
static long do_truncate(const char *path) {
    return syscall(SYS_truncate, path, 3);
}
static long do_truncate_below_nothing(const char *path) {
    return syscall(SYS_truncate, path, -1L);
}
static long do_chmod(const char *path) {
    return syscall(SYS_chmod, path, 0640);
}
static long do_fchmodat(const char *path) {
    return syscall(SYS_fchmodat, folder, path, 0xffff);
}
static long do_fchmodat2(const char *path) {
    return syscall(CALL_FCHMODAT2, folder, path, 0640, AT_EMPTY_PATH);
}
static long do_chown(const char *path) {
    return syscall(SYS_chown, path, -1, -1);
}
static long do_lchown(const char *path) {
    return syscall(SYS_lchown, path, -1, -1);
}
static long do_fchownat(const char *path) {
    return syscall(SYS_fchownat, folder, path, -1, -1, AT_EMPTY_PATH);
}
static long do_utime(const char *path) {
    return syscall(SYS_utime, path, NULL);
}
static long do_utimes(const char *path) {
    return syscall(SYS_utimes, path, NULL);
}
static long do_futimesat(const char *path) {
    return syscall(SYS_futimesat, folder, path, NULL);
}
static long do_utimensat(const char *path) {
    return syscall(SYS_utimensat, folder, path, NULL, 0);
}
static long do_utimensat_here(const char *path) {
    return syscall(SYS_utimensat, AT_FDCWD, path, NULL, AT_SYMLINK_NOFOLLOW);
}
static long do_setxattr(const char *path) {
    return syscall(SYS_setxattr, path, "user.strange", "x", 1, 0);
}
static long do_setxattr_name(const char *name) {
    return syscall(SYS_lsetxattr, "file", name, "x", 1, 0);
}
static long do_setxattr_value(const char *value) {
    return syscall(SYS_setxattr, "file", "user.strange", value, 7, 0);
}
static long do_removexattr(const char *path) {
    return syscall(SYS_removexattr, path, "user.strange");
}
static long do_removexattr_name(const char *name) {
    return syscall(SYS_lremovexattr, "file", name);
}
static long do_setxattrat(const char *path) {
    struct xattr_arguments arguments = {.value = (uint64_t)(uintptr_t) "x", .size = 1};
    return syscall(CALL_SETXATTRAT, folder, path, AT_EMPTY_PATH, "user.strange", &arguments,
                   sizeof arguments);
}
static long do_setxattrat_arguments(const char *arguments) {
    return syscall(CALL_SETXATTRAT, folder, "file", 0, "user.strange", arguments, 16);
}
static long do_removexattrat(const char *path) {
    return syscall(CALL_REMOVEXATTRAT, folder, path, AT_EMPTY_PATH, "user.strange");
}
static long do_times(const char *times) {
    return syscall(SYS_utimensat, folder, "file", times, 0);
}
static long do_old_times(const char *times) {
    return syscall(SYS_utime, "file", times);
}
static long do_how(const char *how) {
    return descriptor(syscall(CALL_OPENAT2, folder, "file", how, sizeof(struct how)));
}
static long do_execve(const char *path) {
    return syscall(SYS_execve, path, NULL, NULL);
}
static long do_execveat(const char *path) {
    return syscall(SYS_execveat, folder, path, NULL, NULL, 0);
}
static long do_connect(const char *address) {
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);
    long result = syscall(SYS_connect, fd, address, 20);
    int error = errno;
    close(fd);
    errno = error;
    return result;
}
static long do_bind(const char *address) {
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);
    long result = syscall(SYS_bind, fd, address, 20);
    int error = errno;
    close(fd);
    errno = error;
    return result;
}

static const struct {
    const char *name;
    long (*call)(const char *);
    bool any_text; /* the text means no path: only pointers are tried */
} CALLS[] = {
    {"open", do_open, false},
    {"open new", do_open_new, false},
    {"open only", do_open_only, false},
    {"open folder", do_open_folder, false},
    {"open nameless", do_open_nameless, false},
    {"openat2", do_openat2, false},
    {"creat", do_creat, false},
    {"mkdir", do_mkdir, false},
    {"rmdir", do_rmdir, false},
    {"unlink", do_unlink, false},
    {"unlinkat", do_unlinkat, false},
    {"unlinkat, unknown flag", do_unlinkat_strangely, false},
    {"rename from", do_rename_from, false},
    {"rename to", do_rename_to, false},
    {"rename, odd flags", do_rename_strangely, false},
    {"link from", do_link_from, false},
    {"link to", do_link_to, false},
    {"symlink of", do_symlink_of, false},
    {"symlink at", do_symlink_at, false},
    {"mknod", do_mknod, false},
    {"mknod of a link", do_mknod_strangely, false},
    {"truncate", do_truncate, false},
    {"truncate to -1", do_truncate_below_nothing, false},
    {"chmod", do_chmod, false},
    {"fchmodat", do_fchmodat, false},
    {"fchmodat2", do_fchmodat2, false},
    {"chown", do_chown, false},
    {"lchown", do_lchown, false},
    {"fchownat", do_fchownat, false},
    {"utime", do_utime, false},
    {"utimes", do_utimes, false},
    {"futimesat", do_futimesat, false},
    {"utimensat", do_utimensat, false},
    {"utimensat here", do_utimensat_here, false},
    {"setxattr", do_setxattr, false},
    {"setxattr name", do_setxattr_name, false},
    {"setxattr value", do_setxattr_value, true},
    {"removexattr", do_removexattr, false},
    {"removexattr name", do_removexattr_name, false},
    {"setxattrat", do_setxattrat, false},
    {"setxattrat arguments", do_setxattrat_arguments, true},
    {"removexattrat", do_removexattrat, false},
    {"utimensat times", do_times, true},
    {"utime times", do_old_times, true},
    {"openat2 how", do_how, true},
    {"execve", do_execve, false},
    {"execveat", do_execveat, false},
    {"connect", do_connect, true},
    {"bind", do_bind, true},
};

/* A text whose last byte, or NUL, is the last byte of a page before one that does not exist. */
static const char *at_edge(const char *text, size_t bytes) {
    return memcpy(edge - bytes, text, bytes);
}

/* "././…/file" of this many bytes. */
static const char *long_path(size_t length) {
    static char path[2 * PAGE + 1];
    const char *end = length % 2 == 0 ? "file" : "/file";
    memset(path, 0, sizeof path);
    while (strlen(path) + strlen(end) < length) {
        strcat(path, "./");
    }
    return strcat(path, end);
}

static const char *long_name(size_t length) {
    static char name[512];
    memset(name, 'n', length);
    name[length] = '\0';
    return name;
}

static void try_with(const char *with, const char *path, bool is_text) {
    for (size_t i = 0; i < COUNT_OF(CALLS); i++) {
        if (is_text && CALLS[i].any_text) {
            continue;
        }
        renew();
        long result = CALLS[i].call(path);
        int error = errno;
        if (result >= 0 && is_text) {
            unlinkat(folder, path, 0);
            unlinkat(folder, path, AT_REMOVEDIR);
        }
        errno = error;
        say(CALLS[i].name, with, result);
    }
}

static void try_pointers(void) {
    static const struct {
        const char *name;
        uintptr_t address;
    } POINTERS[] = {
        {"NULL", 0},
        {"1", 1},
        {"the kernel's", 0xffff800000000000u},
        {"non-canonical", 0x8000000000000000u},
        {"the last page", (uintptr_t)-4096},
        {"the last byte", (uintptr_t)-1},
        {"just above", 0x7ffffffff000u},
    };
    for (size_t i = 0; i < COUNT_OF(POINTERS); i++) {
        try_with(POINTERS[i].name, (const char *)POINTERS[i].address, false);
    }
    try_with("unmapped", edge, false);
    try_with("unreadable", hidden, false);
    try_with("no end before the page's", at_edge("file", 4), false);
    try_with("one byte", at_edge("f", 1), false);
}

static void try_paths(void) {
    try_with("at a page's end", at_edge("file", 5), true);
    try_with("empty", "", true);
    try_with("empty at a page's end", at_edge("", 1), true);
    try_with("not UTF-8", "\xff\xfe", true);
    try_with("with a newline", "new\nline", true);
    try_with("with control characters", "\x01\x7f", true);
    try_with("looks deleted", "odd (deleted)", true);
    try_with("4095 bytes", long_path(4095), true);
    try_with("4096 bytes", long_path(4096), true);
    try_with("4097 bytes", long_path(4097), true);
    try_with("8191 bytes", long_path(8191), true);
    try_with("name of 255 bytes", long_name(255), true);
    try_with("name of 256 bytes", long_name(256), true);
    try_with("dot", ".", true);
    try_with("dots", "..", true);
    try_with("dot at the end", "file/.", true);
    try_with("slash at the end", "made/", true);
    try_with("through a file", "file/x", true);
    try_with("through nothing", "nothing/x", true);
}

int main(int count, char **words) {
    if (count != 2 || chdir(words[1]) != 0) {
        fprintf(stderr, "usage: strange FOLDER\n");
        return 2;
    }
    setvbuf(stdout, NULL, _IOFBF, 1 << 16);
    umask(022);
    char *pages = mmap(NULL, 6 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    munmap(pages + 2 * PAGE, PAGE);
    edge = pages + 2 * PAGE;
    hidden = pages + 4 * PAGE;
    mprotect(hidden, PAGE, PROT_NONE);
    folder = open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    try_pointers();
    try_paths();
    return 0;
}
