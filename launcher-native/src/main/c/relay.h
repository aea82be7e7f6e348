/*
 * Between the app and its session bus, for the one call that does not belong on a bus here: the portal's
 * OpenURI. Desktops' portals take a confined app for a program of the system and open what it likes, so
 * xdg-dbus-proxy lets that call not through. The relay takes it out, asks what the confined xdg-open asks
 * (links.h), and answers in the portal's place. All else it passes on, byte for byte and with the
 * descriptors.
 *
 * It guards nothing: what it passes on, the proxy judges; what it asks, the supervisor judges. It only has to
 * be of no use to an app that takes it over by a mistake in it. So it is a program of its own, started anew,
 * that knows no secret and can do nothing but speak on connections it was given or made to just these two
 * sockets (relay_jail.c); that is less than the app. When it ends, the app's bus ends.
 *
 * Everything has a bound: connections, descriptors, what is held of a message. Nobody who does not read holds
 * up another one.
 */
#ifndef LANDGRANT_RELAY_H
#define LANDGRANT_RELAY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/un.h>

/* Where it leads; both paths of sockets. In a page that is only read, at one place as long as it runs. */
struct relay_ways {
    struct sockaddr_un proxy, broker;
};

/* Serves until nobody holds the other end of the pipe `alive`. An exit status. Neither waits itself. */
int relay_serve(int listens, int alive, const struct relay_ways *ways);

/*
 * The launcher's: starts it on a listening socket, which is closed here. Call it while this process is no
 * subreaper. A descriptor that keeps it running as long as it is open; -1 and errno.
 */
int relay_start(int listens, const char *proxy, const char *broker);

/* landgrant relay PROXY BROKER: becomes it, with the socket and the pipe as descriptors 0 and 1. */
#define RELAY_WORD "relay"
int command_relay(char **words);

/* From now on only what the relay needs, and connections to these two. False and errno. */
bool relay_jail(const struct relay_ways *ways);

/* --- The rest is its own. --- */

enum {
    CONNECTIONS_MOST = 128,
    HELD_BYTES = 16384, /* of a message, and a message that is looked at is no longer */
    HELD_FDS = 253,     /* what the kernel passes at once */
    OWN_BYTES = 16384,
    NAME_BYTES = 256,   /* of a bus name, with its NUL */
    HANDLE_BYTES = 512, /* of a request's path */
    LOOKUPS_MOST = 8,
    ASKS_MOST = 8, /* as many as the supervisor takes */
};

/* One way through a connection. What it holds is a line of the greeting, or of one message all or a part. */
struct stream {
    uint8_t bytes[HELD_BYTES];
    size_t filled, sent;
    size_t total, passed; /* of the message: its length, 0 while unknown; what came before what is held */
    size_t header;
    bool talks;    /* messages, after the greeting's lines */
    bool forwards; /* what is held may go on */
    bool drops;    /* the rest of the message goes nowhere */
    unsigned lines;
    int fds[HELD_FDS];
    unsigned fd_count;
};

struct connection {
    bool used, deaf; /* deaf: the app reads no more, but what it said goes on */
    int client, bus; /* bus -1: not connected yet */
    int64_t give_up;
    struct stream up, down;
    uint8_t own[OWN_BYTES]; /* our own messages to the app */
    size_t own_length, own_sent;
    uint32_t serial, handles;
    char name[NAME_BYTES];          /* the app's on the bus; "" */
    char owner[NAME_BYTES];         /* who has the portal's name, as the app was told; "" */
    uint32_t lookups[LOOKUPS_MOST]; /* calls by which the app asks that; 0: none */
};

/* Whether the message the app says is taken out; then it was answered. What is held begins with all of its
 * header. */
bool portal_takes(struct connection *connection, const struct stream *held);

/* Looks at what the bus says, for names. */
void portal_hears(struct connection *connection, const struct stream *held);

/* Whether there is room for all that one call, or one answer of the supervisor, can make us say. */
bool portal_has_room(const struct connection *connection);

/* One call of the app that is answered twice: with the request's path, and with how it ended. */
struct request_of_app {
    uint32_t serial;
    bool answers; /* false: the app wants no first answer */
    char handle[HANDLE_BYTES];
};
void portal_returns(struct connection *connection, const struct request_of_app *request);
void portal_responds(struct connection *connection, const struct request_of_app *request, uint32_t response);

/*
 * Asks the supervisor for a link, or a file when `link` is NULL, and gives both answers when it has. False
 * when that cannot be now.
 */
bool asks_begin(struct connection *connection, const struct request_of_app *request, const char *link,
                int file);
void asks_lead_to(const struct sockaddr_un *broker);

/* What to wait for: lines, and until when; then looks at the answers. Those of a connection that ends are
 * forgotten. */
struct pollfd;
size_t asks_watch(struct pollfd *watched, int64_t *until);
void asks_look(void);
void asks_forget(const struct connection *connection);

#endif
