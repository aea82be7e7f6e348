/*
 * Unix sockets the session itself made. They may be connected to whatever the policy says about their place,
 * as the kernel's own rule for them (ABI 9) has it.
 *
 * Kept are the cookies of the sockets its processes bind, because a cookie is never given twice and names
 * can lie: a file at a name may have been replaced. Who is bound to a file is asked of the kernel at the
 * moment of the connection. Sockets in another network namespace than ours are not found, so they are not the
 * session's own. Thread-safe.
 */
#ifndef LANDGRANT_OWN_SOCKETS_H
#define LANDGRANT_OWN_SOCKETS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* How many are kept; beyond it the oldest are forgotten, which refuses connections to them. */
enum { OWN_SOCKETS_MOST = 4096 };

/* Keeps the cookies in that table of OWN_SOCKETS_MOST zeros instead, for others to read. Before any is kept.
 */
void own_sockets_keep_in(uint64_t *table);

/* Remembers a socket the app is about to bind; one that has a name already is not. */
void own_sockets_remember(int socket);

/* Whether every socket bound to this socket file, and at least one, is the session's own. */
bool own_sockets_has_file(int file);

/* The same for sockets of the session or of other sessions of its app (companions.h). */
bool own_sockets_or_companions_have_file(int file);

/* The same as the first for an abstract name; `name` begins with its NUL. */
bool own_sockets_has_name(const char *name, size_t bytes);

/*
 * Whether for certain no socket in our network namespace is bound to it, as to a file that an ended program
 * left behind. Connecting is then refused by the kernel, and there is nothing to ask about.
 */
bool nobody_has_socket_file(int file);
bool nobody_has_socket_name(const char *name, size_t bytes);

#endif
