/*
 * Connections, names and listening. Where Landlock judges the real call, it decides and the supervisor only
 * gives what was granted live. Where it does not, nothing goes on, because the app could change the address
 * or the descriptor meanwhile: the supervisor acts on its own copies of both.
 *
 *                          Landlock judges from ABI
 *   TCP ports              4
 *   abstract names         6, but see below
 *   Unix sockets by path   9
 *
 * A connection that goes on could turn into one to a Unix socket, so below ABI 9 every connection is made
 * here, whatever its kind; likewise every bind() below ABI 4.
 */
#ifndef LANDGRANT_SOCKETS_H
#define LANDGRANT_SOCKETS_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/socket.h>

#include "broker.h"

enum { ABI_OF_PORTS = 4, ABI_OF_UNIX_PATHS = 9, NO_DISPLAY = -1 };

/* What a session's sockets depend on besides its reach. */
struct socket_ways {
    unsigned abi;       /* of the Landlock that the session is under */
    bool abstract_free; /* abstract names of others may be connected to */
    int display;        /* the X11 display that may be connected to, or NO_DISPLAY */
};

/* Before the first call is handled. */
void sockets_begin(const struct socket_ways *ways);
const struct socket_ways *sockets_ways(void);

/* The number of a local X11 display like ":0" or ":1.0"; NO_DISPLAY for any other text or NULL. */
int display_number(const char *text);

/* The parts of sockets_handle(). */
handler connect_handle, bind_handle, listen_handle;

/* The address of a connect() or bind(), copied once into the request. 0 or the errno of the kernel. */
int address_copy(struct request *request);

sa_family_t address_family(const struct request *request);

/* The port of an internet address, or -1 when it is too short to have one. */
bool address_is_internet(const struct request *request);
int address_port(const struct request *request);

/* The path of a Unix address, NUL-terminated (109 bytes at most); false for abstract names, and for none. */
bool address_path(const struct request *request, char path[110]);

/* The abstract name of a Unix address with the NUL before it, and its length; NULL when it has none. */
const char *address_abstract(const struct request *request, size_t *length);

/* A number that getsockopt gives at SOL_SOCKET; -1 when it does not. */
int socket_option(int socket, int option);

/* A refused port, as a wish. */
void wants_port(struct verdict *verdict, bool listening, unsigned port, int refusal);

/* 0 becomes `value` 0, anything else the errno. */
void verdict_of_call(struct verdict *verdict, int result);

#endif
