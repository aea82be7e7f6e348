#include "relay.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "util.h"
#include "wire.h"

enum {
    LINE_BYTES = 1024, /* of the greeting */
    CONNECT_MS = 5000, /* the proxy may have many come at once */
    AGAIN_MS = 20,
    REST_MS = 200, /* without a free descriptor */
};

/* The rest of what may be waited for: the socket, the pipe. */
enum { LISTENS, ALIVE, FIRST };

static struct connection connections[CONNECTIONS_MOST];

static bool would_wait(void) {
    return errno == EAGAIN || errno == EINTR;
}

static void close_fds(struct stream *stream) {
    for (unsigned i = 0; i < stream->fd_count; i++) {
        close(stream->fds[i]);
    }
    stream->fd_count = 0;
}

static void end(struct connection *connection) {
    asks_forget(connection);
    close_fds(&connection->up);
    close_fds(&connection->down);
    close_later(&connection->client);
    close_later(&connection->bus);
    connection->used = false;
}

/* Adds the descriptors that came; false when not all did. */
static bool take_fds(struct stream *stream, struct msghdr *message) {
    bool all = (message->msg_flags & MSG_CTRUNC) == 0;
    for (struct cmsghdr *header = CMSG_FIRSTHDR(message); header != NULL;
         header = CMSG_NXTHDR(message, header)) {
        size_t count = header->cmsg_level == SOL_SOCKET && header->cmsg_type == SCM_RIGHTS
                           ? (header->cmsg_len - CMSG_LEN(0)) / sizeof(int)
                           : 0;
        for (size_t i = 0; i < count; i++) {
            int fd;
            memcpy(&fd, CMSG_DATA(header) + i * sizeof fd, sizeof fd);
            if (stream->fd_count < HELD_FDS) {
                stream->fds[stream->fd_count++] = fd;
            } else {
                close(fd);
                all = false;
            }
        }
    }
    return all;
}

/* Up to where it reads before it looks again; a line byte by byte, so that nothing of what follows is taken
 * with it. */
static size_t wanted(const struct stream *stream) {
    size_t left = stream->total - stream->passed;
    return !stream->talks       ? stream->filled + 1
           : stream->total == 0 ? WIRE_FIXED_BYTES
           : left < HELD_BYTES  ? left
                                : HELD_BYTES;
}

enum got { NOTHING, SOME, ALL, OVER };

/*
 * Reads once. Never beyond the end of a message, so that descriptors, which come with its bytes, are those of
 * just that message.
 */
static enum got take(struct stream *stream, int from) {
    union {
        struct cmsghdr header;
        char room[CMSG_SPACE(HELD_FDS * sizeof(int))];
    } control;
    struct iovec bytes = {.iov_base = stream->bytes + stream->filled,
                          .iov_len = wanted(stream) - stream->filled};
    struct msghdr message = {.msg_iov = &bytes,
                             .msg_iovlen = 1,
                             .msg_control = control.room,
                             .msg_controllen = sizeof control.room};
    ssize_t got = recvmsg(from, &message, MSG_CMSG_CLOEXEC | MSG_DONTWAIT);
    if (got < 0) {
        return would_wait() ? NOTHING : OVER;
    }
    if (!take_fds(stream, &message) || got == 0) {
        return OVER;
    }
    stream->filled += (size_t)got;
    if (!stream->talks) {
        return stream->bytes[stream->filled - 1] == '\n' ? ALL : stream->filled < LINE_BYTES ? SOME : OVER;
    }
    if (stream->filled == WIRE_FIXED_BYTES && stream->total == 0) {
        stream->total = wire_length(stream->bytes, &stream->header);
        if (stream->total == 0) {
            return OVER;
        }
    }
    return stream->filled == wanted(stream) ? ALL : SOME;
}

/* What was held is done with. */
static void next(struct stream *stream) {
    close_fds(stream);
    stream->passed += stream->total > 0 ? stream->filled : 0;
    stream->filled = stream->sent = 0;
    stream->forwards = false;
    if (stream->passed == stream->total) {
        stream->passed = stream->total = 0;
        stream->drops = false;
    }
}

