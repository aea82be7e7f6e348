/* What `landgrant ask` is told by the agent and by the person in front of it. Reads text, does nothing. */
#ifndef LANDGRANT_TYPED_H
#define LANDGRANT_TYPED_H

#include <stdbool.h>
#include <stdint.h>

/* What the agent says is asked; id 0 when nothing is. */
struct asked {
    uint64_t id;
    unsigned scopes, scope; /* how many there are; the one an answer is about, from 1 */
    bool sensitive;
    const char *text; /* for people; within what was read */
};

/* Reads what `prompts --next` printed. False when it is anything else. */
bool asked_read(const char *printed, struct asked *asked);

enum typed {
    TYPED_NOTHING,
    TYPED_DENY,
    TYPED_ONCE,
    TYPED_ALLOW,
    TYPED_LATER,
    TYPED_SCOPE,
    TYPED_QUIT,
    TYPED_HELP,
    TYPED_SHORT,   /* an answer that this question wants in whole words */
    TYPED_UNKNOWN, /* nothing that means something here */
};

/* What a line (without its end) means for the question; `scope` is set by TYPED_SCOPE alone. */
enum typed typed_read(const char *line, const struct asked *asked, unsigned *scope);

#endif
