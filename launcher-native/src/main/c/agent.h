/*
 * The line to the agent. In a session it never blocks and never fails: an agent that is away, slow or talks
 * nonsense costs the line, and denials wait (bounded) until it is back.
 */
#ifndef LANDGRANT_AGENT_H
#define LANDGRANT_AGENT_H

#include <stdbool.h>
#include <stdint.h>

#include "denials.h"
#include "frames.h"
#include "links.h"
#include "places.h"
#include "questions.h"

enum agent_state { AGENT_AWAY, AGENT_GREETED, AGENT_JOINED };

struct agent {
    const struct places *places;
    int fd;
    enum agent_state state;
    struct buffer in, out;
    int64_t retry_at, send_at, start_at; /* ms of now_ms(); not before */
    int starter;                         /* starter.h; -1: nobody starts an agent */
    /* The session's, once it runs and is listened to; else NULL. */
    struct questions *questions;
    struct reach *reach;
    struct links *links;
    /* What `started` says. */
    const char *app;
    int64_t started;
    pid_t helper; /* 0: there is none */
    char *const *arguments;
};

void agent_init(struct agent *agent, const struct places *places, const char *app);

/* Connects and says hello. False when no agent is there or the secret cannot be had (then in `problem`, if
 * any). */
bool agent_greet(struct agent *agent, char *problem, size_t problem_bytes);

/*
 * Waits for one whole frame until `deadline` (now_ms()); the frame is valid until the next call. False when
 * the line was lost, garbled or silent; it is closed then.
 */
bool agent_wait(struct agent *agent, int64_t deadline, struct frame *frame);

/* Sends what the socket takes now. False when the line is lost. */
bool agent_push(struct agent *agent);

void agent_close(struct agent *agent);

/* The app runs: says `started` when an agent is on the line. */
void agent_join(struct agent *agent);

/* In a session: what the poll of the event loop should watch for, 0 when away. */
short agent_events(const struct agent *agent);

/* What the agent wants of the session. */
enum order { ORDER_NOTHING, ORDER_END, ORDER_KILL, ORDER_REOPEN };

/* Does everything that can be done now without waiting: join again, send denials, read wishes. */
enum order agent_serve(struct agent *agent, struct denials *denials);

/* Milliseconds until agent_serve has something to do by itself; -1 when nothing is due. */
int agent_due(const struct agent *agent, struct denials *denials);

/* Sends the last denials and `exited`, waiting at most `patience` ms for a slow reader. */
void agent_farewell(struct agent *agent, struct denials *denials, const char *how, int number, int patience);

/* Starts the agent detached from us; it is nobody's child afterwards. */
void agent_start(const struct places *places);

#endif
