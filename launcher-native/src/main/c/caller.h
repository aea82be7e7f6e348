/*
 * The caller of a trapped call, as far as something is done for it: copies of its memory and descriptors, the
 * files its paths lead to. Functions return 0 or the errno the call is to end with. Whatever cannot be told
 * is EACCES, so that nothing is done for a caller we do not understand.
 */
#ifndef LANDGRANT_CALLER_H
#define LANDGRANT_CALLER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "broker.h"

/* Bytes of its memory; EFAULT when they are not there. */
int caller_bytes(const struct request *request, uint64_t address, void *bytes, size_t length);

/* A text of at most `most` bytes with its NUL, else `too_long`. Caller frees. */
int caller_text(const struct request *request, uint64_t address, size_t most, int too_long, char **text);

/* Our own copy of one of its descriptors (close-on-exec); EBADF when it has none of that number. */
int caller_descriptor(const struct request *request, int number, int *copy);

/*
 * Whether it has the same root folder, user, groups, capabilities and user namespace as we: only then may we
 * do things with files in its place, because the kernel would have judged it as it judges us.
 */
bool caller_is_like_us(const struct request *request);

/* Its umask; 0777 when that cannot be told. */
mode_t caller_umask(const struct request *request);

/*
 * What a path leads to, as an O_PATH descriptor, or a copy of the descriptor that a path like /proc/self/fd/3
 * names. `folder` is a descriptor of the caller or AT_FDCWD. Links of /proc are not followed, and nothing in
 * /proc is opened.
 */
int caller_open(const struct request *request, int folder, const char *path, bool follow, int *fd);

/*
 * The folder (O_PATH) of the last part of a path, and that part in `name` (NAME_MAX + 1 bytes), "" when it is
 * no name: "/", "." or "..".
 */
int caller_open_folder(const struct request *request, int folder, const char *path, int *fd, char *name);

#endif
