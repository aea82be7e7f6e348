/*
 * sizes FOLDER: makes the calls that are told a length, a number of a descriptor or a time, with those no
 * sane program would tell, and prints what each of them gave. See strange.c.
 */
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

enum { PAGE = 4096, ROOM = 3 * PAGE, CALL_OPENAT2 = 437, CALL_SETXATTRAT = 463 };
#define COUNT_OF(list) (sizeof(list) / sizeof(list)[0])

static const uint64_t SIZES[] = {0,
                                 1,
                                 2,
                                 3,
                                 4,
                                 7,
                                 8,
                                 15,
                                 16,
                                 17,
                                 23,
                                 24,
                                 25,
                                 28,
                                 32,
                                 64,
                                 108,
                                 109,
                                 110,
                                 111,
                                 127,
                                 128,
                                 129,
                                 255,
                                 4095,
                                 4096,
                                 4097,
                                 65535,
                                 65536,
                                 65537,
                                 1u << 30,
                                 INT32_MAX,
                                 INT32_MAX + 1u,
                                 UINT32_MAX,
                                 UINT64_MAX,
                                 (1ull << 32) + 16,
                                 (1ull << 32) + 24};

static char *room; /* zeros, then a page that is not there */
static int folder;

static void say(const char *call, const char *with, uint64_t size, long result) {
    printf("%s %s %llu: %s\n", call, with, (unsigned long long)size,
           result < 0 ? strerrorname_np(errno) : "ok");
}

static void clear(void) {
    memset(room, 0, ROOM);
}

static long closed(long fd) {
    int error = errno;
    if (fd >= 0) {
        close((int)fd);
    }
    errno = error;
    return fd;
}

static void try_openat2(void) {
    for (size_t i = 0; i < COUNT_OF(SIZES); i++) {
        clear();
        say("openat2", "zeros", SIZES[i], closed(syscall(CALL_OPENAT2, folder, "file", room, SIZES[i])));
        uint64_t last = SIZES[i] < ROOM ? SIZES[i] - 1 : 24;
        room[SIZES[i] == 0 ? 0 : last] = 1;
        say("openat2", "a one at the end", SIZES[i],
            closed(syscall(CALL_OPENAT2, folder, "file", room, SIZES[i])));
        clear();
        say("openat2", "at the end of memory", SIZES[i],
            closed(syscall(CALL_OPENAT2, folder, "file", room + ROOM - 24, SIZES[i])));
    }
    static const uint64_t HOWS[][3] = {{UINT64_MAX, 0, 0},
                                       {1ull << 32, 0, 0},
                                       {O_CREAT, 0600, 0},
                                       {O_CREAT, 010000, 0},
                                       {O_CREAT, 1ull << 40, 0},
                                       {0, 0600, 0},
                                       {0, 0, 0x40},
                                       {0, 0, UINT64_MAX},
                                       {0, 0, 0x18},
                                       {O_PATH | O_RDWR, 0, 0},
                                       {O_PATH, 0, 8},
                                       {0, 0, 0x20},
                                       {O_TMPFILE, 0600, 0},
                                       {3, 0, 0},
                                       {020000000 | O_RDWR, 0600, 0},
                                       {O_CREAT | O_DIRECTORY, 0600, 0}};
    for (size_t i = 0; i < COUNT_OF(HOWS); i++) {
        say("openat2", "how", i, closed(syscall(CALL_OPENAT2, folder, "file", HOWS[i], sizeof HOWS[i])));
    }
}

static void try_xattrs(void) {
    for (size_t i = 0; i < COUNT_OF(SIZES); i++) {
        clear();
        say("setxattr", "zeros", SIZES[i], syscall(SYS_setxattr, "file", "user.size", room, SIZES[i], 0));
        say("setxattr", "nothing", SIZES[i], syscall(SYS_setxattr, "file", "user.size", NULL, SIZES[i], 0));
        say("setxattr", "at the end of memory", SIZES[i],
            syscall(SYS_setxattr, "file", "user.size", room + ROOM - 16, SIZES[i], 0));
        say("setxattr", "flags", SIZES[i], syscall(SYS_setxattr, "file", "user.size", "x", 1, SIZES[i]));
        say("setxattr", "flags and no name", SIZES[i], syscall(SYS_setxattr, "file", NULL, "x", 1, SIZES[i]));
        struct {
            uint64_t value;
            uint32_t size, flags;
        } arguments = {.value = (uint64_t)(uintptr_t)room, .size = (uint32_t)SIZES[i]};
        memcpy(room, &arguments, sizeof arguments);
        say("setxattrat", "value", SIZES[i],
            syscall(CALL_SETXATTRAT, folder, "file", 0, "user.size", room, sizeof arguments));
        arguments.size = 4;
        memcpy(room, &arguments, sizeof arguments);
        say("setxattrat", "arguments", SIZES[i],
            syscall(CALL_SETXATTRAT, folder, "file", 0, "user.size", room, SIZES[i]));
        if (SIZES[i] > sizeof arguments && SIZES[i] <= ROOM) {
            room[SIZES[i] - 1] = 1;
            say("setxattrat", "arguments with more", SIZES[i],
                syscall(CALL_SETXATTRAT, folder, "file", 0, "user.size", room, SIZES[i]));
        }
        clear();
        memset(room, 'n', SIZES[i] < ROOM ? SIZES[i] : 0);
        memcpy(room, "user.", 5);
        say("setxattr", "name", SIZES[i], syscall(SYS_setxattr, "file", room, "x", 1, 0));
        say("removexattr", "name", SIZES[i], syscall(SYS_removexattr, "file", room));
    }
}

