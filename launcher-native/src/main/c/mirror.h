/*
 * A mirror of the ruleset: would Landlock refuse this? Pure. Only a prediction, used for telling people; the
 * kernel decides by itself, so a wrong answer costs a lost or a needless line and nothing else.
 */
#ifndef LANDGRANT_MIRROR_H
#define LANDGRANT_MIRROR_H

#include <stdbool.h>

#include "rules.h"

struct mirror {
    const struct rules *rules;
    bool connects, listens; /* whether these are enforced */
};

/* The rights of every rule that covers a canonical path, joined: what the kernel gives. */
unsigned mirror_rights(const struct mirror *mirror, const char *path);

/*
 * What the policy gives there without the kernel: rights for folders with exceptions, which somebody outside
 * has to serve.
 */
unsigned mirror_served(const struct mirror *mirror, const char *path);

/* Which of the wanted rights are missing there; READ covers LIST. */
unsigned mirror_missing(const struct mirror *mirror, const char *path, unsigned wanted);

/* Whether connecting to (or listening on) a TCP port would be refused. */
bool mirror_refuses_port(const struct mirror *mirror, bool listening, unsigned port);

#endif
