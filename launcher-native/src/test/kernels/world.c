/* The little world a check runs in: folders, a sleeping process, listening sockets. */
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <grp.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "checks.h"

enum { NOBODY = 65534, RUN_MS = 60000 };

static _Noreturn void fail(const char *what) {
    fprintf(stderr, "checks: %s: %s\n", what, strerror(errno));
    exit(2);
}

static void in_folder(const struct world *world, const char *name, char path[TEXT_BYTES]) {
    if (snprintf(path, TEXT_BYTES, "%s/%s", world->folder, name) >= TEXT_BYTES) {
        errno = ENAMETOOLONG;
        fail(name);
    }
}

/* People's programs do not run as root, so neither do these. */
static void become_nobody(const char *folder) {
    if (geteuid() != 0) {
        return;
    }
    if (chown(folder, NOBODY, NOBODY) != 0 || setgroups(0, NULL) != 0 ||
        setresgid(NOBODY, NOBODY, NOBODY) != 0 || setresuid(NOBODY, NOBODY, NOBODY) != 0 ||
        prctl(PR_SET_DUMPABLE, 1, 0, 0, 0) != 0) {
        fail("giving up root");
    }
}

static int listening(int kind, int *port) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
    socklen_t length = sizeof address;
    int fd = socket(AF_INET, kind | SOCK_CLOEXEC, 0);
    if (fd < 0 || bind(fd, (struct sockaddr *)&address, length) != 0 ||
        getsockname(fd, (struct sockaddr *)&address, &length) != 0 ||
        (kind == SOCK_STREAM && listen(fd, 64) != 0)) {
        fail("a local socket");
    }
    *port = ntohs(address.sin_port);
    return fd;
}

static void listening_unix(const struct world *world, int kind, const char *name) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    char path[TEXT_BYTES];
    in_folder(world, name, path);
    int fd = socket(AF_UNIX, kind | SOCK_CLOEXEC, 0);
    socklen_t length = sizeof address;
    if (name[0] == '@') {
        memcpy(address.sun_path + 1, name + 1, strlen(name) - 1);
        length = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + strlen(name));
    } else if (strlen(path) < sizeof address.sun_path) {
        memcpy(address.sun_path, path, strlen(path));
    } else {
        errno = ENAMETOOLONG;
        fail(name);
    }
    if (fd < 0 || bind(fd, (struct sockaddr *)&address, length) != 0 ||
        (kind == SOCK_STREAM && listen(fd, 64) != 0)) {
        fail(name);
    }
}

static void make_folder(const struct world *world, const char *name) {
    char path[TEXT_BYTES];
    in_folder(world, name, path);
    if (mkdir(path, 0700) != 0 && errno != EEXIST) {
        fail(path);
    }
}

static void write_file(const struct world *world, const char *name) {
    char path[TEXT_BYTES];
    in_folder(world, name, path);
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (fd < 0 || write(fd, "old\n", 4) != 4 || close(fd) != 0) {
        fail(path);
    }
}

/* Programs are copied into the world, where the user nobody may run them. */
static void copy_program(const char *from, const struct world *world, const char *name) {
    char path[TEXT_BYTES], bytes[65536];
    ssize_t got;
    in_folder(world, name, path);
    int in = open(from, O_RDONLY | O_CLOEXEC),
        out = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0755);
    if (in < 0 || out < 0) {
        fail(from);
    }
    while ((got = read(in, bytes, sizeof bytes)) > 0) {
        if (write(out, bytes, (size_t)got) != got) {
            fail(path);
        }
    }
    if (got < 0 || close(in) != 0 || close(out) != 0 || chmod(path, 0755) != 0) {
        fail(path);
    }
}

static int remove_one(const char *path, const struct stat *status, int kind, struct FTW *where) {
    (void)status;
    (void)kind;
    (void)where;
    return remove(path);
}

static void remove_below(const struct world *world, const char *name) {
    char path[TEXT_BYTES];
    in_folder(world, name, path);
    if (nftw(path, remove_one, 16, FTW_DEPTH | FTW_PHYS) != 0 && errno != ENOENT) {
        fail(path);
    }
}

void world_renew(const struct world *world) {
    remove_below(world, "open");
    remove_below(world, "closed");
    make_folder(world, "open");
    make_folder(world, "open/sub");
    make_folder(world, "closed");
    make_folder(world, "closed/sub");
    write_file(world, "open/file");
    write_file(world, "closed/file");
    copy_program(world->self, world, "open/program");
    copy_program(world->self, world, "closed/program");
}

unsigned kernel_abi(void) {
    long abi = syscall(444 /* landlock_create_ruleset */, NULL, 0, 1);
    return abi > 0 ? (unsigned)abi : 0;
}

static pid_t sleeper(void) {
    pid_t child = fork();
    if (child == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
        for (;;) {
            pause();
        }
    }
    return child;
}

