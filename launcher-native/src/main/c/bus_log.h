/*
 * What the session's bus refused, from what xdg-dbus-proxy says of its work. It says one line about each
 * message and then, if so, that it was not let through. A hostile app can have lines said that look like
 * others; all it can gain is a denial in its own name, which it could have by trying as well.
 */
#ifndef LANDGRANT_BUS_LOG_H
#define LANDGRANT_BUS_LOG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "denials.h"
#include "policy.h"

/* No line that matters is longer: two names, a member, a path. */
enum { BUS_LOG_LINE_BYTES = 1024 };

struct bus_log {
    int fd; /* -1: there is no proxy, or it has ended */
    const struct policy *policy;
    char line[BUS_LOG_LINE_BYTES];
    size_t length; /* of the line so far; a longer one is dropped */
    bool overlong;
    char called[POLICY_BUS_NAME_BYTES + 1]; /* whom the last message was for; empty: of no interest */
};

/* Takes what the proxy said now, never waiting, and adds what it refused. At its end the descriptor closes.
 */
void bus_log_read(struct bus_log *log, struct denials *denials);

/* The same for bytes that were read. Pure. */
void bus_log_take(struct bus_log *log, const char *bytes, size_t length, struct denials *denials,
                  int64_t when);

#endif
