/*
 * TOML 1.0 as far as policies need it: comments, `key = value`, `[[list.of.tables]]` by a bare key, texts of
 * one line, whole numbers, lists and tables in braces. Everything else is refused.
 */
#include <string.h>

#include "util.h"
#include "value.h"

static struct value *read_value(struct reader *reader);

static char here(const struct reader *reader) {
    return reader->at < reader->end ? *reader->at : '\0';
}

static void skip_blanks(struct reader *reader) {
    while (here(reader) == ' ' || here(reader) == '\t') {
        reader->at++;
    }
}

static void skip_comment(struct reader *reader) {
    while (here(reader) == '#' || (reader->at < reader->end && here(reader) != '\n')) {
        reader->at++;
    }
}

/* Blanks, comments and line ends. */
static void skip_lines(struct reader *reader) {
    for (;;) {
        skip_blanks(reader);
        if (here(reader) == '#') {
            skip_comment(reader);
        } else if (here(reader) == '\n') {
            reader->line++;
            reader->at++;
        } else if (here(reader) == '\r' && reader->end - reader->at > 1 && reader->at[1] == '\n') {
            reader->at++;
        } else {
            return;
        }
    }
}

static bool take(struct reader *reader, char wanted) {
    if (reader->at == reader->end || here(reader) != wanted) {
        return false;
    }
    reader->at++;
    return true;
}

static char *read_key(struct reader *reader) {
    const char *start = reader->at;
    while (here(reader) != '\0' &&
           strchr("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-", here(reader)) != NULL) {
        reader->at++;
    }
    if (reader->at == start) {
        reader_fail(reader, "a name is missing");
        return NULL;
    }
    return reader_copy(reader, start, (size_t)(reader->at - start));
}

/* Behind "\u" or "\U". */
static size_t read_point(struct reader *reader, int digits, char bytes[4]) {
    uint32_t point;
    return reader_hex(reader, digits, &point) ? utf8_of(point, bytes) : 0;
}

/* Behind the first quote, which is `"` (with escapes) or `'`. */
static char *read_text(struct reader *reader, char quote) {
    if (reader->end - reader->at >= 2 && reader->at[0] == quote && reader->at[1] == quote) {
        reader_fail(reader, "texts of several lines are not known here");
        return NULL;
    }
    char *text = reader_room(reader, quote), *end = text;
    while (reader->at < reader->end && *reader->at != quote) {
        unsigned char byte = (unsigned char)*reader->at++;
        if ((byte < 0x20 && byte != '\t') || byte == 0x7f) {
            reader_fail(reader, "a control character or the end of the line stands in a text");
            return NULL;
        }
        if (byte != '\\' || quote == '\'') {
            *end++ = (char)byte;
            continue;
        }
        char letter = here(reader), meant = escape_of(letter);
        reader->at += reader->at < reader->end;
        size_t size = letter == 'u'   ? read_point(reader, 4, end)
                      : letter == 'U' ? read_point(reader, 8, end)
                                      : 0;
        if (meant != '\0') {
            *end++ = meant;
        } else if (size > 0) {
            end += size;
        } else {
            reader_fail(reader, "an escape in a text means nothing here");
            return NULL;
        }
    }
    if (!take(reader, quote)) {
        reader_fail(reader, "a text has no end");
        return NULL;
    }
    *end = '\0';
    return text;
}

static struct value *read_list(struct reader *reader) {
    struct value *list = reader_value(reader, VALUE_LIST);
    for (;;) {
        skip_lines(reader);
        if (list == NULL || take(reader, ']')) {
            return list;
        }
        struct value *inner = read_value(reader);
        if (inner == NULL) {
            return NULL;
        }
        (void)value_add(list, inner);
        skip_lines(reader);
        if (!take(reader, ',') && here(reader) != ']') {
            return reader_fail(reader, "a comma or a closing bracket is missing");
        }
    }
}

