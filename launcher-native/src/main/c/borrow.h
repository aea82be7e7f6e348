/*
 * Copies of what a caller's arguments point to or name: memory, descriptors, files. All give 0 or the errno
 * the call is to end with; whatever cannot be told is EACCES, so that nothing is done for a caller we cannot
 * look into.
 */
#ifndef LANDGRANT_BORROW_H
#define LANDGRANT_BORROW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "broker.h"
#include "resolve.h"

/* Bytes of its memory; EFAULT when they are not there. */
int borrow_bytes(const struct request *request, uint64_t address, void *bytes, size_t length);

/* A text of at most `most` bytes with its NUL, else `too_long`. Caller frees. */
int borrow_text(const struct request *request, uint64_t address, size_t most, int too_long, char **text);

/* Our own copy of one of its descriptors (close-on-exec); EBADF when it has none of that number. */
int borrow_descriptor(const struct request *request, int number, int *copy);

/* What a path leads to. Never in /proc, where files differ from process to process. */
int borrow_file(struct request *request, int folder, const char *path, bool follow, struct place *place);

/* The folder and the name of something that may not exist yet. */
int borrow_entry(struct request *request, const char *path, struct place *place);

#endif
