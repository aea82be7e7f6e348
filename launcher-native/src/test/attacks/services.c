/* Servers of every kind: the session's neighbours. They count who comes, and give their secret to anybody. */
#include <errno.h>
#include <fcntl.h>
#include <linux/keyctl.h>
#include <mqueue.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/msg.h>
#include <sys/prctl.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include "outside.h"

enum { DOORS_MOST = 16, GUESTS_MOST = 96 };
enum kind { STREAM, PACKETS, DATAGRAMS, AGENT, NOTIFIED };

struct door {
    int fd;
    enum kind kind;
};

struct guest {
    int fd;
    bool agent;
};

static struct door doors[DOORS_MOST];
static int door_count;

static void open_door(int family, int type, enum kind kind, const void *address, uint32_t length) {
    int fd = socket(family, type | SOCK_CLOEXEC, 0);
    if (fd >= 0 && bind(fd, address, length) == 0 && (type == SOCK_DGRAM || listen(fd, 64) == 0)) {
        doors[door_count++] = (struct door){fd, kind};
    } else {
        fprintf(stderr, "attacks: a server could not be started: %s\n", strerror(errno));
        close(fd);
    }
}

static void open_unix(int type, enum kind kind, const char *path) {
    uint32_t length = 0;
    struct sockaddr_un address = unix_address(path, &length);
    open_door(AF_UNIX, type, kind, &address, length);
}

static int open_port(int type, enum kind kind) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
    open_door(AF_INET, type, kind, &address, sizeof address);
    socklen_t size = sizeof address;
    getsockname(doors[door_count - 1].fd, (struct sockaddr *)&address, &size);
    return ntohs(address.sin_port);
}

static void open_doors(struct world *where) {
    static const char *const STREAMS[] = {
        "runtime/bus",      "runtime/systemd/private",  "runtime/ssh-agent",       "runtime/docker.sock",
        "home/secret/sock", "home/granted/others.sock", "home/granted/named.sock", "readable/sock",
        "home/live/sock"};
    door_count = 0;
    for (size_t i = 0; i < COUNT_OF(STREAMS); i++) {
        /* The one in the live folder may be spoken to. */
        open_unix(SOCK_STREAM, i + 1 == COUNT_OF(STREAMS) ? NOTIFIED : STREAM,
                  text("%s/%s", where->folder, STREAMS[i]));
    }
    open_unix(SOCK_SEQPACKET, PACKETS, text("%s/runtime/packets", where->folder));
    open_unix(SOCK_DGRAM, DATAGRAMS, text("%s/runtime/notify", where->folder));
    open_unix(SOCK_STREAM, STREAM, text("@landgrant-attacks-%d", where->id));
    open_unix(SOCK_DGRAM, DATAGRAMS, text("@landgrant-attacks-%d-datagrams", where->id));
    open_unix(SOCK_STREAM, AGENT, text("%s/runtime/landgrant/agent", where->folder));
    where->tcp = open_port(SOCK_STREAM, STREAM);
    where->udp = open_port(SOCK_DGRAM, DATAGRAMS);
}

static void give_file(int fd, int file) {
    union {
        struct cmsghdr header;
        char room[CMSG_SPACE(sizeof(int))];
    } control = {0};
    struct iovec byte = {(char[]){"x"}, 1};
    struct msghdr message = {
        .msg_iov = &byte, .msg_iovlen = 1, .msg_control = control.room, .msg_controllen = sizeof control};
    control.header.cmsg_level = SOL_SOCKET;
    control.header.cmsg_type = SCM_RIGHTS;
    control.header.cmsg_len = CMSG_LEN(sizeof(int));
    memcpy(CMSG_DATA(&control.header), &file, sizeof file);
    lseek(file, 0, SEEK_SET);
    (void)!sendmsg(fd, &message, MSG_NOSIGNAL);
}

/* Whoever asks gets the secret: the question alone is what must not arrive. */
static bool serves(int fd, int file, const struct outside *outside) {
    char bytes[512];
    ssize_t got = recv(fd, bytes, sizeof bytes, MSG_DONTWAIT);
    if (got <= 0) {
        return false;
    }
    if (got == 4 && memcmp(bytes, "file", 4) == 0) {
        give_file(fd, file);
    } else {
        (void)!send(fd, outside->token, TOKEN_BYTES, MSG_NOSIGNAL | MSG_DONTWAIT);
    }
    return true;
}

static void comes(struct door *door, struct guest *guests, int *count, struct outside *outside,
                  struct stand *stand) {
    char bytes[512];
    if (door->kind == DATAGRAMS) {
        while (recv(door->fd, bytes, sizeof bytes, MSG_DONTWAIT) >= 0) {
            atomic_fetch_add(&outside->heard, 1);
        }
        return;
    }
    int fd = accept4(door->fd, NULL, NULL, SOCK_CLOEXEC);
    if (fd < 0) {
        return;
    }
    if (door->kind != AGENT && door->kind != NOTIFIED) {
        atomic_fetch_add(&outside->heard, 1);
    }
    if (door->kind == NOTIFIED || *count == GUESTS_MOST || (door->kind == AGENT && !stand_takes(stand, fd))) {
        close(fd);
        return;
    }
    guests[(*count)++] = (struct guest){fd, door->kind == AGENT};
}

