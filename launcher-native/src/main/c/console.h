/*
 * Who is told and asked about a session that no agent knows: the person who started it with `run`. Tells of
 * refusals as they happen, writes the report, and asks in the terminal. The session's main thread's.
 */
#ifndef LANDGRANT_CONSOLE_H
#define LANDGRANT_CONSOLE_H

#include <stdbool.h>
#include <stdint.h>

#include "questions.h"
#include "terminal.h"

struct console {
    bool watch, ask;
    int report; /* -1: none */
    const struct rules *rules;
    struct terminal terminal;
    /* From the start of the session on. */
    struct reach *reach;
    struct questions *questions; /* NULL: nothing is heard of this session */
    struct denials *denials;
    uint64_t written[DENIALS_MOST]; /* how often the report has each refusal by now */
    struct question_said said;      /* what is being asked */
    bool asking, sensitive;
    int64_t shown_at;
};

/* The options' part is filled in. Nothing is heard before console_begin(). */
void console_begin(struct console *console, struct reach *reach, struct questions *questions,
                   struct denials *denials);

/* What to poll for input; -1: nothing. */
int console_fd(const struct console *console);

/* Does what can be done now: tells, and asks. */
void console_serve(struct console *console);

/* What was typed. */
void console_hear(struct console *console);

/* The session is told to end: what is being asked is refused. */
void console_give_up(struct console *console);

/* The session is over. */
void console_end(struct console *console);

/* One refusal, said on stderr. */
void console_tell(const struct denial *denial);

#endif
