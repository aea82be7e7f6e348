/* An agent's stand-in: PROTOCOL.md §2 as far as a session needs it. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "outside.h"

enum { LINES = 16, FRAME_MOST = 65536, FIELDS_MOST = 8, FIELD_MOST = 4096 };
enum { HELLO = 1, LAUNCH = 2, POLICY = 3, COMMAND = 8, OUTPUT = 9, STATUS = 10, REFUSED = 11, WELCOME = 12 };
enum { ASK = 13, ANSWER = 14, LIVE = 16, HAND_ON = 18, HANDED_ON = 19 };

struct line {
    int fd;
    bool trusted, live;
    size_t length;
    unsigned char bytes[FRAME_MOST];
};

struct stand {
    struct outside *outside;
    const char *policy, *live, *planted;
    struct line lines[LINES];
};

struct stand *stand_make(struct outside *outside, const char *policy, const char *live, const char *planted) {
    struct stand *stand = calloc(1, sizeof *stand);
    stand->outside = outside;
    stand->policy = policy;
    stand->live = live;
    stand->planted = planted;
    for (int i = 0; i < LINES; i++) {
        stand->lines[i].fd = -1;
    }
    return stand;
}

static void put_number(unsigned char *to, size_t number) {
    to[0] = (unsigned char)(number >> 24);
    to[1] = (unsigned char)(number >> 16);
    to[2] = (unsigned char)(number >> 8);
    to[3] = (unsigned char)number;
}

static size_t take_number(const unsigned char *from) {
    return (size_t)from[0] << 24 | (size_t)from[1] << 16 | (size_t)from[2] << 8 | from[3];
}

static void tell(int fd, unsigned char type, const char *const *fields, size_t count) {
    static unsigned char bytes[FRAME_MOST];
    size_t length = 5;
    bytes[4] = type;
    for (size_t i = 0; i < count; i++) {
        size_t size = strlen(fields[i]);
        put_number(bytes + length, size);
        memcpy(bytes + length + 4, fields[i], size);
        length += 4 + size;
    }
    put_number(bytes, length - 4);
    (void)!send(fd, bytes, length, MSG_NOSIGNAL);
}

bool stand_takes(struct stand *stand, int fd) {
    struct ucred peer = {0};
    socklen_t size = sizeof peer;
    getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &size);
    /* The launcher comes once. Whoever comes with its number later is somebody it was talked into. */
    if (peer.pid != atomic_load(&stand->outside->launcher) ||
        atomic_fetch_add(&stand->outside->launches, 1) > 0) {
        atomic_fetch_add(&stand->outside->heard, 1);
    }
    for (int i = 0; i < LINES; i++) {
        if (stand->lines[i].fd < 0) {
            stand->lines[i].fd = fd;
            stand->lines[i].length = 0;
            stand->lines[i].trusted = stand->lines[i].live = false;
            return true;
        }
    }
    return false;
}

static bool is_live(const struct stand *stand, const char *path) {
    size_t length = stand->live != NULL ? strlen(stand->live) : 0;
    return length > 0 && strncmp(path, stand->live, length) == 0 &&
           (path[length] == '/' || path[length] == '\0');
}

static void decide(struct stand *stand, struct line *line, char fields[][FIELD_MOST]) {
    atomic_fetch_add(&stand->outside->asked, 1);
    if (strcmp(fields[1], "file") != 0 || !is_live(stand, fields[3])) {
        tell(line->fd, ANSWER, (const char *const[]){fields[0], "deny"}, 2);
        return;
    }
    atomic_fetch_add(&stand->outside->allowed, 1);
    tell(line->fd, LIVE, (const char *const[]){"grant", "file", "lrw", stand->live}, 4);
    tell(line->fd, LIVE, (const char *const[]){"grant", "file", "lrw", stand->planted}, 4);
    /* Itself too: to a socket a folder's grant does not let connect. */
    tell(line->fd, LIVE, (const char *const[]){"grant", "file", "lrw", fields[3]}, 4);
    tell(line->fd, ANSWER, (const char *const[]){fields[0], "allow"}, 2);
}