static void try_times(void) {
    static const long PARTS[] = {0,          -1,        999999,     1000000,  999999999,
                                 1000000000, UTIME_NOW, UTIME_OMIT, INT64_MAX};
    for (size_t i = 0; i < COUNT_OF(PARTS); i++) {
        struct timespec times[2] = {{1, PARTS[i]}, {2, 0}};
        struct timeval old[2] = {{1, 0}, {2, PARTS[i]}};
        say("utimensat", "part", (uint64_t)PARTS[i], syscall(SYS_utimensat, folder, "file", times, 0));
        say("utimensat", "part, nothing there", (uint64_t)PARTS[i],
            syscall(SYS_utimensat, folder, "nothing", times, 0));
        say("utimes", "part", (uint64_t)PARTS[i], syscall(SYS_utimes, "file", old));
        say("futimesat", "part", (uint64_t)PARTS[i], syscall(SYS_futimesat, folder, "file", old));
        say("truncate", "length", (uint64_t)PARTS[i] & 0xfffff,
            syscall(SYS_truncate, "file", PARTS[i] & 0xfffff));
    }
}

/* A descriptor of each kind, where every call finds them. */
enum {
    FILE_FD = 100,
    PATH_FD,
    FOLDER_FD,
    PIPE_FD,
    UNIX_FD,
    PACKETS_FD,
    TCP_FD,
    TCP6_FD,
    EVENT_FD,
    READ_FD,
    LAST_FD
};
static const long NUMBERS[] = {
    -1,      INT32_MIN, AT_FDCWD, 99999,      LAST_FD,  FILE_FD, PATH_FD,   FOLDER_FD,
    PIPE_FD, UNIX_FD,   TCP_FD,   PACKETS_FD, EVENT_FD, READ_FD, INT32_MAX, (1l << 32) + FILE_FD};

static void put(int fd, int number) {
    dup2(fd, number);
    close(fd);
}

static void make_descriptors(void) {
    int ends[2];
    put(open("file", O_RDWR), FILE_FD);
    put(open("file", O_PATH), PATH_FD);
    put(open("file", O_RDONLY), READ_FD);
    put(open(".", O_RDONLY | O_DIRECTORY), FOLDER_FD);
    put(eventfd(0, 0), EVENT_FD);
    (void)!pipe(ends);
    put(ends[1], PIPE_FD);
}

static void make_sockets(void) {
    put(socket(AF_UNIX, SOCK_STREAM, 0), UNIX_FD);
    put(socket(AF_UNIX, SOCK_SEQPACKET, 0), PACKETS_FD);
    put(socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), TCP_FD);
    put(socket(AF_INET6, SOCK_STREAM | SOCK_NONBLOCK, 0), TCP6_FD);
}

static void try_descriptors(void) {
    struct timespec times[2] = {{1, 0}, {2, 0}};
    make_sockets();
    clear();
    for (size_t i = 0; i < COUNT_OF(NUMBERS); i++) {
        uint64_t name = (uint64_t)NUMBERS[i];
        long fd = NUMBERS[i];
        say("fchmod", "of", name, syscall(SYS_fchmod, fd, 0600));
        say("fchown", "of", name, syscall(SYS_fchown, fd, -1, -1));
        if (fd != AT_FDCWD) { /* kernels disagree on what that is */
            say("fsetxattr", "of", name, syscall(SYS_fsetxattr, fd, "user.size", "x", 1, 0));
            say("fremovexattr", "of", name, syscall(SYS_fremovexattr, fd, "user.size"));
            say("linkat", "itself", name, syscall(SYS_linkat, fd, "", AT_FDCWD, "linked", AT_EMPTY_PATH));
        }
        say("futimens", "of", name, syscall(SYS_utimensat, fd, NULL, times, 0));
        say("futimens, flags", "of", name, syscall(SYS_utimensat, fd, NULL, times, AT_EMPTY_PATH));
        say("futimesat", "of", name, syscall(SYS_futimesat, fd, NULL, NULL));
        say("fchmodat", "in", name, syscall(SYS_fchmodat, fd, "file", 0600));
        say("fchmodat2", "itself", name, syscall(452, fd, "", 0600, AT_EMPTY_PATH));
        say("fchownat", "itself", name, syscall(SYS_fchownat, fd, "", -1, -1, AT_EMPTY_PATH));
        say("openat", "in", name, closed(syscall(SYS_openat, fd, "file", O_RDONLY)));
        say("openat new", "in", name, closed(syscall(SYS_openat, fd, "new", O_RDWR | O_CREAT, 0600)));
        say("mkdirat", "in", name, syscall(SYS_mkdirat, fd, "sub", 0700));
        say("unlinkat", "in", name, syscall(SYS_unlinkat, fd, "sub", AT_REMOVEDIR));
        say("renameat", "in", name, syscall(SYS_renameat, fd, "new", fd, "new2"));
        unlink("linked");
        say("linkat", "in", name, syscall(SYS_linkat, fd, "file", fd, "linked", 0));
        unlink("linked");
        unlink("new2");
        unlink("new");
        say("symlinkat", "in", name, syscall(SYS_symlinkat, "file", fd, "soft"));
        unlink("soft");
        say("listen", "on", name, syscall(SYS_listen, fd, -1));
        say("connect", "by", name, syscall(SYS_connect, fd, room, 16));
        say("bind", "by", name, syscall(SYS_bind, fd, room, 0));
    }
}

