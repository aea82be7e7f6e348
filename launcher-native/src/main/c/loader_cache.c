#include "loader_cache.h"

#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "util.h"

static const char OLD[] = "ld.so-1.7.0", NEW[] = "glibc-ld.so.cache1.1";
enum {
    OLD_HEADER = 16,
    OLD_ENTRY = 12,
    NEW_HEADER = 48,
    NEW_ENTRY = 24,
    NAME_AT = 4, /* within an entry */
    PATH_AT = 8,
};

static uint32_t number_at(const struct loader_cache *cache, size_t at) {
    uint32_t number;
    memcpy(&number, cache->bytes + at, sizeof number);
    return number;
}

/* Text within the list, NULL when it does not begin and end there. */
static const char *text_in(const struct loader_cache *cache, uint32_t offset) {
    size_t left = cache->length - cache->start;
    return offset < left && memchr(cache->bytes + cache->start + offset, '\0', left - offset) != NULL
               ? cache->bytes + cache->start + offset
               : NULL;
}

static bool begins(const struct loader_cache *cache, size_t at, const char *mark, size_t header) {
    return cache->length >= at && cache->length - at >= header &&
           memcmp(cache->bytes + at, mark, strlen(mark)) == 0;
}

void loader_cache_read(const char *path, struct loader_cache *cache) {
    *cache = (struct loader_cache){0};
    CLOSES int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    cache->bytes = fd >= 0 ? read_everything(fd, LOADER_CACHE_BYTES, &cache->length) : NULL;
    if (cache->bytes == NULL) {
        return;
    }
    if (begins(cache, 0, OLD, OLD_HEADER)) {
        size_t entries = number_at(cache, OLD_HEADER - 4);
        size_t end = entries <= cache->length / OLD_ENTRY ? OLD_HEADER + entries * OLD_ENTRY : cache->length;
        cache->start = (end + 7) & ~(size_t)7;
    }
    if (begins(cache, cache->start, NEW, NEW_HEADER)) {
        size_t most = (cache->length - cache->start - NEW_HEADER) / NEW_ENTRY;
        cache->count = number_at(cache, cache->start + sizeof NEW - 1);
        cache->count = cache->count < most ? cache->count : most;
    }
}

const char *loader_cache_next(const struct loader_cache *cache, const char *name, size_t *at) {
    while (*at < cache->count) {
        size_t entry = cache->start + NEW_HEADER + (*at)++ * NEW_ENTRY;
        const char *key = text_in(cache, number_at(cache, entry + NAME_AT));
        const char *path = text_in(cache, number_at(cache, entry + PATH_AT));
        if (key != NULL && path != NULL && path[0] == '/' && strcmp(key, name) == 0) {
            return path;
        }
    }
    return NULL;
}

void loader_cache_free(struct loader_cache *cache) {
    free(cache->bytes);
    *cache = (struct loader_cache){0};
}
