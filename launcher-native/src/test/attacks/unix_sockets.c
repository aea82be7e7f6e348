/* Sockets of other programs of the user. The server answers with its secret, and with one as a descriptor. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "numbers.h"
#include "themes.h"

static enum result session_bus(void) {
    return greet_unix(SOCK_STREAM, in_world("runtime/bus"));
}

static enum result systemd(void) {
    return greet_unix(SOCK_STREAM, in_world("runtime/systemd/private"));
}

static enum result ssh_agent(void) {
    return greet_unix(SOCK_STREAM, in_world("runtime/ssh-agent"));
}

static enum result docker(void) {
    return greet_unix(SOCK_STREAM, in_world("runtime/docker.sock"));
}

static enum result of_home(void) {
    return greet_unix(SOCK_STREAM, in_world("home/secret/sock"));
}

static enum result in_granted(void) {
    return greet_unix(SOCK_STREAM, in_world("home/granted/others.sock"));
}

static enum result of_readable(void) {
    return greet_unix(SOCK_STREAM, in_world("readable/sock"));
}

static enum result packets(void) {
    return greet_unix(SOCK_SEQPACKET, in_world("runtime/packets"));
}

static enum result by_descriptor(void) {
    int folder = open(in_world("runtime"), O_PATH | O_DIRECTORY);
    return greet_unix(SOCK_STREAM, text("/proc/self/fd/%d/bus", folder));
}

static enum result by_path_descriptor(void) {
    int file = open(in_world("runtime/bus"), O_PATH);
    return greet_unix(SOCK_STREAM, text("/proc/self/fd/%d", file));
}

/* A folder that may be changed holds a socket that was granted by its name, and another. */
static enum result renamed(void) {
    const char *named = in_world("home/granted/named.sock");
    return rename(in_world("home/granted/others.sock"), named) == 0 ? greet_unix(SOCK_STREAM, named) : FAILED;
}

static enum result linked(void) {
    const char *named = in_world("home/granted/named.sock");
    return unlink(named) == 0 && link(in_world("home/granted/others.sock"), named) == 0
               ? greet_unix(SOCK_STREAM, named)
               : FAILED;
}

static enum result by_symlink(void) {
    const char *link = in_world("home/granted/link.sock");
    (void)!symlink(in_world("runtime/bus"), link);
    return greet_unix(SOCK_STREAM, link);
}

static enum result by_hard_link(void) {
    const char *link_path = in_world("home/granted/hard.sock");
    (void)!link(in_world("runtime/bus"), link_path);
    return greet_unix(SOCK_STREAM, link_path);
}

static enum result by_move(void) {
    const char *here = in_world("home/granted/moved.sock");
    (void)!rename(in_world("runtime/bus"), here);
    return greet_unix(SOCK_STREAM, here);
}

static enum result relatively(void) {
    (void)!chdir(in_world("runtime"));
    return greet_unix(SOCK_STREAM, "bus");
}

/* The path fills the whole address, without an end. */
static enum result without_end(void) {
    (void)!chdir(in_world("runtime"));
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    memset(address.sun_path, '/', sizeof address.sun_path);
    memcpy(address.sun_path, "./", 2);
    memcpy(address.sun_path + sizeof address.sun_path - 3, "bus", 3);
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);
    if (connect(fd, (struct sockaddr *)&address, sizeof address) != 0 || send(fd, "hello", 5, 0) < 0) {
        return FAILED;
    }
    return loot_from(fd);
}

static enum result from_thread_of_other_root(void) {
    return own_namespaces(0) && chroot(in_world("runtime")) == 0 && chdir("/") == 0
               ? greet_unix(SOCK_STREAM, "/bus")
               : FAILED;
}

static enum result datagram(const char *path, int way) {
    uint32_t length = 0;
    struct sockaddr_un address = unix_address(path, &length);
    int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    struct iovec bytes = {(char[]){"hello"}, 5};
    struct mmsghdr message = {
        .msg_hdr = {.msg_name = &address, .msg_namelen = length, .msg_iov = &bytes, .msg_iovlen = 1}};
    switch (way) {
    case 0:
        return verdict(sendto(fd, "hello", 5, 0, (struct sockaddr *)&address, length));
    case 1:
        return verdict(sendmsg(fd, &message.msg_hdr, 0));
    case 2:
        return verdict(sendmmsg(fd, &message, 1, 0));
    default:
        return verdict(connect(fd, (struct sockaddr *)&address, length) == 0 ? write(fd, "hello", 5) : -1);
    }
}

static enum result sendto_path(void) {
    return datagram(in_world("runtime/notify"), 0);
}

static enum result sendmsg_path(void) {
    return datagram(in_world("runtime/notify"), 1);
}

static enum result sendmmsg_path(void) {
    return datagram(in_world("runtime/notify"), 2);
}

static enum result connected_datagram(void) {
    return datagram(in_world("runtime/notify"), 3);
}

static enum result abstract_stream(void) {
    return greet_unix(SOCK_STREAM, text("@landgrant-attacks-%d", world.id));
}

static enum result abstract_sendto(void) {
    return datagram(text("@landgrant-attacks-%d-datagrams", world.id), 0);
}

static enum result abstract_sendmsg(void) {
    return datagram(text("@landgrant-attacks-%d-datagrams", world.id), 1);
}

