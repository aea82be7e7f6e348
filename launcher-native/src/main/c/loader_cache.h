/*
 * The list of libraries that ldconfig keeps for the loader, /etc/ld.so.cache. Bounded and checked as a file
 * of anybody's would be. Source: the format of glibc 2.2 and later, alone or behind the older one's table.
 */
#ifndef LANDGRANT_LOADER_CACHE_H
#define LANDGRANT_LOADER_CACHE_H

#include <stddef.h>

enum { LOADER_CACHE_BYTES = 16777216 };

/* The paths the list has for a name, as many as there are from `from` on; NULL when there is none. */
struct loader_cache {
    char *bytes; /* NULL: there is no list */
    size_t length, start;
    size_t count;
};

/* Reads the list; an unreadable one is empty. */
void loader_cache_read(const char *path, struct loader_cache *cache);

/* The path of the next entry with this name, from `*at` on, which is moved behind it; NULL: no more. */
const char *loader_cache_next(const struct loader_cache *cache, const char *name, size_t *at);

void loader_cache_free(struct loader_cache *cache);

#endif
