/*
 * The Unix sockets of other sessions of the same app. A second start of a program hands over to the window
 * that is open by a socket which that one made, so they may be connected to like the session's own.
 *
 * Each session writes down the cookies of its sockets (own_sockets.h) in a file of its own in Landgrant's
 * runtime folder, which no session reaches.
 */
#ifndef LANDGRANT_COMPANIONS_H
#define LANDGRANT_COMPANIONS_H

#include <stdbool.h>
#include <stdint.h>

#include "places.h"
#include "scratch.h"

/* So many other sessions are looked at; sockets of more are a stranger's. */
enum { COMPANIONS_MOST = 64 };

/*
 * From now on the session's sockets are known to others of `app`. Before it begins. False when no place could
 * be made, and `scratch` holds none: then they are known to nobody.
 */
bool companions_begin(const struct places *places, const char *app, struct scratch *scratch);

/* Whether another session of the app made the socket. Thread-safe. */
bool companions_have(uint64_t cookie);

/* After the session: nobody knows them any more. */
void companions_end(struct scratch *scratch);

#endif
