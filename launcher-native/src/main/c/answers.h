/* Answering a trapped call, once. */
#ifndef LANDGRANT_ANSWERS_H
#define LANDGRANT_ANSWERS_H

#include "broker.h"

/* Asks the kernel how long its structures are; they may be longer than those we were built with. */
bool answers_prepare(void);

/* Bytes of struct seccomp_notif here. */
size_t answers_request_bytes(void);

/*
 * Gives a verdict that is not OUTCOME_WANTS to the caller, and closes the descriptor of OUTCOME_INJECT. A
 * caller that died meanwhile needs no answer.
 */
void answer(const struct request *request, struct verdict *verdict);

/* The answer to a refused call: the errno, or for 0 “continue”, so that Landlock refuses. */
void answer_refused(const struct request *request, int refusal);

#endif