/* Sends what is held, the descriptors with its first byte. False when nobody is there. */
static bool pass_on(struct stream *stream, int to) {
    union {
        struct cmsghdr header;
        char room[CMSG_SPACE(HELD_FDS * sizeof(int))];
    } control;
    struct iovec bytes = {.iov_base = stream->bytes + stream->sent, .iov_len = stream->filled - stream->sent};
    struct msghdr message = {.msg_iov = &bytes, .msg_iovlen = 1};
    if (stream->fd_count > 0) {
        size_t length = stream->fd_count * sizeof(int);
        memset(&control, 0, sizeof control);
        message.msg_control = control.room;
        message.msg_controllen = CMSG_SPACE(length);
        control.header.cmsg_level = SOL_SOCKET;
        control.header.cmsg_type = SCM_RIGHTS;
        control.header.cmsg_len = CMSG_LEN(length);
        memcpy(CMSG_DATA(&control.header), stream->fds, length);
    }
    ssize_t gone = sendmsg(to, &message, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (gone < 0) {
        return would_wait();
    }
    close_fds(stream);
    stream->sent += (size_t)gone;
    if (stream->sent == stream->filled) {
        next(stream);
    }
    return true;
}

/* A line of the greeting is there. Each is answered by one, but the last; then messages follow. */
static void look_at_line(struct connection *connection, struct stream *stream) {
    static const char LAST[] = "BEGIN\r\n";
    stream->forwards = true;
    if (stream == &connection->up && stream->filled == sizeof LAST - 1 &&
        memcmp(stream->bytes, LAST, stream->filled) == 0) {
        stream->talks = true;
    } else {
        stream->lines++;
    }
}

static void look_at_message(struct connection *connection, struct stream *stream) {
    bool first = stream->passed == 0;
    if (first && stream == &connection->up) {
        stream->drops = portal_takes(connection, stream);
    } else if (first) {
        portal_hears(connection, stream);
    }
    if (stream->drops) {
        next(stream);
    } else {
        stream->forwards = true;
    }
}

/* The bus has answered all lines when the app's last one has come: from here on it says messages, too. */
static void end_greeting(struct connection *connection) {
    struct stream *down = &connection->down;
    down->talks = down->talks || (connection->up.talks && !down->forwards && down->filled == 0 &&
                                  down->lines == connection->up.lines);
}

/* Takes from one side until something is held for the other. False when the side is gone. */
static bool fill(struct connection *connection, struct stream *stream, int from) {
    enum got got = SOME;
    while (!stream->forwards && got == SOME) {
        end_greeting(connection);
        got = take(stream, from);
        if (got == ALL) {
            (stream->talks ? look_at_message : look_at_line)(connection, stream);
        }
    }
    return got != OVER;
}

static bool speaks(const struct connection *connection) {
    return connection->own_length > connection->own_sent;
}

/* Whether there is something to say, and it is our turn: our own messages come between two of the bus's. */
static bool may_speak(struct connection *connection) {
    const struct stream *down = &connection->down;
    end_greeting(connection);
    return speaks(connection) && down->talks && down->passed == 0 && down->sent == 0;
}

/* False when the app reads no more. */
static bool say_own(struct connection *connection) {
    if (!may_speak(connection)) {
        return true;
    }
    ssize_t gone = send(connection->client, connection->own + connection->own_sent,
                        connection->own_length - connection->own_sent, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (gone < 0) {
        return would_wait();
    }
    connection->own_sent += (size_t)gone;
    if (!speaks(connection)) {
        connection->own_length = connection->own_sent = 0;
    }
    return true;
}

/* False when the app reads no more. What we have begun to say comes first. */
static bool answer_app(struct connection *connection) {
    return say_own(connection) && (!connection->down.forwards || connection->own_sent > 0 ||
                                   pass_on(&connection->down, connection->client));
}

static bool listens_to_app(const struct connection *connection) {
    return !connection->up.forwards && (connection->deaf || portal_has_room(connection));
}

static bool listens_to_bus(const struct connection *connection) {
    return !connection->down.forwards && !connection->deaf;
}

/* Does what can be done at once. False when it is over. */
static bool serve(struct connection *connection, short client, short bus) {
    if (client & ~POLLOUT && listens_to_app(connection) &&
        !fill(connection, &connection->up, connection->client)) {
        return false;
    }
    if (connection->up.forwards && !pass_on(&connection->up, connection->bus)) {
        return false;
    }
    if (bus & ~POLLOUT && listens_to_bus(connection) &&
        !fill(connection, &connection->down, connection->bus)) {
        return false;
    }
    /* What it said before it went still counts. */
    connection->deaf = connection->deaf || !answer_app(connection);
    if (connection->deaf) {
        close_fds(&connection->down);
        connection->own_length = connection->own_sent = 0;
    }
    return true;
}

static int connect_to(const struct sockaddr_un *address) {
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd >= 0 && connect(fd, (const struct sockaddr *)address, sizeof *address) != 0) {
        int error = errno;
        close(fd);
        errno = error;
        return -1;
    }
    return fd;
}

/* False when the proxy is not there. */
static bool reach_bus(struct connection *connection, const struct sockaddr_un *proxy) {
    if (connection->bus < 0) {
        connection->bus = connect_to(proxy);
    }
    return connection->bus >= 0 || (would_wait() && now_ms() < connection->give_up);
}

static void reset(struct stream *stream) {
    stream->filled = stream->sent = stream->total = stream->passed = stream->header = 0;
    stream->talks = stream->forwards = stream->drops = false;
    stream->lines = stream->fd_count = 0;
}

static void begin(struct connection *connection, int client) {
    connection->used = true;
    connection->deaf = false;
    connection->client = client;
    connection->bus = -1;
    connection->give_up = now_ms() + CONNECT_MS;
    connection->own_length = connection->own_sent = 0;
    connection->serial = connection->handles = 0;
    connection->name[0] = connection->owner[0] = '\0';
    memset(connection->lookups, 0, sizeof connection->lookups);
    reset(&connection->up);
    reset(&connection->down);
}

static struct connection *free_connection(void) {
    for (size_t i = 0; i < CONNECTIONS_MOST; i++) {
        if (!connections[i].used) {
            return &connections[i];
        }
    }
    return NULL;
}

/* False when there are no descriptors for one more just now. */
static bool welcome(int listens) {
    struct connection *connection = free_connection();
    int client = accept4(listens, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
    if (client >= 0 && connection != NULL) {
        begin(connection, client);
        return true;
    }
    close_later(&client);
    return would_wait();
}

/* What is wanted of a connection's two sides; nothing: it is not looked at. */
static void watch(struct connection *connection, struct pollfd sides[2]) {
    /* Out of turn, there would be no end of a socket that takes more. */
    bool tells = !connection->deaf && (connection->down.forwards || may_speak(connection));
    int client = (listens_to_app(connection) ? POLLIN : 0) | (tells ? POLLOUT : 0);
    int bus = (listens_to_bus(connection) ? POLLIN : 0) | (connection->up.forwards ? POLLOUT : 0);
    bool there = connection->used && connection->bus >= 0;
    sides[0] = (struct pollfd){.fd = there && client != 0 ? connection->client : -1, .events = (short)client};
    sides[1] = (struct pollfd){.fd = there && bus != 0 ? connection->bus : -1, .events = (short)bus};
}

static void serve_all(struct pollfd *sides, size_t count, const struct relay_ways *ways) {
    for (size_t i = 0; i < count; i++, sides += 2) {
        struct connection *connection = &connections[i];
        if (connection->used && (!reach_bus(connection, &ways->proxy) ||
                                 ((sides[0].revents | sides[1].revents) != 0 &&
                                  !serve(connection, sides[0].revents, sides[1].revents)))) {
            end(connection);
        }
    }
}

int relay_serve(int listens, int alive, const struct relay_ways *ways) {
    static struct pollfd watched[FIRST + 2 * CONNECTIONS_MOST + ASKS_MOST];
    int64_t rests_until = 0;
    asks_lead_to(&ways->broker);
    for (;;) {
        int64_t now = now_ms(), until = rests_until > now ? rests_until : -1;
        size_t count = 0;
        for (size_t i = 0; i < CONNECTIONS_MOST; i++) {
            count = connections[i].used ? i + 1 : count;
        }
        bool welcomes = rests_until <= now && free_connection() != NULL;
        watched[LISTENS] = (struct pollfd){.fd = welcomes ? listens : -1, .events = POLLIN};
        watched[ALIVE] = (struct pollfd){.fd = alive};
        for (size_t i = 0; i < count; i++) {
            watch(&connections[i], &watched[FIRST + 2 * i]);
            until = connections[i].used && connections[i].bus < 0 ? now + AGAIN_MS : until;
        }
        size_t asked = asks_watch(&watched[FIRST + 2 * count], &until);
        int patience = until < 0 ? -1 : until > now ? (int)(until - now) : 0;
        if (poll(watched, FIRST + 2 * count + asked, patience) < 0 && errno != EINTR) {
            return EXIT_OURS;
        }
        if (watched[ALIVE].revents != 0) {
            return 0;
        }
        serve_all(&watched[FIRST], count, ways);
        asks_look(); /* when there is room again, too */
        if (watched[LISTENS].revents != 0 && !welcome(listens)) {
            rests_until = now_ms() + REST_MS;
        }
    }
}
