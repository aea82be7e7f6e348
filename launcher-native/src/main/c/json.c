/* JSON (RFC 8259) as far as policies need it: tables, lists, texts and whole numbers. */
#include <string.h>

#include "util.h"
#include "value.h"

static struct value *read_value(struct reader *reader);

static void skip(struct reader *reader) {
    while (reader->at < reader->end && strchr(" \t\r\n", *reader->at) != NULL && *reader->at != '\0') {
        reader->line += *reader->at++ == '\n';
    }
}

/* Skips to the next character that is no blank; '\0' at the end. */
static char next(struct reader *reader) {
    skip(reader);
    return reader->at < reader->end ? *reader->at : '\0';
}

static bool take(struct reader *reader, char wanted) {
    if (next(reader) != wanted || reader->at == reader->end) {
        return false;
    }
    reader->at++;
    return true;
}

/* Behind "\u"; surrogates come in pairs. How many bytes it is; 0: nothing that may stand here. */
static size_t read_point(struct reader *reader, char bytes[4]) {
    uint32_t point, low;
    if (!reader_hex(reader, 4, &point)) {
        return 0;
    }
    if (point >= 0xd800 && point < 0xdc00) {
        if (reader->end - reader->at < 6 || reader->at[0] != '\\' || reader->at[1] != 'u') {
            return 0;
        }
        reader->at += 2;
        if (!reader_hex(reader, 4, &low) || low < 0xdc00 || low >= 0xe000) {
            return 0;
        }
        point = 0x10000 + ((point - 0xd800) << 10) + (low - 0xdc00);
    }
    return utf8_of(point, bytes);
}

/* Behind the first quote. */
static char *read_text(struct reader *reader) {
    char *text = reader_room(reader, '"'), *end = text;
    while (reader->at < reader->end && *reader->at != '"') {
        unsigned char byte = (unsigned char)*reader->at++;
        if (byte < 0x20) {
            reader_fail(reader, "a control character stands in a text");
            return NULL;
        }
        if (byte != '\\') {
            *end++ = (char)byte;
            continue;
        }
        char letter = reader->at < reader->end ? *reader->at++ : '\0';
        char meant = letter == '/' ? '/' : escape_of(letter);
        size_t size = letter == 'u' ? read_point(reader, end) : 0;
        if (meant != '\0') {
            *end++ = meant;
        } else if (size > 0) {
            end += size;
        } else {
            reader_fail(reader, "an escape in a text means nothing here");
            return NULL;
        }
    }
    if (reader->at == reader->end) {
        reader_fail(reader, "a text has no end");
        return NULL;
    }
    reader->at++;
    *end = '\0';
    return text;
}

static struct value *read_number(struct reader *reader) {
    char digits[24];
    size_t length = 0;
    struct value *value = reader_value(reader, VALUE_NUMBER);
    while (reader->at < reader->end && strchr("0123456789+-.eE", *reader->at) != NULL &&
           *reader->at != '\0' && length < sizeof digits - 1) {
        digits[length++] = *reader->at++;
    }
    digits[length] = '\0';
    return value != NULL && parse_number(digits, INT64_MAX, &value->number)
               ? value
               : reader_fail(reader, "only whole numbers are known here");
}

static bool read_member(struct reader *reader, struct value *outer) {
    char *key = NULL;
    if (outer->kind == VALUE_TABLE) {
        key = take(reader, '"') ? read_text(reader) : NULL;
        if (key == NULL || !take(reader, ':')) {
            reader_fail(reader, "a name in quotes and a colon are missing");
            return false;
        }
    }
    skip(reader);
    return reader_put(reader, outer, key, read_value(reader));
}

static struct value *read_many(struct reader *reader, enum value_kind kind, char end) {
    struct value *value = reader_value(reader, kind);
    if (value == NULL || take(reader, end)) {
        return value;
    }
    do {
        if (!read_member(reader, value)) {
            return NULL;
        }
    } while (take(reader, ','));
    return take(reader, end) ? value : reader_fail(reader, "a comma or a closing bracket is missing");
}

static struct value *read_value(struct reader *reader) {
    char first = next(reader);
    struct value *value = NULL;
    if (++reader->depth > VALUE_DEPTH) {
        return reader_fail(reader, "brackets are nested too deeply");
    }
    if (first == '{' || first == '[') {
        reader->at++;
        value = read_many(reader, first == '{' ? VALUE_TABLE : VALUE_LIST, first == '{' ? '}' : ']');
    } else if (first == '"') {
        reader->at++;
        value = reader_value(reader, VALUE_TEXT);
        if (value != NULL && (value->text = read_text(reader)) == NULL) {
            value = NULL;
        }
    } else if (first >= '0' && first <= '9') {
        value = read_number(reader);
    } else {
        value = reader_fail(reader, "only tables, lists, texts and whole numbers are known here");
    }
    reader->depth--;
    return value;
}

struct value *json_read(const char *text, size_t length, struct store *store, char *problem,
                        size_t problem_bytes) {
    struct reader reader = {.store = store,
                            .at = text,
                            .end = text + length,
                            .line = 1,
                            .problem = problem,
                            .problem_bytes = problem_bytes};
    if (!is_utf8(text, length)) {
        return reader_fail(&reader, "the file is not UTF-8");
    }
    struct value *value = read_value(&reader);
    skip(&reader);
    return value == NULL || reader.at == reader.end ? value
                                                    : reader_fail(&reader, "something follows the end");
}
