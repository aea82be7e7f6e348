/*
 * Starts the agent for a session whose agent is gone, so that a program that runs on can ask again. What a
 * session's supervisor starts itself would be one of the session's own processes; so a helper, made before
 * the session begins and nobody's child, waits for a word and starts it. It ends with the supervisor.
 */
#ifndef LANDGRANT_STARTER_H
#define LANDGRANT_STARTER_H

#include "places.h"

/* Makes the helper. The descriptor to give to starter_say, -1 when there is none; then nobody starts an
 * agent. */
int starter_make(const struct places *places);

/* Has the helper start the agent, without waiting for it. */
void starter_say(int starter);

#endif
