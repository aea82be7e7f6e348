/* What a confined program tries: one small function each. */
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "checks.h"

static int result(long value) {
    return value < 0 ? errno : 0;
}

static int opened(int fd) {
    int error = result(fd);
    if (fd >= 0) {
        close(fd);
    }
    return error;
}

static int act_nothing(char **words) {
    (void)words;
    return 0;
}

static int act_read(char **words) {
    char byte;
    int fd = open(words[0], O_RDONLY | O_CLOEXEC);
    return fd < 0 ? errno : result(read(fd, &byte, 1));
}

static int act_write(char **words) {
    int fd = open(words[0], O_WRONLY | O_CLOEXEC);
    return fd < 0 ? errno : result(write(fd, "new", 3));
}

static int act_create(char **words) {
    return opened(open(words[0], O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
}

static int act_list(char **words) {
    char names[512];
    int fd = open(words[0], O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    return fd < 0 ? errno : result(syscall(SYS_getdents64, fd, names, sizeof names));
}

static int act_execute(char **words) {
    execv(words[0], (char *[]){words[0], (char[]){"do"}, (char[]){"nothing"}, NULL});
    return errno;
}

static int act_truncate(char **words) {
    return result(truncate(words[0], 0));
}

/* Only truncation is what this asks for, so only that right can refuse it. */
static int act_open_truncating(char **words) {
    return opened(open(words[0], O_RDONLY | O_TRUNC | O_CLOEXEC));
}

static int act_remove(char **words) {
    return result(unlink(words[0]));
}

static int act_make_folder(char **words) {
    return result(mkdir(words[0], 0700));
}

static int act_make_fifo(char **words) {
    return result(mkfifo(words[0], 0600));
}

static int act_rename(char **words) {
    return result(rename(words[0], words[1]));
}

static int act_link(char **words) {
    return result(link(words[0], words[1]));
}

static int act_symlink(char **words) {
    return result(symlink(words[0], words[1]));
}

static int act_chmod(char **words) {
    return result(chmod(words[0], 0640));
}

/* By a descriptor that may be opened without any right. */
static int act_chmod_descriptor(char **words) {
    char path[64];
    int fd = open(words[0], O_PATH | O_CLOEXEC);
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    return fd < 0 ? errno : result(chmod(path, 0640));
}

static int act_chown(char **words) {
    return result(chown(words[0], getuid(), getgid()));
}

static int act_set_time(char **words) {
    return result(utimensat(AT_FDCWD, words[0], NULL, 0));
}

static int act_set_attribute(char **words) {
    return result(setxattr(words[0], "user.note", "new", 3, 0));
}

static struct sockaddr_in local(const char *port) {
    return (struct sockaddr_in){
        .sin_family = AF_INET, .sin_port = htons((uint16_t)atoi(port)), .sin_addr = {htonl(INADDR_LOOPBACK)}};
}

static int connect_by(int protocol, const char *port) {
    struct sockaddr_in address = local(port);
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, protocol);
    return fd < 0 ? errno : result(connect(fd, (struct sockaddr *)&address, sizeof address));
}

static int act_connect(char **words) {
    return connect_by(0, words[0]);
}

static int act_connect_mptcp(char **words) {
    return connect_by(262, words[0]);
}

/* A connection without connect(). */
static int act_send_fast(char **words) {
    struct sockaddr_in address = local(words[0]);
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    return fd < 0 ? errno
                  : result(sendto(fd, "x", 1, MSG_FASTOPEN, (struct sockaddr *)&address, sizeof address));
}

static int act_listen(char **words) {
    struct sockaddr_in address = local(words[0]);
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), on = 1;
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (fd < 0 || bind(fd, (struct sockaddr *)&address, sizeof address) != 0) {
        return errno;
    }
    return result(listen(fd, 1));
}

static int act_listen_unbound(char **words) {
    (void)words;
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    return fd < 0 ? errno : result(listen(fd, 1));
}

static int act_send_udp(char **words) {
    struct sockaddr_in address = local(words[0]);
    int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    return fd < 0 ? errno : result(sendto(fd, "x", 1, 0, (struct sockaddr *)&address, sizeof address));
}

static int act_listen_udp(char **words) {
    struct sockaddr_in address = local(words[0]);
    int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    return fd < 0 ? errno : result(bind(fd, (struct sockaddr *)&address, sizeof address));
}

static int act_raw_netlink(char **words) {
    (void)words;
    return opened(socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, 16 /* generic */));
}