static enum result receives_file(const char *path) {
    uint32_t length = 0;
    struct sockaddr_un address = unix_address(path, &length);
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (connect(fd, (struct sockaddr *)&address, length) != 0 || send(fd, "file", 4, MSG_NOSIGNAL) != 4) {
        return FAILED;
    }
    char byte;
    struct iovec bytes = {&byte, 1};
    union {
        struct cmsghdr header;
        char room[CMSG_SPACE(sizeof(int))];
    } control;
    struct msghdr message = {
        .msg_iov = &bytes, .msg_iovlen = 1, .msg_control = control.room, .msg_controllen = sizeof control};
    if (recvmsg(fd, &message, 0) != 1 || CMSG_FIRSTHDR(&message) == NULL) {
        return FAILED;
    }
    int file = -1;
    memcpy(&file, CMSG_DATA(CMSG_FIRSTHDR(&message)), sizeof file);
    return loot_from(file);
}

static enum result file_by_path(void) {
    return receives_file(in_world("runtime/bus"));
}

static enum result file_in_granted(void) {
    return receives_file(in_world("home/granted/others.sock"));
}

static enum result file_by_abstract(void) {
    return receives_file(text("@landgrant-attacks-%d", world.id));
}

/* Somebody outside wants to connect to a name that nobody has yet. */
static enum result poses(void) {
    uint32_t length = 0;
    struct sockaddr_un address = unix_address(text("@landgrant-attacks-%d-free", world.id), &length);
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    return verdict(bind(fd, (struct sockaddr *)&address, length) == 0 ? listen(fd, 4) : -1);
}

static bool posing_seen(const struct world *where, pid_t app) {
    (void)app;
    uint32_t length = 0;
    struct sockaddr_un address = unix_address(text("@landgrant-attacks-%d-free", where->id), &length);
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    bool seen = connect(fd, (struct sockaddr *)&address, length) == 0;
    close(fd);
    return seen;
}

static enum result binds_there(void) {
    uint32_t length = 0;
    struct sockaddr_un address = unix_address(in_world("runtime/wayland-7"), &length);
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    return verdict(bind(fd, (struct sockaddr *)&address, length));
}

#define BY_PATH UNTIL(SUPERVISOR, 9)
/* Before that the filter lets nobody have such a socket, because it could send to any path and name. */
#define BY_DATAGRAM UNTIL(FILTER, 9)

static const struct attack ROWS[] = {
    ATTACK("session-bus", "connecting to the session bus", session_bus, BY_PATH),
    ATTACK("systemd", "connecting to the user's systemd", systemd, BY_PATH),
    ATTACK("ssh-agent", "connecting to the ssh agent", ssh_agent, BY_PATH),
    ATTACK("docker", "connecting to Docker", docker, BY_PATH),
    ATTACK("socket-in-home", "connecting to a socket in the home", of_home, BY_PATH),
    ATTACK("socket-in-granted", "connecting to another's socket in a granted folder", in_granted, BY_PATH),
    ATTACK("socket-renamed", "the same, after moving it onto the name of a granted one", renamed, BY_PATH),
    ATTACK("socket-linked", "the same, after linking it to that name", linked, BY_PATH),
    ATTACK("socket-readable", "connecting to another's socket in a folder that may be read", of_readable,
           BY_PATH),
    ATTACK("seqpacket", "connecting to a socket of packets", packets, BY_PATH),
    ATTACK("socket-by-descriptor", "connecting through /proc/self/fd/N/NAME", by_descriptor, BY_PATH),
    ATTACK("socket-by-path-descriptor", "connecting through /proc/self/fd/N", by_path_descriptor, BY_PATH),
    ATTACK("socket-by-symlink", "connecting through a symbolic link", by_symlink, BY_PATH),
    ATTACK("socket-by-hard-link", "connecting through a hard link", by_hard_link, BY_PATH),
    ATTACK("socket-moved", "moving a socket into a granted folder", by_move, BY_PATH),
    ATTACK("socket-relative", "connecting by a relative path", relatively, BY_PATH),
    ATTACK("socket-without-end", "connecting by a path that fills the address", without_end, BY_PATH),
    ATTACK("socket-chroot", "connecting with another root folder", from_thread_of_other_root, BY_PATH),
    ATTACK("datagram", "a datagram to a path (sendto)", sendto_path, BY_DATAGRAM),
    ATTACK("datagram-sendmsg", "a datagram to a path (sendmsg)", sendmsg_path, BY_DATAGRAM),
    ATTACK("datagram-sendmmsg", "datagrams to a path (sendmmsg)", sendmmsg_path, BY_DATAGRAM),
    ATTACK("datagram-connected", "a datagram socket connected to a path", connected_datagram, BY_DATAGRAM),
    ATTACK("file-by-path", "an open file received from outside over a path", file_by_path, BY_PATH),
    ATTACK("file-in-granted", "the same over another's socket in a granted folder", file_in_granted, BY_PATH),
    ATTACK("bind-outside", "listening at a path that is not granted", binds_there, CLOSED(LANDLOCK, 1)),
    ATTACK("abstract", "connecting to an abstract socket", abstract_stream, UNTIL(SUPERVISOR, 6)),
    ATTACK("abstract-datagram", "a datagram to an abstract socket (sendto)", abstract_sendto, BY_DATAGRAM),
    ATTACK("abstract-sendmsg", "a datagram to an abstract socket (sendmsg)", abstract_sendmsg, BY_DATAGRAM),
    ATTACK("file-by-abstract", "an open file received over an abstract socket", file_by_abstract,
           UNTIL(SUPERVISOR, 6)),
    ATTACK("abstract-posing", "listening at an abstract name that nobody has", poses,
           OPEN("abstract names belong to whoever takes them first; the kernel guards connecting only"),
           .seen = posing_seen),
};
const struct theme UNIX_SOCKETS = THEME(ROWS, "Unix sockets");
