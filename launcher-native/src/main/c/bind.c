/* Names of sockets. Landlock judges files from its first ABI on and ports from ABI 4 on. */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "borrow.h"
#include "caller.h"
#include "own_sockets.h"
#include "sockets.h"

static int find_entry(struct request *request, const char *path, struct place *entry) {
    int error = borrow_entry(request, path, entry);
    if (error == 0 && !caller_is_like_us(request->thread)) {
        error = EACCES;
    }
    return error == EINVAL ? EADDRINUSE : error == 0 && entry->slash && entry->fd < 0 ? ENOENT : error;
}

/*
 * The new file is made in the very folder that was judged. The socket's name, as getsockname() tells it, is
 * then only the last part of what the app asked for.
 */
static int bind_entry(const struct request *request, int socket, const struct place *entry) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    size_t length = strlen(entry->name);
    if (length > sizeof address.sun_path) {
        errno = ENAMETOOLONG;
        return -1;
    }
    memcpy(address.sun_path, entry->name, length);
    mode_t mask;
    if (!caller_umask(request->thread, &mask) || !request_is_alive(request)) {
        errno = EACCES;
        return -1;
    }
    if (fchdir(entry->parent) != 0) {
        return -1;
    }
    mode_t ours = umask(mask);
    int result = bind(socket, (struct sockaddr *)&address,
                      (socklen_t)(sizeof(sa_family_t) + length + (length < sizeof address.sun_path)));
    int error = errno;
    umask(ours);
    (void)!chdir("/"); /* so that no folder of the app is kept in use */
    errno = error;
    return result;
}

/* A socket comes to stand there, if the session may make that name and no folder has to be there instead. */
static void bind_new(struct request *request, struct reach *reach, int socket, const struct place *entry,
                     int refusal, struct verdict *verdict) {
    bool may = (reach_all_entry(reach, entry->path) & RIGHT_WRITE) != 0;
    if (may && !reach_is_pinned(reach, entry->path, NULL) &&
        (entry->prompt || !reach_is_alias(reach, entry->path, entry->parent))) {
        verdict_of_call(verdict, bind_entry(request, socket, entry));
    } else {
        verdict_wants(verdict, DENIED_FILE, 'w', entry->path, true, refusal);
        verdict->only_told = may;
    }
}

/* As the app asked for it. */
static void bind_as_asked(const struct request *request, int socket, struct verdict *verdict) {
    if (!request_is_alive(request)) {
        verdict_error(verdict,
                      EACCES); /* who was judged by its number may be gone, and the number another's */
        return;
    }
    verdict_of_call(verdict, bind(socket, (struct sockaddr *)request->bytes, (socklen_t)request->byte_count));
}

static void bind_beside_kernel(struct request *request, struct reach *reach, struct verdict *verdict) {
    CLOSES int socket = -1;
    PLACE entry = NO_PLACE;
    char path[110];
    if (address_copy(request) != 0) {
        return;
    }
    sa_family_t family = address_family(request);
    int port = address_port(request);
    bool internet = (family == AF_INET || family == AF_INET6) && port >= 0;
    if ((internet && reach_kernel_port(reach, true, (unsigned)port)) || (!internet && family != AF_UNIX) ||
        borrow_descriptor(request, (int)request->arguments[0], &socket) != 0) {
        return;
    }
    if (internet) {
        if (socket_option(socket, SO_PROTOCOL) != IPPROTO_TCP) {
            return;
        }
        if (reach_all_port(reach, true, (unsigned)port) && caller_is_like_us(request->thread)) {
            bind_as_asked(request, socket, verdict);
        } else {
            wants_port(verdict, true, (unsigned)port, 0);
        }
        return;
    }
    if (socket_option(socket, SO_DOMAIN) != AF_UNIX) {
        return; /* the kernel says what is wrong */
    }
    own_sockets_remember(socket);
    if (!address_path(request, path) || find_entry(request, path, &entry) != 0 || entry.fd >= 0 ||
        (reach_kernel_entry(reach, entry.path) & RIGHT_WRITE) != 0) {
        return;
    }
    bind_new(request, reach, socket, &entry, 0, verdict);
}

static void bind_path(struct request *request, struct reach *reach, int socket, const char *path,
                      struct verdict *verdict) {
    PLACE entry = NO_PLACE;
    int error = find_entry(request, path, &entry);
    if (error == 0 && entry.fd >= 0) {
        error = EADDRINUSE;
    }
    if (error != 0) {
        verdict_error(verdict, error);
    } else {
        bind_new(request, reach, socket, &entry, EACCES, verdict);
    }
}

/* Landlock does not judge ports, so the call does not go on, whatever it is. */
static void bind_in_place(struct request *request, struct reach *reach, struct verdict *verdict) {
    CLOSES int socket = -1;
    char path[110];
    int error = borrow_descriptor(request, (int)request->arguments[0], &socket);
    int domain = error == 0 ? socket_option(socket, SO_DOMAIN) : -1;
    if (error == 0) {
        error = domain == -1 ? ENOTSOCK : address_copy(request);
    }
    if (error == 0 && !caller_is_like_us(request->thread)) {
        error = EACCES; /* the lowest ports are for some users only */
    }
    if (error != 0) {
        verdict_error(verdict, error);
        return;
    }
    int port = address_port(request);
    if (domain == AF_UNIX) {
        own_sockets_remember(socket);
        if (address_path(request, path)) {
            bind_path(request, reach, socket, path, verdict);
            return;
        }
    } else if ((domain == AF_INET || domain == AF_INET6) &&
               socket_option(socket, SO_PROTOCOL) == IPPROTO_TCP && port >= 0 &&
               !reach_all_port(reach, true, (unsigned)port)) {
        wants_port(verdict, true, (unsigned)port, EACCES);
        return;
    }
    bind_as_asked(request, socket, verdict);
}

void bind_handle(struct request *request, struct reach *reach, struct verdict *verdict) {
    if (sockets_ways()->abi >= ABI_OF_PORTS) {
        bind_beside_kernel(request, reach, verdict);
    } else {
        bind_in_place(request, reach, verdict);
    }
}
