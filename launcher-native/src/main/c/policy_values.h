/* The values that directives of a policy are made of. Pure. Reasons are sentences; NULL means the value is
 * good. */
#ifndef LANDGRANT_POLICY_VALUES_H
#define LANDGRANT_POLICY_VALUES_H

#include <stdio.h>

#include "policy.h"

/* What a value of a directive is. TEXT, PATH and ASKED_PATH run to the end of the line; ASKED_PATH is only
 * there when files are asked about. */
enum value {
    NOTHING,
    VERSION,
    WHAT,
    RIGHTS,
    REF,
    PORT,
    NAME,
    PATTERN,
    ASKED,
    ASKED_PATH,
    BUS,
    BUS_NAME,
    DISPLAY,
    TEXT,
    PATH
};

/* Reads one value into the line; what was allocated belongs to the line, also after a failure. */
const char *policy_parse_value(enum value value, char *word, struct line *line);

/* Whether that is a well-known bus name, perhaps with .* at its end. */
const char *check_bus_name(const char *name);

/* Whether % stands rightly in a word of a command. */
const char *policy_check_command(const char *word);

/* Writes a space and the value in its canonical form. */
void policy_print_value(enum value value, const struct line *line, FILE *out);

#endif