static void try_addresses(void) {
    static const struct {
        const char *name;
        sa_family_t family;
        const char *bytes;
        size_t count;
    } ADDRESSES[] = {
        {"nothing", AF_UNSPEC, "", 0},
        {"no Unix name", AF_UNIX, "", 0},
        {"Unix file", AF_UNIX, "sock", 5},
        {"Unix file that is none", AF_UNIX, "file", 5},
        {"nothing there", AF_UNIX, "none", 5},
        {"Unix name with NULs", AF_UNIX, "\0own\0name\0\0", 11},
        {"Unix file of all bytes", AF_UNIX, NULL, 108},
        {"Unix file with a slash", AF_UNIX, "sock/", 6},
        {"Internet", AF_INET, "\0\0\x7f\0\0\1", 6},
        {"Internet 6", AF_INET6, "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\1", 22},
        {"Netlink", AF_NETLINK, "\0\0", 2},
        {"family unknown", 0xffff, "\1\2\3\4", 4},
    };
    static const int SOCKETS[] = {UNIX_FD, PACKETS_FD, TCP_FD, TCP6_FD, FILE_FD};
    for (size_t i = 0; i < COUNT_OF(ADDRESSES) * COUNT_OF(SOCKETS); i++) {
        size_t one = i / COUNT_OF(SOCKETS);
        int socket_fd = SOCKETS[i % COUNT_OF(SOCKETS)];
        bool not_tcp = socket_fd != TCP_FD && socket_fd != TCP6_FD; /* Landlock has errors of its own */
        char with[80];
        snprintf(with, sizeof with, "%s by %d", ADDRESSES[one].name, socket_fd);
        for (size_t j = 0; j < COUNT_OF(SIZES); j++) {
            unlink("sock");
            int server = socket(AF_UNIX, SOCK_STREAM, 0);
            struct sockaddr_un name = {.sun_family = AF_UNIX, .sun_path = "sock"};
            bind(server, (struct sockaddr *)&name, sizeof name);
            listen(server, 5);
            for (int binds = 0; binds < (not_tcp ? 2 : 1); binds++) {
                make_sockets();
                clear();
                memcpy(room, &ADDRESSES[one].family, sizeof(sa_family_t));
                if (ADDRESSES[one].bytes != NULL) {
                    memcpy(room + 2, ADDRESSES[one].bytes, ADDRESSES[one].count);
                } else {
                    memset(room + 2, 'x', ADDRESSES[one].count);
                }
                say(binds ? "bind" : "connect", with, SIZES[j],
                    syscall(binds ? SYS_bind : SYS_connect, socket_fd, room, SIZES[j]));
                if (ADDRESSES[one].family == AF_UNIX && SIZES[j] <= 110) {
                    unlink(room + 2);
                }
            }
            close(server);
        }
    }
    for (size_t j = 0; j < COUNT_OF(SIZES); j++) {
        make_sockets();
        say("connect", "at the end of memory", SIZES[j],
            syscall(SYS_connect, UNIX_FD, room + ROOM - 8, SIZES[j]));
        say("bind", "at the end of memory", SIZES[j], syscall(SYS_bind, UNIX_FD, room + ROOM - 8, SIZES[j]));
    }
}

int main(int count, char **words) {
    if (count != 2 || chdir(words[1]) != 0) {
        fprintf(stderr, "usage: sizes FOLDER\n");
        return 2;
    }
    setvbuf(stdout, NULL, _IOFBF, 1 << 16);
    room = mmap(NULL, ROOM + PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    munmap(room + ROOM, PAGE);
    folder = open(".", O_RDONLY | O_DIRECTORY);
    close(open("file", O_RDWR | O_CREAT, 0600));
    make_descriptors();
    try_openat2();
    try_xattrs();
    try_times();
    try_descriptors();
    try_addresses();
    return 0;
}
