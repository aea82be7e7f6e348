/*
 * operations SEED COUNT FOLDER: plays COUNT generated file operations in FOLDER and prints what each of them
 * gave, then the tree that is left. The same seed plays the same operations, so two folders can be compared:
 * one that the program may simply use, one where every call is answered by the supervisor.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/xattr.h>
#include <unistd.h>

enum { CALL_OPENAT2 = 437, PATH_PARTS = 3, HELD = 6 };

struct how {
    uint64_t flags, mode, resolve;
};

static uint64_t state;
static const char *root;
static int held[HELD]; /* folders opened earlier, to name paths by */

/* xorshift64*: the same numbers everywhere. */
static unsigned pick(unsigned below) {
    state ^= state >> 12;
    state ^= state << 25;
    state ^= state >> 27;
    return (unsigned)((state * 0x2545f4914f6cdd1du) >> 33) % below;
}

static bool one_in(unsigned chance) {
    return pick(chance) == 0;
}

/* Names of folders and of others, mostly kept apart, so that paths often lead somewhere. */
static const char *name(bool folder) {
    static const char *const FOLDERS[] = {"a", "b", "c"};
    static const char *const OTHERS[] = {"e", "f", "g", "h", "i", "\xc3\xa4", "\xff", "new\nline", "."};
    return folder != one_in(12) ? FOLDERS[pick(3)] : OTHERS[pick(sizeof OTHERS / sizeof OTHERS[0])];
}

static void make_path(char path[PATH_MAX], bool folder, bool may_be_absolute) {
    path[0] = '\0';
    if (may_be_absolute && one_in(4)) {
        snprintf(path, PATH_MAX, "%s/", root);
    }
    unsigned parts = 1 + pick(PATH_PARTS);
    for (unsigned i = 0; i < parts; i++) {
        strcat(path, i > 0 ? "/" : "");
        strcat(path, i > 0 && one_in(8) ? ".." : name(folder || i + 1 < parts));
    }
    if (one_in(10)) {
        strcat(path, one_in(4) ? "//" : "/");
    }
    if (one_in(200)) {
        path[0] = '\0';
    }
}

static int folder(void) {
    return one_in(2) ? AT_FDCWD : held[pick(HELD)];
}

static const char *error_of(long result) {
    return result < 0 ? strerrorname_np(errno) : "ok";
}

static int open_flags(void) {
    static const int WAYS[] = {O_RDONLY, O_RDONLY, O_WRONLY, O_RDWR};
    static const int EXTRAS[] = {O_CREAT,    O_CREAT,   O_EXCL,    O_TRUNC, O_APPEND, O_DIRECTORY,
                                 O_NOFOLLOW, O_CLOEXEC, O_NOATIME, O_SYNC,  O_NOCTTY, O_CREAT | O_EXCL};
    /* Never waiting: a FIFO without a partner would end the play. */
    int flags = WAYS[pick(4)] | O_NONBLOCK;
    for (unsigned extras = pick(4); extras > 0; extras--) {
        flags |= EXTRAS[pick(sizeof EXTRAS / sizeof EXTRAS[0])];
    }
    if (one_in(30)) {
        flags = O_TMPFILE | (one_in(2) ? O_RDWR : O_WRONLY) | (one_in(2) ? O_EXCL : 0);
    }
    return flags;
}

static mode_t mode(void) {
    static const mode_t MODES[] = {0755, 0700, 0777, 0766, 01777, 0751, 0640, 0400};
    return MODES[pick(one_in(12) ? 8 : 6)];
}

/*
 * What a descriptor is, by everything a program can tell, but O_NOFOLLOW, which means nothing any more: a
 * file is opened by the descriptor that was judged, and that is a link to it.
 */
static void look(int fd) {
    struct stat status;
    char bytes[64] = "";
    fstat(fd, &status);
    printf(" fd=%d flags=%o close=%d mode=%o size=%lld links=%lu", fd,
           (unsigned)(fcntl(fd, F_GETFL) & ~O_NOFOLLOW), fcntl(fd, F_GETFD), status.st_mode,
           S_ISREG(status.st_mode) ? (long long)status.st_size : 0LL,
           S_ISDIR(status.st_mode) ? 0UL : (unsigned long)status.st_nlink);
    if (S_ISREG(status.st_mode)) {
        unsigned length = 1 + pick(20);
        ssize_t got = read(fd, bytes, length);
        printf(" read=%zd:%s", got, error_of(got));
        memset(bytes, 'A' + (int)pick(26), sizeof bytes);
        ssize_t put = write(fd, bytes, length);
        printf(" write=%zd:%s at=%lld", put, error_of(put), (long long)lseek(fd, 0, SEEK_CUR));
    }
}

