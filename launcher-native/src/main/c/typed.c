#include "typed.h"

#include <string.h>

#include "util.h"

enum { NUMBER_BYTES = 21, MOST_SCOPES = 64, LINE_BYTES = 64 };

/* The number that a space or the line's end follows; `at` goes behind both. False when it is none. */
static bool take_number(const char **at, uint64_t most, uint64_t *number) {
    char digits[NUMBER_BYTES] = "";
    size_t length = strcspn(*at, " \n");
    if (length >= sizeof digits || (*at)[length] == '\0') {
        return false;
    }
    memcpy(digits, *at, length);
    *at += length + 1;
    return parse_number(digits, most, number);
}

bool asked_read(const char *printed, struct asked *asked) {
    *asked = (struct asked){.text = ""};
    const char *at = printed;
    if (strcmp(printed, "0\n") == 0) {
        return true;
    }
    uint64_t scopes = 0, scope = 0;
    if (!take_number(&at, INT64_MAX, &asked->id) || asked->id == 0 ||
        !take_number(&at, MOST_SCOPES, &scopes) || !take_number(&at, scopes, &scope) || scope == 0) {
        return false;
    }
    static const char SENSITIVE[] = "sensitive\n", PLAIN[] = "plain\n";
    asked->sensitive = strncmp(at, SENSITIVE, sizeof SENSITIVE - 1) == 0;
    if (!asked->sensitive && strncmp(at, PLAIN, sizeof PLAIN - 1) != 0) {
        return false;
    }
    asked->scopes = (unsigned)scopes;
    asked->scope = (unsigned)scope;
    asked->text = strchr(at, '\n') + 1;
    return true;
}

/* The line with single spaces between its words, none around them, and small letters; "" when too long. */
static void tidy(const char *line, char words[LINE_BYTES]) {
    size_t length = 0;
    for (const char *at = line; *at != '\0'; at++) {
        bool space = *at == ' ' || *at == '\t' || *at == '\r';
        if (length + 2 > LINE_BYTES) {
            length = 0;
            break;
        }
        if (!space) {
            words[length++] = (char)(*at >= 'A' && *at <= 'Z' ? *at - 'A' + 'a' : *at);
        } else if (length > 0 && words[length - 1] != ' ') {
            words[length++] = ' ';
        }
    }
    words[length - (length > 0 && words[length - 1] == ' ')] = '\0';
}

static bool is_one_of(const char *word, const char *letter, const char *whole) {
    return strcmp(word, letter) == 0 || strcmp(word, whole) == 0;
}

enum typed typed_read(const char *line, const struct asked *asked, unsigned *scope) {
    char word[LINE_BYTES];
    tidy(line, word);
    uint64_t number = 0;
    if (word[0] == '\0') {
        return line[strspn(line, " \t\r")] == '\0' ? TYPED_NOTHING : TYPED_UNKNOWN;
    }
    if (is_one_of(word, "q", "quit")) {
        return TYPED_QUIT;
    }
    if (is_one_of(word, "?", "help")) {
        return TYPED_HELP;
    }
    if (asked->id == 0) {
        return TYPED_UNKNOWN;
    }
    if (is_one_of(word, "d", "deny") || strcmp(word, "don't allow") == 0) {
        return TYPED_DENY;
    }
    if (is_one_of(word, "s", "not now")) {
        return TYPED_LATER;
    }
    if (strcmp(word, "allow once") == 0) {
        return TYPED_ONCE;
    }
    if (is_one_of(word, "o", "once")) {
        return asked->sensitive ? TYPED_SHORT : TYPED_ONCE;
    }
    if (is_one_of(word, "a", "allow")) {
        return asked->sensitive ? TYPED_SHORT : TYPED_ALLOW;
    }
    if (parse_number(word, asked->scopes, &number) && number > 0) {
        *scope = (unsigned)number;
        return TYPED_SCOPE;
    }
    return TYPED_UNKNOWN;
}