static socklen_t unix_address(struct sockaddr_un *address, const char *name) {
    *address = (struct sockaddr_un){.sun_family = AF_UNIX};
    size_t length = strlen(name);
    if (length >= sizeof address->sun_path) {
        return 0;
    }
    memcpy(address->sun_path, name, length);
    if (name[0] != '@') {
        return sizeof *address;
    }
    address->sun_path[0] = '\0';
    return (socklen_t)(offsetof(struct sockaddr_un, sun_path) + length);
}

/* A path, or with @ in front an abstract name. */
static int act_connect_unix(char **words) {
    struct sockaddr_un address;
    socklen_t length = unix_address(&address, words[0]);
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    return fd < 0 ? errno : result(connect(fd, (struct sockaddr *)&address, length));
}

static int act_send_unix(char **words) {
    struct sockaddr_un address;
    socklen_t length = unix_address(&address, words[0]);
    int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    return fd < 0 ? errno : result(sendto(fd, "x", 1, 0, (struct sockaddr *)&address, length));
}

/* A socket of one's own, listened on and connected to. */
static int act_own_unix(char **words) {
    struct sockaddr_un address;
    socklen_t length = unix_address(&address, words[0]);
    int server = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (server < 0 || bind(server, (struct sockaddr *)&address, length) != 0 || listen(server, 1) != 0) {
        return errno;
    }
    return act_connect_unix(words);
}

static int act_signal(char **words) {
    return result(kill((pid_t)atoi(words[0]), 0));
}

static int act_signal_own(char **words) {
    (void)words;
    pid_t child = fork();
    if (child == 0) {
        pause();
        _exit(0);
    }
    int status = 0, error = result(kill(child, SIGTERM));
    waitpid(child, &status, 0);
    return error != 0 ? error : WIFSIGNALED(status) ? 0 : EINVAL;
}

static int act_trace(char **words) {
    return result(ptrace(PTRACE_SEIZE, (pid_t)atoi(words[0]), NULL, NULL));
}

static int act_ring(char **words) {
    (void)words;
    char parameters[256] = {0};
    return result(syscall(425 /* io_uring_setup */, 1, parameters));
}

static int act_mount(char **words) {
    if (unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0) {
        return errno;
    }
    return result(mount("none", words[0], "tmpfs", 0, NULL));
}

static int act_children(char **words) {
    (void)words;
    int status = 0;
    for (int i = 0; i < 20; i++) {
        pid_t child = fork();
        if (child == 0) {
            _exit(act_own_unix((char *[]){(char[]){"@landgrant-own"}, NULL}) == 0 ? 0 : 1);
        }
        if (child < 0 || waitpid(child, &status, 0) != child || status != 0) {
            return ECHILD;
        }
    }
    return 0;
}

static const struct {
    const char *word;
    int arguments;
    int (*act)(char **words);
} ACTIONS[] = {
    {"nothing", 0, act_nothing},
    {"read", 1, act_read},
    {"write", 1, act_write},
    {"create", 1, act_create},
    {"list", 1, act_list},
    {"execute", 1, act_execute},
    {"truncate", 1, act_truncate},
    {"open-truncating", 1, act_open_truncating},
    {"remove", 1, act_remove},
    {"make-folder", 1, act_make_folder},
    {"make-fifo", 1, act_make_fifo},
    {"rename", 2, act_rename},
    {"link", 2, act_link},
    {"symlink", 2, act_symlink},
    {"chmod", 1, act_chmod},
    {"chmod-descriptor", 1, act_chmod_descriptor},
    {"chown", 1, act_chown},
    {"set-time", 1, act_set_time},
    {"set-attribute", 1, act_set_attribute},
    {"connect", 1, act_connect},
    {"connect-mptcp", 1, act_connect_mptcp},
    {"send-fast", 1, act_send_fast},
    {"listen", 1, act_listen},
    {"listen-unbound", 0, act_listen_unbound},
    {"send-udp", 1, act_send_udp},
    {"listen-udp", 1, act_listen_udp},
    {"netlink", 0, act_raw_netlink},
    {"connect-unix", 1, act_connect_unix},
    {"send-unix", 1, act_send_unix},
    {"own-unix", 1, act_own_unix},
    {"signal", 1, act_signal},
    {"signal-own", 0, act_signal_own},
    {"trace", 1, act_trace},
    {"ring", 0, act_ring},
    {"mount", 1, act_mount},
    {"children", 0, act_children},
};

int act(char **words) {
    int count = 0;
    while (words[count] != NULL) {
        count++;
    }
    for (size_t i = 0; i < sizeof ACTIONS / sizeof ACTIONS[0]; i++) {
        if (count > 0 && strcmp(ACTIONS[i].word, words[0]) == 0 && count == ACTIONS[i].arguments + 1) {
            return ACTIONS[i].act(words + 1);
        }
    }
    fprintf(stderr, "checks: no such action, or not its number of arguments\n");
    return 99;
}
