/*
 * The policy text of PROTOCOL.md, parsed. Pure: reads no file and no environment. Whatever is not said there
 * refuses the whole policy.
 */
#ifndef LANDGRANT_POLICY_H
#define LANDGRANT_POLICY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "denials.h"
#include "landlock.h"

enum {
    POLICY_BYTES = 1048576,
    POLICY_LINES = 16384,
    POLICY_LINE_BYTES = 16384,
    POLICY_REF_BYTES = 64,
    POLICY_NAME_BYTES = 128,
    POLICY_PATH_BYTES = 4095,
    POLICY_BUS_NAME_BYTES = 255,
};

enum directive {
    LINE_VERSION,
    LINE_APP,
    LINE_PROTECT,
    LINE_OPEN,
    LINE_MISSING,
    LINE_ACCEPT_PARTIAL,
    LINE_FILE,
    LINE_FILE_FROM,
    LINE_CONNECT,
    LINE_LISTEN,
    LINE_CREATE,
    LINE_PRIVATE_TMP,
    LINE_UNSET,
    LINE_SET,
    LINE_COMMAND,
    LINE_REFUSED,
    LINE_EXCEPT,
    LINE_ASK,
    LINE_BUS,
    LINE_DISPLAY,
    LINE_LINKS,
};

/* What may be done with a D-Bus name: call it, also take it, only see that it is there. */
enum bus_access { BUS_TALK, BUS_OWN, BUS_SEE };

/* One directive; only the values its kind has are set. */
struct line {
    enum directive kind;
    enum protection what;
    unsigned rights;
    uint16_t port;
    enum denial_kind asked; /* LINE_ASK; only files have a path, in `text` */
    enum bus_access bus;
    bool optional; /* LINE_FILE: left out where it does not exist, whatever else has to */
    int held;  /* LINE_FILE: the file, open, which then counts and not what `text` leads to by now; 0: none */
    bool ours; /* LINE_EXCEPT of the launcher's own, which no `file` line and no live grant is nearer than */
    char *ref;
    char *name; /* of a variable; for LINE_BUS the D-Bus name, which may end in ".*" */
    char *text; /* unescaped; for LINE_COMMAND still with % codes */
};

enum stance { STANCE_UNSAID, STANCE_PROTECT, STANCE_OPEN, STANCE_MISSING };

struct policy {
    struct line *lines; /* in the order they were written */
    size_t count;
    enum stance stance[PROTECTIONS];
    bool accept_partial;
    const char *app;         /* NULL for `run` */
    const char *private_tmp; /* NULL when not asked for */
    bool display_x11;        /* $DISPLAY may be reached */
    bool links;              /* links and files are opened by other apps */
    bool bus;                /* there is a `bus` line: the session gets a filtered bus */
};

/* The words of `protect`, by enum protection. */
extern const char *const PROTECTION_WORDS[PROTECTIONS];

/* The words of `bus`, by enum bus_access. */
extern const char *const BUS_WORDS[3];

/*
 * Parses `length` bytes. On success fills `policy`; on failure returns false with "line N: sentence" in
 * `problem` and `policy` empty.
 */
bool policy_parse(const char *text, size_t length, struct policy *policy, char *problem,
                  size_t problem_bytes);

/* Writes the policy back in its canonical form: every directive, no comments. */
void policy_print(const struct policy *policy, FILE *out);

/* Adds a line; its texts now belong to the policy. */
void policy_add(struct policy *policy, struct line line);

void policy_free(struct policy *policy);

/* The letters of rights, for people and for printing. */
void rights_letters(unsigned rights, char letters[RIGHT_LETTERS]);

/* Whether a `command` word is a field code: 'f', 'F', 'u' or 'U', else 0. */
char field_code(const char *word);

#endif
