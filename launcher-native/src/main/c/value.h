/*
 * What JSON and TOML files say, in one small form. Both parsers take a bounded text of anybody's and refuse
 * what they do not know, with its line. What was read belongs to a store, which is freed as a whole.
 */
#ifndef LANDGRANT_VALUE_H
#define LANDGRANT_VALUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { VALUE_DEPTH = 16, VALUE_MOST = 16384, VALUE_FILE_BYTES = 1048576 };

enum value_kind { VALUE_TEXT, VALUE_NUMBER, VALUE_LIST, VALUE_TABLE };

struct value {
    enum value_kind kind;
    unsigned line; /* from 1 */
    char *key;     /* in a table */
    char *text;
    uint64_t number;
    struct value *first, *last; /* of a list or table */
    struct value *next;
};

/* What was read lies in here. */
struct store {
    struct held *last;
};
void store_free(struct store *store);

/* A text that is being read. */
struct reader {
    struct store *store;
    const char *at, *end;
    unsigned line, values, depth;
    char *problem; /* a sentence with the line, once something is wrong */
    size_t problem_bytes;
    bool failed;
};

/* NULL with a sentence in `problem`. The text may hold anything. */
struct value *json_read(const char *text, size_t length, struct store *store, char *problem,
                        size_t problem_bytes);
struct value *toml_read(const char *text, size_t length, struct store *store, char *problem,
                        size_t problem_bytes);

/* For the parsers: notes what is wrong where the reader is; only the first counts. NULL. */
struct value *reader_fail(struct reader *reader, const char *sentence);

/* A new value here; NULL when there are too many. */
struct value *reader_value(struct reader *reader, enum value_kind kind);

/* Room for a text that ends with the next `quote`, where every byte after a backslash counts as well. */
char *reader_room(struct reader *reader, char quote);

/* So many hexadecimal digits, at most eight; false when something else stands there. */
bool reader_hex(struct reader *reader, int digits, uint32_t *number);

/* A copy of these bytes. */
char *reader_copy(struct reader *reader, const char *bytes, size_t length);

/* Puts `inner` at the end of a list, or under its key into a table; false when the key is there already. */
bool value_add(struct value *outer, struct value *inner);

/* For the parsers: the same by a key; false, and noted, also when `inner` could not be read. */
bool reader_put(struct reader *reader, struct value *outer, char *key, struct value *inner);

struct value *value_of(const struct value *table, const char *key);

/* A code point as UTF-8, in at most four bytes; 0 when it is none that may stand in a text. */
size_t utf8_of(uint32_t point, char bytes[4]);

/* What \" in both formats can stand for besides \u; 0: nothing. */
char escape_of(char letter);

#endif
