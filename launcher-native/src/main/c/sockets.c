/* Connecting and listening; bind.c has the names. */
#include "sockets.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "borrow.h"
#include "bus.h"
#include "caller.h"
#include "own_sockets.h"
#include "walls.h"

/* An IPv6 address without the scope, as RFC 2133 had it; Linux takes no shorter one. */
enum { SIN6_LEAST = 24 };

static struct socket_ways ways = {.display = NO_DISPLAY};
static char display_path[32]; /* "": none */
static struct stat display;   /* as it was at the beginning */

void sockets_begin(const struct socket_ways *wanted) {
    ways = *wanted;
    display_path[0] = '\0';
    if (ways.display != NO_DISPLAY) {
        snprintf(display_path, sizeof display_path, "/tmp/.X11-unix/X%d", ways.display);
    }
    if (lstat(display_path, &display) != 0) {
        display = (struct stat){0};
    }
}

const struct socket_ways *sockets_ways(void) {
    return &ways;
}

/* A connection never waits when nothing has to be agreed with the other side. Whether the socket does is
 * nothing to rely on: the app may change it until the very moment. */
static void perform_connect(struct request *request, int socket, const void *address, size_t length,
                            struct verdict *verdict) {
    int type = socket_option(socket, SO_TYPE);
    bool waits = type == SOCK_STREAM || type == SOCK_SEQPACKET;
    /* Where it stands was read by the caller's number, which is the caller's only as long as it waits. */
    if (!request_is_alive(request)) {
        verdict_error(verdict, EACCES);
        return;
    }
    if (waits && !request_may_block(request)) {
        verdict_error(verdict, EAGAIN);
        return;
    }
    int result = connect(socket, address, (socklen_t)length);
    int error = errno;
    if (waits) {
        request_has_blocked(request);
    }
    errno = error;
    verdict_of_call(verdict, result);
}

static void perform_connect_as_asked(struct request *request, int socket, struct verdict *verdict) {
    perform_connect(request, socket, request->bytes, request->byte_count, verdict);
}

/* The file of a Unix socket somebody else may be bound to. */
static int find_place(struct request *request, const char *path, struct place *place) {
    int error = borrow_file(request, AT_FDCWD, path, true, place);
    if (error == 0 && !caller_is_like_us(request->thread)) {
        error = EACCES;
    }
    return error == 0 && !S_ISSOCK(place->status.st_mode) ? ECONNREFUSED : error; /* as the kernel says it */
}

/* Where the session may change the folder, it has to be the very socket that was there at first. */
static bool is_display(struct reach *reach, const struct place *place) {
    return strcmp(place->path, display_path) == 0 &&
           ((reach_all_entry(reach, place->path) & RIGHT_WRITE) == 0 ||
            (place->status.st_ino == display.st_ino && place->status.st_dev == display.st_dev));
}

static bool is_display_name(const char *name, size_t length) {
    char path[sizeof(struct sockaddr_un) + 1];
    memcpy(path, name + 1, length - 1);
    path[length - 1] = '\0';
    return strlen(path) == length - 1 && path[0] != '\0' && strcmp(path, display_path) == 0;
}

/* What was granted, and did not become the session bus since. */
static bool is_granted(struct reach *reach, const struct place *place) {
    return (reach_all_socket(reach, place->path, &place->status) && !bus_is_real(&place->status)) ||
           is_display(reach, place);
}

/* The user is asked about this very socket. */
static void wants_socket(struct reach *reach, const struct place *place, int refusal,
                         struct verdict *verdict) {
    verdict_wants(verdict, DENIED_FILE, 'w', place->path, false, refusal);
    verdict->only_told =
        reach_asks(reach, &verdict->wish) && !reach_means_socket(reach, place->path, &place->status);
}

/* Never by the app's path again: by the very file that was judged. */
static void connect_to_place(struct request *request, int socket, const struct place *place,
                             struct verdict *verdict) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    snprintf(address.sun_path, sizeof address.sun_path, "/proc/self/fd/%d", place->fd);
    perform_connect(request, socket, &address, sizeof address, verdict);
}