static void keep_house(int line, int file, struct outside *outside, struct stand *stand) {
    static struct guest guests[GUESTS_MOST];
    int count = 0;
    for (;;) {
        struct pollfd watched[DOORS_MOST + GUESTS_MOST + 1];
        int total = 0, guests_then = count;
        for (int i = 0; i < door_count; i++) {
            watched[total++] = (struct pollfd){.fd = doors[i].fd, .events = POLLIN};
        }
        for (int i = 0; i < count; i++) {
            watched[total++] = (struct pollfd){.fd = guests[i].fd, .events = POLLIN};
        }
        watched[total] = (struct pollfd){.fd = line, .events = POLLIN};
        if (poll(watched, (nfds_t)total + 1, -1) < 0) {
            continue;
        }
        for (int i = guests_then - 1; i >= 0; i--) {
            if (watched[door_count + i].revents != 0 &&
                !(guests[i].agent ? stand_serves(stand, guests[i].fd)
                                  : serves(guests[i].fd, file, outside))) {
                close(guests[i].fd);
                guests[i] = guests[--count];
            }
        }
        for (int i = 0; i < door_count; i++) {
            if (watched[i].revents != 0) {
                comes(&doors[i], guests, &count, outside, stand);
            }
        }
        char byte;
        if (watched[total].revents != 0 && (read(line, &byte, 1) != 1 || write(line, &byte, 1) != 1)) {
            _exit(0);
        }
    }
}

static void make_queues(struct services *services, const struct world *where, const struct outside *outside) {
    services->shared = shmget(where->id, 4096, IPC_CREAT | 0600);
    char *memory = services->shared >= 0 ? shmat(services->shared, NULL, 0) : (void *)-1;
    if (memory != (void *)-1) {
        memcpy(memory, outside->token, TOKEN_BYTES);
        shmdt(memory);
    }
    struct {
        long type;
        char bytes[TOKEN_BYTES];
    } message = {.type = 1};
    memcpy(message.bytes, outside->token, TOKEN_BYTES);
    services->queue = msgget(where->id, IPC_CREAT | 0600);
    (void)!msgsnd(services->queue, &message, sizeof message.bytes, IPC_NOWAIT);
    services->semaphore = semget(where->id, 1, IPC_CREAT | 0600);
    const char *name = text("/landgrant-attacks-%d", where->id);
    struct mq_attr small = {.mq_maxmsg = 2, .mq_msgsize = TOKEN_BYTES}; /* all that a user has are counted */
    mqd_t queue = mq_open(name, O_RDWR | O_CREAT | O_NONBLOCK, 0600, &small);
    services->named = queue >= 0;
    (void)!mq_send(queue, outside->token, TOKEN_BYTES, 0);
    mq_close(queue);
    services->key =
        syscall(SYS_add_key, "user", name + 1, outside->token, TOKEN_BYTES, KEY_SPEC_USER_KEYRING);
}

static void make_terminal(struct services *services, struct world *where) {
    int number = -1;
    services->terminal = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (services->terminal >= 0 && grantpt(services->terminal) == 0 && unlockpt(services->terminal) == 0) {
        const char *name = ptsname(services->terminal);
        if (name != NULL) {
            sscanf(name, "/dev/pts/%d", &number);
        }
    }
    where->terminal = number;
}

bool services_start(struct services *services, struct world *where, struct outside *outside,
                    const char *policy) {
    int line[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, line) != 0) {
        return false;
    }
    open_doors(where);
    make_queues(services, where, outside);
    make_terminal(services, where);
    int file = open(text("%s/home/secret/key", where->folder), O_RDONLY | O_CLOEXEC);
    services->process = fork();
    if (services->process == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
        close(line[0]);
        const char *live = strdup(text("%s/home/live", where->folder));
        const char *planted = strdup(text("%s/home/granted/planted", where->folder));
        keep_house(line[1], file, outside, stand_make(outside, policy, live, planted));
    }
    close(line[1]);
    close(file);
    for (int i = 0; i < door_count; i++) {
        close(doors[i].fd);
    }
    services->line = line[0];
    return services->process > 0;
}

void services_sync(const struct services *services) {
    char byte = 'x';
    if (write(services->line, &byte, 1) == 1) {
        (void)!read(services->line, &byte, 1);
    }
}

void services_stop(struct services *services, const struct world *where) {
    close(services->line);
    close(services->terminal);
    kill(services->process, SIGKILL);
    waitpid(services->process, NULL, 0);
    shmctl(services->shared, IPC_RMID, NULL);
    msgctl(services->queue, IPC_RMID, NULL);
    semctl(services->semaphore, 0, IPC_RMID);
    mq_unlink(text("/landgrant-attacks-%d", where->id));
    (void)!syscall(SYS_keyctl, KEYCTL_UNLINK, services->key, KEY_SPEC_USER_KEYRING);
}
