/*
 * The seccomp filter: what is closed outright, and what rings the doorbell before it goes on. The kernel runs
 * it at every call whose answer depends on arguments; the others it remembers.
 */
#ifndef LANDGRANT_FILTER_H
#define LANDGRANT_FILTER_H

#include <stdbool.h>

#include "bpf.h"

/* What the filter of one session has to close, because nothing else does. */
struct closing {
    bool doorbell; /* a supervisor listens; else only what is closed outright is in it */
    /* Unix datagram sockets, which can send to any path and name: closed where Landlock does not see that. */
    bool unix_datagrams;
    /* openat2(): its flags stand in memory the app can change, and with the right ones it empties a file,
     * which Landlock does not see everywhere. */
    bool openat2;
    bool udp;  /* no UDP sockets at all */
    bool echo; /* no ICMP echo sockets, which carry bytes as well as UDP does */
};

/* The program; it must not be used when it says that it is broken. */
void filter_build(struct program *program, const struct closing *closing);

/*
 * Puts the filter on the calling thread for good; no_new_privs must be set. Returns the listener
 * (close-on-exec); FILTER_SILENT when an outer session already listens, so that this one only closes; or -1
 * and errno. `doorbell` of `closing` does not matter here.
 */
enum { FILTER_SILENT = -2 };
int filter_enter(const struct closing *closing);

#endif
