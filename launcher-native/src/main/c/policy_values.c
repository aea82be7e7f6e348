#include "policy_values.h"

#include <stdlib.h>
#include <string.h>

#include "util.h"

const char *const PROTECTION_WORDS[PROTECTIONS] = {"files",   "connect-tcp",      "listen-tcp",
                                                   "signals", "abstract-sockets", "udp"};

const char *const BUS_WORDS[3] = {"talk", "own", "see"};

static const char *const ASKED_WORDS[] = {"file", "connect-tcp", "listen-tcp"}; /* by enum denial_kind */

static const char LETTERS[RIGHT_LETTERS] = "lrwxds"; /* bit i of enum right */

void rights_letters(unsigned rights, char letters[RIGHT_LETTERS]) {
    char *end = letters;
    for (unsigned i = 0; i < RIGHT_LETTERS - 1; i++) {
        if (rights & (1u << i)) {
            *end++ = LETTERS[i];
        }
    }
    *end = '\0';
}

/* Reasons are returned as sentences; NULL means the value is good. */

static const char *parse_rights(const char *word, unsigned *rights) {
    unsigned next = 0;
    *rights = 0;
    for (; *word != '\0'; word++) {
        const char *found = strchr(LETTERS, *word);
        if (found == NULL || (unsigned)(found - LETTERS) < next) {
            return "rights are letters of \"lrwxds\", in this order, each at most once";
        }
        unsigned bit = (unsigned)(found - LETTERS);
        *rights |= 1u << bit;
        next = bit + 1;
    }
    return NULL;
}

static const char *check_ref(const char *word) {
    size_t length = strspn(word, "abcdefghijklmnopqrstuvwxyz0123456789-_./");
    return word[length] == '\0' && length <= POLICY_REF_BYTES
               ? NULL
               : "a ref is 1 to 64 characters of a-z 0-9 - _ . /";
}

