/*
 * The workers: several identical threads, of which one leads. The leader takes trapped calls from the kernel,
 * because a call that nobody has taken yet can be broken off by any signal. It answers at once what is quick;
 * before anything slower it hands the lead on. So however long one call takes, others are taken: a leader
 * nobody could follow stays, and what it may not do itself waits until somebody is free.
 */
#ifndef LANDGRANT_WORKERS_H
#define LANDGRANT_WORKERS_H

#include "questions.h"

enum {
    WORKERS_FIRST = 3,
    WORKERS_MOST = 64,
    BLOCKED_MOST = 48,            /* who may wait for long; the others answer what comes meanwhile */
    SLOW_MOST = WORKERS_MOST - 2, /* who may be at a call at all: one leads, one does what was answered */
};

struct workers;

/* The questions are given later, because they in turn hand calls back to workers. */
struct workers *workers_make(struct reach *reach);

/* Starts them on a seccomp listener, which now belongs to them. False and errno when that cannot be. */
bool workers_start(struct workers *workers, int listener, struct questions *questions);

/* A call that is to be judged once more. */
void workers_again(void *workers, struct request *request);

/* Whether some wait for long, and have to be looked at from time to time; wakes those whose caller has died.
 */
bool workers_are_blocked(struct workers *workers);
void workers_look(struct workers *workers);

#endif