/* As another app: a file that is named is opened, whatever lies there; of others it wants a copy first. */
static void open_for(struct stand *stand, struct line *line, char fields[][FIELD_MOST]) {
    static char seen[FIELD_MOST];
    if (strcmp(fields[1], "file") == 0) {
        tell(line->fd, HANDED_ON, (const char *const[]){fields[0], "copy", ""}, 3);
        return;
    }
    snprintf(seen, sizeof seen, "%s", fields[2]);
    const char *path = strcmp(fields[1], "copy") == 0          ? fields[2]
                       : strncmp(fields[2], "file://", 7) == 0 ? fields[2] + 7
                                                               : NULL;
    int file = path != NULL ? open(path, O_RDONLY | O_CLOEXEC) : -1;
    ssize_t got = file >= 0 ? read(file, seen, sizeof seen - 1) : -1;
    seen[got >= 0 ? (size_t)got : strlen(seen)] = '\0';
    close(file);
    if (strcmp(seen, "own\n") != 0) {
        size_t length = strlen(stand->live) - strlen("/home/live");
        write_file(text("%.*s/outside/opened", (int)length, stand->live), seen);
    }
    tell(line->fd, HANDED_ON, (const char *const[]){fields[0], "done", ""}, 3);
}

static bool obey(struct stand *stand, struct line *line, int type, char fields[][FIELD_MOST]) {
    switch (type) {
    case HELLO:
        line->trusted = strncmp(fields[1], stand->outside->secret, SECRET_BYTES) == 0;
        if (!line->trusted) {
            tell(line->fd, REFUSED, (const char *const[]){"wrong secret"}, 1);
            return false;
        }
        tell(line->fd, WELCOME, (const char *const[]){"0"}, 1);
        return true;
    case LAUNCH:
        tell(line->fd, POLICY, &stand->policy, 1);
        return line->trusted;
    case COMMAND:
        atomic_fetch_add(&stand->outside->heard, 1);
        tell(line->fd, OUTPUT, (const char *const[]){"out", stand->outside->token}, 2);
        tell(line->fd, STATUS, (const char *const[]){"0"}, 1);
        return line->trusted;
    case ASK:
        decide(stand, line, fields);
        return line->trusted;
    case HAND_ON:
        open_for(stand, line, fields);
        return line->trusted;
    default:
        return line->trusted;
    }
}

/* The first whole frame; its size, or 0 when there is none yet. */
static size_t take_frame(const struct line *line, int *type, char fields[][FIELD_MOST]) {
    if (line->length < 5 || take_number(line->bytes) + 4 > line->length) {
        return 0;
    }
    size_t size = take_number(line->bytes) + 4, at = 5;
    memset(fields, 0, (size_t)FIELDS_MOST * FIELD_MOST);
    *type = line->bytes[4];
    for (int i = 0; i < FIELDS_MOST && at + 4 <= size; i++) {
        size_t length = take_number(line->bytes + at);
        at += 4;
        if (length > size - at) {
            break;
        }
        memcpy(fields[i], line->bytes + at, length < FIELD_MOST ? length : FIELD_MOST - 1);
        at += length;
    }
    return size;
}

bool stand_serves(struct stand *stand, int fd) {
    static char fields[FIELDS_MOST][FIELD_MOST];
    struct line *line = NULL;
    for (int i = 0; i < LINES; i++) {
        line = stand->lines[i].fd == fd ? &stand->lines[i] : line;
    }
    if (line == NULL) {
        return false;
    }
    ssize_t got = recv(fd, line->bytes + line->length, sizeof line->bytes - line->length, MSG_DONTWAIT);
    bool good = got > 0;
    line->length += good ? (size_t)got : 0;
    int type = 0;
    for (size_t size; good && (size = take_frame(line, &type, fields)) > 0;) {
        good = obey(stand, line, type, fields);
        line->length -= size;
        memmove(line->bytes, line->bytes + size, line->length);
    }
    if (!good) {
        line->fd = -1;
    }
    return good;
}
