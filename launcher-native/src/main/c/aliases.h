/*
 * Exceptions hold by their words. On some file systems (FAT, those of other systems and of the network) one
 * file has several names, and words do not tell. There a place is compared by what it is, too.
 */
#ifndef LANDGRANT_ALIASES_H
#define LANDGRANT_ALIASES_H

#include <stdbool.h>

#include "rules.h"

/*
 * Whether the file or folder, or one it lies in, is an exception that its path does not name. `path`: of what
 * the descriptor holds, or of something new in the folder it holds. True too when it cannot be told.
 */
bool is_alias_of_exception(const struct rules *rules, const char *path, int fd);

#endif