static const char *check_name(const char *word, bool pattern) {
    size_t length = strspn(word, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_");
    bool ends = word[length] == '\0' || (pattern && strcmp(word + length, "*") == 0);
    return ends && length >= 1 && length <= POLICY_NAME_BYTES
               ? NULL
               : "a variable's name is 1 to 128 characters of A-Z a-z 0-9 _";
}

static const char *parse_what(const char *word, enum protection *what) {
    for (unsigned i = 0; i < PROTECTIONS; i++) {
        if (strcmp(word, PROTECTION_WORDS[i]) == 0) {
            *what = (enum protection)i;
            return NULL;
        }
    }
    return "a protection is files, connect-tcp, listen-tcp, signals, abstract-sockets or udp";
}

static const char *parse_asked(const char *word, enum denial_kind *asked) {
    for (unsigned i = 0; i < 3; i++) {
        if (strcmp(word, ASKED_WORDS[i]) == 0) {
            *asked = (enum denial_kind)i;
            return NULL;
        }
    }
    return "asked about are file, connect-tcp or listen-tcp";
}

static const char *parse_bus(const char *word, enum bus_access *bus) {
    for (unsigned i = 0; i < 3; i++) {
        if (strcmp(word, BUS_WORDS[i]) == 0) {
            *bus = (enum bus_access)i;
            return NULL;
        }
    }
    return "a bus name is for talk, own or see";
}

/* D-Bus Specification, "Bus names", without the unique ones; and never less than two parts before a star. */
const char *check_bus_name(const char *name) {
    static const char BAD[] =
        "a bus name has two or more parts of A-Z a-z 0-9 _ - between dots, none beginning "
        "with a digit, and at the end perhaps .*";
    size_t length = strlen(name), parts = 0;
    bool any_ending = length > 2 && strcmp(name + length - 2, ".*") == 0;
    size_t end = any_ending ? length - 2 : length;
    for (size_t at = 0; at <= end; parts++) {
        size_t size = strspn(name + at, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-");
        if (size == 0 || (name[at] >= '0' && name[at] <= '9') ||
            (at + size != end && name[at + size] != '.')) {
            return BAD;
        }
        at += size + 1;
    }
    return parts >= 2 && length <= POLICY_BUS_NAME_BYTES ? NULL : BAD;
}

static int hex_digit(char digit) {
    return digit >= '0' && digit <= '9' ? digit - '0' : digit >= 'a' && digit <= 'f' ? digit - 'a' + 10 : -1;
}

static const char *parse_text(const char *from, char **text) {
    char *result = grow(NULL, strlen(from) + 1, 1);
    char *end = result;
    const char *reason = NULL;
    for (; *from != '\0' && reason == NULL; from++) {
        if ((unsigned char)*from < 0x20 || *from == 0x7f) {
            reason = "a control character stands unescaped";
        } else if (*from != '\\') {
            *end++ = *from;
        } else {
            from++;
            int high = *from == 'x' ? hex_digit(from[1]) : -1;
            int low = high >= 0 ? hex_digit(from[2]) : -1;
            if (*from == '\\') {
                *end++ = '\\';
            } else if (*from == 'n') {
                *end++ = '\n';
            } else if (*from == 't') {
                *end++ = '\t';
            } else if (*from == 'r') {
                *end++ = '\r';
            } else if (low >= 0 && (high | low) != 0) {
                *end++ = (char)(high * 16 + low);
                from += 2;
            } else {
                reason = "an escape is one of \\\\ \\n \\t \\r \\xHH, and never \\x00";
                break;
            }
        }
    }
    *end = '\0';
    if (reason == NULL && end == result) {
        reason = "a text is empty";
    }
    if (reason != NULL) {
        free(result);
        result = NULL;
    }
    *text = result;
    return reason;
}

static const char *check_path(const char *path) {
    if (path[0] != '/') {
        return "a path begins with /";
    }
    if (strlen(path) > POLICY_PATH_BYTES) {
        return "a path is longer than 4095 bytes";
    }
    if (path[1] == '\0') {
        return NULL;
    }
    for (const char *part = path; part != NULL; part = strchr(part, '/')) {
        part++;
        size_t length = strcspn(part, "/");
        if (length == 0 || (length == 1 && part[0] == '.') ||
            (length == 2 && part[0] == '.' && part[1] == '.')) {
            return "a path has an empty, \".\" or \"..\" part";
        }
    }
    return NULL;
}

char field_code(const char *word) {
    return word[0] == '%' && word[1] != '\0' && strchr("fFuU", word[1]) != NULL && word[2] == '\0' ? word[1]
                                                                                                   : '\0';
}

const char *policy_check_command(const char *word) {
    if (field_code(word) != '\0') {
        return NULL;
    }
    for (const char *at = strchr(word, '%'); at != NULL; at = strchr(at + 2, '%')) {
        if (at[1] != '%') {
            return "a literal % is written %%, and a field code is a word of its own";
        }
    }
    return NULL;
}

const char *policy_parse_value(enum value value, char *word, struct line *line) {
    uint64_t number = 0;
    const char *reason = NULL;
    switch (value) {
    case VERSION:
        return strcmp(word, "1") == 0 ? NULL : "this version of policies is not known";
    case WHAT:
        return parse_what(word, &line->what);
    case RIGHTS:
        return parse_rights(word, &line->rights);
    case REF:
        line->ref = copy_text(word);
        return check_ref(word);
    case PORT:
        if (!parse_number(word, 65535, &number)) {
            return "a port is a number from 0 to 65535";
        }
        line->port = (uint16_t)number;
        return NULL;
    case NAME:
    case PATTERN:
        line->name = copy_text(word);
        return check_name(word, value == PATTERN);
    case ASKED:
        return parse_asked(word, &line->asked);
    case BUS:
        return parse_bus(word, &line->bus);
    case BUS_NAME:
        line->name = copy_text(word);
        return check_bus_name(word);
    case DISPLAY:
        return strcmp(word, "x11") == 0 ? NULL : "the only display is x11";
    case TEXT:
        return parse_text(word, &line->text);
    case ASKED_PATH:
    case PATH:
        reason = parse_text(word, &line->text);
        return reason != NULL ? reason : check_path(line->text);
    case NOTHING:
        break;
    }
    return "a value is out of place";
}

void policy_print_value(enum value value, const struct line *line, FILE *out) {
    char letters[RIGHT_LETTERS];
    FREES char *text = NULL;
    switch (value) {
    case VERSION:
        fputs(" 1", out);
        break;
    case WHAT:
        fprintf(out, " %s", PROTECTION_WORDS[line->what]);
        break;
    case RIGHTS:
        rights_letters(line->rights, letters);
        fprintf(out, " %s", letters);
        break;
    case REF:
        fprintf(out, " %s", line->ref);
        break;
    case PORT:
        fprintf(out, " %u", line->port);
        break;
    case NAME:
    case PATTERN:
    case BUS_NAME:
        fprintf(out, " %s", line->name);
        break;
    case ASKED:
        fprintf(out, " %s", ASKED_WORDS[line->asked]);
        break;
    case BUS:
        fprintf(out, " %s", BUS_WORDS[line->bus]);
        break;
    case DISPLAY:
        fputs(" x11", out);
        break;
    case TEXT:
    case ASKED_PATH:
    case PATH:
        text = escaped(line->text);
        fprintf(out, " %s", text);
        break;
    case NOTHING:
        break;
    }
}
