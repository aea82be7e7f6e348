/* Text that others chose, as people may see it: file names, names of programs. Pure. */
#ifndef LANDGRANT_LEGIBLE_H
#define LANDGRANT_LEGIBLE_H

#include <stdbool.h>
#include <stddef.h>

/* The code point at a place in well-formed UTF-8, and its size in bytes. */
unsigned point_at(const unsigned char *at, size_t *size);

/* Controls, marks of direction, blanks that are not seen, line ends of Unicode, tags, variation selectors. */
bool is_unseen(unsigned point);

/* escaped() (util.h), and what is not seen as \xHH byte by byte, too. Caller frees. */
char *legible(const char *text);

#endif