/* `key = value` into a table. */
static bool read_pair(struct reader *reader, struct value *table) {
    char *key = read_key(reader);
    skip_blanks(reader);
    if (key == NULL || !take(reader, '=')) {
        reader_fail(reader, "\"=\" is missing (names with dots and in quotes are not known here)");
        return false;
    }
    skip_blanks(reader);
    return reader_put(reader, table, key, read_value(reader));
}

static struct value *read_inline_table(struct reader *reader) {
    struct value *table = reader_value(reader, VALUE_TABLE);
    skip_blanks(reader);
    if (table == NULL || take(reader, '}')) {
        return table;
    }
    do {
        skip_blanks(reader);
        if (!read_pair(reader, table)) {
            return NULL;
        }
        skip_blanks(reader);
    } while (take(reader, ','));
    return take(reader, '}') ? table : reader_fail(reader, "a comma or a closing brace is missing");
}

static struct value *read_number(struct reader *reader) {
    char digits[24];
    size_t length = 0;
    struct value *value = reader_value(reader, VALUE_NUMBER);
    while (here(reader) != '\0' && strchr("0123456789+-_.:eExobTZ", here(reader)) != NULL &&
           length < sizeof digits - 1) {
        digits[length++] = *reader->at++;
    }
    digits[length] = '\0';
    return value != NULL && parse_number(digits, INT64_MAX, &value->number)
               ? value
               : reader_fail(reader, "only whole numbers are known here");
}

static struct value *read_value(struct reader *reader) {
    char first = here(reader);
    struct value *value = NULL;
    if (++reader->depth > VALUE_DEPTH) {
        return reader_fail(reader, "brackets are nested too deeply");
    }
    if (first == '[' || first == '{') {
        reader->at++;
        value = first == '[' ? read_list(reader) : read_inline_table(reader);
    } else if (first == '"' || first == '\'') {
        reader->at++;
        value = reader_value(reader, VALUE_TEXT);
        if (value != NULL && (value->text = read_text(reader, first)) == NULL) {
            value = NULL;
        }
    } else if (first >= '0' && first <= '9') {
        value = read_number(reader);
    } else {
        value = reader_fail(reader, "only texts, whole numbers, lists and tables are known here");
    }
    reader->depth--;
    return value;
}

/* `[[key]]`: a new table in that list. NULL when it is anything else. */
static struct value *read_heading(struct reader *reader, struct value *root) {
    if (!take(reader, '[')) {
        return reader_fail(reader, "tables here are written [[name]]");
    }
    skip_blanks(reader);
    char *key = read_key(reader);
    skip_blanks(reader);
    if (key == NULL || !take(reader, ']') || !take(reader, ']')) {
        return reader_fail(reader, "tables here are written [[name]]");
    }
    struct value *list = value_of(root, key), *table = reader_value(reader, VALUE_TABLE);
    if (list == NULL) {
        list = reader_value(reader, VALUE_LIST);
        if (list == NULL) {
            return NULL;
        }
        list->key = key;
        (void)value_add(root, list);
    }
    if (list->kind != VALUE_LIST || (list->first != NULL && list->first->kind != VALUE_TABLE)) {
        return reader_fail(reader, "a name stands twice");
    }
    if (table != NULL) {
        (void)value_add(list, table);
    }
    return table;
}

struct value *toml_read(const char *text, size_t length, struct store *store, char *problem,
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
    struct value *root = reader_value(&reader, VALUE_TABLE), *table = root;
    for (skip_lines(&reader); reader.at < reader.end; skip_lines(&reader)) {
        if (take(&reader, '[')) {
            table = read_heading(&reader, root);
        } else if (!read_pair(&reader, table)) {
            table = NULL;
        }
        if (table == NULL) {
            return NULL;
        }
        skip_blanks(&reader);
        if (reader.at < reader.end && here(&reader) != '#' && here(&reader) != '\n' &&
            !(here(&reader) == '\r' && reader.end - reader.at > 1 && reader.at[1] == '\n')) {
            return reader_fail(&reader, "something follows on the line that is not known here");
        }
    }
    return root;
}
