/* Conversations with the agent: one command at a time, and what it says. */
#ifndef LANDGRANT_CLIENT_H
#define LANDGRANT_CLIENT_H

#include "agent.h"

/* Connects to an agent that runs. False when none answers. A refusal is said and ends us. */
bool client_greet(struct agent *agent);

/* Connects, starting the agent when none runs. Dies with a sentence when that fails. */
void client_connect(struct agent *agent, const struct places *places);

/* Sends a command; words are what followed `landgrant`. Dies when it is too long or not UTF-8. */
void client_command(struct agent *agent, char **words);

/*
 * Waits for the answer until `deadline` (now_ms()). What the command printed goes to `out`, or where we print
 * when that is NULL; its errors always do. Its exit status, or -1 when the line was lost on the way.
 */
int client_answer(struct agent *agent, int64_t deadline, struct buffer *out);

#endif