/* Landlock judges the real call; what it would refuse is done here if it was granted live. */
static void connect_beside_kernel(struct request *request, struct reach *reach, struct verdict *verdict) {
    CLOSES int socket = -1;
    PLACE place = NO_PLACE;
    char path[110];
    size_t length;
    const char *name;
    if (address_copy(request) != 0) {
        return;
    }
    int port = address_port(request);
    sa_family_t family = address_family(request);
    if (address_path(request, path)) {
        if (find_place(request, path, &place) != 0 || reach_kernel_socket(reach, place.path, &place.status)) {
            return;
        }
        bool granted = is_granted(reach, &place);
        if (!granted && own_sockets_has_file(place.fd)) {
            return;
        }
        if (granted || (walls_are_ours(request->thread) && own_sockets_or_companions_have_file(place.fd))) {
            if (borrow_descriptor(request, (int)request->arguments[0], &socket) == 0) {
                connect_to_place(request, socket, &place, verdict);
            }
        } else if (!nobody_has_socket_file(place.fd)) {
            wants_socket(reach, &place, 0, verdict);
        }
    } else if ((name = address_abstract(request, &length)) != NULL) {
        if (is_display_name(name, length) && walls_are_ours(request->thread) &&
            borrow_descriptor(request, (int)request->arguments[0], &socket) == 0) {
            perform_connect_as_asked(request, socket, verdict);
        }
    } else if ((family == AF_INET || family == AF_INET6) && port >= 0 &&
               !reach_kernel_port(reach, false, (unsigned)port) &&
               borrow_descriptor(request, (int)request->arguments[0], &socket) == 0 &&
               socket_option(socket, SO_PROTOCOL) == IPPROTO_TCP) {
        if (!reach_all_port(reach, false, (unsigned)port)) {
            wants_port(verdict, false, (unsigned)port, 0);
            verdict->only_told = !walls_are_ours(request->thread);
        } else if (walls_are_ours(request->thread)) {
            perform_connect_as_asked(request, socket, verdict);
        }
    }
}

static void connect_unix(struct request *request, struct reach *reach, int socket, struct verdict *verdict) {
    PLACE place = NO_PLACE;
    char path[110];
    size_t length;
    const char *name;
    if (address_path(request, path)) {
        int error = find_place(request, path, &place);
        if (error != 0) {
            verdict_error(verdict, error);
        } else if (is_granted(reach, &place) || own_sockets_or_companions_have_file(place.fd)) {
            connect_to_place(request, socket, &place, verdict);
        } else if (nobody_has_socket_file(place.fd)) {
            verdict_error(verdict, ECONNREFUSED);
        } else {
            wants_socket(reach, &place, EACCES, verdict);
        }
    } else if ((name = address_abstract(request, &length)) != NULL) {
        /* Between the question and the connection a name could pass from one of the app's sockets to
         * somebody else's who asks for it at that moment; a file could not. */
        if (ways.abstract_free || is_display_name(name, length) || own_sockets_has_name(name, length)) {
            perform_connect_as_asked(request, socket, verdict);
        } else {
            verdict_error(verdict, nobody_has_socket_name(name, length) ? ECONNREFUSED : EPERM);
        }
    } else {
        perform_connect_as_asked(request, socket,
                                 verdict); /* no Unix address: the kernel says what is wrong */
    }
}

static void connect_internet(struct request *request, struct reach *reach, int socket,
                             struct verdict *verdict) {
    int protocol = socket_option(socket, SO_PROTOCOL), port = address_port(request);
    bool tcp = protocol == IPPROTO_TCP;
    if (!tcp && protocol != IPPROTO_UDP && protocol != IPPROTO_ICMP && protocol != IPPROTO_ICMPV6) {
        verdict_error(verdict, EACCES); /* no rule sees its ports */
    } else if (tcp && address_family(request) != AF_UNSPEC && !address_is_internet(request)) {
        size_t least = socket_option(socket, SO_DOMAIN) == AF_INET6 ? SIN6_LEAST : sizeof(struct sockaddr_in);
        verdict_error(verdict, request->byte_count < least ? EINVAL : EAFNOSUPPORT);
    } else if (tcp && address_family(request) != AF_UNSPEC && port >= 0 &&
               !reach_all_port(reach, false, (unsigned)port)) {
        wants_port(verdict, false, (unsigned)port, EACCES);
    } else {
        perform_connect_as_asked(request, socket, verdict); /* AF_UNSPEC undoes a connection */
    }
}

