#include "refusals.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "legible.h"
#include "options.h"
#include "util.h"

/* A line to paste: terminals cut longer ones, perhaps within a path. */
enum { LINE_DENIALS = 32, LINE_BYTES = 4000 };

/*
 * File names are the app's choice, and people paste the line. Where say() will escape, in the quotes that
 * understand its escapes.
 */
char *shell_word(const char *text) {
    static const char PLAIN[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/._-+,:@%=";
    if (*text != '\0' && text[strspn(text, PLAIN)] == '\0') {
        return copy_text(text);
    }
    FREES char *shown = legible(text);
    const char *quote = strcmp(shown, text) != 0 ? "$'" : "'";
    char *word = copy_text(quote);
    for (const char *at = text; *at != '\0';) {
        int plain = (int)strcspn(at, "'");
        char *longer = at[plain] == '\'' ? text_of("%s%.*s'\"'\"%s", word, plain, at, quote)
                                         : text_of("%s%.*s", word, plain, at);
        free(word);
        word = longer;
        at += plain + (at[plain] == '\'');
    }
    char *whole = text_of("%s'", word);
    free(word);
    return whole;
}

static bool is_socket(const struct denial *denial) {
    struct stat status;
    return denial->kind == DENIED_FILE && denial->access == 'w' && !denial->needs_folder &&
           lstat(denial->what, &status) == 0 && S_ISSOCK(status.st_mode);
}

const char *verb_of(const struct denial *denial) {
    switch (denial->kind) {
    case DENIED_CONNECT:
        return "connecting to TCP port";
    case DENIED_LISTEN:
        return "listening on TCP port";
    case DENIED_BUS:
        return denial->access == 'w' ? "having the name" : "talking to";
    case DENIED_FILE:
        break;
    }
    return is_socket(denial)       ? "connecting to"
           : denial->access == 'x' ? "running"
           : denial->access == 'w' ? "changing"
                                   : "reading";
}

/* Commas and backslashes mean something in lists of paths. */
static char *list_part(const char *path) {
    char *part = grow(NULL, strlen(path) + 1, 2), *end = part;
    for (const char *at = path; *at != '\0'; at++) {
        if (*at == ',' || (*at == '\\' && (at[1] == ',' || at[1] == '\\'))) {
            *end++ = '\\';
        }
        *end++ = *at;
    }
    *end = '\0';
    return part;
}

const char *option_for(const struct denial *denial, char **value) {
    if (denial->kind == DENIED_BUS) {
        *value = NULL;
        return NULL; /* only a policy has words for it */
    }
    if (denial->kind != DENIED_FILE) {
        *value = copy_text(denial->what);
        return denial->kind == DENIED_CONNECT ? "--connect-tcp" : "--bind-tcp";
    }
    FREES char *path = copy_text(denial->what);
    if (strncmp(path, "/proc/", 6) == 0 && path[6] >= '0' && path[6] <= '9') {
        path[5] = '\0'; /* one process's files: of the next run they are others */
    } else if (denial->needs_folder) {
        char *end = strrchr(path, '/');
        end[end == path] = '\0';
    }
    *value = list_part(path);
    return is_socket(denial)       ? "--unix"
           : denial->access == 'x' ? "--rox"
           : denial->access == 'w' ? "--rw"
                                   : "--ro";
}

static void append(char **line, const char *option, const char *value) {
    char *longer = text_of("%s %s %s", *line, option, value);
    free(*line);
    *line = longer;
}

char *line_that_allows(const struct denials *denials, const struct run_options *options, char **words) {
    char *line = copy_text(options->landrun ? "landrun" : "landgrant run");
    for (size_t i = 0; i < denials->count && i < LINE_DENIALS; i++) {
        char *value = NULL;
        const char *option = option_for(&denials->list[i], &value);
        if (option == NULL) {
            continue;
        }
        FREES char *word = shell_word(value);
        append(&line, option, word);
        free(value);
    }
    for (; *words != NULL; words++) {
        FREES char *word = shell_word(*words);
        char *longer = text_of("%s %s", line, word);
        free(line);
        line = longer;
    }
    FREES char *printed = legible(line);
    if (denials->count > LINE_DENIALS || strlen(printed) > LINE_BYTES) {
        free(line);
        return NULL;
    }
    return line;
}
