#include "value.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "util.h"

struct held {
    struct held *before;
    max_align_t room[];
};

static void *hold(struct store *store, size_t bytes) {
    struct held *held = grow(NULL, 1, sizeof *held + bytes);
    held->before = store->last;
    store->last = held;
    return held->room;
}

void store_free(struct store *store) {
    while (store->last != NULL) {
        struct held *held = store->last;
        store->last = held->before;
        free(held);
    }
}

char *reader_copy(struct reader *reader, const char *bytes, size_t length) {
    char *copy = hold(reader->store, length + 1);
    memcpy(copy, bytes, length);
    copy[length] = '\0';
    return copy;
}

/* What is written never takes more bytes than what is read: the shortest escape of four is six long. */
char *reader_room(struct reader *reader, char quote) {
    const char *end = reader->at;
    while (end < reader->end && *end != quote) {
        end += *end == '\\' && reader->end - end > 1 ? 2 : 1;
    }
    return hold(reader->store, (size_t)(end - reader->at) + 4);
}

bool reader_hex(struct reader *reader, int digits, uint32_t *number) {
    *number = 0;
    for (int i = 0; i < digits; i++) {
        char digit = reader->at < reader->end ? *reader->at++ : '\0';
        uint32_t value = digit >= '0' && digit <= '9'   ? (uint32_t)(digit - '0')
                         : digit >= 'a' && digit <= 'f' ? (uint32_t)(digit - 'a' + 10)
                         : digit >= 'A' && digit <= 'F' ? (uint32_t)(digit - 'A' + 10)
                                                        : 16;
        if (value == 16) {
            return false;
        }
        *number = *number << 4 | value;
    }
    return true;
}

struct value *reader_fail(struct reader *reader, const char *sentence) {
    if (!reader->failed) {
        snprintf(reader->problem, reader->problem_bytes, "line %u: %s", reader->line, sentence);
    }
    reader->failed = true;
    return NULL;
}

struct value *reader_value(struct reader *reader, enum value_kind kind) {
    if (reader->values++ >= VALUE_MOST) {
        return reader_fail(reader, "there are too many values");
    }
    struct value *value = hold(reader->store, sizeof *value);
    *value = (struct value){.kind = kind, .line = reader->line};
    return value;
}

bool reader_put(struct reader *reader, struct value *outer, char *key, struct value *inner) {
    if (inner == NULL) {
        return false; /* noted where it could not be read */
    }
    inner->key = key;
    return value_add(outer, inner) || reader_fail(reader, "a name stands twice") != NULL;
}

struct value *value_of(const struct value *table, const char *key) {
    for (struct value *at = table->first; at != NULL; at = at->next) {
        if (strcmp(at->key, key) == 0) {
            return at;
        }
    }
    return NULL;
}

bool value_add(struct value *outer, struct value *inner) {
    if (outer->kind == VALUE_TABLE && value_of(outer, inner->key) != NULL) {
        return false;
    }
    if (outer->last != NULL) {
        outer->last->next = inner;
    } else {
        outer->first = inner;
    }
    outer->last = inner;
    return true;
}

size_t utf8_of(uint32_t point, char bytes[4]) {
    if (point == 0 || point > 0x10ffff || (point >= 0xd800 && point < 0xe000)) {
        return 0;
    }
    size_t size = point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    static const unsigned char FIRST[] = {0, 0, 0xc0, 0xe0, 0xf0};
    for (size_t i = size - 1; i > 0; i--) {
        bytes[i] = (char)(0x80 | (point & 0x3f));
        point >>= 6;
    }
    bytes[0] = (char)(FIRST[size] | point);
    return size;
}

char escape_of(char letter) {
    static const char LETTERS[] = "\"\\bfnrt", MEANT[] = "\"\\\b\f\n\r\t";
    const char *found = letter != '\0' ? strchr(LETTERS, letter) : NULL;
    return found != NULL ? MEANT[found - LETTERS] : '\0';
}
