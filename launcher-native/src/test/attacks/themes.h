/* The themes, one a file. */
#ifndef LANDGRANT_ATTACKS_THEMES_H
#define LANDGRANT_ATTACKS_THEMES_H

#include "attacks.h"

#define THEME(rows, name)                                                                                    \
    { (name), (rows), sizeof(rows) / sizeof((rows)[0]) }

/* A row: its name, what it does, the function, who closes it, then fields of struct attack. */
#define ATTACK(id, does, function, ...)                                                                      \
    { .name = (id), .what = (does), .attempt = (function), __VA_ARGS__ }
#define CLOSED(closer, since)        .closed = {(closer), (since), NULL, 0}
#define CLOSED_AS(closer, since, as) .closed = {(closer), (since), (as), 0}
/* On every kernel, from an ABI on by the kernel itself. */
#define UNTIL(closer, abi)           .closed = {(closer), 0, NULL, (abi)}
#define OPEN(reason)                 .closed = {NOBODY, 0, (reason), 0}
#define MUST_WORK                    .closed = {GRANTED, 0, NULL, 0}
#define HOLDS_SOCKET(family, number) .domain = (family), .protocol = (number)

/* Evidence that several themes need. */
bool listening_seen(const struct world *where, pid_t app);
bool bound_udp_seen(const struct world *where, pid_t app);
bool other_program_seen(const struct world *where, pid_t app);
bool more_privileges_seen(const struct world *where, pid_t app);
bool opened_seen(const struct world *where, pid_t app);

/* As an app of one's own that opens a word, or a file when that is not -1. */
enum result open_outside(const char *word, int file);

/* What comes within some seconds. */
bool answered(int fd, char *bytes, size_t room);

extern const struct theme READING, CHANGING, ATTRIBUTES, EXCEPTIONS, LIVE, WATCHING, UNIX_SOCKETS, NETWORK,
    OTHER_SOCKETS, DESKTOP, BUS, INNER, SIGNALS, PROCESSES, NAMESPACES, KERNEL, PROGRAMS, QUEUES, OWN_RULES,
    SUPERVISING, LINKING, PORTALS;

#endif
