/* The files around a session. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <grp.h>
#include <net/if.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/random.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "outside.h"

enum { NOBODY_ID = 65534, SECRET_MODE = 0600, DEEPEST = 32 };

static bool copy_program(const char *from, const char *to, mode_t mode) {
    int in = open(from, O_RDONLY | O_CLOEXEC), out = open(to, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0700);
    struct stat about;
    bool good = in >= 0 && out >= 0 && fstat(in, &about) == 0;
    for (off_t left = good ? about.st_size : 0; good && left > 0;) {
        ssize_t done = sendfile(out, in, NULL, (size_t)left);
        good = done > 0;
        left -= done;
    }
    good = good && fchmod(out, mode) == 0;
    close(in);
    close(out);
    return good;
}

/* A machine that has just booted may have its loop-back interface down. */
static void raise_loopback(void) {
    struct ifreq request = {.ifr_name = "lo"};
    int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (ioctl(fd, SIOCGIFFLAGS, &request) == 0) {
        request.ifr_flags = (short)(request.ifr_flags | IFF_UP);
        ioctl(fd, SIOCSIFFLAGS, &request);
    }
    close(fd);
}

bool world_begin(struct world *where, const char *launcher) {
    const char *temporary = getenv("TMPDIR");
    mkdir("/tmp", 01777);
    snprintf(where->folder, sizeof where->folder, "%.100s/landgrant-attacks-XXXXXX",
             temporary != NULL ? temporary : "/tmp");
    if (mkdtemp(where->folder) == NULL || chmod(where->folder, 0755) != 0) {
        fprintf(stderr, "attacks: %s: %s\n", where->folder, strerror(errno));
        return false;
    }
    mkdir(text("%s/bin", where->folder), 0755);
    if (!copy_program("/proc/self/exe", text("%s/bin/attacks", where->folder), 0755) ||
        !copy_program(launcher, text("%s/bin/landgrant", where->folder), 0755)) {
        fprintf(stderr, "attacks: %s cannot be copied: %s\n", launcher, strerror(errno));
        return false;
    }
    if (geteuid() != 0) {
        return true;
    }
    raise_loopback();
    copy_program("/proc/self/exe", text("%s/bin/set-uid", where->folder), 04755);
    copy_program("/proc/self/exe", text("%s/bin/set-gid", where->folder), 02755);
    /* The folder of programs too, so that it can be removed at the end. */
    if (chown(where->folder, NOBODY_ID, NOBODY_ID) != 0 ||
        chown(text("%s/bin", where->folder), NOBODY_ID, NOBODY_ID) != 0 || setgroups(0, NULL) != 0 ||
        setresgid(NOBODY_ID, NOBODY_ID, NOBODY_ID) != 0 || setresuid(NOBODY_ID, NOBODY_ID, NOBODY_ID) != 0) {
        fprintf(stderr, "attacks: becoming an ordinary user failed: %s\n", strerror(errno));
        return false;
    }
    prctl(PR_SET_DUMPABLE, 1, 0, 0, 0); /* as for every program an ordinary user starts */
    return true;
}

static int remove_one(const char *path, const struct stat *about, int kind, struct FTW *at) {
    (void)about;
    (void)at;
    if (kind == FTW_DNR) {
        chmod(path, 0700);
    }
    remove(path);
    return 0;
}

static void remove_tree(const char *path) {
    nftw(path, remove_one, DEEPEST, FTW_DEPTH | FTW_PHYS);
}

void world_end(const struct world *where) {
    remove_tree(where->folder);
    unlink(text("/tmp/landgrant-other-%d", where->id));
    unlink(text("/dev/shm/landgrant-attacks-%d", where->id));
}

static void random_digits(char *digits, size_t count) {
    unsigned char bytes[SECRET_BYTES];
    (void)!getrandom(bytes, count / 2, 0);
    for (size_t i = 0; i < count / 2; i++) {
        snprintf(digits + 2 * i, 3, "%02x", bytes[i]);
    }
}

static bool put(const struct world *where, const char *name, const char *content) {
    int fd = open(text("%s/%s", where->folder, name), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, SECRET_MODE);
    bool good = fd >= 0 && write(fd, content, strlen(content)) >= 0;
    close(fd);
    return good;
}

