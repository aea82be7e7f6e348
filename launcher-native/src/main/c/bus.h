/*
 * The session bus as an app gets it: through xdg-dbus-proxy, which lets pass what the policy names. The real
 * bus can start any program and ask any other to act, so its own socket is never granted.
 *
 * The proxy is nobody's child here: it is not of the session's processes, gets none of their signals, and is
 * not waited for. It ends when the launcher does, however that ends, because then a pipe closes.
 */
#ifndef LANDGRANT_BUS_H
#define LANDGRANT_BUS_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/stat.h>

#include "policy.h"

/* The address of this user's session bus, from the environment; NULL when there is none. Caller frees. */
char *bus_real_address(void);

/* Whether this is the socket of the session bus, by any of the names it is found by. */
bool bus_is_real(const struct stat *socket);

/* The proxy program in the system's folders, never by PATH; NULL when it is not installed. */
const char *bus_proxy_program(void);

/*
 * The address of the bus that screen readers and apps have among themselves, when there is one and the policy
 * lets the app talk to org.a11y.Bus, which would tell it; else NULL. Caller frees.
 */
char *bus_reader_address(const struct policy *policy);

/* What leads where. */
struct bus_doors {
    const char *address, *path;       /* of the session bus, and the new socket that leads there */
    const char *reader, *reader_path; /* the same of the screen readers' bus; no `reader`: none leads there */
};

/*
 * Starts the proxy on the new sockets, letting pass what the policy's `bus` lines name, and to screen readers
 * what an app says to them. Call it while this process is no subreaper. Returns once it listens: a descriptor
 * that keeps it running as long as it is open, or -1 with a sentence in `problem`. `proxy` is its process;
 * from `said` comes what it says of its work (bus_log.h), without blocking, and somebody has to read it.
 */
int bus_proxy_start(const char *program, const struct bus_doors *doors, const struct policy *policy,
                    pid_t *proxy, int *said, char *problem, size_t problem_bytes);

/* A D-Bus address of a socket at a path. Caller frees. */
char *bus_address_of(const char *path);

#endif
