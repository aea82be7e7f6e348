/* Refusals as JSON lines; the form is in docs/REPORT.md. */
#ifndef LANDGRANT_REPORT_H
#define LANDGRANT_REPORT_H

#include <stdbool.h>
#include <stddef.h>

#include "denials.h"
#include "rules.h"

/*
 * Opens the file to append to (0600 when it is new). Not where the app could put something else in its place:
 * what it writes into file names would end in a file of its choice. -1 with a sentence.
 */
int report_open(const char *path, const struct rules *rules, char *problem, size_t problem_bytes);

/* One line about a refusal, with this count. False when it could not be written. */
bool report_write(int fd, const struct denial *denial, uint64_t count);

/* The line itself. Caller frees. */
char *report_line(const struct denial *denial, uint64_t count);

#endif
