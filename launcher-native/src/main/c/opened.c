#include "opened.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "util.h"

struct list {
    char **items;
    size_t count;
};

static void append(struct list *list, char *item) {
    list->items = grow(list->items, list->count + 2, sizeof(char *));
    list->items[list->count++] = item;
    list->items[list->count] = NULL;
}

static char **finish(struct list *list) {
    if (list->items == NULL) {
        list->items = grow(NULL, 1, sizeof(char *));
        list->items[0] = NULL;
    }
    return list->items;
}

/* A word of the command with %% as %. */
static char *plain(const char *word) {
    char *result = copy_text(word), *end = result;
    for (const char *at = word; *at != '\0'; at++) {
        *end++ = *at;
        at += *at == '%' && at[1] == '%';
    }
    *end = '\0';
    return result;
}

static int digit_of(char letter) {
    return isdigit((unsigned char)letter)    ? letter - '0'
           : isxdigit((unsigned char)letter) ? tolower((unsigned char)letter) - 'a' + 10
                                             : -1;
}

/* Undoes %HH; NULL when one is bad or stands for a NUL. */
static char *decoded(const char *text) {
    char *result = copy_text(text), *end = result;
    for (const char *at = text; *at != '\0'; at++) {
        if (*at != '%') {
            *end++ = *at;
            continue;
        }
        int high = digit_of(at[1]), low = high >= 0 ? digit_of(at[2]) : -1;
        if (low < 0 || (high | low) == 0) {
            free(result);
            return NULL;
        }
        *end++ = (char)(high * 16 + low);
        at += 2;
    }
    *end = '\0';
    return result;
}

/* Whether a word begins like a URI: letters, digits, + - . and then a colon, two letters at least. */
static bool has_scheme(const char *word) {
    size_t length = strspn(word, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-.");
    return length >= 2 && word[length] == ':' && isalpha((unsigned char)word[0]);
}

char *local_path(const char *file, const char *folder) {
    char *path = NULL;
    if (strncasecmp(file, "file:", 5) == 0) {
        const char *rest = file + 5;
        if (strncmp(rest, "//", 2) == 0) {
            const char *slash = strchr(rest + 2, '/');
            size_t host = slash != NULL ? (size_t)(slash - rest - 2) : 0;
            bool here = host == 0 || (host == 9 && strncasecmp(rest + 2, "localhost", 9) == 0);
            rest = slash != NULL && here ? slash : "";
        }
        path = rest[0] == '/' ? decoded(rest) : NULL;
    } else if (file[0] == '/') {
        path = copy_text(file);
    } else if (file[0] != '\0' && !has_scheme(file)) {
        path = text_of("%s/%s", strcmp(folder, "/") == 0 ? "" : folder, file);
    }
    if (path != NULL && strlen(path) >= PATH_BYTES) {
        free(path);
        path = NULL;
    }
    return path;
}

/* What a field code makes of a file: %f and %F take paths. */
static char *as_word(char code, char *file) {
    bool takes_path = code == 'f' || code == 'F';
    char *path = takes_path && has_scheme(file) ? local_path(file, "/") : NULL;
    return path != NULL ? path : file;
}

struct opened opened_files(const struct policy *policy, char **files) {
    struct list words = {0}, own = {0}, further = {0};
    char code = '\0';
    for (size_t i = 0; i < policy->count && code == '\0'; i++) {
        code = policy->lines[i].kind == LINE_COMMAND ? field_code(policy->lines[i].text) : '\0';
    }
    for (char **file = files; *file != NULL; file++) {
        bool one_only = code == 'f' || code == 'u';
        append(one_only && own.count > 0 ? &further : &own, *file);
    }
    for (size_t i = 0; i < policy->count; i++) {
        if (policy->lines[i].kind != LINE_COMMAND) {
            continue;
        }
        if (field_code(policy->lines[i].text) == '\0') {
            append(&words, plain(policy->lines[i].text));
        } else {
            for (size_t f = 0; f < own.count; f++) {
                append(&words, as_word(code, own.items[f]));
            }
        }
    }
    for (size_t f = 0; code == '\0' && f < own.count; f++) {
        append(&words, own.items[f]);
    }
    return (struct opened){.words = finish(&words), .files = finish(&own), .further = finish(&further)};
}

static bool equals(const char *command_word, const char *word) {
    FREES char *wanted = plain(command_word);
    return strcmp(wanted, word) == 0;
}

/* What is typed in a terminal names the program of the command by its place in PATH. */
static bool equals_program(const char *command_word, const char *word) {
    const char *name = word[0] == '/' && strchr(command_word, '/') == NULL ? strrchr(word, '/') + 1 : word;
    return equals(command_word, name);
}

struct opened opened_words(const struct policy *policy, char **words) {
    struct list own = {0}, further = {0};
    size_t count = 0, before = 0, after = 0;
    bool matches = true, coded = false;
    while (words[count] != NULL) {
        count++;
    }
    for (size_t i = 0; i < policy->count; i++) {
        if (policy->lines[i].kind == LINE_COMMAND) {
            bool code = field_code(policy->lines[i].text) != '\0';
            coded = coded || code;
            before += !coded;
            after += coded && !code;
        }
    }
    matches = coded && before + after <= count;
    size_t at = 0;
    for (size_t i = 0; i < policy->count && matches; i++) {
        if (policy->lines[i].kind == LINE_COMMAND) {
            if (field_code(policy->lines[i].text) != '\0') {
                at = count - after;
            } else {
                matches = at == 0 ? equals_program(policy->lines[i].text, words[0])
                                  : equals(policy->lines[i].text, words[at]);
                at++;
            }
        }
    }
    for (size_t i = before; matches && i < count - after; i++) {
        append(&own, words[i]);
    }
    return (struct opened){.words = words, .files = finish(&own), .further = finish(&further)};
}