static void finish_open(int fd) {
    printf("%s", error_of(fd));
    if (fd < 0) {
        return;
    }
    look(fd);
    struct stat status;
    fstat(fd, &status);
    if (S_ISREG(status.st_mode) && status.st_nlink == 0 && one_in(2)) {
        char from[64], to[PATH_MAX];
        snprintf(from, sizeof from, "/proc/self/fd/%d", fd);
        make_path(to, false, true);
        printf(" named=%s", error_of(linkat(AT_FDCWD, from, AT_FDCWD, to, AT_SYMLINK_FOLLOW)));
    }
    if (S_ISDIR(status.st_mode) && one_in(2)) {
        unsigned slot = pick(HELD);
        close(held[slot]);
        held[slot] = dup(fd);
    }
    close(fd);
}

static void play_open(void) {
    char path[PATH_MAX];
    int flags = open_flags();
    make_path(path, (flags & (O_DIRECTORY | O_TMPFILE)) != 0, true);
    mode_t bits = mode();
    int at = folder();
    unsigned way = pick(10);
    printf("%s %o %o ", way == 0 ? "creat" : way == 1 ? "openat2" : "openat", (unsigned)flags, bits);
    if (way == 0) {
        struct stat status;
        bool waits = stat(path, &status) == 0 && S_ISFIFO(status.st_mode); /* for a reader, for ever */
        finish_open(waits ? -1 : creat(path, bits));
    } else if (way == 1) {
        static const uint64_t RESOLVE[] = {
            0,   0x04 /* no symlinks */, 0x08 /* beneath */, 0x01 /* no xdev */, 0x02 /* no magic links */,
            0x10 /* in root */};
        struct how how = {.flags = (uint64_t)flags, .resolve = RESOLVE[pick(6)]};
        how.mode = flags & O_CREAT || (flags & O_TMPFILE) == O_TMPFILE ? bits : one_in(20) ? 0600 : 0;
        finish_open((int)syscall(CALL_OPENAT2, at, path, &how, sizeof how));
    } else if (way < 5) {
        finish_open((int)syscall(SYS_open, path, flags, bits));
    } else {
        finish_open(openat(at, path, flags, bits));
    }
}

static int by_name(const void *one, const void *other) {
    return strcmp(*(char *const *)one, *(char *const *)other);
}

static void list(const char *path, int depth, bool deep) {
    DIR *folder_stream = opendir(path);
    if (folder_stream == NULL) {
        printf("%s", error_of(-1));
        return;
    }
    char *names[1024];
    size_t count = 0;
    for (struct dirent *entry; count < 1024 && (entry = readdir(folder_stream)) != NULL;) {
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0) {
            names[count++] = strdup(entry->d_name);
        }
    }
    closedir(folder_stream);
    qsort(names, count, sizeof names[0], by_name);
    for (size_t i = 0; i < count; i++) {
        char *below = NULL, target[PATH_MAX] = "", content[128] = "", attribute[32] = "";
        struct stat status;
        if (!deep) {
            printf(" %s", names[i]);
        } else if (asprintf(&below, "%s/%s", path, names[i]) > 0 && lstat(below, &status) == 0) {
            if (S_ISLNK(status.st_mode)) {
                (void)!readlink(below, target, sizeof target - 1);
            } else if (S_ISREG(status.st_mode)) {
                int fd = open(below, O_RDONLY);
                (void)!read(fd, content, sizeof content - 1);
                close(fd);
            }
            lgetxattr(below, "user.play", attribute, sizeof attribute - 1);
            bool timed = status.st_mtim.tv_sec == 1000000;
            printf("%*s%s %o %lld %s %s %s %d\n", depth, "", names[i], status.st_mode,
                   S_ISREG(status.st_mode) ? (long long)status.st_size : 0LL, target, content, attribute,
                   timed);
            if (S_ISDIR(status.st_mode)) {
                list(below, depth + 1, true);
            }
        }
        free(below);
        free(names[i]);
    }
}

