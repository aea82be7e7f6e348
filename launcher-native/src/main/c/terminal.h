/*
 * Asking a person in the terminal we were started from, which the app may share. While a question stands
 * there the whole session is stopped (freeze.h), the terminal's own group is ours, its modes are the plain
 * ones, and what was typed before is thrown away. What could not be printed whole is not asked.
 */
#ifndef LANDGRANT_TERMINAL_H
#define LANDGRANT_TERMINAL_H

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>
#include <termios.h>

#include "freeze.h"

enum { TERMINAL_LINE_BYTES = 128 };

struct terminal {
    int fd; /* -1: there is none */
    bool open;
    struct frozen frozen;
    struct termios modes;                    /* the app's */
    pid_t group;                             /* whom it belonged to */
    struct sigaction at_reading, at_writing; /* what stopped us before */
    char line[TERMINAL_LINE_BYTES];
    size_t length; /* TERMINAL_LINE_BYTES: too long */
};

/* Opens the controlling terminal; false when there is none. */
bool terminal_find(struct terminal *terminal);

/*
 * Stops the session and makes the terminal ours. False with the reason, a sentence's end, when nothing can be
 * asked here now; then everything is as it was.
 */
bool terminal_take(struct terminal *terminal, const char **reason);

/* Gives it back as it was, and lets the session go on. */
void terminal_give(struct terminal *terminal);

/* False when it could not be printed whole. */
bool terminal_print(struct terminal *terminal, const char *text);

/* Throws away what was typed until now. */
void terminal_forget(struct terminal *terminal);

enum heard { HEARD_NOTHING, HEARD_LINE, HEARD_END };

/* Reads what was typed. A line is in `line`, without its end; "" when it was too long or held a NUL. */
enum heard terminal_hear(struct terminal *terminal);

/*
 * A text of the app's choice for one line on a terminal: no controls, nothing that changes the direction of
 * writing or is not seen; bytes that are not UTF-8 as "?". Caller frees.
 */
char *terminal_text(const char *text);

#endif
