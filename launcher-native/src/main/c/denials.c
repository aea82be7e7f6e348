#include "denials.h"

#include <stdlib.h>
#include <string.h>

#include "util.h"

/* FNV-1a; only to compare quickly. */
static uint64_t hash_of(enum denial_kind kind, char access, const char *what) {
    uint64_t hash = 0xcbf29ce484222325u ^ ((uint64_t)kind << 8) ^ (unsigned char)access;
    for (; *what != '\0'; what++) {
        hash = (hash ^ (unsigned char)*what) * 0x100000001b3u;
    }
    return hash;
}

/* comm is cut after 15 bytes, perhaps within a character. */
static void copy_program(char *to, const char *from) {
    size_t length = strnlen(from, PROGRAM_BYTES - 1);
    while (length > 0 && !is_utf8(from, length)) {
        length--;
    }
    memcpy(to, from, length);
    to[length] = '\0';
}

static void add(struct denials *denials, enum denial_kind kind, char access, const char *what,
                bool needs_folder, const char *program, int64_t when) {
    uint64_t hash = hash_of(kind, access, what);
    struct denial *denial = NULL;
    for (size_t i = 0; i < denials->count && denial == NULL; i++) {
        struct denial *known = &denials->list[i];
        if (known->hash == hash && known->kind == kind && known->access == access &&
            strcmp(known->what, what) == 0) {
            denial = known;
        }
    }
    if (denial == NULL && denials->count == DENIALS_MOST) {
        denials->dropped++;
        return;
    }
    if (denial == NULL) {
        if (denials->list == NULL) {
            denials->list = grow(NULL, DENIALS_MOST, sizeof *denials->list);
        }
        denial = &denials->list[denials->count++];
        *denial = (struct denial){.kind = kind, .access = access, .what = copy_text(what), .hash = hash};
    }
    denial->needs_folder = needs_folder;
    denial->count++;
    denial->last = when;
    copy_program(denial->program, program);
}

void denials_add(struct denials *denials, enum denial_kind kind, char access, const char *what,
                 bool needs_folder, const char *program, int64_t when) {
    pthread_mutex_lock(&denials->lock);
    add(denials, kind, access, what, needs_folder, program, when);
    pthread_mutex_unlock(&denials->lock);
}

size_t denials_count(struct denials *denials) {
    pthread_mutex_lock(&denials->lock);
    size_t count = denials->count;
    pthread_mutex_unlock(&denials->lock);
    return count;
}

void denials_drop(struct denials *denials, size_t count) {
    for (size_t i = 0; i < count; i++) {
        free(denials->list[i].what);
    }
    denials->count -= count;
    if (denials->count > 0) {
        memmove(denials->list, denials->list + count, denials->count * sizeof *denials->list);
    }
}