static void play_attribute(const char *path, const char *other) {
    static const struct timespec TIMES[2] = {{1000000, 0}, {1000000, 0}};
    int fd;
    switch (pick(9)) {
    case 0:
        printf("chmod %s", error_of(chmod(path, mode())));
        break;
    case 1:
        printf("fchmodat %s", error_of(fchmodat(folder(), path, mode(), 0)));
        break;
    case 2:
        printf("chown %s", error_of(chown(path, (uid_t)-1, (gid_t)-1)));
        break;
    case 3:
        printf("lchown %s", error_of(lchown(path, getuid(), getgid())));
        break;
    case 4:
        printf("utimensat %s",
               error_of(utimensat(folder(), path, TIMES, one_in(2) ? AT_SYMLINK_NOFOLLOW : 0)));
        break;
    case 5:
        printf("setxattr %s", error_of(setxattr(path, "user.play", "xyz", 1 + pick(3), (int)pick(3))));
        break;
    case 6:
        printf("removexattr %s", error_of(removexattr(path, "user.play")));
        break;
    case 7:
        fd = open(path, O_RDONLY | O_NONBLOCK);
        printf("fchmod %s %s", error_of(fd), error_of(fchmod(fd, mode())));
        close(fd);
        break;
    default:
        fd = open(other, O_RDONLY | O_NONBLOCK);
        printf("futimens %s %s", error_of(fd), error_of(futimens(fd, TIMES)));
        close(fd);
        break;
    }
}

static void play_entry(char *path, const char *other) {
    static const unsigned RENAMES[] = {0, 0, 1 /* no replace */, 2 /* exchange */};
    static const mode_t KINDS[] = {S_IFIFO, S_IFSOCK, S_IFREG, 0};
    char target[PATH_MAX];
    switch (pick(12)) {
    case 0:
    case 1:
        make_path(path, true, true);
        printf("mkdir %s", error_of(one_in(2) ? mkdir(path, mode()) : mkdirat(folder(), path, mode())));
        break;
    case 2:
        printf("rmdir %s", error_of(one_in(2) ? rmdir(path) : unlinkat(folder(), path, AT_REMOVEDIR)));
        break;
    case 3:
        printf("unlink %s", error_of(one_in(2) ? unlink(path) : unlinkat(folder(), path, 0)));
        break;
    case 4:
    case 5:
        printf("rename %s", error_of(rename(path, other)));
        break;
    case 6:
        printf("renameat2 %s",
               error_of(syscall(SYS_renameat2, folder(), path, folder(), other, RENAMES[pick(4)])));
        break;
    case 7:
        printf("link %s", error_of(link(path, other)));
        break;
    case 8:
        printf("linkat %s",
               error_of(linkat(folder(), path, folder(), other, one_in(2) ? AT_SYMLINK_FOLLOW : 0)));
        break;
    case 9:
        make_path(target, one_in(2), one_in(3));
        printf("symlink %s", error_of(one_in(2) ? symlink(target, path) : symlinkat(target, folder(), path)));
        break;
    case 10:
        printf("mknod %s", error_of(mknodat(folder(), path, KINDS[pick(4)] | mode(), 0)));
        break;
    default:
        printf("truncate %s", error_of(truncate(path, one_in(10) ? -1 : (off_t)pick(100))));
        break;
    }
}

static void play_one(void) {
    char path[PATH_MAX], other[PATH_MAX];
    bool folders = one_in(3);
    make_path(path, folders, true);
    make_path(other, folders, true);
    unsigned kind = pick(20);
    if (kind < 8) {
        play_open();
    } else if (kind < 15) {
        play_entry(path, other);
    } else if (kind < 17) {
        play_attribute(path, other);
    } else if (kind == 17) {
        printf("list ");
        list(path, 0, false);
    } else if (kind == 18) {
        static const mode_t MASKS[] = {022, 077, 0, 027};
        printf("umask %o", umask(MASKS[pick(4)]));
    } else {
        int back = one_in(2);
        printf("chdir %s", error_of(chdir(back ? root : path)));
    }
}

int main(int count, char **words) {
    if (count != 4 || chdir(words[3]) != 0) {
        fprintf(stderr, "usage: operations SEED COUNT FOLDER\n");
        return 2;
    }
    root = words[3];
    state = strtoull(words[1], NULL, 10) * 2654435761u + 88172645463325252u;
    setvbuf(stdout, NULL, _IOFBF, 1 << 16);
    for (unsigned i = 0; i < HELD; i++) {
        held[i] = open(root, O_RDONLY | O_DIRECTORY);
    }
    umask(022);
    unsigned long all = strtoul(words[2], NULL, 10);
    for (unsigned long i = 0; i < all; i++) {
        printf("%lu ", i);
        play_one();
        putchar('\n');
    }
    (void)!chdir(root);
    list(root, 0, true);
    return 0;
}
