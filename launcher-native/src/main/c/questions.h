/*
 * The open questions of a session. A refused call that the user may be asked about is parked here, without a
 * thread; calls with the same wish share one question. Everything here may be called by any thread; what is
 * for the session's main thread says so.
 *
 * Without an agent nobody is asked. A wish that was denied is remembered, so that a program that tries again
 * and again asks once. All tables are bounded: beyond them a call is refused.
 */
#ifndef LANDGRANT_QUESTIONS_H
#define LANDGRANT_QUESTIONS_H

#include "broker.h"

enum {
    PARKED_MOST = 4096,  /* calls that wait */
    REFUSED_MOST = 4096, /* denied wishes that are remembered; then the oldest is forgotten */
    ASKS_MOST = 4,       /* questions about one call: renaming has two folders */
    LOOK_AGAIN_MS = 250,
};

struct questions;

/* Denials are told to `denials`. `again` gets every call that is to be judged once more; it owns it then. */
struct questions *questions_make(struct reach *reach, struct denials *denials,
                                 void (*again)(void *context, struct request *request), void *context);

/* Only when none is open. */
void questions_free(struct questions *questions);

/* A number that changes when what the session may reach does. */
uint64_t questions_now(struct questions *questions);

/*
 * A call whose verdict is OUTCOME_WANTS: it is asked about, or refused now and told. The request belongs to
 * the questions from here on.
 */
void questions_take(struct questions *questions, struct request *request, const struct verdict *verdict);

/* Becomes readable when there is something to tell the agent; reading it is questions_heard(). */
int questions_fd(const struct questions *questions);
void questions_heard(struct questions *questions);

/* Whether somebody waits for an answer. */
bool questions_are_open(struct questions *questions);

/* The agent came or went. When it went, every open question is denied. */
void questions_agent(struct questions *questions, bool is_there);

/*
 * The main thread's: the next question to ask, or the next one nobody waits for any more; false when there is
 * none. What a question is about stays valid until the next call of any function here by the main thread.
 */
struct question_said {
    uint64_t number;
    bool withdrawn; /* else asked */
    struct wish wish;
    char program[PROGRAM_BYTES];
};
bool questions_next(struct questions *questions, struct question_said *said);

/* The main thread's: the number of a question nobody waits for any more; false when there is none. */
bool questions_withdrawn(struct questions *questions, uint64_t *number);

/* The main thread's: an answer. Numbers that are not open any more mean nothing. */
void questions_answer(struct questions *questions, uint64_t number, bool allowed);

/* Denied wishes may be asked about again: what the session may reach has changed. */
void questions_forget(struct questions *questions);

/* Lets go of callers that died. */
void questions_look(struct questions *questions);

#endif