/* Landlock does not judge all of it, so the call does not go on, whatever it is. */
static void connect_in_place(struct request *request, struct reach *reach, struct verdict *verdict) {
    CLOSES int socket = -1;
    int error = borrow_descriptor(request, (int)request->arguments[0], &socket);
    if (error == 0) {
        error = address_copy(request);
    }
    int domain = error == 0 ? socket_option(socket, SO_DOMAIN) : -1;
    if (error != 0) {
        verdict_error(verdict, error);
    } else if (!walls_are_ours(request->thread) &&
               (domain == AF_UNIX || socket_option(socket, SO_PROTOCOL) == IPPROTO_TCP)) {
        verdict_error(verdict, EACCES); /* its own rules might refuse what ours allow */
    } else if (domain == AF_UNIX) {
        connect_unix(request, reach, socket, verdict);
    } else if (domain == AF_INET || domain == AF_INET6) {
        connect_internet(request, reach, socket, verdict);
    } else if (domain == AF_NETLINK || domain == -1) {
        perform_connect_as_asked(request, socket, verdict); /* -1: no socket, and the kernel says so */
    } else {
        verdict_error(verdict, EACCES);
    }
}

void connect_handle(struct request *request, struct reach *reach, struct verdict *verdict) {
    if (ways.abi >= ABI_OF_UNIX_PATHS) {
        connect_beside_kernel(request, reach, verdict);
    } else {
        connect_in_place(request, reach, verdict);
    }
}

/*
 * listen() on a TCP socket without a name gives it a free port, which no kernel takes for a bind(). A name
 * given by bind() stays; one that a connection left behind may vanish just before, so it is looked at again.
 */
static void listen_on(const struct request *request, int socket, struct verdict *verdict) {
    struct sockaddr_storage before = {0}, after = {0};
    socklen_t before_bytes = sizeof before, after_bytes = sizeof after;
    uint16_t port = 0;
    if (socket_option(socket, SO_PROTOCOL) != IPPROTO_TCP) {
        verdict_of_call(verdict, listen(socket, (int)request->arguments[1]));
        return;
    }
    if (getsockname(socket, (struct sockaddr *)&before, &before_bytes) == 0) {
        memcpy(&port, (const uint8_t *)&before + sizeof before.ss_family, sizeof port);
    }
    if (port == 0) {
        wants_port(verdict, true, 0, EACCES);
        return;
    }
    verdict_of_call(verdict, listen(socket, (int)request->arguments[1]));
    if (getsockname(socket, (struct sockaddr *)&after, &after_bytes) != 0 ||
        memcmp((const uint8_t *)&after + sizeof after.ss_family, &port, sizeof port) != 0) {
        shutdown(socket, SHUT_RDWR);
        verdict_error(verdict, EACCES);
    }
}

void listen_handle(struct request *request, struct reach *reach, struct verdict *verdict) {
    CLOSES int socket = -1;
    if (reach_all_port(reach, true, 0)) {
        return; /* any free port is granted, so there is nothing to judge */
    }
    int error = borrow_descriptor(request, (int)request->arguments[0], &socket);
    if (error != 0) {
        verdict_error(verdict, error);
    } else if (!request_is_alive(request)) {
        verdict_error(verdict, EACCES);
    } else {
        listen_on(request, socket, verdict);
    }
}

void sockets_handle(struct request *request, struct reach *reach, struct verdict *verdict) {
    switch (request->row->call) {
    case CALL_CONNECT:
        connect_handle(request, reach, verdict);
        break;
    case CALL_BIND:
        bind_handle(request, reach, verdict);
        break;
    default:
        listen_handle(request, reach, verdict);
        break;
    }
}