void world_begin(struct world *world, const char *launcher, const char *folder) {
    *world = (struct world){.abi = kernel_abi()};
    signal(SIGPIPE, SIG_IGN);
    snprintf(world->folder, sizeof world->folder, "%s/checks-XXXXXX", folder);
    if (mkdtemp(world->folder) == NULL) {
        fail(world->folder);
    }
    copy_program("/proc/self/exe", world, "checks");
    copy_program(launcher, world, "landgrant");
    become_nobody(world->folder);
    static char copied[TEXT_BYTES];
    in_folder(world, "landgrant", copied);
    world->launcher = copied;
    in_folder(world, "checks", world->self);
    make_folder(world, "home");
    make_folder(world, "data");
    make_folder(world, "runtime");
    make_folder(world, "sockets");
    listening(SOCK_STREAM, &world->tcp_port);
    listening(SOCK_STREAM, &world->other_tcp_port);
    listening(SOCK_DGRAM, &world->udp_port);
    close(listening(SOCK_STREAM, &world->free_port));
    listening_unix(world, SOCK_STREAM, "sockets/stream");
    listening_unix(world, SOCK_DGRAM, "sockets/datagram");
    listening_unix(world, SOCK_STREAM, "@landgrant-checks");
    world->victim = sleeper();
}

void world_end(const struct world *world) {
    kill(world->victim, SIGKILL);
    waitpid(world->victim, NULL, 0);
    if (nftw(world->folder, remove_one, 16, FTW_DEPTH | FTW_PHYS) != 0 && errno != EACCES) {
        fail(world->folder);
    }
}

static bool stands_for(const char *word, const struct world *world, char text[TEXT_BYTES]) {
    const struct {
        const char *name;
        long number;
    } NUMBERS[] = {
        {"@tcp", world->tcp_port},   {"@other-tcp", world->other_tcp_port},
        {"@free", world->free_port}, {"@udp", world->udp_port},
        {"@victim", world->victim},
    };
    for (size_t i = 0; i < sizeof NUMBERS / sizeof NUMBERS[0]; i++) {
        if (strcmp(word, NUMBERS[i].name) == 0) {
            snprintf(text, TEXT_BYTES, "%ld", NUMBERS[i].number);
            return true;
        }
    }
    if (strcmp(word, "@self") == 0) {
        snprintf(text, TEXT_BYTES, "%s", world->self);
        return true;
    }
    if (word[0] == '$' && word[1] == '/') {
        in_folder(world, word + 2, text);
        return true;
    }
    return false;
}

size_t world_words(const struct world *world, const char *text, char **words, size_t count) {
    char *copy = strdup(text), *rest = copy, text_of[TEXT_BYTES];
    for (char *word = strtok_r(rest, " ", &rest); word != NULL; word = strtok_r(rest, " ", &rest)) {
        if (count + 1 >= WORDS) {
            errno = E2BIG;
            fail(text);
        }
        words[count++] = strdup(stands_for(word, world, text_of) ? text_of : word);
    }
    words[count] = NULL;
    free(copy);
    return count;
}

static void set_folder(const struct world *world, const char *variable, const char *name) {
    char path[TEXT_BYTES];
    in_folder(world, name, path);
    setenv(variable, path, 1);
}

static int64_t milliseconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Reads to the end of everybody who holds the other end, or to the limit. */
static bool listen_to(int fd, char said[TEXT_BYTES]) {
    size_t have = 0;
    int64_t end = milliseconds() + RUN_MS;
    for (;;) {
        struct pollfd watched = {.fd = fd, .events = POLLIN};
        int64_t left = end - milliseconds();
        char more[512];
        if (left <= 0 || poll(&watched, 1, (int)left) <= 0) {
            return false;
        }
        ssize_t got = read(fd, more, sizeof more);
        if (got <= 0) {
            return true;
        }
        size_t room = TEXT_BYTES - 1 - have, take = (size_t)got < room ? (size_t)got : room;
        memcpy(said + have, more, take);
        have += take;
        said[have] = '\0';
    }
}

struct outcome world_run(const struct world *world, char **words) {
    struct outcome outcome = {.status = -1};
    int pipe_fds[2];
    if (pipe2(pipe_fds, O_CLOEXEC) != 0) {
        fail("a pipe");
    }
    pid_t child = fork();
    if (child == 0) {
        clearenv();
        set_folder(world, "HOME", "home");
        set_folder(world, "XDG_DATA_HOME", "data");
        set_folder(world, "XDG_RUNTIME_DIR", "runtime");
        setenv("PATH", "/nowhere", 1);
        if (dup2(pipe_fds[1], 2) != 2 || chdir(world->folder) != 0) {
            _exit(120);
        }
        execv(words[0], words);
        _exit(121);
    }
    close(pipe_fds[1]);
    if (!listen_to(pipe_fds[0], outcome.said)) {
        kill(child, SIGKILL);
    }
    close(pipe_fds[0]);
    int status = 0;
    if (child > 0 && waitpid(child, &status, 0) == child) {
        bool killed_by_us = WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
        outcome.status = WIFEXITED(status) ? WEXITSTATUS(status) : killed_by_us ? -1 : 128 + WTERMSIG(status);
    }
    return outcome;
}