bool world_renew(const struct world *where, struct outside *outside) {
    static const char *const OLD[] = {"home", "data", "runtime", "readable", "busy", "outside", "tmp"};
    static const char *const FOLDERS[] = {"home",
                                          "home/secret",
                                          "home/secret/empty",
                                          "home/granted",
                                          "home/live",
                                          "home/wide",
                                          "home/wide/deep",
                                          "home/wide/deep/secret",
                                          "home/wide/other",
                                          "home/wide/other/secret",
                                          "home/.config",
                                          "home/.config/autostart",
                                          "home/.config/systemd",
                                          "home/.config/systemd/user",
                                          "home/.local",
                                          "home/.local/share",
                                          "home/.local/share/applications",
                                          "home/.ssh",
                                          "data",
                                          "data/landgrant",
                                          "data/landgrant/policies",
                                          "runtime",
                                          "runtime/systemd",
                                          "runtime/landgrant",
                                          "runtime/landgrant-buses",
                                          "readable",
                                          "busy",
                                          "outside",
                                          "tmp"};
    for (size_t i = 0; i < COUNT_OF(OLD); i++) {
        remove_tree(text("%s/%s", where->folder, OLD[i]));
    }
    random_digits(outside->token, TOKEN_BYTES - 1);
    random_digits(outside->secret, SECRET_BYTES - 1);
    outside->time = 1000000000 + (long)(strtoul(outside->token + 24, NULL, 16) % 700000000);
    for (size_t i = 0; i < COUNT_OF(FOLDERS); i++) {
        if (mkdir(text("%s/%s", where->folder, FOLDERS[i]), 0700) != 0) {
            fprintf(stderr, "attacks: %s cannot be made: %s\n", FOLDERS[i], strerror(errno));
            return false;
        }
    }
    const char *token = outside->token;
    bool good = put(where, "home/secret/key", token) && put(where, text("home/secret/%s", token), "") &&
                put(where, "home/secret/odd", token) && put(where, "home/wide/deep/secret/key", token) &&
                put(where, "home/granted/own", "own\n") && put(where, "home/live/key", "honest") &&
                put(where, "home/live/odd", "honest") && put(where, "home/live/from", "honest") &&
                put(where, "readable/note", "note\n") && put(where, "home/.bashrc", "") &&
                put(where, "home/.ssh/authorized_keys", "") &&
                put(where, "data/landgrant/secret", outside->secret) &&
                put(where, "data/landgrant/grants.mv.db", "") &&
                put(where, "home/.local/share/applications/attacks.desktop", "") &&
                put(where, text("busy/%s", token), "");
    const char *script = text("%s/home/secret/script", where->folder);
    good = good && put(where, "home/secret/script", text("#!%s/bin/attacks stay\n", where->folder)) &&
           chmod(script, 0700) == 0 &&
           chmod(text("%s/home/secret/odd", where->folder), S_ISUID | 0644) == 0 &&
           symlink(token, text("%s/home/secret/link", where->folder)) == 0;
    copy_program("/proc/self/exe", text("%s/home/secret/program", where->folder), 0700);
    copy_program("/proc/self/exe", text("%s/home/granted/program", where->folder), 0700);
    copy_program("/bin/cat", text("%s/readable/cat", where->folder), 0700);
    const char *key = text("%s/home/secret/key", where->folder);
    setxattr(key, "user.secret", token, strlen(token), 0);
    setxattr(key, text("user.%s", token), "", 0, 0);
    struct timespec when[2] = {{outside->time, 0}, {outside->time, 0}};
    good = good && utimensat(AT_FDCWD, key, when, 0) == 0;
    int other = open(text("/tmp/landgrant-other-%d", where->id), O_WRONLY | O_CREAT | O_TRUNC, SECRET_MODE);
    int shared = open(text("/dev/shm/landgrant-attacks-%d", where->id), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    (void)!write(other, token, strlen(token));
    (void)!write(shared, token, strlen(token));
    close(other);
    close(shared);
    if (!good) {
        fprintf(stderr, "attacks: the files of the world cannot be made: %s\n", strerror(errno));
    }
    return good;
}

static void add(uint64_t *sum, uint64_t value) {
    for (int i = 0; i < 8; i++) {
        *sum = (*sum ^ (value >> (8 * i) & 0xff)) * 0x100000001b3ull;
    }
}

static void add_file(uint64_t *sum, const char *name, const struct stat *about) {
    for (; *name != '\0'; name++) {
        add(sum, (uint64_t)*name);
    }
    add(sum, about->st_mode);
    add(sum, about->st_ino);
    add(sum, (uint64_t)about->st_size);
    add(sum, (uint64_t)about->st_nlink);
    add(sum, (uint64_t)about->st_ctim.tv_sec);
    add(sum, (uint64_t)about->st_ctim.tv_nsec);
}

static void add_tree(uint64_t *sum, int folder, int deep) {
    DIR *entries = deep < DEEPEST ? fdopendir(folder) : NULL;
    uint64_t all = 0; /* in whatever order they come */
    for (struct dirent *entry; entries != NULL && (entry = readdir(entries)) != NULL;) {
        struct stat about;
        const char *name = entry->d_name;
        bool apart = deep == 0 &&
                     (strcmp(name, "granted") == 0 || strcmp(name, "wide") == 0 || strcmp(name, "live") == 0);
        if (apart || strcmp(name, ".") == 0 || strcmp(name, "..") == 0 ||
            fstatat(dirfd(entries), name, &about, AT_SYMLINK_NOFOLLOW) != 0) {
            continue;
        }
        uint64_t one = 0xcbf29ce484222325ull;
        add_file(&one, name, &about);
        if (S_ISDIR(about.st_mode)) {
            add_tree(&one, openat(dirfd(entries), name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC),
                     deep + 1);
        }
        all += one;
    }
    add(sum, all);
    if (entries != NULL) {
        closedir(entries);
    } else if (folder >= 0) {
        close(folder);
    }
}

uint64_t world_sum(const struct world *where, int excepted) {
    static const char *const TREES[] = {"home", "data/landgrant", "readable", "runtime/systemd"};
    uint64_t sum = 0;
    struct stat about;
    for (size_t i = 0; i < COUNT_OF(TREES); i++) {
        const char *path = text("%s/%s", where->folder, TREES[i]);
        add_tree(&sum, open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC), 0);
    }
    if (stat(text("%s/runtime", where->folder), &about) == 0) {
        add_file(&sum, "runtime", &about);
    }
    if (lstat(text("%s/runtime/landgrant/agent", where->folder), &about) == 0) {
        add_file(&sum, "agent", &about);
    }
    if (excepted >= 0) {
        add_tree(&sum, openat(excepted, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC), 1);
    }
    return sum;
}
